"""What the buyer's page shows of a sale, as texts: nothing of it names a person (4-buyer-first, T0; rulings 15 and 34)."""

import datetime as dt
from dataclasses import dataclass

from mostrador.catalogue import queries as catalogue
from mostrador.counter import returns
from mostrador.counter.queries import TicketDetail, TicketRow
from mostrador.counter.traces import SaleTrace
from mostrador.kernel import clock
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.sentences import say
from mostrador.page.asked import Asked, asked_of
from mostrador.page.money import made_of, paid_before, per_measure, prior_words
from mostrador.page.promised import Promised, promised_in
from mostrador.page.rights import RightText, rights_of
from mostrador.page.sampled import sampled_in
from mostrador.page.texts import TABLE
from mostrador.page.told import ToldOf, told_in

# What the code on a gift ticket ends with, as in till/src/core/sale.ts.
GIFT_MARK = "-R"
OPEN_FOR = dt.timedelta(days=30)
PLAIN_UNITS = frozenset({"", "pieza"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as texts; empty where this page does not say it."""

    quantity: str
    unit: str
    name: str
    price: str
    chosen: str
    saved: str
    amount: str
    is_part: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """The page of a purchase as texts. `shows_prices`: not for gifts, and not after thirty days."""

    business: str
    store: str
    address: str
    phone: str
    legal: str
    when: str
    number: str
    return_code: str
    shows_prices: bool
    is_gift: bool
    is_old: bool
    lines: tuple[Line, ...]
    total: str
    methods: str
    made_of: tuple[tuple[str, str], ...]
    paid_before: str
    notes: tuple[str, ...]
    taxes_title: str
    taxes: tuple[tuple[str, str, str], ...]
    promised: tuple[Promised, ...]
    told: tuple[ToldOf, ...]
    rights: tuple[RightText, ...]
    asked: Asked | None
    sampled: tuple[str, ...]
    nothing: str
    footer: str

    @property
    def is_long(self) -> bool:
        """Whether the figure wants the smaller step of the window."""
        return len(self.total) > 10


def purchase_of(ticket: TicketDetail, organization: Organization, *, kind: str, language: str) -> Purchase:
    """Return a ticket as the buyer sees it. Its business must be in scope. `kind`: of the token (ticket, gift, slip, reprint)."""
    formats = Formats(organization.locale, language, organization.currency, ticket.store.timezone)
    sale = ticket.sale
    is_old = clock.now() - sale.occurred_at > OPEN_FOR
    shows = kind != "gift" and not is_old
    local = formats.local(sale.occurred_at)
    return Purchase(
        business=organization.name,
        store=ticket.store.name,
        address=ticket.store.address,
        phone=ticket.store.phone,
        legal=" · ".join(part for part in (organization.legal_name, organization.tax_id) if part),
        when=formats.full_day(local.date()) + ("" if is_old else f", {formats.time(sale.occurred_at)}"),
        number=ticket.number,
        return_code=f"{ticket.number}-{str(sale.id)[-6:].upper()}{GIFT_MARK if kind == 'gift' else ''}",
        shows_prices=shows,
        is_gift=kind == "gift",
        is_old=is_old,
        lines=tuple(line for row in ticket.rows for line in _lines(row, formats, language, shows=shows)),
        total=formats.money(ticket.paid) if shows else "",
        methods=", ".join(dict.fromkeys(_method(payment.method, language) for payment in ticket.payments)) if shows else "",
        paid_before=paid_before(ticket, formats) if shows else "",
        made_of=tuple(made_of(ticket, organization, formats, language)) if shows else (),
        notes=tuple(_notes(ticket, formats, language)) if shows else (),
        taxes_title=say(TABLE, "taxes" if organization.prices_include_tax else "taxes_added", language),
        taxes=tuple(_taxes(ticket, formats, language)) if shows else (),
        # Whoever was given a present was promised nothing; after thirty days what is kept is over.
        promised=promised_in(sale.visit_id, formats, language, only_open=is_old) if kind != "gift" else (),
        # What was answered concerns whoever asked; what the shop says of its goods, whoever has them now.
        told=told_in(ticket, formats, language, answers=kind != "gift", only_corrected=is_old),
        rights=rights_of(ticket, organization, formats, language),
        # Who was given a present did not buy it, and after thirty days nobody is asked.
        asked=asked_of(sale.id, formats, language) if shows else None,
        sampled=sampled_in(sale.visit_id) if shows else (),
        nothing=formats.money(0),
        footer=organization.receipt_footer,
    )


def _saved(row: TicketRow, formats: Formats, language: str) -> str:
    """What was taken off a line: by promotions, each by its name unless there was no reduction to speak of, and by a person."""
    savings, off = row.savings, row.off
    is_plain = row.prior is not None and row.prior.price is None
    name = say(TABLE, "price_today", language)
    explained = [f"{name if is_plain else saving.name} −{formats.money(saving.amount)}" for saving in savings]
    if off > 0:
        explained.append(say(TABLE, "saved", language, amount=formats.money(off)))
    return " · ".join(explained)


def _which(trace: SaleTrace | None, language: str) -> str:
    """Which one was bought: its serial number or its lot, as the warranty will ask."""
    codes = (("serial", trace.serial), ("lot", trace.lot)) if trace else ()
    return " · ".join(say(TABLE, key, language, code=code) for key, code in codes if code)


def _lines(row: TicketRow, formats: Formats, language: str, *, shows: bool) -> list[Line]:
    """A line; before the first part of a combo the combo, whose price is that of all of it."""
    line = _line(row, formats, language, shows=shows)
    if row.combo is None:
        return [line]
    combo, gross = row.combo
    price = say(TABLE, "each", language, price=formats.price(combo.unit_price)) if shows else ""
    whole = Line(formats.quantity(combo.quantity), "", combo.name, price, "", "", formats.money(gross) if shows else "")
    return [whole, line]


def _line(row: TicketRow, formats: Formats, language: str, *, shows: bool) -> Line:
    line, which = row.line, _which(row.which, language)
    saved = _saved(row, formats, language)
    beside = [*(chosen.name for chosen in row.modifiers), *(f"{formats.quantity(one.quantity)} {one.name}" for one in row.components)]
    if row.part:
        return Line(formats.quantity(line.quantity), "", line.name, "", " · ".join(beside), saved if shows else "", "", is_part=True)
    unit = "" if line.unit in PLAIN_UNITS else line.unit
    price = formats.price(line.unit_price)
    each = (say(TABLE, "per", language, price=price, unit=unit) if unit else say(TABLE, "each", language, price=price)) if shows else ""
    return Line(
        formats.quantity(line.quantity),
        unit,
        f"{line.name} · {which}" if which else line.name,
        f"{each} · {measure}" if each and (measure := per_measure(row, formats, language)) else each,
        " · ".join(beside),
        saved if shows else "",
        formats.money(line.gross) if shows else "",
        before=prior_words(row, formats, language) if shows else "",
    )


def _notes(ticket: TicketDetail, formats: Formats, language: str) -> list[str]:
    """Change, rounding and tip, each only where there is one; and what went back for goods that came back."""
    loaded = sum(load.amount for load in ticket.loads)
    parts = (("change", ticket.change), ("rounding", ticket.sale.rounding), ("tip", ticket.sale.tip), ("loaded", loaded))
    notes = [say(TABLE, key, language, amount=formats.money(amount)) for key, amount in parts if amount]
    for back in returns.of_sale(ticket.sale.id):
        day = formats.full_day(formats.local(back.row.occurred_at).date())
        notes.append(say(TABLE, "given_back", language, amount=formats.money(back.row.gross + back.row.rounding), day=day))
    return notes


def _taxes(ticket: TicketDetail, formats: Formats, language: str) -> list[tuple[str, str, str]]:
    """(name, base, amount) of each tax."""
    names = {tax.code: tax.name for tax in catalogue.taxes()}
    return [
        (names.get(tax.code, tax.code), say(TABLE, "tax_base", language, amount=formats.money(tax.base)), formats.money(tax.amount))
        for tax in ticket.taxes
    ]


def _method(method: str, language: str) -> str:
    key = f"method.{method}"
    return say(TABLE, key, language) if key in TABLE else method
