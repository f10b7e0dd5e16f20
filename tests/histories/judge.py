"""Compares: what the model expects with what the server's books say, and with what the tills show."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.histories.model import Model
from tests.histories.model.cards import named
from tests.histories.model.coupons import used
from tests.histories.model.facts import Fact
from tests.histories.model.shifts import shown, unlike

type Json = dict[str, Any]


def differences(model: Model, books: Json, played: Json) -> list[str]:
    """Return everything that is not as it must be; nothing when the history holds."""
    expected = model.expected()
    if books["open"] is None:  # nobody asked
        del expected["open"], books["open"]
    found = [*_unlike("", expected, books), *(f"the facts: {fault}" for fault in model.faults)]
    for view in played["views"]:
        found += [f"{view['till']}: {fault}" for fault in _of_till(model, view)]
    sold = {fact.body["sale"] for fact in model.journals.by_id.values() if fact.kind == "sale.recorded"}
    found += model.tickets.wrong(played["views"], sold)
    found += _explained(model, expected, in_contact=played["plan"]["inContact"])
    return found


def _unlike(place: str, expected: Any, said: Any) -> Iterator[str]:
    """Yield the places at which two documents differ, with what each has there."""
    if isinstance(expected, dict) and isinstance(said, dict):
        for name in sorted(expected.keys() | said.keys()):
            yield from _unlike(f"{place} {name}".strip(), expected.get(name), said.get(name))
    elif expected != said:
        yield f"{place}: expected {_short(expected, said)}, the books say {_short(said, expected)}"


def _short(value: Any, other: Any) -> Any:
    """Of lists, what the other has not."""
    if isinstance(value, list) and isinstance(other, list) and len(value) > 3:
        return [one for one in value if one not in other]
    return value


def _of_till(model: Model, view: Json) -> Iterator[str]:
    if view["unsent"] or view["state"] != "ready":
        yield f"{view['unsent']} unsent, {view['state']}"
    for journal, (seq, digest) in view["heads"].items():
        if seq and digest not in model.journals.by_hash:
            yield f"what it wrote in {journal} up to {seq} never arrived"
    waiting = {fact.id for fact in model.journals.waiting()}
    unknown = set(view["troubled"]) - waiting
    if unknown:
        yield f"shows as waiting for a person what does not wait: {sorted(unknown)}"
    yield from _accounts(model, view)
    yield from _orders(model, view)
    yield from _coupons(model, view)
    shift = view["shift"]
    if shift is not None:
        facts = [model.journals.by_id[name] for name in shift["facts"] if name in model.journals.by_id]
        totals = shown(fact for fact in facts if fact.body.get("shift") == shift["id"])
        yield from (f"its open shift: {fault}" for fault in unlike(totals, shift["expected"], shift))


def _accounts(model: Model, view: Json) -> Iterator[str]:
    """Every till shows every account as it stands; of one that a fact names which no chain holds, nobody can say."""
    open_question = model.accounts.together(_named("buyer", model.journals.waiting()))
    shows, balances = view["buyers"], model.accounts.balances()
    for buyer in sorted(shows.keys() | balances.keys()):
        if buyer not in open_question and shows.get(buyer, [0, 0, 0]) != balances.get(buyer, [0, 0, 0]):
            yield f"shows account {buyer} at {shows.get(buyer)}, not {balances.get(buyer)}"
    joined = shows.keys() - model.accounts.together(shows)
    if joined:
        yield f"shows who is joined to another: {sorted(joined)}"


def _coupons(model: Model, view: Json) -> Iterator[str]:
    """Every till would take, without asking, the codes that no sale used; of one that a fact names which no chain holds, nobody can say."""
    open_question = {one for fact in model.journals.waiting() for one in used(fact)}
    for code in sorted((set(view["coupons"]) ^ model.coupons.to_take()) - open_question):
        if not model.coupons.may_be_over(code):
            yield f"would {'' if code in view['coupons'] else 'not '}take the code {code}"


def _named(name: str, facts: Iterable[Fact]) -> set[str]:
    """What some facts name."""
    return {fact.body[name] for fact in facts if fact.body.get(name) is not None}


def _orders(model: Model, view: Json) -> Iterator[str]:
    """Every till of the store shows every order as it stands; of one that a fact names which no chain holds, nobody can say."""
    open_question = {fact.body.get("order") for fact in model.journals.waiting()}
    strangers = view["orders"].keys() - set(model.orders.known) - open_question
    if strangers:
        yield f"shows orders that nobody opened: {sorted(strangers)}"
    for order in model.orders.known:
        said = view["orders"].get(order)
        if said is None and model.orders.may_be_forgotten(order):
            continue
        shows = said and [said[0], said[1] if said[1] in {"delivered", "cancelled", "expired"} else "waits", said[2]]
        if order not in open_question and shows != model.orders.shown(order):
            yield f"shows order {order} as {shows}, not {model.orders.shown(order)}"


def _explained(model: Model, expected: Json, *, in_contact: bool) -> Iterator[str]:
    """Nothing is overdrawn but by what a till did that could ask nobody, by what somebody allowed, or by what a person of the office did."""
    new = {name: set(rows) - model.listed_before.get(name, set()) for name, rows in expected["overdrafts"].items()}
    accounts, refused = model.accounts, _named("buyer", model.journals.refused.values())
    strangers = new["beyond"] - accounts.together(accounts.approved | accounts.by_office | accounts.unasked | accounts.taken | refused)
    if strangers:
        yield f"beyond what there is, and every till had asked: {sorted(strangers)}"
    named_by_refused = {card for fact in model.journals.refused.values() for card, _ in named(fact)}
    short = new["short"] - model.cards.unasked - named_by_refused
    if short:
        yield f"cards below nothing, and every till had asked: {sorted(short)}"
    used_by_refused = {one for fact in model.journals.refused.values() for one in used(fact)}
    unexplained = {one for one in new["coupons"] if one.split()[0] not in model.coupons.unasked | model.coupons.by_office | used_by_refused}
    if unexplained:
        yield f"codes taken twice, and every till had asked: {sorted(unexplained)}"
    for name in ("coupons", "over", "exchange", "other", "orders"):
        if in_contact and new[name]:
            yield f"in contact, and yet {name}: {sorted(new[name])}"
