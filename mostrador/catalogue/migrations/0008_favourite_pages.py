from django.db import migrations, models


def one_page(apps, editor):
    """What a store had arranged is its first page, without a name."""
    every = apps.get_model("catalogue", "StoreFavourites").objects.using(editor.connection.alias)
    for row in every.all():
        every.filter(organization_id=row.organization_id, store_id=row.store_id).update(
            pages=[{"name": "", "products": row.products}]
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_squashed_0007_store_favourites")]

    operations = [
        migrations.AddField("storefavourites", "pages", models.JSONField(default=list)),
        migrations.RunPython(one_page, migrations.RunPython.noop),
        migrations.RemoveField("storefavourites", "products"),
    ]
