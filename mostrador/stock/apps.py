"""Goods on hand, as a Django application."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Goods on hand, as a Django application."""

    name = "mostrador.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
