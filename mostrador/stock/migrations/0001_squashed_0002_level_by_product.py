import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('stock', '0001_begins'), ('stock', '0002_level_by_product')]

    initial = True

    dependencies = [
        ('catalogue', '0001_squashed_0007_store_favourites'),
        ('kernel', '0001_squashed_0003_transfer_account'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='StockLevel',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'store_id', 'product_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('quantity', models.BigIntegerField(default=0)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id'], name='level_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='level_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='StockMove',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'source_id', 'n', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('source_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('n', models.PositiveSmallIntegerField()),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('quantity', models.BigIntegerField()),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='move_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='StockNote',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'source_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('source_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('reason', models.CharField(max_length=20)),
                    ('text', models.CharField(blank=True, default='', max_length=200)),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='stock_note_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
        ]),
    ]
