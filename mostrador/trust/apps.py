"""What a visit brings besides a sale, as a Django application."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """What a visit brings besides a sale, as a Django application."""

    name = "mostrador.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"
