import django.db.models.deletion
from django.db import migrations, models

import mostrador.kernel.fields
import mostrador.kernel.ids
import mostrador.kernel.tenancy


def what_stood(apps, editor):
    """What lowers or changes prices stands since its first word, and what was ended does so no more: as far as the rows tell."""
    names = ("Promotion", "PromotionVersion", "PriceList", "ListPrice", "Product", "Standing")
    of = {name: apps.get_model("catalogue", name).objects.using(editor.connection.alias) for name in names}

    def note(kind, row, stands, at):
        of["Standing"].create(
            organization_id=row.organization_id, kind=kind, row_id=row.id, stands=stands, position=getattr(row, "position", 0),
            conditions=getattr(row, "conditions", {}), recorded_at=at,
        )  # fmt: skip

    def begin(rows, fallback):
        return min((row.recorded_at for row in rows), default=fallback)

    for row in of["Promotion"].all():
        said = list(of["PromotionVersion"].filter(organization_id=row.organization_id, promotion_id=row.id))
        if said:
            note("promotion", row, stands=True, at=begin(said, row.archived_at))
    for row in of["PriceList"].all():
        said = list(of["ListPrice"].filter(organization_id=row.organization_id, list_id=row.id))
        if said:
            note("price_list", row, stands=True, at=begin(said, row.archived_at))
    for kind, name in (("promotion", "Promotion"), ("price_list", "PriceList"), ("product", "Product")):
        for row in of[name].exclude(archived_at=None):
            note(kind, row, stands=False, at=row.archived_at)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0008_favourite_pages"),
        ("kernel", "0001_squashed_0003_transfer_account"),
    ]

    operations = [
        migrations.AddField("priceevent", "is_declared", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("pk", models.CompositePrimaryKey("organization_id", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("id", mostrador.kernel.fields.CompactUUIDField(default=mostrador.kernel.ids.new_id, editable=False)),
                ("kind", models.CharField(max_length=16)),
                ("row_id", mostrador.kernel.fields.CompactUUIDField()),
                ("stands", models.BooleanField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("conditions", models.JSONField(default=dict)),
                ("recorded_at", mostrador.kernel.fields.InstantField()),
                ("actor_id", mostrador.kernel.fields.CompactUUIDField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="kernel.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "kind", "row_id"], name="standing_row_ix")],
                "constraints": [
                    mostrador.kernel.tenancy.TenantForeignKey(
                        fields=("organization",), name="standing_organization_fk", to="kernel_organization", to_fields=("id",)
                    )
                ],
            },
        ),
        migrations.RunPython(what_stood, migrations.RunPython.noop),
    ]
