"""What somebody was told of a product: a fact of its visit, applied aside; and which sheet a line was sold with, though no sale names one."""

import datetime as dt
import itertools
import uuid
from typing import Any

import msgspec
import pytest

from mostrador.config.worker import drain
from mostrador.counter.models import ReturnLine
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Visit
from mostrador.trust import claim_topics, claims, facts, promise_chips, sheets
from mostrador.trust.claim_models import Claim, ProductSheet
from mostrador.trust.models import PromiseEvent
from mostrador.trust.sheets import Draft, Sheet
from tests.sync.shop import Business, Till, back_line, call, document, states
from tests.sync.test_aside import take_back

STRENGTH = Draft("strength", "Se disuelve sin grumos", "own_use")
LIMIT = Draft("limit", "No sirve si evita la nuez", "maker")
DAY = dt.timedelta(days=1)
REASON: dict[str, Any] = {"reason": "not_as_said"}


def publish(business: Business, product: str, *drafts: Draft, at: dt.datetime | None = None) -> Sheet:
    """Say this of a product from an hour on."""
    product_id = uuid.UUID(business.products[product])
    with scope(business.id), clock.at(at or clock.now()):
        seen = sheets.current(product_id)
        sheets.publish(business.actor, product_id=product_id, drafts=drafts, seen=seen.version if seen else 0)
        found = sheets.current(product_id)
    assert found is not None
    return found


def state_claim(till: Till, visit: Visit | None = None, said: str = "yes", product: str = "coffee", **more: Any) -> str:
    """Write down what somebody was told of a product; the id of its fact. Nothing is sent."""
    body = {"shift": till.cashier.shift, "product": till.business.products[product], "said": said, **more}
    till._wrote(till.device.fact("claim.stated", body, till.now(), (visit or till.visit()).document()))
    return till.device.last_id


def made(till: Till) -> list[Claim]:
    with scope(till.business.id):
        return list(Claim.objects.order_by("at"))


def test_what_was_said_is_accepted_at_once_and_applied_by_the_worker(till: Till) -> None:
    visit, point, sheet = till.visit(), str(uuid.uuid4()), str(uuid.uuid4())
    record = state_claim(till, visit, point=point, sheet=sheet)

    assert states(till.push()) == ["accepted"]
    assert made(till) == []
    drain()
    [claim] = made(till)
    assert (str(claim.fact_id), str(claim.visit_id), str(claim.statement_id), str(claim.sheet_id)) == (record, visit.id, point, sheet)
    assert (claim.said, claim.is_topic, claim.promise_id, claim.is_late) == ("yes", False, None, False)


def test_nobody_knew_and_it_was_promised_to_find_out(till: Till) -> None:
    visit, promise, topic = till.visit(), str(uuid.uuid4()), str(uuid.uuid4())
    promised = {"promise": promise, "shift": till.cashier.shift, "chip": str(uuid.uuid4()), "due": "2025-11-27"}
    till._wrote(till.device.fact("promise.made", promised, till.now(), visit.document()))
    state_claim(till, visit, "unsure", topic=topic, promise=promise)
    till.push()
    drain()

    [claim] = made(till)
    assert (claim.said, claim.is_topic, str(claim.promise_id), str(claim.statement_id)) == ("unsure", True, promise, topic)
    with scope(till.business.id):
        assert PromiseEvent.objects.filter(promise_id=promise).exists()


@pytest.mark.parametrize(
    "more",
    [
        {}, {"point": str(uuid.UUID(int=7)), "topic": str(uuid.UUID(int=8))}, {"point": "x"}, {"point": str(uuid.UUID(int=7)), "said": "maybe"},
        {"point": str(uuid.UUID(int=7)), "promise": str(uuid.UUID(int=9))}, {"point": str(uuid.UUID(int=7)), "who": "Rosa"},
    ],
)  # fmt: skip
def test_what_is_no_claim_is_parked_and_holds_nothing_up(till: Till, more: dict[str, Any]) -> None:
    state_claim(till, **more)
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["parked", "accepted"]
    drain()
    assert made(till) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_taken_back_counts_nowhere_in_any_order(till: Till, order: tuple[int, ...]) -> None:
    record = state_claim(till, point=str(uuid.uuid4()))
    take_back(till, record)
    till.push()
    with scope(till.business.id):
        [row] = Outbox.objects.filter(topic="counter.aside")
        sources = row.payload["sources"]
        Outbox.objects.all().delete()
        for n in order:
            Outbox.objects.create(
                organization_id=till.business.id, topic="counter.aside", payload={"sources": [sources[n]]}, due_at=row.due_at
            )
            drain()
        assert Claim.objects.count() == 1
        assert list(claims.standing()) == []


