"""Points: earned and spent by the version that the sale names, taken back by shares, counted from what facts did, never refused (ruling 29)."""

import json
import uuid

import pytest

from mostrador.buyers import points as schemes
from mostrador.buyers import services as buyers
from mostrador.buyers.models import PointsScheme
from mostrador.buyers.points import PointsTerms
from mostrador.config.worker import drain
from mostrador.counter import accounts, rebuild
from mostrador.counter.models import Return, Sale
from mostrador.counter.points_models import PointsMove
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, everything, parked, totals
from tests.sync.shop import Business, Json, Till, call, document, reasons, states

# A point for each whole 10.00; ten points are worth 1.00.
TERMS = PointsTerms(is_on=True)


@pytest.fixture
def scheme(shop: Business) -> str:
    """The version in force."""
    with scope(shop.id):
        return str(schemes.set_scheme(shop.actor, terms=TERMS).id)


@pytest.fixture
def lucia(till: Till) -> str:
    """Somebody who is known."""
    return till.meet("Lucía")


def earn(till: Till, buyer: str, scheme: str, *wares: tuple[str, int], earned: int, without: tuple[str, ...] = ()) -> Json:
    """Sell and say how many points it earned."""
    said = {"scheme": scheme, "earned": earned, "spent": 0, "without": list(without)}
    return till.sell(*wares, extras=Extras(buyer=buyer, points=said))


def spend(till: Till, buyer: str, scheme: str, points: int, paid: int, *wares: tuple[str, int], earned: int = 0) -> Json:
    """Sell and take so many points for so much of it, the rest in cash."""
    gross = till.cashier.price(till.basket(*wares))["gross"]
    assert isinstance(gross, int)
    rest = [{"method": "cash", "amount": gross - paid}] if gross > paid else []
    payments = [{"method": "points", "amount": paid}, *rest]
    return till.sell(*wares, payments=payments, extras=Extras(buyer=buyer, points={"scheme": scheme, "earned": earned, "spent": points}))


def part(whole: int, of: int, now: int, before: int, points: int) -> Json:
    """What a return says of points."""
    return {"whole": whole, "of": of, "now": now, "before": before, "points": points}


def held(till: Till, buyer: str) -> int:
    """The points of a buyer as the server counts them."""
    with scope(till.business.id):
        return accounts.balances([uuid.UUID(buyer)]).get((uuid.UUID(buyer), "points"), 0)


def flags(till: Till) -> list[str]:
    """The flags of every sale and return."""
    with scope(till.business.id):
        rows = [
            *Sale.objects.order_by("number").values_list("flags", flat=True),
            *Return.objects.order_by("number").values_list("flags", flat=True),
        ]
    return [flag for row in rows for flag in row.split()]


def test_a_sale_earns_and_another_spends_and_the_rest_is_earned_on(till: Till, scheme: str, lucia: str) -> None:
    earn(till, lucia, scheme, ("coffee", 2000), earned=17)
    spend(till, lucia, scheme, 17, 170, ("coffee", 1000), earned=8)
    closed = till.close_shift()

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert held(till, lucia) == 8
    assert flags(till) == []
    assert totals(till)["pay:points"] == 170
    assert [row["method"] for row in closed["body"]["expected"]] == ["cash"], "points lie nowhere, and nobody counts them"
    with scope(till.business.id):
        assert rebuild.computed_totals() == rebuild.stored_totals()
        lines = accounts.statement(uuid.UUID(lucia), "points")
    assert sorted((line.kind, line.amount) for line in lines) == [("earn", 8), ("earn", 17), ("spend", -17)]
    assert lines[-1].balance == 8
    assert doctor() == []


