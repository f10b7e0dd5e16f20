"""What is in a fact: content that does not add up is parked, the watermark moves, the others go in."""

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.html import escape

from mostrador.counter.models import SaleLine
from mostrador.kernel.scoping import scope
from mostrador.pricing.document import price_document
from mostrador.sync.cashier import Extras
from mostrador.sync.device import canonical
from mostrador.sync.models import JournalEntry, ParkedFact
from mostrador.sync.storage import unpack
from tests.sync.books import in_scope, stock
from tests.sync.parking import is_parked_alone
from tests.sync.shop import Business, Json, Till, reasons, states


def test_another_businesss_product_is_parked(till: Till, other: Business) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["product_id"] = other.products["coffee"]
    till.write_sale(till.sale_body(basket=basket))

    assert is_parked_alone(till, "unknown_product")
    assert stock(other) == {"coffee": 0, "water": 0, "tomato": 0}
    assert in_scope(other, SaleLine.objects.count) == 0


def test_a_product_that_nobody_has_is_parked_with_its_id(till: Till) -> None:
    basket = till.basket(("coffee", 1000))
    unknown = basket["lines"][0]["product_id"] = till.device.ids(1)
    till.write_sale(till.sale_body(basket=basket))

    assert is_parked_alone(till, "unknown_product")
    with scope(till.business.id):
        row = ParkedFact.objects.get()
    assert (row.detail, row.amount, str(row.shift_id)) == ({"products": [unknown]}, 8_900, till.shift)


@pytest.mark.parametrize("product", ["café", "", "0199B2A4-7000-7B00-8B00-000000000001", "0199b2a4-7000-7b00-8b00-000000000001\n"])
def test_a_product_whose_id_is_none_is_parked(till: Till, product: str) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["product_id"] = product
    till.write_sale(till.sale_body(basket=basket))

    assert is_parked_alone(till, "schema")


def test_an_unknown_kind_is_parked_and_kept_byte_for_byte(till: Till) -> None:
    till.write("loyalty.granted", {"points": 12})
    data = till.journal_facts[-1]

    assert is_parked_alone(till, "unknown_kind")
    stored = in_scope(till.business, lambda: JournalEntry.objects.get(seq=3))
    assert unpack(stored.bytes, stored.journal_id) == data


def test_an_unknown_version_is_parked_not_dropped(till: Till) -> None:
    till.write_sale(till.sale_body(), v=2)

    assert is_parked_alone(till, "unknown_version")
    assert in_scope(till.business, lambda: ParkedFact.objects.get().detail) == {"kind": "sale.recorded", "v": 2}


def changed_totals(path: str, by: int) -> Callable[[Json], None]:
    """A change of one figure of the totals."""

    def change(totals: Json) -> None:
        *names, last = path.split(".")
        place: Any = totals
        for name in names:
            place = place[int(name)] if name.isdecimal() else place[name]
        place[last] += by

    return change


@pytest.mark.parametrize("path", ["gross", "net", "tax", "due", "rounding", "lines.0.gross", "lines.0.net", "taxes.0.amount", "discount"])
def test_totals_that_do_not_add_up_are_parked_even_by_one_cent(till: Till, path: str) -> None:
    body = till.sale_body()
    changed_totals(path, 1)(body["totals"])
    till.write_sale(body)

    assert is_parked_alone(till, "totals")


