"""A saved journal whose device this database does not know: it was restored from a copy older than the pairing."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import DomainError, Forbidden, Invalid
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.people import recovered
from mostrador.people.models import Device, PairingCode, StaffMember
from mostrador.people.models import Till as TillRow
from mostrador.people.queries import tills
from mostrador.pricing.document import price_document
from mostrador.sync.cashier import Cashier
from mostrador.sync.device import Device as Pen
from mostrador.sync.device import Place, named_id, private_key_from, seeded_ids
from mostrador.sync.queries import waiting
from mostrador.sync.recovery import NotRecoverable, UnknownJournal, take_in
from tests.sync.books import doctor, everything, head, made
from tests.sync.shop import OPENED, Business, Till
from tests.sync.test_annexes import with_note

type Rows = dict[str, list[Any]]


@pytest.fixture
def lost(shop: Business) -> Till:
    """A till with a small day, and a database that is as it was before the till was paired."""
    till = shop.till()
    till.open_shift()
    with_note(till)
    till.cashier.number += 1  # the sale with the note was written by hand
    till.end_without_sale()
    forget(till)
    return till


def forget(till: Till) -> None:
    """Let the database be as it was when the code had not been used."""
    with scope(till.business.id):
        device = Device.objects.get(id=uuid.UUID(till.journal))
        PairingCode.objects.filter(till_id=device.till_id).update(used_at=None, used_by=None)
        TillRow.objects.filter(id=device.till_id).update(journals=0)
        device.delete()


def person(shop: Business, role: str) -> Actor:
    """Somebody of the team."""
    return Actor(shop.id, "person", uuid.UUID(shop.manager), role)  # type: ignore[arg-type]  # a role


def take(shop: Business, file: bytes, *, is_ours: bool = True, actor: Actor | None = None) -> list[dict[str, int]]:
    """Take a file in at the office; the states by journal."""
    with scope(shop.id):
        return [taken.states for taken in take_in(actor or person(shop, "owner"), file, is_ours=is_ours)]


def all_of(shop: Business) -> Rows:
    """Everything that facts became, and devices and tills."""
    with scope(shop.id):
        found: Rows = {
            "devices": [*Device.objects.values_list()],
            "tills": [*TillRow.objects.values_list()],
            "trail": [*Edit.objects.values_list()],
        }
    return {**everything(), **found}


def test_the_server_does_not_know_its_token_and_stores_nothing_of_it(lost: Till) -> None:
    before = all_of(lost.business)

    assert lost.post(lost.device.push_body(lost.journal_facts)).status_code == 401
    assert all_of(lost.business) == before


def test_nothing_is_taken_before_the_owner_says_whose_it_is(lost: Till) -> None:
    before = all_of(lost.business)

    with pytest.raises(UnknownJournal) as asked:
        take(lost.business, lost.saved(), is_ours=False)

    assert asked.value.data == {"series": lost.device.series, "facts": 4}
    assert all_of(lost.business) == before


@pytest.mark.parametrize("role", ["manager", "cashier", "accountant"])
def test_nobody_but_an_owner_may_say_so(lost: Till, role: str) -> None:
    before = all_of(lost.business)

    with pytest.raises(Forbidden):
        take(lost.business, lost.saved(), actor=person(lost.business, role))
    assert all_of(lost.business) == before


def test_once_the_owner_says_so_every_fact_counts_and_everything_holds(lost: Till) -> None:
    shop = lost.business

    assert take(shop, lost.saved()) == [{"accepted": 4}]

    assert head(lost) == (4, lost.device.head, 0, False)
    assert (len(made()["counter_sale"]), len(made()["counter_visitclosing"]), len(everything()["sync_annex"])) == (1, 1, 1)
    assert doctor() == []


def test_the_device_sells_no_more_and_has_no_token(lost: Till) -> None:
    shop = lost.business
    take(shop, lost.saved())

    assert lost.post(lost.device.push_body(lost.journal_facts)).status_code == 401
    with scope(shop.id):
        device = Device.objects.get(id=uuid.UUID(lost.journal))
        [row] = [row for row in tills() if row.till.id == device.till_id]
        said = [(entry.actor_id, entry.changes) for entry in Edit.objects.filter(entity_id=device.id) if "recovered" in entry.changes]
    assert (device.series, device.revoked_at is not None, recovered.is_recovered(device)) == (lost.device.series, True, True)
    assert (row.device, row.earlier) == (None, (device,))
    assert said == [(uuid.UUID(shop.manager), {"recovered": [None, lost.device.series]})]


def test_the_same_file_again_changes_nothing(lost: Till) -> None:
    take(lost.business, lost.saved())
    before = all_of(lost.business)

    with pytest.raises(UnknownJournal):
        take(lost.business, lost.saved(), is_ours=False)
    assert take(lost.business, lost.saved()) == [{"known": 4}]
    assert all_of(lost.business) == before


def test_a_later_file_of_a_till_that_sold_on_brings_the_rest(lost: Till) -> None:
    take(lost.business, lost.saved())
    lost.sell(("water", 1000))

    assert take(lost.business, lost.saved()) == [{"known": 4, "accepted": 1}]
    assert len(made()["counter_sale"]) == 2
    assert doctor() == []


def test_a_file_with_a_known_journal_beside_it_brings_both(lost: Till) -> None:
    known = lost.business.till()
    known.whole_day()

    assert take(lost.business, known.saved() + lost.saved()) == [{"accepted": 11}, {"accepted": 4}]


def forged(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b'"float":50000', b'"float":90000'), *lines[3:]]


def unsigned(lines: list[bytes]) -> list[bytes]:
    document = json.loads(lines[-1])
    document["head"]["signature"] = "A" * 85 + "g"
    return [*lines[:-1], json.dumps(document).encode()]


def of_another_text(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b"Molido grueso", b"Molido finito") for line in lines]


def of_another_series(lines: list[bytes]) -> list[bytes]:
    return [json.dumps({**json.loads(lines[0]), "series": "ZZ"}).encode(), *lines[1:]]


@pytest.mark.parametrize("spoil", [forged, unsigned, of_another_text, of_another_series])
def test_a_file_that_cannot_be_proved_is_refused_whole(lost: Till, spoil: Callable[[list[bytes]], list[bytes]]) -> None:
    file, before = b"".join(line + b"\n" for line in spoil(lost.saved().splitlines())), all_of(lost.business)

    with pytest.raises(NotRecoverable, match="damaged"):
        take(lost.business, file)
    assert all_of(lost.business) == before


def test_a_file_without_its_beginning_is_refused_whole(lost: Till) -> None:
    lines, before = lost.saved(**{"from": 3, "facts": 2}).splitlines(), all_of(lost.business)

    with pytest.raises(NotRecoverable) as refused:
        take(lost.business, b"".join(line + b"\n" for line in [lines[0], *lines[3:]]))
    assert refused.value.data == {"recover": "not_whole", "first": 3}
    assert all_of(lost.business) == before


def test_another_business_cannot_take_it_in(lost: Till, other: Business) -> None:
    before = all_of(other)

    for file in (lost.saved(), lost.saved(organization=str(other.id))):
        with pytest.raises(DomainError, match=r"not_found|damaged"):
            take(other, file)
    assert all_of(other) == before


def test_one_journal_that_cannot_be_proved_keeps_the_others_out(lost: Till) -> None:
    known = lost.business.till()
    known.whole_day()
    before = all_of(lost.business)

    with pytest.raises(NotRecoverable):
        take(lost.business, known.saved() + b"".join(line + b"\n" for line in forged(lost.saved().splitlines())))
    assert all_of(lost.business) == before


def test_what_the_copy_does_not_hold_is_parked_and_the_rest_goes_in(lost: Till, shop: Business) -> None:
    lost.sell_basket(lost.basket(("coffee", 1000), lines=[{**lost.line("1", "coffee", 1000), "product_id": lost.device.ids(lost.at)}]))
    with scope(shop.id):
        StaffMember.objects.filter(id=uuid.UUID(shop.cashier)).delete()  # hired after the copy was made

    assert take(shop, lost.saved()) == [{"accepted": 4, "parked": 1}]
    with scope(shop.id):
        assert [row.fact.reason for row in waiting()] == ["unknown_product"]


def test_a_till_younger_than_the_copy_is_made_again_under_its_own_id(lost: Till) -> None:
    shop = lost.business
    till_id = uuid.UUID(json.loads(lost.journal_facts[0])["body"]["till"])
    with scope(shop.id):
        code = TillRow.objects.get(id=till_id).code
        PairingCode.objects.filter(till_id=till_id).delete()
        TillRow.objects.filter(id=till_id).delete()

    assert take(shop, lost.saved()) == [{"accepted": 4}]
    with scope(shop.id):
        assert TillRow.objects.get(id=till_id).code == code
    assert doctor() == []


def test_a_store_younger_than_the_copy_is_said(shop: Business) -> None:
    pen = Pen(named_id(OPENED, "journal"), private_key_from("young"), "Z9A", ids=seeded_ids("young"))
    young = Till(shop, "", pen, Cashier(pen, shop.currency, price_document))
    young._wrote(pen.opening(Place(str(shop.id), named_id(OPENED, "store"), named_id(OPENED, "till")), OPENED))
    before = all_of(shop)

    with pytest.raises(Invalid, match="no_store"):
        take(shop, young.saved())
    assert all_of(shop) == before


def test_when_another_device_has_its_series_the_sales_wait_for_a_person(lost: Till, shop: Business) -> None:
    with scope(shop.id):
        code = PairingCode.objects.get(till_id=uuid.UUID(json.loads(lost.journal_facts[0])["body"]["till"]))
        PairingCode.objects.filter(id=code.id).delete()
    again = shop.till()
    with scope(shop.id):
        Device.objects.filter(id=uuid.UUID(again.journal)).update(series=lost.device.series)

    assert take(shop, lost.saved()) == [{"parked": 2, "accepted": 2}]
    with scope(shop.id):
        assert {row.fact.reason for row in waiting()} == {"other_series", "other_journal"}
        assert Device.objects.get(id=uuid.UUID(lost.journal)).series == "R1"


def test_after_a_restore_no_new_pairing_takes_a_series_of_the_lost_time(shop: Business) -> None:
    first = shop.till()
    with scope(shop.id):
        till_id = shop.device(first).till_id
        recovered.begin_series_anew()
        second = TillRow.objects.get(id=till_id).journals
        recovered.begin_series_anew()
        third = TillRow.objects.get(id=till_id).journals

    assert (second, third) == (26, 52)
    assert shop.till().device.series.endswith("A")
    assert first.reopen().device.series == f"{first.device.series[:-1]}BA"