def test_what_came_back_takes_its_points_along_and_gives_back_those_that_paid(till: Till, scheme: str, lucia: str) -> None:
    earn(till, lucia, scheme, ("coffee", 3000), earned=26)
    sold = spend(till, lucia, scheme, 25, 250, ("coffee", 3000), earned=26)
    till.push(annexes=till.annexes)
    assert held(till, lucia) == 27

    first = till.take_back(
        sold, (0, 1000), refunds=[{"method": "points", "amount": 250}, {"method": "cash", "amount": 8_650}], buyer=lucia,
        points={"buyer": lucia, "taken": part(26, 26_700, 8_900, 0, 9), "back": part(25, 250, 250, 0, 25)},
    )  # fmt: skip
    assert set(states(till.push())) == {"accepted"}
    assert held(till, lucia) == 27 - 9 + 25

    line = first["body"]["totals"]["lines"][0]
    before = {0: {"quantity": 1000, "gross": line["gross"], "taxes": line["taxes"]}}
    till.take_back(
        sold, (0, 2000), before=before, buyer=lucia, points={"buyer": lucia, "taken": part(26, 26_700, 26_700, 9, 17)},
    )  # fmt: skip
    assert set(states(till.push())) == {"accepted"}

    assert held(till, lucia) == 26, "as before the sale"
    assert flags(till) == []
    assert totals(till)["pay:points"] == 0
    assert doctor() == []


def test_points_of_a_gift_that_comes_back_are_taken_from_whoever_bought(till: Till, scheme: str, lucia: str) -> None:
    ana = till.meet("Ana")
    sold = earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.take_back(sold, (0, 1000), method="credit", buyer=ana, paper="gift", points={"buyer": lucia, "taken": part(8, 8_900, 8_900, 0, 8)})

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert (held(till, lucia), held(till, ana)) == (0, 0)
    with scope(till.business.id):
        assert accounts.balances()[uuid.UUID(ana), "credit"] == 8_900


@pytest.mark.parametrize(
    "said", [{"earned": 9}, {"earned": 7}, {"scheme": "0199b2a4-7000-7b00-8b00-000000000099"}, {"earned": 0, "without": ["1"]}],
    ids=["too many", "too few", "a version that nobody knows", "nothing, by a line that earns nothing"],
)  # fmt: skip
def test_what_is_not_what_it_comes_to_is_flagged_and_counted_as_it_was_said(till: Till, scheme: str, lucia: str, said: Json) -> None:
    wanted = {"scheme": scheme, "earned": 8, "spent": 0, **said}
    till.sell(("coffee", 1000), extras=Extras(buyer=lucia, points=wanted))

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert flags(till) == ([] if "without" in said else ["points"])
    assert held(till, lucia) == wanted["earned"]


def test_more_money_than_points_are_worth_is_flagged(till: Till, scheme: str, lucia: str) -> None:
    spend(till, lucia, scheme, 10, 101, ("coffee", 1000), earned=8)

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}
    assert (flags(till), held(till, lucia)) == (["points"], -2)


def test_a_return_that_takes_another_share_is_flagged(till: Till, scheme: str, lucia: str) -> None:
    sold = earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.take_back(sold, (0, 1000), buyer=lucia, points={"buyer": lucia, "taken": part(8, 8_900, 8_900, 0, 5)})

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}
    assert (flags(till), held(till, lucia)) == (["points"], 3)


def test_a_product_that_earns_nothing_and_was_counted_is_flagged(shop: Business, till: Till, lucia: str) -> None:
    terms = PointsTerms(is_on=True, products=(uuid.UUID(till.basket(("coffee", 1000))["lines"][0]["product_id"]),))
    with scope(shop.id):
        scheme = str(schemes.set_scheme(shop.actor, terms=terms).id)
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    earn(till, lucia, scheme, ("coffee", 1000), earned=0, without=("1",))

    till.push(annexes=till.annexes)

    assert flags(till) == ["points"]


def test_a_later_version_changes_nothing_that_was_earned(shop: Business, till: Till, scheme: str, lucia: str) -> None:
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    with scope(shop.id):
        later = str(schemes.set_scheme(shop.actor, terms=PointsTerms(is_on=True, earn_per=100)).id)
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    earn(till, lucia, later, ("coffee", 1000), earned=89)

    till.push(annexes=till.annexes)

    assert (flags(till), held(till, lucia)) == ([], 105)
    with scope(shop.id):
        assert PointsScheme.objects.count() == 2


