"""What can be sold, as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """What can be sold, as a Django application."""

    name = "mostrador.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
