from django.db import migrations, models


def one_page(apps, _editor):
    """What a store had arranged is its first page, without a name."""
    StoreFavourites = apps.get_model("catalogue", "StoreFavourites")
    for row in StoreFavourites.objects.all():
        StoreFavourites.objects.filter(organization_id=row.organization_id, store_id=row.store_id).update(
            pages=[{"name": "", "products": row.products}]
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_squashed_0007_store_favourites")]

    operations = [
        migrations.AddField("storefavourites", "pages", models.JSONField(default=list)),
        migrations.RunPython(one_page, migrations.RunPython.noop),
        migrations.RemoveField("storefavourites", "products"),
    ]
