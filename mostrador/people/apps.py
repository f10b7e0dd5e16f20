"""Stores, tills and the team, as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Stores, tills and the team, as a Django application."""

    name = "mostrador.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
