import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('people', '0001_begins'), ('people', '0002_may_return'), ('people', '0003_limits_by_act'), ('people', '0004_store_tips'), ('people', '0005_may_edit_products')]

    initial = True

    dependencies = [
        ('kernel', '0001_squashed_0003_transfer_account'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('language', models.CharField(default='es', max_length=5)),
                    ('is_active', models.BooleanField(default=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SignInAttempt',
                fields=[
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('key', models.CharField(db_index=True, max_length=80)),
                    ('at', mostrador.kernel.fields.InstantField()),
                ],
            ),
            migrations.CreateModel(
                name='Store',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('code', models.CharField(max_length=12)),
                    ('name', models.CharField(max_length=80)),
                    ('address', models.CharField(blank=True, default='', max_length=200)),
                    ('phone', models.CharField(blank=True, default='', max_length=30)),
                    ('timezone', models.CharField(max_length=40)),
                    ('day_start_minutes', models.PositiveSmallIntegerField(default=0)),
                    ('tips', models.JSONField(default=list)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='store_code_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='store_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Till',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('code', models.CharField(max_length=6)),
                    ('name', models.CharField(max_length=40)),
                    ('journals', models.PositiveSmallIntegerField(default=0)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('store', models.ForeignObject(from_fields=('organization', 'store_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.store', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='till_code_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'store_id'), name='till_store_fk', to='people_store')],
                },
            ),
            migrations.CreateModel(
                name='PairingCode',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('till_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('code_hash', models.CharField(max_length=64)),
                    ('expires_at', mostrador.kernel.fields.InstantField()),
                    ('used_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('used_by', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('till', models.ForeignObject(from_fields=('organization', 'till_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.till', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('code_hash', 'organization'), name='pairing_code_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'till_id'), name='pairing_till_fk', to='people_till')],
                },
            ),
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('till_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('series', models.CharField(max_length=8)),
                    ('public_key', models.CharField(max_length=88)),
                    ('token_hash', models.CharField(max_length=64)),
                    ('pin_salt', models.CharField(max_length=44)),
                    ('replaces', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('paired_at', mostrador.kernel.fields.InstantField()),
                    ('last_seen_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('revoked_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('till', models.ForeignObject(from_fields=('organization', 'till_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.till', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'series'), name='device_series_uq'), models.UniqueConstraint(fields=('token_hash', 'organization'), name='device_token_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'till_id'), name='device_till_fk', to='people_till')],
                },
            ),
            migrations.CreateModel(
                name='RoleLimit',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'role', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(max_length=12)),
                    ('discount_max', models.PositiveIntegerField(default=0)),
                    ('may_open_drawer', models.BooleanField(default=False)),
                    ('may_move_cash', models.BooleanField(default=True)),
                    ('may_return', models.BooleanField(default=True)),
                    ('may_return_without_ticket', models.BooleanField(default=False)),
                    ('may_change_price', models.BooleanField(default=False)),
                    ('may_void', models.BooleanField(default=True)),
                    ('may_exceed_account', models.BooleanField(default=False)),
                    ('may_edit_products', models.BooleanField(default=False)),
                    ('may_approve', models.BooleanField(default=False)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='limit_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='StaffMember',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=60)),
                    ('role', models.CharField(max_length=12)),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('user_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('pin_salt', models.CharField(blank=True, default='', max_length=44)),
                    ('pin_base', models.TextField(blank=True, default='')),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['user_id'], name='staff_user_ix')],
                    'constraints': [models.UniqueConstraint(fields=('organization', 'user_id'), name='staff_user_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='staff_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
        ]),
    ]