@pytest.mark.parametrize("wrong", ["nobody", "money without points", "points without money"])
def test_what_cannot_be_points_is_parked(till: Till, scheme: str, lucia: str, wrong: str) -> None:
    points, payments = (
        {"scheme": scheme, "earned": 0, "spent": 10},
        [{"method": "points", "amount": 100}, {"method": "cash", "amount": 8_800}],
    )
    extras = {
        "nobody": Extras(points=points), "money without points": Extras(buyer=lucia), "points without money": Extras(buyer=lucia, points=points),
    }  # fmt: skip
    more: Json = {} if wrong == "points without money" else {"payments": payments}
    till.sell(("coffee", 1000), extras=extras[wrong], **more)

    assert reasons(till.push(annexes=till.annexes))[-1] == "schema"
    assert len(parked(till)) == 1
    assert held(till, lucia) == 0


def test_two_tills_that_can_ask_never_spend_the_same_points(shop: Business, till: Till, scheme: str, lucia: str) -> None:
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.push(annexes=till.annexes)
    other = shop.till("other")
    other.push()

    def ask(one: Till, amount: int) -> tuple[int, int]:
        wish = {"sale": one.device.ids(one.now()), "buyer": lucia, "account": "points", "amount": amount}
        said = document(call("POST", "spend", one.token, json.dumps(wish).encode()))
        assert said["buyer"]["points"] == 8
        return said["room"], said["reserved"]

    assert ask(till, 5) == (8, 5)
    assert ask(other, 4) == (3, 0), "all or nothing"
    assert ask(other, 3) == (3, 3)


def test_two_tills_that_cannot_ask_leave_fewer_than_none_and_nothing_is_refused(
    shop: Business, till: Till, scheme: str, lucia: str
) -> None:
    earn(till, lucia, scheme, ("coffee", 2000), earned=17)
    till.push(annexes=till.annexes)
    other = shop.till("other")
    other.open_shift()
    for one in (till, other):
        spend(one, lucia, scheme, 17, 170, ("coffee", 1000), earned=8)
        assert set(states(one.push())) == {"accepted"}

    assert held(till, lucia) == 17 - 34 + 16


def test_a_till_hears_of_the_scheme_in_force_of_its_limit_and_of_points(shop: Business, till: Till, lucia: str) -> None:
    till.push(annexes=till.annexes)
    assert document(till.pull("till"))["settings"]["points"] is None
    with scope(shop.id):
        row = schemes.set_scheme(shop.actor, terms=TERMS)
        buyers.write_entry(shop.actor, buyer_id=uuid.UUID(lucia), account="points", amount=40, reason="opening")
        buyers.set_offline_limits(shop.actor, amounts={"points": 25})
    drain()

    settings = document(till.pull("till"))["settings"]
    assert settings["points"] == {
        "scheme": str(row.id), "earn_per": 1_000, "worth": {"points": 10, "amount": 100}, "least": 0, "unearning": ["points"],
        "without": {"categories": [], "products": []},
    }  # fmt: skip
    assert settings["offline"]["points"] == 25
    assert document(till.pull("buyers?after="))["buyers"][0]["points"] == 40

    with scope(shop.id):
        schemes.set_scheme(shop.actor, terms=PointsTerms(is_on=False))
    assert document(till.pull("till"))["settings"]["points"] is None


def test_only_the_owner_says_how_points_are_earned_and_only_what_can_be(shop: Business, till: Till) -> None:
    manager = Actor(shop.id, "person", uuid.uuid4(), "manager")
    before = everything()
    with scope(shop.id):
        with pytest.raises(Forbidden):
            schemes.set_scheme(manager, terms=TERMS)
        for wrong in (
            PointsTerms(earn_per=0),
            PointsTerms(worth_points=0),
            PointsTerms(worth_amount=0),
            PointsTerms(least=-1),
            PointsTerms(unearning=("cash",)),
        ):
            with pytest.raises(Invalid):
                schemes.set_scheme(shop.actor, terms=wrong)
    assert everything() == before


def test_facts_that_are_sent_twice_move_points_once(till: Till, scheme: str, lucia: str) -> None:
    sold = earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.take_back(sold, (0, 1000), buyer=lucia, points={"buyer": lucia, "taken": part(8, 8_900, 8_900, 0, 8)})
    till.push(annexes=till.annexes)
    assert set(states(till.push(till.journal_facts, till.annexes))) == {"known"}

    with scope(till.business.id):
        assert list(PointsMove.objects.order_by("points").values_list("kind", "points")) == [("taken", -8), ("earn", 8)]
