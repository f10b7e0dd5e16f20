"""What a visit brings besides a sale, as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrustConfig(AppConfig):
    """What a visit brings besides a sale, as a Django application."""

    name = "mostrador.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the wall up: after each migration it stands around the tables that are there then. And let samples move stock in every process that asks for levels."""
        from mostrador.trust import sample_flow  # noqa: F401  # it needs the models

        post_migrate.connect(_wall, sender=self, dispatch_uid="wall")


def _wall(using: str, **_: Any) -> None:
    from mostrador.trust import wall  # it needs the models

    wall.build(using)
