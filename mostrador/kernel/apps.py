"""The kernel as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    """Protects append-only tables after each migrate: Django's table remake on SQLite drops triggers."""

    name = "mostrador.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The one signal in the house: test databases and `migrate` have no other common moment.
        post_migrate.connect(_protect, sender=self, dispatch_uid="append_only")


def _protect(**kwargs: Any) -> None:
    from mostrador.kernel.append_only import protect

    protect(kwargs["using"])
