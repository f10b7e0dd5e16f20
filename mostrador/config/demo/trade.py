"""A day of a till: who is there, what is sold, how it is paid, what the drawer holds in the evening. Amounts: int minor units."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.catalogue import offers
from mostrador.config.demo import cards, helping, loyalty, making, ordering, pricing, promising, sampling, saying, seldom, vouchers
from mostrador.config.demo.errands import Shelves, Wish, errand, moments_of_day
from mostrador.config.demo.setting_up import PastTill, Person, Ready
from mostrador.config.demo.strange import Strange
from mostrador.kernel import clock
from mostrador.kernel.money import digits_of
from mostrador.pricing.document import price_document, refund_document
from mostrador.sync.cashier import Back, Cashier, Extras, Visit
from mostrador.sync.cashier_rows import whole
from mostrador.sync.device import base64url

CASHIERS_MAX_PERCENT = 10
SMALL_PERCENTS = (5, 10)
LARGE_PERCENTS = (15, 20, 30)
DISCOUNT_REASONS = ("near_expiry", "damaged", "shelf_price")
SAFE_ABOVE = 5
SECOND_MS = 1000
# Of so many tickets of a till goods may still come back.
RECENT = 80
# On account in the demo, minor units: at most so much, and paid from so much on.
OWED_MAX, PAID_FROM = 60_000, 10_000


@dataclass(slots=True)
class Counted:
    """What the demo's trade came to. secret: opens the buyer's page of the last ticket."""

    visits: int = 0
    sales: int = 0
    returns: int = 0
    facts: int = 0
    secret: str = ""
    sold: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    owed: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sale of this till that goods may come back of: the body of its fact, and the SKU of each line."""

    body: Mapping[str, Any]
    skus: tuple[str, ...]


@dataclass(slots=True)
class Day:
    """A till's day under way. `sold` in the count is thousandths by store's code and SKU, what the shelves must be filled with again."""

    ready: Ready
    till: PastTill
    shelves: Shelves
    cashier: Cashier
    rng: Random
    counted: Counted
    prices: Mapping[str, int]
    recent: list["Ticket"] = field(default_factory=list)
    book: ordering.Book = field(default_factory=lambda: ordering.Book(Random(0)))
    wallet: cards.Wallet = field(default_factory=lambda: cards.Wallet(Random(0)))
    neighbours: loyalty.Loyalty = field(default_factory=lambda: loyalty.Loyalty(Random(0)))
    slips: vouchers.Drawer = field(default_factory=lambda: vouchers.Drawer(Random(0)))
    rarities: seldom.Seldom = field(default_factory=lambda: seldom.Seldom(Random(0)))
    labels: pricing.Labels = field(default_factory=lambda: pricing.Labels(Random(0)))
    ear: helping.Ear = field(default_factory=lambda: helping.Ear(Random(0)))
    strange: Strange = field(default_factory=lambda: Strange(Random(0)))
    tasting: sampling.Tasting = field(default_factory=lambda: sampling.Tasting(Random(0)))
    promises: promising.Promises = field(default_factory=lambda: promising.Promises(Random(0)))
    answers: saying.Answers = field(default_factory=lambda: saying.Answers(Random(0)))

    @property
    def rhythm(self) -> Mapping[str, Any]:
        """What a day is like in this shop."""
        found: Mapping[str, Any] = self.ready.shop.about["rhythm"]
        return found

    def percent(self, name: str) -> bool:
        """Whether something that happens so often in a hundred happens now."""
        return self.rng.randrange(100) < whole(self.rhythm[f"{name}_percent"])

    def took(self, sku: str, quantity: int) -> None:
        """Something left the shelf: it is filled again."""
        self.counted.sold[self.till.store, sku] += quantity

    def manager(self) -> Person:
        """Who approves what a cashier may not do alone: the manager, else the owner."""
        team = self.ready.people
        return next((person for role in ("manager", "owner") for person in team if person.role == role), team[0])

    def cashier_of(self, date: dt.date) -> Person:
        """Who stands at the till that day: the store's cashiers take turns."""
        here = [person for person in self.ready.people if person.role == "cashier" and person.store == self.till.store]
        tills = [till.code for till in self.ready.tills if till.store == self.till.store]
        return here[(date.toordinal() + tills.index(self.till.code)) % len(here)]


