"""The buyer's page, as a Django application."""

from django.apps import AppConfig


class PageConfig(AppConfig):
    """The buyer's page, as a Django application."""

    name = "mostrador.page"
    label = "page"
