import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('sync', '0001_begins'), ('sync', '0002_admitted_evidence')]

    initial = True

    dependencies = [
        ('kernel', '0001_squashed_0003_transfer_account'),
        ('people', '0001_squashed_0005_may_edit_products'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Annex',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('fact_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('hash', models.CharField(max_length=64)),
                    ('salt', models.CharField(blank=True, default='', max_length=44)),
                    ('text', models.TextField(blank=True, default='')),
                    ('erased_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'fact_id'], name='annex_fact_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='annex_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='EarlyFact',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField()),
                    ('hash', models.CharField(max_length=64)),
                    ('bytes', models.BinaryField()),
                    ('signature', models.BinaryField(null=True)),
                    ('received_at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='early_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField(null=True)),
                    ('reason', models.CharField(max_length=40)),
                    ('digest', models.CharField(max_length=64)),
                    ('bytes', models.BinaryField()),
                    ('received_at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'journal_id', 'digest', 'reason'), name='evidence_digest_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='evidence_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='EvidenceResolution',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', 'digest', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('digest', models.CharField(max_length=64)),
                    ('seq', models.BigIntegerField(null=True)),
                    ('kind', models.CharField(blank=True, default='', max_length=24)),
                    ('fact_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('action', models.CharField(max_length=12)),
                    ('note', models.CharField(max_length=200)),
                    ('mapping', models.JSONField(default=dict)),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='admitted_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='JournalEntry',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField()),
                    ('fact_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('kind', models.CharField(max_length=24)),
                    ('hash', models.BinaryField()),
                    ('bytes', models.BinaryField()),
                    ('signature', models.BinaryField(null=True)),
                    ('received_at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='entry_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='JournalHead',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField(default=0)),
                    ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                    ('last_number', models.PositiveIntegerField(default=0)),
                    ('last_z', models.PositiveIntegerField(default=0)),
                    ('last_at', models.BigIntegerField(default=0)),
                    ('perpetual', models.BigIntegerField(default=0)),
                    ('early', models.PositiveIntegerField(default=0)),
                    ('broken_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='head_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='ParkedFact',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField()),
                    ('fact_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('kind', models.CharField(max_length=24)),
                    ('reason', models.CharField(max_length=40)),
                    ('detail', models.JSONField(default=dict)),
                    ('shift_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('amount', models.BigIntegerField(null=True)),
                    ('parked_at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='parked_device_fk', to='people_device')],
                },
            ),
            migrations.CreateModel(
                name='ParkedResolution',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'journal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('journal_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('seq', models.BigIntegerField()),
                    ('action', models.CharField(max_length=12)),
                    ('note', models.CharField(blank=True, default='', max_length=200)),
                    ('mapping', models.JSONField(default=dict)),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('at', mostrador.kernel.fields.InstantField()),
                    ('device', models.ForeignObject(from_fields=('organization', 'journal_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'journal_id'), name='resolution_device_fk', to='people_device')],
                },
            ),
        ]),
    ]
