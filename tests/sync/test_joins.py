"""Two buyers who are one person: one account from the moment somebody says so, nothing written anew, and two again as they were (docs/adr/0035)."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from mostrador.buyers import importing, joining, joins, points, queries
from mostrador.buyers import services as buyers
from mostrador.buyers.models import Buyer, BuyerJoin
from mostrador.buyers.points import PointsTerms
from mostrador.config.doctor import examine
from mostrador.config.worker import drain
from mostrador.counter import accounts, purchases, reserving
from mostrador.counter.models import Sale
from mostrador.counter.order_queries import Wanted, listed
from mostrador.counter.points_models import PointsLapse
from mostrador.counter.rebuild import computed_totals, rebuild_totals, stored_totals
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from tests.sync.books import doctor, everything, grown, unwatched
from tests.sync.shop import Business, Json, Till, document, states
from tests.sync.test_accounts import balance, on_account
from tests.sync.test_concurrent import at_once
from tests.sync.test_orders import order
from tests.sync.test_points import earn, held, spend
from tests.sync.test_spending import answered, ask


@pytest.fixture
def two(till: Till) -> tuple[str, str]:
    """Jesús, met twice: as «Chuy», who owes 89.00 and may owe 100.00, and as «Jesús», who owes 18.50, has 38.00 of credit and may owe 200.00."""
    chuy = till.meet("Chuy", phone="951 555 0101", consent=["whatsapp", "phone"])
    jesus = till.meet("Jesús Ñandú", phone="951 555 0202", tax_id="NAJE800101AB1", consent=["whatsapp", "email"])
    on_account(till, chuy)
    on_account(till, jesus, ("water", 1000))
    till.take_back(till.sell(("tomato", 1000)), (0, 1000), method="credit", buyer=jesus)
    till.push(annexes=till.annexes)
    drain()
    with scope(till.business.id):
        buyers.set_limit(till.business.actor, buyer_id=uuid.UUID(chuy), fiado_limit=10_000)
        buyers.set_limit(till.business.actor, buyer_id=uuid.UUID(jesus), fiado_limit=20_000)
    drain()
    return chuy, jesus


def join(shop: Business, other: str, kept: str) -> None:
    """Say that two are one, and let the tills be told."""
    with scope(shop.id):
        joining.join(shop.actor, other_id=uuid.UUID(other), kept_id=uuid.UUID(kept))
    drain()


def separate(shop: Business, other: str) -> None:
    """Say that they are two after all."""
    with scope(shop.id):
        joining.separate(shop.actor, other_id=uuid.UUID(other))
    drain()


def refused(shop: Business, other: str, kept: str) -> str:
    """Why two cannot be joined."""
    with pytest.raises(Invalid) as wrong:
        join(shop, other, kept)
    return str(wrong.value.data["buyer"])


def rows(till: Till) -> dict[str, Json]:
    """The buyers that a till is told of, by id."""
    return {row["id"]: row for row in document(till.pull("buyers"))["buyers"]}


def told(shop: Business) -> Any:
    """All that anybody is told of accounts, but for who is joined."""
    with scope(shop.id):
        known = [row.id for row in Buyer.objects.order_by("id")]
        return (
            {key: amount for key, amount in accounts.balances().items() if amount},
            [(one, accounts.statement(one, account)) for one in known for account in ("fiado", "credit", "points")],
            [(one, accounts.owed(one)) for one in known],
            [(row.id, row.fiado_limit, joins.consent(row)) for row in queries.buyers()],
            queries.authorised(known),
            {one: [bought.number for bought in purchases.of_buyer(one)] for one in known},
        )


def test_two_who_are_one_have_one_account_with_all_that_is_of_either_and_no_row_of_a_fact_is_changed(
    shop: Business, till: Till, two: tuple[str, str]
) -> None:
    chuy, jesus = two
    before, facts = told(shop), everything()

    join(shop, chuy, jesus)

    assert (balance(till, jesus), balance(till, jesus, "credit")) == (8_900 + 1_850, 3_800)
    with scope(shop.id):
        kept = uuid.UUID(jesus)
        assert set(accounts.balances()) == {(kept, "fiado"), (kept, "credit")}
        assert [entry.balance for entry in accounts.statement(kept, "fiado")] == [8_900, 10_750]
        assert [line.left for line in accounts.owed(kept)] == [8_900, 1_850], "the oldest ticket first, whoever it was written for"
        assert [one for one, _ in accounts.statements("fiado")] == [kept]
        assert len(purchases.of_buyer(kept)) == 2
        assert (
            [row.id for row in queries.buyers()]
            == [kept]
            == [row.id for row in queries.buyers("chuy")]
            == [row.id for row in queries.buyers("0101")]
        )
        assert queries.names([uuid.UUID(chuy)]) == {uuid.UUID(chuy): "Jesús Ñandú"}
        assert Sale.objects.filter(buyer_id=uuid.UUID(chuy)).count() == 1
        found = queries.buyer(uuid.UUID(chuy))
        assert found is not None and found.id == kept
    assert grown(facts) == {}, "no row that a fact made is new or another"
    assert doctor() == []

    separate(shop, chuy)

    assert told(shop) == before
    assert grown(facts) == {}
    with scope(shop.id):
        assert [(row.n, row.kept_id) for row in BuyerJoin.objects.order_by("n")] == [(1, kept), (2, None)]
    assert doctor() == []


def test_a_till_hears_whom_an_old_id_stands_for_and_what_it_wrote_by_it_offline_counts_for_the_one_that_is_kept(
    shop: Business, till: Till, two: tuple[str, str]
) -> None:
    chuy, jesus = two
    offline = shop.till("offline")
    offline.push()
    start = till.ping()
    offline.open_shift()
    on_account(offline, chuy, ("water", 1000))
    offline.pay_account(chuy, ("cash", 500))

    join(shop, chuy, jesus)

    changes = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))["changes"]
    assert {change["id"]: change["row"] for change in changes if change["kind"] == "buyer"} == {chuy: None, jesus: rows(till)[jesus]}
    row = rows(till)[jesus]
    assert chuy not in rows(till)
    assert row["others"] == [{"id": chuy, "name": "Chuy", "phone": "951 555 0101", "tax_id": ""}]
    assert (row["fiado"], row["credit"], row["phone"]) == ({"limit": 20_000, "balance": 10_750}, 3_800, "951 555 0202")
    assert len(document(till.pull(f"buyers/{chuy}/purchases"))["purchases"]) == 2

    start = till.ping()
    assert set(states(offline.push())) == {"accepted"}
    drain()

    changes = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))["changes"]
    assert [(change["id"], change["row"]["fiado"]["balance"]) for change in changes if change["kind"] == "buyer"] == [
        (jesus, 10_750 + 1_850 - 500)
    ]

    separate(shop, chuy)

    assert (rows(till)[chuy]["fiado"]["balance"], rows(till)[jesus]["fiado"]["balance"]) == (8_900 + 1_850 - 500, 1_850)
    assert rows(till)[jesus]["others"] == []
    assert doctor() == []


def test_the_limit_of_the_one_that_is_kept_counts_and_two_tills_that_ask_by_either_id_never_spend_the_same(
    shop: Business, till: Till, two: tuple[str, str]
) -> None:
    chuy, jesus = two
    before, sale = shop.till("before"), till.device.ids(till.now())
    before.push()
    assert answered(before, chuy, "fiado", 1_000) == (1_100, 1_000), "kept of the old account, as long as it was one"

    join(shop, chuy, jesus)

    room = 20_000 - 10_750 - 1_000
    assert answered(till, chuy, "fiado", 5_000, sale) == (room, 5_000)
    assert answered(before, jesus, "fiado", room) == (room - 5_000, 0)
    said = document(ask(till, chuy, "fiado", 0, sale))
    assert (said["room"], said["buyer"]["id"], said["buyer"]["others"][0]["id"]) == (room, jesus, chuy)
    with scope(shop.id):
        assert queries.largest_limit() == 20_000
        buyers.set_limit(shop.actor, buyer_id=uuid.UUID(chuy), fiado_limit=11_000)
        assert Buyer.objects.get(id=uuid.UUID(jesus)).fiado_limit == 11_000, "whoever has the old page open corrects the one that is kept"


@pytest.mark.django_db(transaction=True)
def test_eight_tills_that_ask_by_two_ids_in_the_same_moment_are_given_it_once(shop: Business, till: Till, two: tuple[str, str]) -> None:
    join(shop, *two)
    given: list[int] = []

    def asker(n: int) -> Callable[[], None]:
        def one() -> None:
            with scope(shop.id):
                sale = uuid.UUID(int=n)
                given.append(reserving.reserve(sale_id=sale, buyer_id=uuid.UUID(two[n % 2]), account="credit", amount=1_000).reserved)

        return one

    at_once(*map(asker, range(8)))

    assert sorted(given) == [0, 0, 0, 0, 0, 1_000, 1_000, 1_000]


def test_of_two_who_are_one_the_stricter_word_counts_until_the_person_says_another(
    shop: Business, till: Till, two: tuple[str, str]
) -> None:
    chuy, jesus = (uuid.UUID(one) for one in two)

    def may() -> list[str]:
        with scope(shop.id):
            return joins.consent(Buyer.objects.get(id=jesus))

    def said(*channels: str) -> None:
        with scope(shop.id):
            buyers.change_buyer(shop.actor, buyer_id=jesus, contact={"name": "Jesús Ñandú"}, consent=channels)

    assert may() == ["whatsapp", "email"]
    join(shop, *two)
    assert may() == ["whatsapp"], "Chuy never said yes to email"
    said("whatsapp")
    assert may() == ["whatsapp"], "correcting something else changes nothing"
    said("whatsapp", "phone", "email")
    assert may() == ["whatsapp", "email", "phone"]
    said("email", "phone")
    assert may() == ["email", "phone"]

    separate(shop, two[0])

    assert may() == ["email", "phone"]
    with scope(shop.id):
        assert joins.consent(Buyer.objects.get(id=chuy)) == ["whatsapp", "phone"], "what was said for the other is Chuy's as it was"


def test_whom_either_allowed_may_take_goods_along_and_can_be_told_that_they_no_longer_may(shop: Business, two: tuple[str, str]) -> None:
    chuy, jesus = (uuid.UUID(one) for one in two)
    with scope(shop.id):
        son = buyers.authorise(shop.actor, buyer_id=chuy, name="El hijo")
        buyers.authorise(shop.actor, buyer_id=jesus, name="La cocinera")

    join(shop, *two)

    with scope(shop.id):
        assert [one.name for one in queries.authorised([jesus])[jesus]] == ["El hijo", "La cocinera"]
        buyers.no_longer_authorise(shop.actor, buyer_id=jesus, person_id=son.id)
        assert [one.name for one in queries.authorised([jesus])[jesus]] == ["La cocinera"]
        buyers.write_entry(shop.actor, buyer_id=chuy, account="fiado", amount=-100, reason="forgiven")
        assert accounts.statement(jesus, "fiado")[-1].amount == -100
    separate(shop, two[0])
    with scope(shop.id):
        assert accounts.balances()[jesus, "fiado"] == 1_750, "what was written while they were one was written for the one that is kept"


def test_chains_end_with_the_last_and_are_taken_apart_link_by_link(shop: Business, till: Till, two: tuple[str, str]) -> None:
    chuy, jesus = two
    don = till.meet("Don Jesús")
    till.push(annexes=till.annexes)
    drain()
    join(shop, chuy, jesus)
    join(shop, jesus, don)

    assert balance(till, don) == 10_750
    assert {one["id"] for one in rows(till)[don]["others"]} == {chuy, jesus}
    assert refused(shop, don, chuy) == "ring" == refused(shop, don, jesus)
    assert refused(shop, chuy, don) == "joined"
    assert refused(shop, don, don) == "same"

    separate(shop, jesus)
    assert (balance(till, jesus), balance(till, don)) == (10_750, 0), "who was joined to them goes along"
    separate(shop, chuy)
    separate(shop, chuy)
    assert (balance(till, chuy), balance(till, jesus)) == (8_900, 1_850)
    with scope(shop.id):
        assert BuyerJoin.objects.count() == 4, "separating again says nothing new"
    assert doctor() == []


def test_what_cannot_be_is_refused_with_a_reason(shop: Business, other: Business, till: Till, two: tuple[str, str]) -> None:
    chuy, jesus = two
    nobody = till.meet("")
    till.annexes.clear()
    till.push()
    drain()
    assert refused(shop, chuy, nobody) == "nameless"
    with scope(shop.id):
        buyers.put_away(shop.actor, buyer_id=uuid.UUID(jesus))
    assert refused(shop, chuy, jesus) == "away"
    join(shop, jesus, chuy)
    assert balance(till, chuy) == 10_750, "of two the one that was put away may be joined: what it holds is not lost"
    with pytest.raises(NotFound):
        join(shop, chuy, str(uuid.uuid4()))
    with pytest.raises(NotFound):
        separate(shop, str(uuid.uuid4()))
    with pytest.raises(NotFound):
        join(other, chuy, nobody)
    for role in ("cashier", "stock", "accountant"):
        actor = Actor(shop.id, "person", shop.actor.id, role)
        with scope(shop.id), pytest.raises(Forbidden):
            joining.join(actor, other_id=uuid.UUID(nobody), kept_id=uuid.UUID(chuy))
        with scope(shop.id), pytest.raises(Forbidden):
            joining.separate(actor, other_id=uuid.UUID(jesus))


@pytest.mark.django_db(transaction=True)
def test_two_who_say_it_each_the_other_way_round_make_no_ring(shop: Business, two: tuple[str, str]) -> None:
    done: list[str] = []

    def says(other: str, kept: str) -> Callable[[], None]:
        def one() -> None:
            with scope(shop.id):
                try:
                    joining.join(shop.actor, other_id=uuid.UUID(other), kept_id=uuid.UUID(kept))
                    done.append("joined")
                except Invalid as wrong:
                    done.append(str(wrong.data["buyer"]))

        return one

    at_once(says(*two), says(*two[::-1]))

    assert sorted(done) == ["joined", "ring"]
    assert doctor() == []


def test_doctor_tells_of_a_ring_and_of_a_join_that_is_missing_and_nobody_waits_for_ever(shop: Business, two: tuple[str, str]) -> None:
    chuy, jesus = (uuid.UUID(one) for one in two)
    with scope(shop.id):
        for other, kept, n in ((chuy, jesus, 1), (jesus, chuy, 2)):
            BuyerJoin.objects.create(organization_id=shop.id, other_id=other, kept_id=kept, n=n, at=clock.now())
        accounts.balances()
    with unwatched():
        found = [(one.level, one.text) for one in examine() if one.check == "buyers"]
    assert [level for level, _ in found] == ["error", "error", "error", "ok"]
    assert "círculo" in found[0][1] or "ring" in found[0][1]


def test_points_are_earned_spent_and_run_out_together(
    shop: Business, till: Till, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chuy, jesus = two
    now = clock.from_ms(till.at)
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope(shop.id):
        scheme = str(points.set_scheme(shop.actor, terms=PointsTerms(is_on=True, lapse="earned", lapse_months=1)).id)
    earn(till, chuy, scheme, ("coffee", 1000), earned=8)
    earn(till, jesus, scheme, ("coffee", 2000), earned=17)
    till.push()
    drain()
    join(shop, chuy, jesus)
    spend(till, jesus, scheme, 20, 200, ("water", 1000), earned=1)
    till.push()
    drain()
    assert held(till, jesus) == 8 + 17 - 20 + 1

    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=40))
    drain()

    assert held(till, jesus) == 0
    with scope(shop.id):
        assert {row.buyer_id for row in PointsLapse.objects.all()} == {uuid.UUID(jesus)}
    separate(shop, chuy)
    # Each is left what their own facts say: Chuy's eight ran out; the other spent twenty of eighteen.
    assert (held(till, chuy), held(till, jesus)) == (0, -2)
    assert doctor() == []


def test_who_was_never_joined_and_was_separated_has_what_ran_out_of_theirs_alone(
    shop: Business, till: Till, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chuy, jesus = two
    now = clock.from_ms(till.at)
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope(shop.id):
        scheme = str(points.set_scheme(shop.actor, terms=PointsTerms(is_on=True, lapse="moved", lapse_months=1)).id)
    earn(till, chuy, scheme, ("coffee", 1000), earned=8)
    till.push()
    join(shop, chuy, jesus)
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=40))
    drain()
    assert held(till, jesus) == 0

    separate(shop, chuy)

    assert (held(till, chuy), held(till, jesus)) == (0, 0), "Jesús had no points that could run out"


def test_rebuild_and_what_arrives_twice_change_nothing_of_it(shop: Business, till: Till, two: tuple[str, str]) -> None:
    join(shop, *two)
    with scope(shop.id):
        before = accounts.balances()
    till.push(till.journal_facts)
    with scope(shop.id):
        rebuild_totals(shop.id)
        assert computed_totals() == stored_totals()
        assert accounts.balances() == before
        assert joins.kept(uuid.UUID(two[0])) == uuid.UUID(two[1])
    assert doctor() == []


def test_orders_of_either_are_found_by_the_name_of_the_one_that_is_kept(shop: Business, till: Till, two: tuple[str, str]) -> None:
    chuy, jesus = two
    order(till, ("coffee", 1000), buyer=chuy, by="2099-12-24")
    assert states(till.push()) == ["accepted"]
    join(shop, chuy, jesus)
    with scope(shop.id):
        (found,), _ = listed(Wanted(words="ñandú"))
        assert found.buyer == "Jesús Ñandú"
        assert [one.row.id for one in listed(Wanted(words="chuy"))[0]] == [found.row.id]


def test_a_file_knows_the_person_by_either_card(shop: Business, two: tuple[str, str]) -> None:
    join(shop, *two)
    table = "nombre,telefono,debe,limite\nChuy,951 555 0101,50,\nJesús Ñandú,951 555 0202,,300\n"
    with scope(shop.id):
        plan = importing.check(table.encode(), locale="es-MX", digits=2)
        assert [row.buyer_id for row in plan.rows] == [uuid.UUID(two[1])]
        assert [(problem.row, problem.code) for problem in plan.problems] == [(3, "repeated")], "two cards in the file, one person here"
        importing.apply(shop.actor, plan)
        assert accounts.balances()[uuid.UUID(two[1]), "fiado"] == 10_750 + 5_000
        assert Buyer.objects.get(id=uuid.UUID(two[1])).phone == "951 555 0202", "the card that is kept stays as it is"
        assert [row.action for row in importing.check(table.encode(), locale="es-MX", digits=2).rows] == ["same"]