def visits_on(day: Day, date: dt.date) -> int:
    """Return how many visits a till has on a date: its weekday's share, give or take a seventh; 0 when the shop is closed."""
    usual = whole(day.rhythm["visits_per_till"]) * whole(day.rhythm["weekdays"][date.weekday()]) // 100
    return usual and usual + day.rng.randint(-(usual // 7), usual // 7)


def facts_of_day(day: Day, date: dt.date) -> Iterator[bytes]:
    """Write the facts of a till's day: the shift opens, visits, cash moves, the count, the Z. Nothing on a day it is closed."""
    count = visits_on(day, date)
    if not count:
        return
    midnight = clock.to_ms(dt.datetime.combine(date, dt.time(), ZoneInfo(day.ready.shop.about["timezone"])))
    day.cashier.staff = day.cashier_of(date).id
    opening = midnight + (day.rhythm["first_hour"] * 3600 - 900 + day.rng.randrange(600)) * SECOND_MS
    if day.cashier.device.seq == 0:
        yield day.cashier.device.opening(day.till.place, opening)
    yield day.cashier.open_shift(date.isoformat(), day.ready.shop.about["float_minor"], opening)
    for second in moments_of_day(day.rhythm, count, day.rng):
        yield from visit_facts(day, max(midnight + second * SECOND_MS, day.cashier.device.last_at + SECOND_MS))
        yield from return_facts(day, day.cashier.device.last_at + 40 * SECOND_MS)
        yield from account_facts(day, day.cashier.device.last_at + 30 * SECOND_MS)
        yield from order_facts(day, date, day.cashier.device.last_at + 30 * SECOND_MS)
        yield from day.promises.settles(day.cashier, day.cashier.device.last_at + 20 * SECOND_MS, date)
        yield from gift_card_facts(day, day.cashier.device.last_at + 30 * SECOND_MS)
        yield from seldom_facts(day, day.cashier.device.last_at + 30 * SECOND_MS)
        yield from drawer_facts(day)
    closing = (
        max(midnight + (day.rhythm["first_hour"] + len(day.rhythm["hours"])) * 3_600_000, day.cashier.device.last_at) + 600 * SECOND_MS
    )
    yield day.cashier.close_shift(closing, blind_count(day))


def visit_facts(day: Day, at: int) -> Iterator[bytes]:
    """Write what a visit became: a sale, or somebody helped who needed nothing."""
    day.counted.visits += 1
    visit = Visit(day.cashier.device.ids(at), at)
    yield from day.tasting.gives(day.cashier, visit, at, whole(day.rhythm["sample_percent"]), day.took)
    yield from day.labels.read(day.cashier, visit, at)
    yield from day.ear.hears(day.cashier, visit, at, whole(day.rhythm["need_percent"]))
    codes = day.strange.scanned()
    if day.percent("without_sale"):
        more: dict[str, Any] = {"unknown_codes": list(codes)} if codes else {}
        yield day.cashier.end_without_sale(visit, at + day.rng.randint(20, 200) * SECOND_MS, **more)
        return
    wishes = errand(day.shelves, day.rng)
    product = day.ready.products[wishes[0].ware.sku]
    today = dt.datetime.fromtimestamp(at / 1000, ZoneInfo(day.ready.shop.about["timezone"])).date()
    yield from day.promises.makes(day.cashier, visit, at + 2 * SECOND_MS, today, product, whole(day.rhythm["promise_percent"]))
    yield from day.answers.gives(day.cashier, visit, at + 8 * SECOND_MS, product, today, whole(day.rhythm["claim_percent"]))
    done = at + (15 + 6 * len(wishes) + day.rng.randrange(40)) * SECOND_MS
    basket = basket_of(day, wishes)
    by_lists(day, basket, at)
    making.choose(day.ready.modifiers, basket, at)
    making.combine(day.ready.shop, day.ready.products, basket)
    in_kits = list(making.add_kit(day.ready.shop, day.ready.products, basket, at))
    promote(day, basket, at)
    approvals: tuple[str, ...] = ()
    if day.percent("discount"):
        percent = day.rng.choice(SMALL_PERCENTS + LARGE_PERCENTS)
        lowered_on(basket, day.rng.randrange(len(wishes)))["discount"] = {"percent": percent * 10_000}
        if percent > CASHIERS_MAX_PERCENT:
            off = whole(price_document(basket)["discount"])
            approval, data = day.cashier.approve(day.manager().id, "discount", off, day.rng.choice(DISCOUNT_REASONS), done)
            approvals = (approval,)
            yield data
    buyer = on_account(day, basket)
    references = pay(day, basket) if buyer is None else []
    scheme, has_card = day.ready.points, any("gift_card" in payment for payment in basket["payments"])
    if scheme is not None and buyer is None and not has_card:
        buyer = loyalty.somebody(day.neighbours, day.ready.buyers)
        references = [] if buyer is not None and loyalty.pays(scheme, day.neighbours, buyer, basket, today) else references
    points = None if scheme is None or buyer is None else loyalty.said(scheme, day.neighbours, buyer, basket, today)
    secret = base64url(day.rng.randbytes(16))
    token = {"kind": "ticket", "hash": hashlib.sha256(secret.encode()).hexdigest()}
    data = day.cashier.sell(visit, basket, done, Extras(references, (token,), approvals, buyer=buyer, points=points, unknown_codes=codes))
    yield data
    if not has_card and points is None:
        day.recent = [*day.recent[-RECENT:], Ticket(json.loads(data)["body"], tuple(wish.ware.sku for wish in wishes))]
    day.counted.sales += 1
    day.counted.secret = secret
    for sku, quantity in [*((wish.ware.sku, wish.quantity) for wish in wishes), *in_kits]:
        day.counted.sold[day.till.store, sku] += quantity


def lowered_on(basket: dict[str, Any], n: int) -> dict[str, Any]:
    """Return what a discount on a line is written on: the line, or the combo that it is part of."""
    line: dict[str, Any] = basket["lines"][n]
    combos: list[dict[str, Any]] = basket.get("combos", [])
    return next((combo for combo in combos if any(part["line"] == line["id"] for part in combo["parts"])), line)


def on_account(day: Day, basket: dict[str, Any]) -> str | None:
    """Now and then a neighbour puts it on account; return who, with the payment in the basket, or nobody."""
    due = whole(price_document(basket)["due"])
    if not day.ready.buyers or due == 0 or not day.percent("fiado"):
        return None
    buyer = day.rng.choice(day.ready.buyers)
    if day.counted.owed[buyer] + due > OWED_MAX:
        return None
    day.counted.owed[buyer] += due
    basket["payments"] = [{"method": "fiado", "amount": due}]
    return buyer


def account_facts(day: Day, at: int) -> Iterator[bytes]:
    """Now and then somebody pays on account, half of it or all, in cash."""
    who = [buyer for buyer, owed in day.counted.owed.items() if owed >= PAID_FROM]
    if not who or not day.percent("account"):
        return
    buyer = day.rng.choice(who)
    owed = day.counted.owed[buyer]
    amount = owed if day.rng.randrange(2) else owed // 2000 * 1000 or owed
    day.counted.owed[buyer] -= amount
    day.counted.visits += 1
    yield day.cashier.pay_account(
        Visit(day.cashier.device.ids(at), at), buyer, [{"method": "cash", "amount": amount}], 0, at + 20 * SECOND_MS
    )


def gift_card_facts(day: Day, at: int) -> Iterator[bytes]:
    """Now and then somebody buys a gift card alone."""
    data = cards.sold(day.cashier, day.wallet, basket_of(day, []), whole(day.rhythm["gift_card_percent"]), at)
    if data is not None:
        yield data
        day.counted.visits += 1
        day.counted.sales += 1


def seldom_facts(day: Day, at: int) -> Iterator[bytes]:
    """Let happen what happens seldom."""
    place = seldom.Place(counter_of(day), day.manager().id, seldom.asked_goods(day.ready.shop))
    for done in seldom.now_and_then(place, day.rarities, at):
        yield done.data
        day.counted.visits += done.sales + done.returns
        day.counted.sales += done.sales
        day.counted.returns += done.returns
        for wish in done.wishes:
            day.counted.sold[day.till.store, wish.ware.sku] += wish.quantity


def counter_of(day: Day) -> ordering.Counter:
    """Return where a till's orders, and what happens seldom, are dealt with."""
    return ordering.Counter(day.cashier, day.shelves, tuple(day.ready.buyers), day.rhythm, lambda wishes: basket_of(day, wishes))


def order_facts(day: Day, date: dt.date, at: int) -> Iterator[bytes]:
    """Hand over what is due, and now and then take an order."""
    counter = counter_of(day)
    for data, wishes in ordering.handed_over(counter, day.book, date, at):
        yield data
        day.counted.visits += 1
        day.counted.sales += 1
        for wish in wishes:
            day.counted.sold[day.till.store, wish.ware.sku] += wish.quantity
    for data in ordering.taken(counter, day.book, date, max(at, day.cashier.device.last_at + 30 * SECOND_MS)):
        yield data
        day.counted.visits += json.loads(data)["kind"] == "order.opened"


def return_facts(day: Day, at: int) -> Iterator[bytes]:
    """Now and then somebody brings a line of an earlier ticket back; the money goes back as it came, if the drawer has it."""
    if not day.recent or not day.percent("return"):
        return
    ticket = day.recent.pop(day.rng.randrange(len(day.recent)))
    n = day.rng.randrange(len(ticket.skus))
    line, priced = ticket.body["basket"]["lines"][n], ticket.body["totals"]["lines"][n]
    reason = day.rng.choice(day.rhythm["return_reasons"])
    goods = "scrap" if reason == "defective" else "shelf"
    quantity = min(1000, line["quantity"]) if line["quantity"] % 1000 == 0 else line["quantity"]
    back = {
        "id": line["id"], "quantity": quantity, "sold": {"quantity": line["quantity"], "gross": priced["gross"], "taxes": priced["taxes"]},
        "before": None, "line": n, "reason": reason, "goods": goods, "product_id": line["product_id"], "name": line["name"], "unit": line["unit"],
    }  # fmt: skip
    currency = ticket.body["basket"]["currency"]
    due = whole(refund_document({"version": 1, "currency": currency, "lines": [back]})["gross"])
    visit = Visit(day.cashier.device.ids(at), at)
    other = other_size(day, ticket.skus[n], due) if reason == "size" and quantity == 1000 else None
    method, buyer = ("exchange", None) if other else way_back(day, ticket, due)
    if method == "cash" and due > day.cashier.figures.expected()["cash"]:
        return
    day.counted.visits += 1
    day.counted.returns += 1
    refunds = [{"method": method, "amount": due}] if due else []
    yield day.cashier.take_back(visit, Back([back], refunds, currency, ticket.body, buyer=buyer), at + 30 * SECOND_MS)
    if goods == "shelf":
        day.counted.sold[day.till.store, ticket.skus[n]] -= quantity
    if other:
        basket = {**basket_of(day, [other]), "payments": [{"method": "exchange", "amount": due}]}
        yield day.cashier.sell(visit, basket, at + 31 * SECOND_MS)
        day.counted.sales += 1
        day.counted.sold[day.till.store, other.ware.sku] += other.quantity


def other_size(day: Day, sku: str, due: int) -> Wish | None:
    """Return the same in another size, where it costs what comes back; None where nothing does."""
    wares = day.ready.shop.wares
    family = next(ware.family for ware in wares if ware.sku == sku)
    others = [Wish(ware, 1000) for ware in wares if family and ware.family == family and ware.sku != sku]
    return next((wish for wish in others if due and whole(price_document(basket_of(day, [wish]))["due"]) == due), None)


def way_back(day: Day, ticket: Ticket, due: int) -> tuple[str, str | None]:
    """Return how money goes back, and whose account it is: what was put on account comes off it, or waits there where it has been paid."""
    buyer = ticket.body.get("buyer")
    if buyer is not None:
        is_owed = day.counted.owed[buyer] >= due
        day.counted.owed[buyer] -= due if is_owed else 0
        return "fiado" if is_owed else "credit", buyer
    methods = {payment["method"] for payment in ticket.body["basket"]["payments"]}
    return "card" if methods == {"card"} else "cash", None


def basket_of(day: Day, wishes: list[Wish]) -> dict[str, Any]:
    """Return the basket of what a visit takes, at the prices of that day, not yet paid."""
    about = day.ready.shop.about
    groups = {row["code"]: row["taxes"] for row in day.ready.shop.rows("tax_groups")}
    used = {code for wish in wishes for code in groups[wish.ware.tax_group]}
    return {
        "version": 1,
        "currency": {"code": about["currency"], "digits": digits_of(about["currency"])},
        "prices_include_tax": about["prices_include_tax"],
        "tax_rounding": about["tax_rounding"],
        "cash_rounding": None,
        "taxes": [tax_document(row) for row in day.ready.shop.rows("taxes") if row["code"] in used],
        "lines": [line_of(day, n, wish) for n, wish in enumerate(wishes, start=1)],
        "discount": None,
        "tip": 0,
        "payments": [],
    }


def by_lists(day: Day, basket: dict[str, Any], at: int) -> None:
    """Let the price lists in force price the lines, as a till does."""
    when, zone = dt.datetime.fromtimestamp(at / 1000, dt.UTC), day.ready.shop.about["timezone"]
    lists = offers.lists_in_force(day.ready.lists, when, zone, str(day.till.paired.store_id))
    for line in basket["lines"]:
        entries = day.ready.entries.get(line["product_id"], ())
        line["unit_price"], entry = offers.priced_by(line["unit_price"], entries, line["quantity"], lists)
        if entry is not None:
            line["price_entry"] = entry


def promote(day: Day, basket: dict[str, Any], at: int) -> None:
    """Let the promotions in force lower the basket, as a till does: those that save nothing are not written down."""
    now = offers.in_force(day.ready.promotions, dt.datetime.fromtimestamp(at / 1000, dt.UTC), day.ready.shop.about["timezone"], "")
    parts = {part["line"] for combo in basket.get("combos", ()) for part in combo["parts"]}
    found = offers.asked(now, basket["lines"], day.ready.categories, parts)
    if found:
        found = offers.useful(found, price_document({**basket, "promotions": found}))
    if found:
        basket["promotions"] = found


def tax_document(row: Mapping[str, Any]) -> dict[str, object]:
    """Return a tax as a basket has it."""
    if row["kind"] == "exempt":
        return {"code": row["code"], "kind": "exempt"}
    size = {"rate": row["rate"]} if row["kind"] == "percent" else {"amount": row["amount"]}
    return {"code": row["code"], "kind": row["kind"], **size, "in_base": row.get("in_base", False)}


def line_of(day: Day, n: int, wish: Wish) -> dict[str, object]:
    """Return a line; a tax by the litre is told how many litres a unit holds."""
    ware = wish.ware
    group = next(row for row in day.ready.shop.rows("tax_groups") if row["code"] == ware.tax_group)
    by_litre = {group["per_litre"]: ware.litres} if "per_litre" in group and ware.litres else {}
    return {
        "id": str(n),
        "quantity": wish.quantity,
        "unit_price": day.prices[ware.sku],
        "discount": None,
        "taxes": group["taxes"],
        **({"tax_units": by_litre} if by_litre else {}),
        "product_id": day.ready.products[ware.sku],
        "name": ware.label,
        "unit": ware.unit,
        "note_annex": None,
    }


def pay(day: Day, basket: dict[str, Any]) -> list[dict[str, object]]:
    """Settle a basket as its errand would, or now and then by vouchers and the rest in cash; return the references."""
    references = settle(day, basket)
    categories = [day.ready.categories.get(line["product_id"]) for line in basket["lines"]]
    due, percent = whole(price_document({**basket, "payments": []})["due"]), whole(day.rhythm.get("voucher_percent", 0))
    if [row["method"] for row in basket["payments"]] != ["cash"] or not (slips := day.slips.pays(due, categories, percent)):
        return references
    left = due - whole(slips["amount"])
    basket["payments"] = [slips, *([{"method": "cash", "amount": left}] if left else [])]
    return []


def settle(day: Day, basket: dict[str, Any]) -> list[dict[str, object]]:
    """Settle a basket: by card, by transfer, part card part cash, or with the notes that people have at hand; return the references."""
    due = whole(price_document(basket)["due"])
    dice = day.rng.randrange(100)
    card, transfer = day.rhythm["card_percent"], day.rhythm["transfer_percent"]
    if due == 0:
        return []
    if gift_card := day.wallet.pays(due):
        basket["payments"] = [{"method": "gift_card", "amount": due, "gift_card": gift_card}]
        return []
    if dice < card:
        basket["payments"] = [{"method": "card", "amount": due}]
        return [{"payment": 0, "value": f"AUT-{day.rng.randrange(10**6):06d}"}]
    if dice < card + transfer:
        basket["payments"] = [{"method": "transfer", "amount": due}]
        return [{"payment": 0, "value": f"TR-{day.rng.randrange(10**7):07d}"}]
    if dice == 99 and due > 10_000:
        part = due // 200 * 100
        basket["payments"] = [{"method": "card", "amount": part}, {"method": "cash", "amount": tender(day, due - part)}]
        return [{"payment": 0, "value": f"AUT-{day.rng.randrange(10**6):06d}"}]
    basket["payments"] = [{"method": "cash", "amount": tender(day, due)}]
    return []


def tender(day: Day, due: int) -> int:
    """Return what a buyer hands over in cash: the exact amount, or rounded up to a note or coin."""
    if day.rng.randrange(5) == 0:
        return due
    steps = [value for value in day.ready.shop.about["denominations"] if 500 <= value <= 50_000]
    step = whole(day.rng.choice(steps))
    return -(-due // step) * step


def drawer_facts(day: Day) -> Iterator[bytes]:
    """Carry money to the safe when the drawer is full, open it now and then for change, and bring a little in."""
    float_minor = day.ready.shop.about["float_minor"]
    cash = day.cashier.figures.expected()["cash"]
    at = day.cashier.device.last_at + 30 * SECOND_MS
    if cash > SAFE_ABOVE * float_minor:
        amount = (cash - 2 * float_minor) // 10_000 * 10_000
        yield day.cashier.move_cash("out", amount, "safe", at)
    elif day.rng.randrange(120) == 0:
        yield day.cashier.move_cash("out", day.rng.randint(2, 12) * 2_500, "supplier", at)
    elif day.rng.randrange(200) == 0:
        yield day.cashier.move_cash("in", day.rng.randint(1, 4) * 5_000, "change_brought", at)
    elif day.rng.randrange(150) == 0:
        approval, data = day.cashier.approve(day.manager().id, "drawer", None, "other", at)
        yield data
        yield day.cashier.open_drawer("give_change", at + 5 * SECOND_MS, (approval,))


def blind_count(day: Day) -> dict[int, int]:
    """Return coins and notes counted in the evening: mostly right to the smallest coin, now and then a little more or less."""
    values = day.ready.shop.about["denominations"]
    smallest = values[-1]
    expected = day.cashier.figures.expected()["cash"]
    wrong = day.rng.choice((0, 0, 0, 0, 0, 0, -1, 1, -2, 4)) * day.rng.choice(values[-6:])
    rest = max(0, (expected + wrong + smallest // 2) // smallest * smallest)
    found: dict[int, int] = {}
    for value in values:
        count = rest // value
        if value > values[len(values) // 2] and count:
            count -= day.rng.randrange(min(count, 2))  # the rest lies there in smaller notes
        found[value] = count
        rest -= count * value
    found[smallest] += rest // smallest
    return {value: count for value, count in found.items() if count}
