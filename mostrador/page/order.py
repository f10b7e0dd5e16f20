"""What the buyer's page shows of an order, as texts: what it is, by when, what was paid and what is left. No name, and no text of anybody (rulings 15, 34)."""

from dataclasses import dataclass
from typing import Any, Protocol

from mostrador.counter import order_queries
from mostrador.counter.order_queries import OrderState
from mostrador.counter.order_rest import NOTHING
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.sentences import say
from mostrador.page.purchase import PLAIN_UNITS
from mostrador.page.texts import TABLE


class Said(Protocol):
    """A text by its key."""

    def __call__(self, key: str, **values: object) -> str:
        """Say it."""
        ...


@dataclass(frozen=True, slots=True)
class OrderLineText:
    """A line as texts."""

    quantity: str
    unit: str
    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """The page of an order as texts."""

    business: str
    store: str
    address: str
    phone: str
    title: str
    when: str
    state: str
    is_late: bool
    due: str
    left: str
    lines: tuple[OrderLineText, ...]
    sums: tuple[tuple[str, str], ...]
    deposits: tuple[tuple[str, str], ...]
    terms: str
    code: str
    footer: str

    @property
    def is_long(self) -> bool:
        """Whether the figure wants the smaller step of the window."""
        return len(self.left) > 10


def order_page(state: OrderState, organization: Organization, language: str) -> OrderPage:
    """Return an order as its buyer sees it. Its business must be in scope."""
    formats = Formats(organization.locale, language, organization.currency, state.store.timezone)
    row = state.row

    def said(key: str, **values: object) -> str:
        return say(TABLE, key, language, **values)

    due = formats.full_day(state.due_by)
    return OrderPage(
        business=organization.name,
        store=state.store.name,
        address=state.store.address,
        phone=state.store.phone,
        title=f"{said(f'order.{row.kind}')} {state.number}",
        when=formats.full_day(formats.local(row.occurred_at).date()),
        state=said("order.late") if state.is_late else said(f"order_state.{state.state}"),
        is_late=state.is_late,
        due="" if state.has_ended else said(f"order_due.{row.kind}", day=due),
        left=formats.money(state.gross if row.kind == "quote" else state.left),
        lines=tuple(
            OrderLineText(
                formats.quantity(line["quantity"]),
                "" if line["unit"] in PLAIN_UNITS else line["unit"],
                _name(state, line, said, formats),
                formats.money(total["gross"]),
            )
            for line, total in zip(state.basket["lines"], state.totals["lines"], strict=True)
        ),
        sums=_sums(state, said, formats),
        deposits=tuple(
            (formats.full_day(formats.local(deposit.occurred_at).date()), formats.money(deposit.amount))
            for deposit in order_queries.payments(row.id)
        ),
        terms=_terms(state, formats, language),
        code=said("order_code", code=f"{state.number}-{str(row.id)[-6:].upper()}"),
        footer=organization.receipt_footer,
    )


def _name(state: OrderState, line: dict[str, Any], said: Said, formats: Formats) -> str:
    """A line's name, and how much of it was handed over where that is not all or nothing."""
    handed = state.handed.get(line["id"], NOTHING).quantity
    return f"{line['name']} ({said('order_handed', quantity=formats.quantity(handed))})" if handed else str(line["name"])


def _sums(state: OrderState, said: Said, formats: Formats) -> tuple[tuple[str, str], ...]:
    """What it costs, what it cost before another price was agreed, what was paid, and what is to go back."""
    rows = [("order_was", state.was), ("order_total", state.gross), ("order_paid", state.paid), ("order_owed", state.owed or None)]
    return tuple((said(name), formats.money(amount)) for name, amount in rows if amount is not None)


def _terms(state: OrderState, formats: Formats, language: str) -> str:
    if state.row.kind == "quote":
        return say(TABLE, "order_terms.quote", language)
    if state.row.kept_share:
        return say(TABLE, "order_terms.kept", language, share=formats.percent(state.row.kept_share))
    return say(TABLE, "order_terms.back", language)