def test_totals_of_an_engine_that_we_do_not_know_are_parked(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["engine"] = 99
    till.write_sale(body)

    assert is_parked_alone(till, "unknown_engine")


def test_totals_too_large_for_any_database_are_parked_without_an_amount(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["gross"] = 10**30
    till.write_sale(body)

    assert is_parked_alone(till, "totals")
    assert in_scope(till.business, lambda: ParkedFact.objects.get().amount) is None


def test_totals_without_a_line_for_each_line_are_parked(till: Till) -> None:
    body = till.sale_body(("coffee", 1000), ("water", 1000))
    body["totals"]["lines"].pop()
    till.write_sale(body)

    assert is_parked_alone(till, "schema")


def test_a_sale_that_is_not_paid_is_parked(till: Till) -> None:
    basket = till.basket(("coffee", 1000), payments=[{"method": "cash", "amount": 8_899}])
    till.write_sale(till.sale_body(basket=basket, totals=price_document(basket)))

    assert is_parked_alone(till, "not_paid")


def test_a_sale_of_nothing_is_parked(till: Till) -> None:
    basket = till.basket(payments=[{"method": "cash", "amount": 0}], lines=[])
    till.write_sale(till.sale_body(basket=basket, totals=price_document(basket)))

    assert is_parked_alone(till, "no_lines")


@pytest.mark.parametrize("quantity", [0, -1, -1000])
def test_a_quantity_below_one_thousandth_is_parked(till: Till, quantity: int) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"].append({**till.line("2", "water", 1000), "quantity": quantity})
    till.write_sale(till.sale_body(basket=basket, totals=price_document(basket)))

    assert is_parked_alone(till, "quantity")


def thin_lines(count: int) -> list[Json]:
    """Lines as short as lines can be."""
    return [{"id": str(n), "quantity": 1, "unit_price": 0, "taxes": []} for n in range(count)]


def thin_sale(till: Till, count: int) -> Json:
    """The body of a sale with so many lines; the engine prices none this long."""
    figures = {"discount": 0, "gross": 0, "list": 0, "net": 0, "share": 0, "tax": 0, "taxes": []}
    body = till.sale_body()
    body["basket"]["lines"] = thin_lines(count)
    body["totals"]["lines"] = [{"id": str(n), **figures} for n in range(count)]
    return body


def test_a_ticket_of_10000_lines_is_parked(till: Till) -> None:
    till.write_sale(thin_sale(till, 10_000))

    assert is_parked_alone(till, "too_large")


def test_a_ticket_of_1001_lines_is_parked_whatever_its_bytes(till: Till) -> None:
    till.write_sale(thin_sale(till, 1_001))
    assert len(till.journal_facts[-1]) < 256 * 1024

    assert is_parked_alone(till, "too_large")
    assert in_scope(till.business, lambda: ParkedFact.objects.get().detail) == {"lines": 1_001, "max": 1_000}


def a_ticket_of(till: Till, size: int) -> bytes:
    """A sale's fact of exactly so many bytes: one line's name takes what is missing."""
    basket = till.basket(("coffee", 1000))
    body = till.sale_body(basket=basket)
    visit = till.visit().document()
    head = (till.device.seq, till.device.head, till.at)

    def written(name: str) -> bytes:
        till.device.seq, till.device.head, till.at = head
        basket["lines"][0]["name"] = name
        till.write_sale(body, visit=visit, id=till.device.ids(1) if not name else json.loads(till.journal_facts.pop())["id"])
        return till.journal_facts[-1]

    return written("x" * (size - len(written(""))))


def test_a_fact_of_256_kilobytes_goes_in(till: Till) -> None:
    assert len(a_ticket_of(till, 256 * 1024)) == 256 * 1024

    assert states(till.push()) == ["accepted"]
    assert in_scope(till.business, lambda: SaleLine.objects.get().name) == "x" * 160


def test_a_fact_of_one_byte_more_is_parked(till: Till) -> None:
    assert len(a_ticket_of(till, 256 * 1024 + 1)) == 256 * 1024 + 1

    assert is_parked_alone(till, "too_large")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Café \x1b[31mrojo\x1b[0m", "a\tb\nc", "\u202egnirts", "日本 🍞", "x" * 160])
def test_a_name_is_stored_as_it_is(till: Till, name: str) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["name"] = name
    till.sell_basket(basket)

    assert states(till.push()) == ["accepted"]
    assert in_scope(till.business, lambda: SaleLine.objects.get().name) == name


def test_a_name_with_markup_is_shown_as_letters(till: Till, client: Any) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["name"] = "<script>alert(1)</script>"
    secret = "AAAAAAAAAAAAAAAAAAAAAA"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    till.sell_basket(basket, Extras(tokens=[{"kind": "ticket", "hash": digest}]))
    till.push()

    page = client.get(f"/t/{secret}").content.decode()

    assert escape("<script>alert(1)</script>") in page
    assert "<script>alert" not in page


def test_a_name_with_a_nul_is_parked(till: Till) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["name"] = "Café\0"
    till.write_sale(till.sale_body(basket=basket))

    assert is_parked_alone(till, "schema")


def test_a_name_that_only_speaks_of_nul_goes_in(till: Till) -> None:
    basket = till.basket(("coffee", 1000))
    basket["lines"][0]["name"] = r"\u0000"
    till.sell_basket(basket)

    assert states(till.push()) == ["accepted"]


def spaced(data: bytes) -> bytes:
    return data.replace(b'":', b'": ', 1)


def unsorted(data: bytes) -> bytes:
    return json.dumps(dict(reversed(json.loads(data).items())), separators=(",", ":")).encode()


def escaped(data: bytes) -> bytes:
    return data.replace(b'"coffee"', b'"c\\u006fffee"')


def doubled(data: bytes) -> bytes:
    return data.replace(b'{"at":', b'{"at":1,"at":')


def floated(data: bytes) -> bytes:
    return data.replace(b'"quantity":1000', b'"quantity":1000.0')


def fractional(data: bytes) -> bytes:
    return data.replace(b'"quantity":1000', b'"quantity":1000.5')


def exponent(data: bytes) -> bytes:
    return data.replace(b'"quantity":1000', b'"quantity":1e3')


def negative_zero(data: bytes) -> bytes:
    return data.replace(b'"tip":0', b'"tip":-0')


def broken_utf8(data: bytes) -> bytes:
    return data.replace(b'"coffee"', b'"c\xff\xfe"')


@pytest.mark.parametrize(
    "spoil",
    [spaced, unsorted, escaped, doubled, floated, fractional, exponent, negative_zero, broken_utf8],
    ids=lambda spoil: spoil.__name__,
)
def test_bytes_that_are_not_canonical_are_parked(till: Till, spoil: Callable[[bytes], bytes]) -> None:
    body = till.sale_body()
    made_of = canonical({
        "id": till.device.ids(till.at), "journal": till.journal, "seq": till.device.seq + 1, "prev": till.device.head, "kind": "sale.recorded",
        "v": 1, "at": till.now(), "staff": None, "body": body, "visit": till.visit().document(),
    })  # fmt: skip
    spoilt = spoil(made_of)
    assert spoilt != made_of
    till.device.seq, till.device.head = till.device.seq + 1, hashlib.sha256(spoilt).hexdigest()
    till.journal_facts.append(spoilt)

    assert is_parked_alone(till, "not_canonical")


def test_a_float_in_a_kind_that_we_do_not_know_is_parked_as_not_canonical(till: Till) -> None:
    till.write("loyalty.granted", {"points": 1.5})

    assert is_parked_alone(till, "not_canonical")


ENVELOPES: dict[str, Json] = {
    "staff that is no id": {"staff": "Rosa"},
    "a time below one": {"at": 0},
    "a time beyond every calendar": {"at": 2**53 - 1},
    "a visit beyond every calendar": {"visit": {"id": "0199b2a4-7000-7b00-8b00-000000000001", "opened_at": 2**53 - 1}},
    "no visit": {"visit": None},
    "a flag that nobody knows": {"flags": ["hurry"]},
    "the same flag over and over": {"flags": ["clock_back"] * 20},
    "a property too many": {"mood": "good"},
    "an annex without a hash": {"annexes": [{"id": "0199b2a4-7000-7b00-8b00-000000000001"}]},
    "a version that is text": {"v": "1"},
}


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES.keys())
def test_an_envelope_that_breaks_the_contract_is_parked(till: Till, envelope: Json) -> None:
    till.write_sale(till.sale_body(), **envelope)

    assert is_parked_alone(till, "schema")


BODIES: dict[str, tuple[str, Json]] = {
    "a date that is none": ("shift.opened", {"currency": "MXN", "float": 0, "business_date": "2025-02-30", "clock_offset_ms": 0}),
    "a float below zero": ("shift.opened", {"currency": "MXN", "float": -1, "business_date": "2025-11-25", "clock_offset_ms": 0}),
    "a currency in small letters": ("shift.opened", {"currency": "mxn", "float": 0, "business_date": "2025-11-25", "clock_offset_ms": 0}),
    "cash of nothing": ("cash.moved", {"direction": "in", "currency": "MXN", "amount": 0, "reason": "safe", "approvals": []}),
    "cash that goes sideways": ("cash.moved", {"direction": "up", "currency": "MXN", "amount": 1, "reason": "safe", "approvals": []}),
    "a reason in free text": ("drawer.opened", {"reason": "¡Ábrete!", "approvals": []}),
    "a reason with a line feed": ("drawer.opened", {"reason": "safe\n", "approvals": []}),
    "a visit without what came of it": ("visit.closed", {}),
}


@pytest.mark.parametrize("kind, body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_breaks_the_contract_is_parked(till: Till, kind: str, body: Json) -> None:
    visit = {"visit": till.visit().document()} if kind == "visit.closed" else {}
    till.write(kind, {"shift": till.shift, **body}, **visit)

    assert is_parked_alone(till, "schema")


@pytest.mark.parametrize("kind", ["ticket.reprinted", "approval.given", "cash.moved", "shift.opened"])
def test_a_visit_on_a_fact_that_has_none_is_parked(till: Till, kind: str) -> None:
    bodies: dict[str, Json] = {
        "ticket.reprinted": {"sale": till.device.ids(1), "tokens": []},
        "approval.given": {"approver": till.business.manager, "action": "void", "reason": "other", "amount": None},
        "cash.moved": {"shift": till.shift, "direction": "in", "currency": "MXN", "amount": 5, "reason": "safe", "approvals": []},
        "shift.opened": {"shift": till.device.ids(2), "currency": "MXN", "float": 0, "business_date": "2025-11-25", "clock_offset_ms": 0},
    }
    till.write(kind, bodies[kind], visit=till.visit().document())

    assert is_parked_alone(till, "schema")


@pytest.mark.parametrize("method", ["gold", "x" * 64])
def test_a_method_of_payment_that_nobody_has_is_parked(till: Till, method: str) -> None:
    basket = till.basket(("coffee", 1000), method=method)
    till.write_sale(till.sale_body(basket=basket, totals=price_document(basket)))

    assert is_parked_alone(till, "schema")


def test_a_reference_to_a_payment_that_is_not_there_is_parked(till: Till) -> None:
    till.write_sale(till.sale_body(references=[{"payment": 1, "value": "123"}]))

    assert is_parked_alone(till, "schema")


def test_a_journal_that_opens_again_later_is_parked(till: Till) -> None:
    till.write("journal.opened", json.loads(till.journal_facts[0])["body"])

    assert is_parked_alone(till, "misplaced")


def test_a_journal_that_begins_with_anything_else_has_its_first_fact_parked(shop: Business) -> None:
    till = shop.till()
    till.journal_facts.clear()
    till.device.seq, till.device.head = 0, "0" * 64
    till.open_shift()

    answer = till.push()

    assert (states(answer), reasons(answer), answer["watermark"]) == (["parked"], ["misplaced"], 1)


@pytest.mark.parametrize(
    "wrong", [{"public_key": "A" * 87}, {"replaces": str(uuid.UUID(int=7)), "server_head": {"seq": 1, "hash": "0" * 64}}]
)
def test_a_journal_that_opens_by_another_key_or_in_place_of_another_is_parked(shop: Business, wrong: Json) -> None:
    till = shop.till()
    opening = json.loads(till.journal_facts.pop())
    till.device.seq, till.device.head = 0, "0" * 64
    till.write("journal.opened", {**opening["body"], **wrong})

    answer = till.push()

    assert (states(answer), reasons(answer), answer["watermark"]) == (["parked"], ["other_journal"], 1)


def test_a_journal_that_opens_in_another_business_is_parked(shop: Business, other: Business) -> None:
    till = shop.till()
    opening = json.loads(till.journal_facts.pop())
    till.device.seq, till.device.head = 0, "0" * 64
    till.write("journal.opened", {**opening["body"], "organization": str(other.id)})

    answer = till.push()

    assert (states(answer), reasons(answer), answer["watermark"]) == (["parked"], ["other_journal"], 1)
    assert in_scope(shop, lambda: ParkedFact.objects.get().detail) == {"fields": ["organization"]}
    assert in_scope(other, JournalEntry.objects.count) == 0


def test_a_sale_of_another_series_is_parked(till: Till) -> None:
    till.write_sale(till.sale_body(series="ZZ9"))

    assert is_parked_alone(till, "other_series")
