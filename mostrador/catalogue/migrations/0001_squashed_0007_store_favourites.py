import django.db.models.deletion
import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy
from django.db import migrations, models
from mostrador.kernel.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [('catalogue', '0001_begins'), ('catalogue', '0002_promotions'), ('catalogue', '0003_price_lists'), ('catalogue', '0004_modifiers'), ('catalogue', '0005_selling_units'), ('catalogue', '0006_kits_and_combos'), ('catalogue', '0007_store_favourites')]

    initial = True

    dependencies = [
        ('kernel', '0001_squashed_0003_transfer_account'),
        ('people', '0001_squashed_0005_may_edit_products'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Category',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=60)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('picto', models.CharField(default='caja', max_length=12)),
                    ('tint', models.CharField(default='gris', max_length=12)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='category_name_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='category_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Family',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=120)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='family_name_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='family_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='ModifierGroup',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=40)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('least', models.PositiveSmallIntegerField(default=0)),
                    ('most', models.PositiveSmallIntegerField(default=1)),
                    ('pick', models.JSONField(default=dict)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='modifier_group_name_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='modifier_group_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='ModifierOption',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('group_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('name', models.CharField(max_length=40)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('price', models.BigIntegerField(default=0)),
                    ('is_default', models.BooleanField(default=False)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('group', models.ForeignObject(from_fields=('organization', 'group_id'), on_delete=django.db.models.deletion.PROTECT, related_name='options', to='catalogue.modifiergroup', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'group_id'], name='modifier_option_group_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'group_id'), name='modifier_option_group_fk', to='catalogue_modifiergroup')],
                },
            ),
            migrations.CreateModel(
                name='PriceList',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('name', models.CharField(max_length=60)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('conditions', models.JSONField(default=dict)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='price_list_name_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='price_list_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='TaxGroup',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('code', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=60)),
                    ('codes', models.JSONField(default=list)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='tax_group_code_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='tax_group_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='Product',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('sku', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=120)),
                    ('search', models.CharField(default='', max_length=300)),
                    ('category_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('family_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('variant', models.CharField(blank=True, default='', max_length=40)),
                    ('tax_group_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('tax_units', models.JSONField(default=dict)),
                    ('unit', models.CharField(default='pieza', max_length=10)),
                    ('sold_by', models.CharField(default='piece', max_length=6)),
                    ('age_min', models.PositiveSmallIntegerField(null=True)),
                    ('trace', models.CharField(blank=True, default='', max_length=6)),
                    ('content', models.BigIntegerField(null=True)),
                    ('content_unit', models.CharField(blank=True, default='', max_length=4)),
                    ('price', models.BigIntegerField(null=True)),
                    ('picto', models.CharField(blank=True, default='', max_length=12)),
                    ('tint', models.CharField(blank=True, default='', max_length=12)),
                    ('favourite', models.PositiveSmallIntegerField(null=True)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('updated_at', mostrador.kernel.fields.InstantField()),
                    ('category', models.ForeignObject(from_fields=('organization', 'category_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.category', to_fields=('organization', 'id'))),
                    ('family', models.ForeignObject(from_fields=('organization', 'family_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.family', to_fields=('organization', 'id'))),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('tax_group', models.ForeignObject(from_fields=('organization', 'tax_group_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.taxgroup', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'name'], name='product_name_ix'), models.Index(fields=['organization', 'category_id'], name='product_category_ix')],
                    'constraints': [models.UniqueConstraint(fields=('organization', 'sku'), name='product_sku_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='product_organization_fk', to='kernel_organization', to_fields=('id',)), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'category_id'), name='product_category_fk', to='catalogue_category'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'family_id'), name='product_family_fk', to='catalogue_family'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'tax_group_id'), name='product_tax_group_fk', to='catalogue_taxgroup')],
                },
            ),
            migrations.CreateModel(
                name='PriceEvent',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('price', models.BigIntegerField(null=True)),
                    ('valid_from', mostrador.kernel.fields.InstantField()),
                    ('recorded_at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id', 'valid_from'], name='price_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='price_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'product_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('webp', models.BinaryField()),
                    ('digest', models.CharField(max_length=16)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='picture_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='ListPrice',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('list_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('from_quantity', models.BigIntegerField(default=0)),
                    ('price', models.BigIntegerField(null=True)),
                    ('recorded_at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('list', models.ForeignObject(from_fields=('organization', 'list_id'), on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='catalogue.pricelist', to_fields=('organization', 'id'))),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id'], name='list_price_product_ix'), models.Index(fields=['organization', 'list_id'], name='list_price_list_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'list_id'), name='list_price_list_fk', to='catalogue_pricelist'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='list_price_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='KitComponent',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'kit_id', 'product_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('kit_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('quantity', models.BigIntegerField()),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('kit', models.ForeignObject(from_fields=('organization', 'kit_id'), on_delete=django.db.models.deletion.PROTECT, related_name='components', to='catalogue.product', to_fields=('organization', 'id'))),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id'], name='kit_component_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'kit_id'), name='kit_component_kit_fk', to='catalogue_product'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='kit_component_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='CostEvent',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('cost', models.BigIntegerField()),
                    ('valid_from', mostrador.kernel.fields.InstantField()),
                    ('recorded_at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id', 'valid_from'], name='cost_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='cost_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='ComboSlot',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'combo_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('combo_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('place', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=40)),
                    ('quantity', models.BigIntegerField(default=1000)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('combo', models.ForeignObject(from_fields=('organization', 'combo_id'), on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'combo_id'), name='combo_slot_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='ComboChoice',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'combo_id', 'slot', 'product_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('combo_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('slot', models.PositiveSmallIntegerField()),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('extra', models.BigIntegerField(default=0)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('combo', models.ForeignObject(from_fields=('organization', 'combo_id'), on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='catalogue.product', to_fields=('organization', 'id'))),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id'], name='combo_choice_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'combo_id'), name='combo_choice_combo_fk', to='catalogue_product'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='combo_choice_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='Barcode',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(max_length=48)),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('quantity', models.BigIntegerField(default=1000)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='barcodes', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id', 'code', 'quantity'], name='barcode_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='barcode_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='Promotion',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('version_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('archived_at', mostrador.kernel.fields.InstantField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='promotion_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='PromotionVersion',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('promotion_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('name', models.CharField(max_length=60)),
                    ('terms', models.JSONField()),
                    ('recorded_at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('promotion', models.ForeignObject(from_fields=('organization', 'promotion_id'), on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.promotion', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'promotion_id'], name='promotion_version_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'promotion_id'), name='promotion_version_fk', to='catalogue_promotion')],
                },
            ),
            migrations.CreateModel(
                name='SellingUnit',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('product_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('unit', models.CharField(max_length=10)),
                    ('factor', models.BigIntegerField()),
                    ('price', models.BigIntegerField(null=True)),
                    ('recorded_at', mostrador.kernel.fields.InstantField()),
                    ('actor_id', mostrador.kernel.fields.CompactUUIDField(null=True)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                    ('product', models.ForeignObject(from_fields=('organization', 'product_id'), on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product', to_fields=('organization', 'id'))),
                ],
                options={
                    'indexes': [models.Index(fields=['organization', 'product_id'], name='selling_unit_product_ix')],
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'product_id'), name='selling_unit_product_fk', to='catalogue_product')],
                },
            ),
            migrations.CreateModel(
                name='StoreFavourites',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'store_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('store_id', mostrador.kernel.fields.CompactUUIDField()),
                    ('products', models.JSONField(default=list)),
                    ('updated_at', mostrador.kernel.fields.InstantField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [mostrador.kernel.tenancy.TenantForeignKey(fields=('organization', 'store_id'), name='favourites_store_fk', to='people_store')],
                },
            ),
            migrations.CreateModel(
                name='Tax',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('code', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=60)),
                    ('kind', models.CharField(default='percent', max_length=8)),
                    ('rate', models.PositiveIntegerField(default=0)),
                    ('amount', models.BigIntegerField(default=0)),
                    ('in_base', models.BooleanField(default=False)),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='tax_code_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='tax_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
            migrations.CreateModel(
                name='BarcodeRule',
                fields=[
                    ('pk', models.CompositePrimaryKey('organization_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('id', mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                    ('prefix', models.CharField(max_length=4)),
                    ('kind', models.CharField(max_length=6)),
                    ('item_digits', models.PositiveSmallIntegerField()),
                    ('value_digits', models.PositiveSmallIntegerField()),
                    ('decimals', models.PositiveSmallIntegerField()),
                    ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organization', 'prefix'), name='barcode_rule_prefix_uq'), mostrador.kernel.tenancy.TenantForeignKey(fields=('organization',), name='barcode_rule_organization_fk', to='kernel_organization', to_fields=('id',))],
                },
            ),
        ]),
    ]
