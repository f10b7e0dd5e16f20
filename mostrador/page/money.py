"""What the page says of money besides the lines: the price before a reduction, the price per kilo or litre, and what the total is made of (invariants X1-X6)."""

from collections.abc import Iterator

from mostrador.catalogue import queries as catalogue
from mostrador.counter.queries import TicketDetail, TicketRow
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE

ONE = 1000
DAYS = 30
# Paid earlier, and no money of this day.
DEPOSIT = "deposit"


def prior_words(row: TicketRow, formats: Formats, language: str) -> str:
    """Return the price before, as the buyer was told it; empty where nothing was told."""
    if row.prior is None or row.prior.price is None:
        return ""
    return say(TABLE, "before", language, price=formats.price(row.prior.price), days=DAYS)


def per_measure(row: TicketRow, formats: Formats, language: str) -> str:
    """Return what the line's price is per kilo, litre or piece of what is in the product; empty where that says nothing, or for a box."""
    line = row.line
    if line.factor != ONE or row.part is not None:
        return ""
    product = next(iter(catalogue.by_ids([line.product_id])), None)
    if product is None or product.sold_by == "weight":
        return ""
    product.price = line.unit_price
    found = catalogue.per_unit(product)
    return say(TABLE, "per", language, price=formats.rounded_price(found[0]), unit=found[1]) if found else ""


def made_of(ticket: TicketDetail, organization: Organization, formats: Formats, language: str) -> Iterator[tuple[str, str]]:
    """Yield what the total is made of, each only where there is some: goods, what was taken off, taxes that were added, tip, cards, rounding."""
    sale = ticket.sale
    goods = sale.gross + sum(line.discount for line in ticket.lines)
    added = 0 if organization.prices_include_tax else sum(tax.amount for tax in ticket.taxes)
    discount = sum(line.discount for line in ticket.lines)
    loaded = sum(load.amount for load in ticket.loads)
    parts = (
        ("goods", goods - added), ("discounts", -discount), ("added_taxes", added), ("tip_of", sale.tip), ("cards_of", loaded),
        ("rounding_of", sale.rounding),
    )  # fmt: skip
    shown = [(name, amount) for name, amount in parts if amount]
    if len(shown) > 1:
        yield from ((say(TABLE, f"made_of.{name}", language), formats.money(amount)) for name, amount in shown)


def paid_before(ticket: TicketDetail, formats: Formats) -> str:
    """Return what of the total had been paid before, as deposits of an order; empty where nothing had."""
    amount = sum(payment.amount for payment in ticket.payments if payment.method == DEPOSIT)
    return formats.money(amount) if amount else ""
