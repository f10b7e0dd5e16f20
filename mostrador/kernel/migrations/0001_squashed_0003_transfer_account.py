import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('kernel', '0001_begins'), ('kernel', '0002_counting_the_drawer'), ('kernel', '0003_transfer_account')]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Epoch',
                fields=[
                    ('one', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ('epoch', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id)),
                    ('began_at', mostrador.kernel.fields.InstantField()),
                ],
            ),
            migrations.CreateModel(
                name='Organization',
                fields=[
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120)),
                    ('legal_name', models.CharField(blank=True, default='', max_length=200)),
                    ('tax_id', models.CharField(blank=True, default='', max_length=20)),
                    ('country', models.CharField(max_length=2)),
                    ('currency', models.CharField(max_length=3)),
                    ('currency_digits', models.PositiveSmallIntegerField(default=2)),
                    ('locale', models.CharField(default='es-MX', max_length=10)),
                    ('timezone', models.CharField(max_length=40)),
                    ('prices_include_tax', models.BooleanField(default=True)),
                    ('tax_rounding', models.CharField(default='line', max_length=8)),
                    ('cash_rounding_step', models.PositiveIntegerField(default=0)),
                    ('cash_rounding_mode', models.CharField(default='half_up', max_length=10)),
                    ('counts_blind', models.BooleanField(default=True)),
                    ('count_tolerance', models.PositiveBigIntegerField(null=True)),
                    ('transfer_holder', models.CharField(blank=True, default='', max_length=70)),
                    ('transfer_account', models.CharField(blank=True, default='', max_length=34)),
                    ('receipt_footer', models.CharField(blank=True, default='', max_length=300)),
                    ('created_at', mostrador.kernel.fields.InstantField()),
                ],
            ),
            migrations.CreateModel(
                name='FeedCounter',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'one', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('one', models.PositiveSmallIntegerField(default=1)),
                    ('n', models.BigIntegerField(default=0)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Edit',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('actor_kind', models.CharField(max_length=10)),
                    ('entity', models.CharField(max_length=30)),
                    ('entity_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('changes', models.JSONField(default=dict)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'entity_id', 'at'], name='edit_entity_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='edit_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'kind', 'entity_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20)),
                    ('entity_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('n', models.BigIntegerField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'n'), name='change_n_uq')],
                },
            ),
            migrations.CreateModel(
                name='Outbox',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('topic', models.CharField(max_length=40)),
                    ('payload', models.JSONField(default=dict)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('due_at', mostrador.kernel.fields.InstantField()),
                    ('failed', models.TextField(blank=True, default='')),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'due_at'], name='outbox_due_ix')],
                },
            ),
        ]),
    ]
