"""Points run out by the owner's rule: rows of the worker's, corrected when a fact comes late, in every balance and file, and told to tills beforehand."""

import datetime as dt
import json
import uuid
from dataclasses import replace

import pytest

from mostrador.buyers import points as schemes
from mostrador.buyers import services as buyers
from mostrador.buyers.points import TOPIC_LAPSE, PointsTerms
from mostrador.config.worker import drain
from mostrador.counter import accounts, points_lapses
from mostrador.counter.points_models import PointsLapse
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from mostrador.kernel.models import Change, Outbox
from mostrador.kernel.scoping import scope
from tests.sync.books import doctor, everything
from tests.sync.shop import Business, Till, call, document, states
from tests.sync.test_points import earn, held, spend

EARNED = PointsTerms(is_on=True, lapse="earned", lapse_months=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def lucia(till: Till) -> str:
    """Somebody who is known."""
    return till.meet("Lucía")


@pytest.fixture
def began(monkeypatch: pytest.MonkeyPatch, till: Till) -> dt.datetime:
    """The day on which the till sells is today."""
    now = clock.from_ms(till.at)
    later(monkeypatch, now)
    return now


def later(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    """Let it be then."""
    monkeypatch.setattr(clock, "now", lambda: now)


def worked(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    """Let it be then, and the worker have worked."""
    later(monkeypatch, now)
    drain()


def by_hand(shop: Business, buyer: str, count: int) -> None:
    """Write points into an account in the office."""
    with scope(shop.id):
        buyers.write_entry(shop.actor, buyer_id=uuid.UUID(buyer), account="points", amount=count, reason="opening")


def said(shop: Business, terms: PointsTerms) -> str:
    """Begin a version."""
    with scope(shop.id):
        return str(schemes.set_scheme(shop.actor, terms=terms).id)


def lines(shop: Business, buyer: str) -> list[tuple[str, int, int]]:
    """The statement: what happened, how many points, what there were then."""
    with scope(shop.id):
        return [(entry.kind, entry.amount, entry.balance) for entry in accounts.statement(uuid.UUID(buyer), "points")]


def test_points_run_out_on_their_day_once_and_every_list_says_so(
    shop: Business, till: Till, lucia: str, began: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = said(shop, EARNED)
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.push()
    drain()
    [row] = [one for one in document(till.pull("buyers?after="))["buyers"] if one["id"] == lucia]
    [lot] = row["lapses"]["next"]
    assert (row["lapses"]["by"], row["lapses"]["months"], lot["points"]) == ("earned", 1, 8)
    until = clock.from_ms(lot["until"])

    worked(monkeypatch, until - DAY / 2)
    assert held(till, lucia) == 8

    worked(monkeypatch, until)
    assert held(till, lucia) == 0
    assert lines(shop, lucia) == [("earn", 8, 8), ("lapsed", -8, 0)]
    [row] = [one for one in document(till.pull("buyers?after="))["buyers"] if one["id"] == lucia]
    assert (row["points"], row["lapses"]) == (0, {"by": "earned", "months": 1, "next": []})
    asked = {"sale": str(uuid.uuid4()), "buyer": lucia, "account": "points", "amount": 5}
    assert document(call("POST", "spend", till.token, json.dumps(asked).encode()))["room"] == 0

    before = everything()
    worked(monkeypatch, until + 40 * DAY)
    assert (everything(), doctor()) == (before, [])


def test_a_sale_that_comes_late_gives_back_what_had_not_run_out(
    shop: Business, till: Till, lucia: str, began: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = said(shop, EARNED)
    till.push()
    by_hand(shop, lucia, 40)
    spend(till, lucia, scheme, 20, 200, ("coffee", 1000), earned=8)
    drain()
    worked(monkeypatch, began + 60 * DAY)
    assert held(till, lucia) == -40 + 40

    assert set(states(till.push())) == {"accepted"}
    drain()
    worked(monkeypatch, began + 61 * DAY)

    assert held(till, lucia) == 0
    with scope(shop.id):
        assert [*PointsLapse.objects.order_by("written_at").values_list("points", flat=True)] == [-40, 12]
        assert points_lapses.look(shop.id) == []


def test_what_ran_out_by_one_rule_stays_so_under_the_next_and_what_is_left_counts_from_its_day(
    shop: Business, till: Till, lucia: str, began: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = said(shop, EARNED)
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.push()
    worked(monkeypatch, began + 40 * DAY)
    by_hand(shop, lucia, 10)
    later(monkeypatch, began + 45 * DAY)
    said(shop, replace(EARNED, lapse="moved"))
    drain()
    assert held(till, lucia) == 10

    worked(monkeypatch, began + 74 * DAY)
    assert held(till, lucia) == 10
    worked(monkeypatch, began + 80 * DAY)
    assert held(till, lucia) == 0
    assert [kind for kind, _, _ in lines(shop, lucia)] == ["earn", "lapsed", "opening", "lapsed"]


def test_whoever_has_points_by_hand_alone_is_told_of_another_rule_too(
    shop: Business, till: Till, lucia: str, began: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(shop, EARNED)
    till.push()
    by_hand(shop, lucia, 10)
    drain()
    with scope(shop.id):
        heard = max(Change.objects.values_list("n", flat=True))
    later(monkeypatch, began + 3 * DAY)

    said(shop, replace(EARNED, lapse="moved"))
    drain()

    [change] = [one for one in document(till.pull(f"changes?epoch={till.ping()['epoch']}&n={heard}"))["changes"] if one["kind"] == "buyer"]
    assert (change["id"], change["row"]["lapses"]["by"]) == (lucia, "moved")


def test_points_run_out_only_where_the_owner_says_so(
    shop: Business, till: Till, lucia: str, began: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = said(shop, PointsTerms(is_on=True))
    earn(till, lucia, scheme, ("coffee", 1000), earned=8)
    till.push()
    worked(monkeypatch, began + 5000 * DAY)

    assert held(till, lucia) == 8
    with scope(shop.id):
        assert not Outbox.objects.filter(topic=TOPIC_LAPSE).exists()
        assert points_lapses.documents([uuid.UUID(lucia)]) == {}
        for wrong in (replace(EARNED, lapse="sometimes"), replace(EARNED, lapse_months=None), replace(EARNED, lapse_months=121)):
            with pytest.raises(Invalid):
                schemes.set_scheme(shop.actor, terms=wrong)


def test_the_worker_looks_once_a_day_however_often_the_rule_is_said(shop: Business, till: Till, began: dt.datetime) -> None:
    for months in (1, 2, 3):
        said(shop, replace(EARNED, lapse_months=months))
        drain()

    with scope(shop.id):
        assert Outbox.objects.filter(topic=TOPIC_LAPSE).count() == 1
