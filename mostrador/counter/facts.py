"""How facts become rows: one batch of a journal at a time, a constant number of statements however long it is.

What cannot become rows `checks` says; `Rows.add` turns a fact that can into tuples, `Rows.into` hands them on to be written. The types of
the facts live in sync.contract, above this package; here they are only read by their attributes (ruling 5, 6).
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from mostrador.buyers.models import ACCOUNTS
from mostrador.counter import accounts, coupons, gift_cards, goods, limits, orders, points, returned, unknown_codes, voucher_rules, vouchers
from mostrador.counter.journal import Journal
from mostrador.counter.tables import COLUMNS, ORGANIZATION
from mostrador.kernel import clock
from mostrador.kernel.sql import Writes

# Facts that became nothing but a visit here.
TOPIC_ASIDE = "counter.aside"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@dataclass(frozen=True, slots=True)
class ByHand:
    """How a person takes a fact in: flags for its sale, and how many tickets or Z bear its number already."""

    flags: tuple[str, ...] = ()
    twin: int = 0


NOBODY = ByHand()


class Noted(NamedTuple):
    """An event of a shift. `kind` and `id`: where they are not those of its fact."""

    shift: str | None
    about: str | None
    reason: str = ""
    amount: int | None = None
    flags: str = ""
    kind: str | None = None
    id: str | None = None


class Rows:
    """The rows of one batch, gathered per table. `by_hand`: a person takes a single fact in. `goods`: what moved, by topic (counter.goods)."""

    def __init__(self, journal: Journal, by_hand: ByHand = NOBODY) -> None:
        self.journal = journal
        self.by_hand = by_hand
        self.closed: set[str] = set()
        self.visits: dict[str, tuple[Any, ...]] = {}
        self.buyers: dict[str, tuple[Any, ...]] = {}
        self.gift_cards: dict[str, tuple[Any, ...]] = {}
        self.tables: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.totals: dict[tuple[str, str], int] = defaultdict(int)
        self.goods: dict[str, list[str]] = defaultdict(list)

    def add(self, fact: Any, body: Any) -> None:
        """Turn one checked fact into rows."""
        if fact.visit is not None:
            self._visit(fact, body)
        _ADD.get(fact.kind, Rows._aside)(self, fact, body)

    def _visit(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        self.visits.setdefault(
            fact.visit.id,
            (
                own.organization, journal.raw(fact.visit.id), own.store, own.id,
                journal.raw(fact.staff), fact.visit.opened_at, self._day(body.shift, fact.at)[0],
            ),
        )  # fmt: skip

    def _day(self, shift: str, at: int) -> tuple[str, bool]:
        """The business day of a shift, and whether it is known; without one, the store's local day."""
        known = self.journal.known.shift_days.get(shift)
        if known is not None:
            return known, True
        instant = clock.from_ms(at)
        return clock.business_date(instant, self.journal.zone, self.journal.day_start_minutes).isoformat(), False

    def _aside(self, fact: Any, _body: Any) -> None:
        """What a visit brings besides a sale: its visit stands, and the rest is for the worker, who applies it when nobody waits."""
        self.goods[TOPIC_ASIDE].append(_json({"store": str(self.journal.store), "fact": fact}))

    def _opening(self, fact: Any, body: Any) -> None:
        """A journal's first fact makes no rows of its own."""

    def _shift_opened(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        journal.known.shift_days[body.shift] = body.business_date
        self.tables["counter_shift"].append((
            own.organization, journal.raw(body.shift), own.store, own.till,
            own.id, journal.raw(fact.staff), journal.raw(fact.id), body.business_date, fact.at, journal.received_ms, body.float,
        ))  # fmt: skip
        self.totals[body.shift, "float"] += body.float

    def _paper(self, fact: Any, body: Any) -> tuple[str, str]:
        """The business day of a paper with a number, and the words for what a person may want to look at."""
        day, has_shift = self._day(body.shift, fact.at)
        flags = [*fact.flags, *self.by_hand.flags]
        if not has_shift:
            flags.append("no_shift")
        if body.number > self.journal.last_number + 1:
            flags.append("number_gap")
        return day, " ".join([*flags, *self._flags_of_person(fact, body)])

    def _sale(self, fact: Any, body: Any) -> None:
        journal, own, totals = self.journal, self.journal.own, body.totals
        organization, sale = own.organization, journal.raw(body.sale)
        day, flags = self._paper(fact, body)
        taxes = _json([[tax.code, tax.base, tax.amount] for tax in totals.taxes])
        off = totals.discount + (totals.savings or 0)  # whoever took it off: a person, or a promotion
        self.tables["counter_sale"].append((
            organization, sale, journal.raw(fact.visit.id), own.store, own.id, journal.raw(body.shift),
            journal.raw(fact.staff), journal.raw(fact.id), journal.raw(body.buyer), journal.raw(body.order), body.number, self.by_hand.twin, day, fact.at, journal.received_ms, totals.gross, totals.net,
            off, totals.rounding, totals.tip, taxes, totals.engine, flags,
        ))  # fmt: skip
        self._lines(organization, sale, body)
        self._combos(organization, sale, body.basket)
        self._priors(organization, sale, body)
        self._payments(organization, sale, body)
        for table, slips in vouchers.rows(journal, body, fact.at):
            self.tables[table] += slips
            self.totals[body.shift, "vouchers"] += len(slips)
        for table, uses in coupons.rows(journal, body, fact.at):
            self.tables[table] += uses
            self.goods[coupons.TOPIC_USED] += [one.id.replace("-", "") for one in body.coupons or ()]
        if body.age_check is not None:
            self.tables["counter_agecheck"].append(
                (organization, sale, body.age_check.minimum, body.age_check.how, journal.raw(body.age_check.by))
            )
        if body.taken_by is not None:
            self.tables["counter_saletaker"].append((organization, sale, journal.raw(body.taken_by)))
        for token in body.tokens:
            self._token(organization, sale, token)
        for code, amount in (
            ("sales", 1), ("gross", totals.gross), ("net", totals.net), ("discount", off), ("rounding", totals.rounding),
            ("tips", totals.tip),
        ):  # fmt: skip
            if amount:
                self.totals[body.shift, code] += amount
        journal.last_number = body.number
        journal.perpetual += totals.gross
        self.goods[goods.TOPIC_SOLD].append(body.sale.replace("-", ""))
        self._buyer(fact, body, body.basket.payments)
        self._changed(fact, body)
        self._gift_cards(fact, body, day)
        self._points(fact, body, day)
        self._codes(fact, body)
        if body.order is not None:
            self.tables["counter_orderhandover"] += orders.handed_over(organization, sale, journal.raw(body.order), body)
            self.goods[orders.TOPIC_ORDERED].append(body.order.replace("-", ""))

    def _return(self, fact: Any, body: Any) -> None:
        journal = self.journal
        day, flags = self._paper(fact, body)
        if body.paper is not None:
            flags = f"{flags} {body.paper}".strip()
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, flags, self.by_hand.twin)
        for table, rows in returned.rows(paper, fact, body):
            self.tables[table] += rows
        for code, amount in returned.totals(body):
            if amount:
                self.totals[body.shift, code] += amount
        journal.last_number = body.number
        self.goods[goods.TOPIC_RETURNED].append(body.return_id.replace("-", ""))
        self._buyer(fact, body, body.document.refunds)
        self._gift_cards(fact, body, day)
        self._points(fact, body, day)

    def _account_paid(self, fact: Any, body: Any) -> None:
        journal = self.journal
        day, flags = self._paper(fact, body)
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, flags, self.by_hand.twin)
        for table, rows in accounts.rows(paper, fact, body):
            self.tables[table] += rows
        for code, amount in accounts.totals(body):
            if amount:
                self.totals[body.shift, code] += amount
        journal.last_number = body.number
        self._known_buyer(fact, body.buyer)
        self.goods[accounts.TOPIC_MOVED].append(body.buyer.replace("-", ""))

    def _order(self, fact: Any, body: Any) -> None:
        """An order begins, is paid in part, moves on or ends; all but a move is a paper with a number."""
        journal = self.journal
        has_number = fact.kind not in {"order.changed", "order.repriced"}
        has_person = fact.kind == "order.repriced"
        day, flags = self._paper(fact, body) if has_number else ("", " ".join(self._flags_of_person(fact, body)) if has_person else "")
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, flags, self.by_hand.twin)
        for table, rows in orders.ROWS[fact.kind](paper, fact, body):
            self.tables[table] += rows
        for code, amount in orders.totals(fact.kind, body):
            if amount:
                self.totals[body.shift, code] += amount
        if has_number:
            journal.last_number = body.number
        if fact.kind in {"order.opened", "order.closed"}:
            self._buyer(fact, body, body.refunds if fact.kind == "order.closed" else ())
        self.goods[orders.TOPIC_ORDERED].append(body.order.replace("-", ""))

    def _gift_card_refunded(self, fact: Any, body: Any) -> None:
        journal = self.journal
        day, flags = self._paper(fact, body)
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, flags, self.by_hand.twin)
        for table, rows in gift_cards.refund_rows(paper, fact, body):
            self.tables[table] += rows
        journal.last_number = body.number
        self._gift_cards(fact, body, day)

    def _gift_cards(self, fact: Any, body: Any, day: str) -> None:
        """What a fact did to gift cards; most name none. A card that no fact has named before begins its row here."""
        named = gift_cards.named(fact.kind, body)
        if not named:
            return
        journal = self.journal
        for card in named:
            self.gift_cards[card] = (journal.own.organization, journal.raw(card))
            self.goods[gift_cards.TOPIC_MOVED].append(card.replace("-", ""))
        for table, rows in gift_cards.rows(returned.Paper(journal.own, journal.raw, journal.received_ms, day, "", 0), fact, body):
            self.tables[table] += rows
        for code, amount in gift_cards.totals(fact.kind, body):
            self.totals[body.shift, code] += amount

    def _points(self, fact: Any, body: Any, day: str) -> None:
        """What a sale or a return did to a buyer's points; those of a gift ticket are of whoever bought."""
        buyer = points.whose(fact.kind, body)
        if buyer is None:
            return
        journal = self.journal
        paper = returned.Paper(journal.own, journal.raw, journal.received_ms, day, "", 0)
        self.tables["counter_pointsmove"] += points.rows(paper, fact, body)
        self._known_buyer(fact, buyer)
        self.goods[accounts.TOPIC_MOVED].append(buyer.replace("-", ""))

    def _buyer(self, fact: Any, body: Any, payments: Any) -> None:
        """A buyer whom a sale or a return names: somebody may have to be told that an account moved."""
        if body.buyer is None:
            return
        self._known_buyer(fact, body.buyer)
        if any(payment.method in ACCOUNTS or vouchers.beyond(payment) for payment in payments):
            self.goods[accounts.TOPIC_MOVED].append(body.buyer.replace("-", ""))

    def _known_buyer(self, fact: Any, buyer: str) -> None:
        """A fact may name somebody before whoever met them has been heard: then there is a row without a name."""
        self.buyers[buyer] = (self.journal.own.organization, self.journal.raw(buyer), "", "", "", "", "", "[]", 0, fact.at)

    def _met(self, fact: Any, body: Any) -> None:
        self._known_buyer(fact, body.buyer)
        self.goods[accounts.TOPIC_MET].append(f"{body.buyer}{body.contact}".replace("-", ""))

    def _lines(self, organization: Any, sale: Any, body: Any) -> None:
        journal = self.journal
        lines, names = self.tables["counter_saleline"], {promotion.id: promotion.name or "" for promotion in body.basket.promotions}
        for n, (line, total) in enumerate(zip(body.basket.lines, body.totals.lines, strict=True)):
            lines.append((
                organization, sale, n, journal.raw(line.product_id), (line.name or "")[:160], (line.unit or "")[:10], line.factor or 1000, line.quantity, line.unit_price,
                total.discount + total.share + sum(saving.amount for saving in total.savings), total.net, total.gross,
            ))  # fmt: skip
            for place, chosen in enumerate(line.modifiers):
                self.tables["counter_salemodifier"].append((
                    organization, sale, n, place, journal.raw(chosen.id), chosen.name[:40], chosen.price,
                ))  # fmt: skip
            for place, part in enumerate(line.components):
                self.tables["counter_salecomponent"].append((
                    organization, sale, n, place, journal.raw(part.product_id), part.name[:160], part.quantity,
                ))  # fmt: skip
            if line.serial or line.lot:
                self.tables["counter_saletrace"].append((organization, sale, n, line.serial or "", line.lot or "", line.expires or ""))
            for row in total.savings:
                saved = (organization, sale, n, row.promotion, names[row.promotion][:60], row.amount)
                self.tables["counter_salesaving"].append(saved)

    def _priors(self, organization: Any, sale: Any, body: Any) -> None:
        """What the buyer was told of prices before a reduction."""
        if body.priors:
            places = {line.id: n for n, line in enumerate(body.basket.lines)}
            told = {places[prior.line]: prior.price for prior in body.priors if prior.line in places}
            self.tables["counter_saleprior"] += [(organization, sale, n, price) for n, price in told.items()]

    def _combos(self, organization: Any, sale: Any, basket: Any) -> None:
        """Which lines were sold at one price together."""
        if not basket.combos:
            return
        places = {line.id: n for n, line in enumerate(basket.lines)}
        for place, combo in enumerate(basket.combos):
            self.tables["counter_salecombo"].append((
                organization, sale, place, self.journal.raw(combo.product_id), (combo.name or "")[:160], combo.quantity, combo.unit_price,
            ))  # fmt: skip
            self.tables["counter_salepart"] += [(organization, sale, places[part.line], place, part.extra) for part in combo.parts]

    def _payments(self, organization: Any, sale: Any, body: Any) -> None:
        change, rows = body.totals.change, []
        references = {reference.payment: reference.value for reference in body.references}
        payments = body.basket.payments
        for n, payment in reversed(list(enumerate(payments))):
            given_back = min(change, payment.amount) if payment.method == "cash" else 0
            change -= given_back
            tendered = payment.amount if payment.voucher is None else voucher_rules.worth(payment.voucher)
            rows.append((organization, sale, n, payment.method, tendered - given_back, tendered, references.get(n, "")))
        # What vouchers were worth beyond the ticket went by these: below zero.
        beyond = [part for payment in payments for part in vouchers.beyond(payment)]
        rows += [(organization, sale, n, method, amount, amount, "") for n, (method, amount) in enumerate(beyond, len(payments))]
        for _, _, _, method, kept, _, _ in rows:
            self.totals[body.shift, f"pay:{method}"] += kept
        self.tables["counter_payment"] += rows

    def _token(self, organization: Any, sale: Any, token: Any) -> None:
        self.tables["counter_buyertoken"].append((organization, bytes.fromhex(token.hash), sale, token.kind))

    def _visit_closed(self, fact: Any, body: Any) -> None:
        """A visit closed twice keeps its first closing: the second says nothing new and counts nothing."""
        journal, own = self.journal, self.journal.own
        self._codes(fact, body)
        if fact.visit.id in journal.known.closed_visits or fact.visit.id in self.closed:
            return
        self.closed.add(fact.visit.id)
        self.tables["counter_visitclosing"].append((
            own.organization, journal.raw(fact.visit.id), journal.raw(body.shift), body.by_product, fact.at, journal.raw(fact.id),
        ))  # fmt: skip
        self.totals[body.shift, "visits"] += 1
        self._voided(fact, body, None, " ".join(self._flags_of_person(fact, body)))

    def _codes(self, fact: Any, body: Any) -> None:
        """Codes that no product carried: for the worker, when nobody waits."""
        if body.unknown_codes:
            self.goods[unknown_codes.TOPIC_UNKNOWN].append(unknown_codes.source(self.journal.store, fact, body))

    def _cash(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own
        self.tables["counter_cashmove"].append((
            own.organization, journal.raw(fact.id), journal.raw(body.shift), own.id,
            journal.raw(fact.staff), body.direction, body.amount, body.reason, " ".join(self._flags_of_person(fact, body)), fact.at,
        ))  # fmt: skip
        self.totals[body.shift, f"cash_{body.direction}"] += body.amount

    def _drawer(self, fact: Any, body: Any) -> None:
        self._event(fact, Noted(body.shift, None, body.reason, flags=" ".join(self._flags_of_person(fact, body))))
        self.totals[body.shift, "drawer"] += 1

    def _approval(self, fact: Any, body: Any) -> None:
        known = self.journal.known
        known.approvals[fact.id] = body.action
        flags = limits.flags_of_approval(known.limits.get(body.approver), body.approver, fact.staff)
        reason = f"{body.action}:{body.reason}"[:40]
        self._event(fact, Noted(None, body.approver, reason, body.amount, " ".join(flags)))

    def _reprint(self, fact: Any, body: Any) -> None:
        is_gift = bool(body.tokens) and all(token.kind == "gift" for token in body.tokens)
        self._event(fact, Noted(None, body.sale, "gift" if is_gift else ""))
        for token in body.tokens:
            self._token(self.journal.own.organization, self.journal.raw(body.sale), token)

    def _flags_of_person(self, fact: Any, body: Any) -> list[str]:
        """An approval that is named and not there; an act beyond what its person may do alone."""
        known, named = self.journal.known, set(body.approvals or ())
        missing = [] if named <= known.approvals.keys() else ["approval_missing"]
        approved = [known.approvals[one] for one in named if one in known.approvals]
        beyond = limits.flags(known.limits.get(fact.staff), fact.kind, body, approved, _digits(body))
        return missing + beyond + points.flags(known.schemes, fact.kind, body) + limits.flags_of_sale(known, fact.kind, body)

    def _changed(self, fact: Any, body: Any) -> None:
        """A price that a person typed, and lines that were taken away again: events of their own, with the names of those who did it."""
        change = sum(amount - list_amount for list_amount, amount in limits.changed(body, _digits(body)))
        if any(not one.shelf for one in body.price_changes or ()):
            self._event(fact, Noted(body.shift, body.sale, amount=change, kind="price.changed"))
        self._shelf(fact, body)
        self._voided(fact, body, body.sale, "")

    def _shelf(self, fact: Any, body: Any) -> None:
        """What the shelf said was charged (ruling 39): nobody has to allow it, and it stands among the events with the name of who did it."""
        if any(one.shelf for one in body.price_changes or ()):
            change = sum(amount - list_amount for list_amount, amount in limits.changed(body, _digits(body), shelf=True))
            own = str(uuid.uuid5(uuid.UUID(fact.id), "price.shelf"))
            self._event(fact, Noted(body.shift, body.sale, amount=change, kind="price.shelf", id=own))

    def _voided(self, fact: Any, body: Any, about: str | None, flags: str) -> None:
        if body.voided is not None:
            # A sale may have a price changed as well, whose event has the fact's id.
            self._event(fact, Noted(body.shift, about, amount=body.voided.amount, flags=flags, kind="line.voided", id=about))
        if body.not_sold is not None:  # what the law wants taken away is nobody's act to allow
            own = str(uuid.uuid5(uuid.UUID(fact.id), "line.not_sold"))
            self._event(fact, Noted(body.shift, about, amount=body.not_sold.amount, kind="line.not_sold", id=own))

    def _event(self, fact: Any, noted: Noted) -> None:
        journal, own = self.journal, self.journal.own
        self.tables["counter_counterevent"].append((
            own.organization, journal.raw(noted.id or fact.id), noted.kind or fact.kind, own.id, journal.raw(noted.shift),
            journal.raw(fact.staff), journal.raw(noted.about), noted.reason, noted.amount, noted.flags, fact.at,
        ))  # fmt: skip

    def _shift_closed(self, fact: Any, body: Any) -> None:
        journal, own = self.journal, self.journal.own

        def amounts(rows: Any) -> str:
            return _json([[row.method, row.amount] for row in rows])

        figures = _figures(body.figures, "payments")
        if body.figures.returned is None:
            del figures["returned"]
        else:
            figures["returned"] = _figures(body.figures.returned, "refunds")
        for name in ("accounts", "drops", "orders", "gift_cards"):
            part = getattr(body.figures, name)
            if part is None:
                del figures[name]
            else:
                figures[name] = {field: getattr(part, field) for field in part.__struct_fields__}
        if body.figures.vouchers is None:
            del figures["vouchers"]
        self.tables["counter_shiftclosing"].append((
            own.organization, journal.raw(body.shift), own.id, journal.raw(fact.staff), journal.raw(fact.id),
            body.z, self.by_hand.twin, fact.at, journal.received_ms, amounts(body.expected), amounts(body.counted), amounts(body.difference),
            _json([[row.value, row.count] for row in body.denominations]),
            _json(figures), body.reason or "", body.recounts or 0, body.perpetual, _json(body.vouchers or ()),
        ))  # fmt: skip
        journal.last_z = body.z

    def into(self, writes: Writes) -> None:
        """Add all rows to what is to be written. A visit that another fact brought already stays as it is."""
        writes.add("counter_visit", COLUMNS["counter_visit"], list(self.visits.values()), f"({ORGANIZATION}, id) DO NOTHING")
        if self.buyers:
            writes.add("buyers_buyer", COLUMNS["buyers_buyer"], list(self.buyers.values()), f"({ORGANIZATION}, id) DO NOTHING")
        if self.gift_cards:
            writes.add("counter_giftcard", COLUMNS["counter_giftcard"], list(self.gift_cards.values()), f"({ORGANIZATION}, id) DO NOTHING")
        for table, rows in self.tables.items():
            writes.add(table, COLUMNS[table], rows)
        organization, raw = self.journal.own.organization, self.journal.raw
        totals = [(organization, raw(shift), code, amount) for (shift, code), amount in sorted(self.totals.items())]
        writes.add(
            "counter_shifttotal", COLUMNS["counter_shifttotal"], totals,
            f"({ORGANIZATION}, shift_id, code) DO UPDATE SET amount = counter_shifttotal.amount + excluded.amount",
        )  # fmt: skip
        self.journal.known.closed_visits |= self.closed


def _digits(body: Any) -> int:
    """The decimals of a sale's money; what is no sale is compared without prices."""
    basket = getattr(body, "basket", None)
    return int(basket.currency.digits) if basket is not None else 0


def _figures(found: Any, by_method: str) -> dict[str, Any]:
    """Figures as they are kept: taxes and methods as rows."""
    figures = {name: getattr(found, name) for name in found.__struct_fields__}
    figures["taxes"] = [[tax.code, tax.base, tax.amount] for tax in found.taxes]
    figures[by_method] = [[row.method, row.amount] for row in getattr(found, by_method)]
    return figures


_ADD = {
    "journal.opened": Rows._opening,
    "shift.opened": Rows._shift_opened,
    "sale.recorded": Rows._sale,
    "return.recorded": Rows._return,
    "buyer.met": Rows._met,
    "account.paid": Rows._account_paid,
    "order.opened": Rows._order,
    "order.paid": Rows._order,
    "order.changed": Rows._order,
    "order.repriced": Rows._order,
    "order.closed": Rows._order,
    "gift_card.refunded": Rows._gift_card_refunded,
    "visit.closed": Rows._visit_closed,
    "cash.moved": Rows._cash,
    "drawer.opened": Rows._drawer,
    "approval.given": Rows._approval,
    "ticket.reprinted": Rows._reprint,
    "shift.closed": Rows._shift_closed,
}
