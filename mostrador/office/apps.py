"""The office, as a Django application."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The office, as a Django application."""

    name = "mostrador.office"
    label = "office"
