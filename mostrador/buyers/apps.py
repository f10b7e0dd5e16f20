"""Buyers, as a Django application."""

from django.apps import AppConfig


class BuyersConfig(AppConfig):
    """Buyers, as a Django application."""

    name = "mostrador.buyers"
    label = "buyers"
    default_auto_field = "django.db.models.BigAutoField"