def test_a_hundred_sales_go_on_while_its_code_breaks(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("claims are down")

    with monkeypatch.context() as patch:
        patch.setitem(facts.MAKES, "claim.stated", broken)
        for _ in range(100):
            state_claim(till, point=str(uuid.uuid4()))
            till.sell(("coffee", 1000))
        assert set(states(till.push())) == {"accepted"}
        drain()
    assert made(till) == []
    with scope(till.business.id):
        Outbox.objects.update(due_at=clock.now())
    drain()

    assert len(made(till)) == 100


# --- sheets ---


def test_a_sheet_is_published_in_versions_and_a_point_in_the_same_words_is_the_same(shop: Business) -> None:
    first = publish(shop, "coffee", STRENGTH, LIMIT)
    second = publish(shop, "coffee", STRENGTH, Draft("limit", "Muy dulce", "returns_data"))
    third = publish(shop, "coffee", STRENGTH, LIMIT)

    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert first.points == third.points
    assert first.points[0] == second.points[0]
    assert first.points[1].id != second.points[1].id
    with scope(shop.id):
        assert ProductSheet.objects.count() == 3


def test_published_again_as_it_is_it_is_no_new_version(shop: Business) -> None:
    publish(shop, "coffee", STRENGTH, LIMIT)
    assert publish(shop, "coffee", STRENGTH, LIMIT).version == 1


def test_a_sheet_without_a_limit_is_incomplete_and_no_till_hears_of_it(shop: Business, till: Till) -> None:
    assert (publish(shop, "coffee", STRENGTH).state, document(call("GET", "guidance", till.token))["sheets"]) == ("incomplete", [])
    honest = publish(shop, "coffee", STRENGTH, LIMIT)

    [said] = document(call("GET", "guidance", till.token))["sheets"]
    assert (said["id"], said["product"]) == (str(honest.id), shop.products["coffee"])
    assert [(point["kind"], point["says"], point["basis"]) for point in said["points"]] == [
        ("strength", "Se disuelve sin grumos", "own_use"), ("limit", "No sirve si evita la nuez", "maker"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "drafts, code",
    [
        ([Draft("strength", f"Bueno {n}", "maker") for n in range(4)], "too_many"),
        ([STRENGTH, Draft("limit", " se disuelve SIN grumos ", "maker")], "twice"),
        ([Draft("strength", " ", "maker")], "empty"),
        ([Draft("strength", "x" * 91, "maker")], "too_long"),
        ([Draft("strength", "Bueno", "rumour")], "choose"),
        ([Draft("praise", "Bueno", "maker")], "choose"),
        ([Draft("strength", "Bueno", "maker", ("because",))], "choose"),
    ],
)
def test_what_cannot_be_said_so_is_refused(shop: Business, drafts: list[Draft], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish(shop, "coffee", *drafts)
    assert refused.value.data == {"sheet": code}
    with scope(shop.id):
        assert ProductSheet.objects.count() == 0


def test_who_did_not_see_the_last_version_does_not_write_over_it(shop: Business, other: Business) -> None:
    publish(shop, "coffee", STRENGTH, LIMIT)
    product = uuid.UUID(shop.products["coffee"])
    with scope(shop.id), pytest.raises(Invalid) as refused:
        sheets.publish(shop.actor, product_id=product, drafts=[LIMIT], seen=0)
    assert refused.value.data == {"sheet": "changed_meanwhile"}
    with scope(other.id), pytest.raises(Invalid):
        sheets.publish(other.actor, product_id=product, drafts=[LIMIT], seen=0)


def test_of_other_products_the_same_is_said_and_each_keeps_its_own_history(shop: Business) -> None:
    publish(shop, "water", LIMIT)
    coffee, water = (uuid.UUID(shop.products[name]) for name in ("coffee", "water"))
    with scope(shop.id):
        sheets.publish(shop.actor, product_id=coffee, drafts=[STRENGTH, LIMIT], seen=0, also=[water])
        known = sheets.versions([coffee, water])
        assert [(one.version, len(one.points)) for one in known.of(water)] == [(1, 1), (2, 2)]
        assert known.of(water)[1].points[1] == known.of(water)[0].points[0]
        with pytest.raises(Invalid):
            sheets.publish(shop.actor, product_id=coffee, drafts=[LIMIT], seen=1, also=[uuid.uuid4()])
        assert ProductSheet.objects.count() == 3


def test_a_line_is_sold_with_the_sheet_in_force_then(shop: Business, till: Till) -> None:
    product, now = uuid.UUID(shop.products["coffee"]), clock.from_ms(till.at)
    first = publish(shop, "coffee", STRENGTH, LIMIT, at=now)
    publish(shop, "coffee", STRENGTH, at=now + DAY)
    third = publish(shop, "coffee", LIMIT, at=now + 2 * DAY)

    with scope(shop.id):
        known = sheets.versions([product])
        found = [known.in_force(product, now + n * DAY) for n in (-1, 0, 1, 2)]
    assert found == [None, first, None, third]


def test_tills_hear_what_is_asked_and_which_promise_finds_out(shop: Business, till: Till) -> None:
    with scope(shop.id):
        topic = claim_topics.add_topic(shop.actor, name="¿Aguanta el calor?")
        promise_chips.add_chip(shop.actor, says=promise_chips.Saying("Avisarle", 1, True))
        chip = promise_chips.add_chip(shop.actor, says=promise_chips.Saying("Averiguarlo", 1, True))
    said = document(call("GET", "guidance", till.token))
    assert said["topics"] == [{"id": str(topic), "name": "¿Aguanta el calor?"}]
    assert said["finds_out"] == str(chip)
    with scope(shop.id):
        assert [one.says.finds_out for one in promise_chips.chips()] == [False, True]


def test_a_cashier_publishes_nothing(shop: Business) -> None:
    with scope(shop.id), pytest.raises(Forbidden):
        sheets.publish(
            Actor(shop.id, "person", uuid.uuid4(), "cashier"),
            product_id=uuid.UUID(shop.products["coffee"]), drafts=[LIMIT], seen=0,
        )  # fmt: skip


# --- what came back ---


def came(shop: Business) -> list[tuple[str, str, str]]:
    with scope(shop.id):
        return sorted((str(one.statement.id), one.statement.said, one.kind) for one in claims.brought(ReturnLine.objects.all()))


def test_a_return_speaks_against_what_was_in_force_when_it_was_bought(shop: Business, till: Till) -> None:
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    sale = till.sell(("coffee", 1000))
    publish(shop, "coffee", Draft("strength", "Otra cosa", "maker"), LIMIT, at=clock.from_ms(till.now()))
    till.take_back(sale, (0, 1000), line=REASON)
    till.push()

    assert came(shop) == [(str(sheet.points[0].id), "yes", "contradicted")]


def test_of_several_that_fit_each_is_doubted_and_another_reason_says_nothing(shop: Business, till: Till) -> None:
    more = Draft("strength", "Rinde diez tazas", "maker", ("not_as_said", "defective"))
    sheet = publish(shop, "coffee", STRENGTH, more, LIMIT, at=clock.from_ms(till.at))
    for reason in ("not_as_said", "defective", "not_needed"):
        till.take_back(till.sell(("coffee", 1000)), (0, 1000), line={"reason": reason})
    till.push()

    one, two = (str(point.id) for point in sheet.strengths)
    assert came(shop) == sorted([(one, "yes", "doubted"), (two, "yes", "doubted"), (two, "yes", "contradicted")])


def test_what_the_buyer_names_is_contradicted_and_nothing_else(shop: Business, till: Till) -> None:
    more = Draft("strength", "Rinde diez tazas", "maker")
    sheet = publish(shop, "coffee", STRENGTH, more, LIMIT, at=clock.from_ms(till.at))
    named = str(sheet.strengths[1].id)
    till.take_back(till.sell(("coffee", 1000)), (0, 1000), line={**REASON, "statement": named})
    assert states(till.push()) == ["accepted", "accepted"]
    assert came(shop) == [(named, "yes", "contradicted")]

    # It is named by its id: no words of anybody's stand in a return.
    with pytest.raises(msgspec.ValidationError):
        till.take_back(till.sell(("coffee", 1000)), (0, 1000), line={**REASON, "statement": "no era así"})


def test_what_was_answered_otherwise_stands_for_whoever_asked(shop: Business, till: Till) -> None:
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    strength, limit = (str(point.id) for point in sheet.points)
    # They were told that it has no nuts, against what the sheet says, and that it does leave lumps.
    visit = till.visit()
    state_claim(till, visit, "no", point=limit)
    state_claim(till, visit, "no", point=strength)
    state_claim(till, visit, "unsure", topic=str(uuid.uuid4()))
    sale = till._wrote(till.cashier.sell(visit, till.basket(("coffee", 1000)), till.now()))
    till.take_back(sale, (0, 1000), line=REASON)
    till.push()
    drain()

    assert came(shop) == [(limit, "no", "contradicted")]


def test_without_a_ticket_it_speaks_against_what_is_said_now(shop: Business, till: Till) -> None:
    sheet = publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    line = back_line(till.sell(("coffee", 1000)), 0, 1000, line=None, **REASON)
    till.take_back(None, lines=[line])
    till.push()

    assert came(shop) == [(str(sheet.points[0].id), "yes", "contradicted")]


def test_a_till_ranks_by_what_did_not_hold_in_the_last_ninety_whole_days(shop: Business, till: Till) -> None:
    publish(shop, "coffee", STRENGTH, LIMIT, at=clock.from_ms(till.at))
    till.take_back(till.sell(("coffee", 1000)), (0, 1000), line=REASON)
    till.push()

    said = {}
    for days in (0, 1, 100):
        with clock.at(clock.from_ms(till.at) + days * DAY):
            said[days] = document(call("GET", "guidance", till.token))["advice"]["contradicted"]
    assert said == {0: [], 1: [[shop.products["coffee"], 1]], 100: []}


def test_the_rows_can_be_made_again(shop: Business, till: Till) -> None:
    from mostrador.sync import aside

    state_claim(till, point=str(uuid.uuid4()))
    till.push()
    with scope(shop.id):
        assert aside.rebuild(shop.id) == 1
        assert Claim.objects.count() == 1
