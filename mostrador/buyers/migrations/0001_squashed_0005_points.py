import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('buyers', '0001_begins'), ('buyers', '0002_spending_offline'), ('buyers', '0003_groups_and_people'), ('buyers', '0004_holders_of_cards'), ('buyers', '0005_points')]

    initial = True

    dependencies = [
        ('kernel', '0001_squashed_0003_transfer_account'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='BuyerGroup',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=60)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='buyer_group_name_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='buyer_group_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Buyer',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('group_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('name', models.CharField(blank=True, default='', max_length=120)),
                    ('phone', models.CharField(blank=True, default='', max_length=30)),
                    ('email', models.CharField(blank=True, default='', max_length=254)),
                    ('tax_id', models.CharField(blank=True, default='', max_length=20)),
                    ('search', models.CharField(blank=True, default='', max_length=400)),
                    ('consent', models.JSONField(default=list)),
                    ('fiado_limit', models.BigIntegerField(default=0)),
                    ('met_at', mostrador.kernel.fields.InstantField()),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('group', models.ForeignObject(from_fields=('organization', 'group_id'), on_delete=django.db.models.deletion.PROTECT, related_name='buyers', to='buyers.buyergroup', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'name'], name='buyer_name_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='buyer_organization_fk', to='kernel_organization', to_fields=('id',)), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'group_id'), name='buyer_group_fk', to='buyers_buyergroup')],
                },
            ),
            migrations.CreateModel(
                name='OfflineLimit',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'account', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('account', models.CharField(max_length=16)),
                    ('amount', models.BigIntegerField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='offline_limit_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='PointsScheme',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('is_on', models.BooleanField()),
                    ('earn_per', models.BigIntegerField(null=True)),
                    ('worth_points', models.BigIntegerField()),
                    ('worth_amount', models.BigIntegerField()),
                    ('least', models.BigIntegerField(default=0)),
                    ('unearning', models.JSONField(default=list)),
                    ('without', models.JSONField(default=dict)),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('made_at', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='points_scheme_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Reservation',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'sale_id', 'account', 'holder_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('sale_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('account', models.CharField(max_length=16)),
                    ('holder_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('amount', models.BigIntegerField()),
                    ('until', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'holder_id', 'account'], name='reservation_holder_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='reservation_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='AuthorisedPerson',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('buyer_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('name', models.CharField(max_length=120)),
                    ('ended_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('buyer', models.ForeignObject(from_fields=('organization', 'buyer_id'), on_delete=django.db.models.deletion.PROTECT, related_name='authorised', to='buyers.buyer', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'buyer_id'], name='authorised_person_buyer_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'buyer_id'), name='authorised_person_buyer_fk', to='buyers_buyer')],
                },
            ),
            migrations.CreateModel(
                name='AccountEntry',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField()),
                    ('buyer_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('account', models.CharField(max_length=8)),
                    ('amount', models.BigIntegerField()),
                    ('reason', models.CharField(max_length=20)),
                    ('text', models.CharField(blank=True, default='', max_length=200)),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('buyer', models.ForeignObject(from_fields=('organization', 'buyer_id'), on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='buyers.buyer', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'buyer_id'], name='account_entry_buyer_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'buyer_id'), name='account_entry_buyer_fk', to='buyers_buyer')],
                },
            ),
        ]),
    ]
