"""The doors of tills, as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The doors of tills, as a Django application."""

    name = "mostrador.api"
    label = "api"
