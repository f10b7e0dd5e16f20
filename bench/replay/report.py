"""The reconciliation for a person: tables of what the source says, what is listed, what the server has, and every difference."""

from dataclasses import fields

from rich.console import Console
from rich.table import Table

from bench.replay.kinds import Kind
from bench.replay.ledger import Ledger, Totals

SHOWN = 20


def show(ledger: Ledger, console: Console) -> None:
    """Print the reconciliation."""
    console.print(totals_table(ledger))
    console.print(kinds_table("Lines a till could not have made (left out, listed)", ledger.line_kinds))
    console.print(kinds_table("Lines and baskets that surprise (sold all the same)", [*ledger.noted_kinds, *ledger.basket_kinds]))
    for name, (source, server) in (
        ("visits without a sale", ledger.visits_without_sale),
        ("vouchers, cents", ledger.vouchers),
        ("shifts closed", ledger.closings),
    ):
        console.print(f"{name}: source {source:,}, server {server:,}{'' if source == server else '  DIFFERENT'}")
    for row in ledger.differing[:SHOWN]:
        console.print(f"[red]different: {row}")
    verdict = "every figure agrees" if ledger.agrees else f"{len(ledger.differing):,} of {ledger.keys:,} keys differ"
    console.print(f"[bold]{ledger.keys:,} keys of store, department and day: {verdict}.")


def totals_table(ledger: Ledger) -> Table:
    """Baskets, lines, quantity and value: source - listed = expected = server."""
    table = Table("", *[field.name for field in fields(Totals)], title="Reconciliation", title_justify="left")
    for name in ("source", "listed", "expected", "server"):
        row: Totals = getattr(ledger, name)
        table.add_row(name, f"{row.baskets:,}", f"{row.lines:,}", thousandths(row.quantity), dollars(row.value))
    return table


def kinds_table(title: str, kinds: list[Kind]) -> Table:
    """How many of each kind, with their value and coupons."""
    table = Table("kind", "count", "value", "coupons", title=title, title_justify="left")
    for kind in kinds:
        table.add_row(kind.name, f"{kind.count:,}", dollars(kind.value), dollars(kind.coupon))
    return table


def dollars(cents: int) -> str:
    """Return cents as dollars, without passing through a float."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def thousandths(quantity: int) -> str:
    """Return thousandths as a decimal."""
    return f"{quantity // 1000:,}.{quantity % 1000:03d}"
