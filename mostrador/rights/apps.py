"""Rights and warranties, as a Django application."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Rights and warranties, as a Django application."""

    name = "mostrador.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"
