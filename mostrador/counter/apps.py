"""What happened at the counter, as a Django application."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """What happened at the counter, as a Django application."""

    name = "mostrador.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let what is sold leave the shelf."""
        from mostrador.counter import goods  # noqa: F401  # registers itself
