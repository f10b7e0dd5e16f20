"""Intake of facts and what goes down to tills, as a Django application."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """Intake of facts and what goes down to tills, as a Django application."""

    name = "mostrador.sync"
    label = "sync"
    default_auto_field = "django.db.models.BigAutoField"
