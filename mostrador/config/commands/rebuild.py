"""mostrador rebuild"""

import argparse

from mostrador.config import start
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Compute every projection anew from the rows that only grow, and what lacks of unknown codes from the journals."""
    start.load()
    start.require_database()
    from mostrador.counter import points_lapses
    from mostrador.counter.rebuild import rebuild_totals
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.kernel.writing import use_case
    from mostrador.stock.services import rebuild_levels
    from mostrador.sync import aside, unknown_codes

    for organization in Organization.objects.order_by("name", "id"):
        with scope(organization.id):
            with use_case():
                points_lapses.lapse(organization.id)
            beside = aside.rebuild(organization.id)
            levels, totals = rebuild_levels(organization.id), rebuild_totals(organization.id)
            codes = unknown_codes.rebuild(organization.id)
        print(
            say(
                f"{organization.name}: {levels} existencias, {totals} totales de turno, {beside} registros aparte de la venta, {codes} asientos con códigos que nadie tiene",
                f"{organization.name}: {levels} levels, {totals} shift totals, {beside} records beside the sale, {codes} entries with codes that nobody carries",
            )
        )
    return 0
