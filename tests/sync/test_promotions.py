"""Sales that promotions lowered: recomputed from what the fact says, explained line by line, refused when the arithmetic is not theirs."""

import copy
from typing import Any

from mostrador.catalogue import promotions
from mostrador.catalogue.terms import Pick, PickedPart, Terms, coupon_hash
from mostrador.config.worker import drain
from mostrador.counter import queries
from mostrador.counter.models import Sale, SaleLine, SaleSaving
from mostrador.counter.rebuild import computed_totals, stored_totals
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from tests.sync.books import doctor, everything, grown, in_scope, parked, totals
from tests.sync.shop import Business, Json, Till, document, reasons, states

FREE = {"percent": 1_000_000}
THREE_FOR_TWO: Json = {
    "id": "v-3x2",
    "name": "3x2 café",
    "kind": "set",
    "reward": FREE,
    "cheapest": 1,
    "parts": [{"lines": ["1"], "count": 3}],
}
TENTH: Json = {"id": "v-10", "name": "Diez", "kind": "each", "reward": {"percent": 100_000}, "lines": ["2"]}


def test_a_sale_is_stored_with_what_each_promotion_took_off_each_line(till: Till) -> None:
    before = everything()
    sold = till.sell(("coffee", 3000), ("water", 2000), promotions=[THREE_FOR_TWO, TENTH])

    assert states(till.push()) == ["accepted"]

    assert grown(before)["counter_salesaving"] == 2
    with scope(till.business.id):
        assert list(SaleSaving.objects.order_by("n").values_list("n", "promotion_id", "name", "amount")) == [
            (0, "v-3x2", "3x2 café", 8_900), (1, "v-10", "Diez", 370),
        ]  # fmt: skip
        assert list(SaleLine.objects.order_by("n").values_list("discount", "gross")) == [(8_900, 17_800), (370, 3_330)]
        sale = Sale.objects.get()
        assert (sale.gross, sale.discount, sale.engine) == (21_130, 9_270, 2)
        ticket = queries.ticket(sale.id)
    assert ticket is not None
    assert [([saving.name for saving in savings], off) for _, savings, off, *_ in ticket.rows] == [(["3x2 café"], 0), (["Diez"], 0)]
    assert sold["body"]["totals"]["savings"] == 9_270
    assert totals(till)["discount"] == 9_270
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_a_shift_with_promotions_closes_with_the_tills_own_figures(till: Till) -> None:
    till.sell(("coffee", 3000), promotions=[THREE_FOR_TWO], discount={"amount": 100})
    till.close_shift()

    assert set(states(till.push())) == {"accepted"}

    assert totals(till)["discount"] == 9_000
    assert doctor() == []


def test_a_hand_given_discount_is_told_apart_from_what_promotions_took(till: Till) -> None:
    till.sell(("coffee", 3000), promotions=[THREE_FOR_TWO], discount={"amount": 100})
    till.push()

    with scope(till.business.id):
        ticket = queries.ticket(Sale.objects.get().id)
    assert ticket is not None
    assert [(sum(row.amount for row in savings), off) for _, savings, off, *_ in ticket.rows] == [(8_900, 100)]


def _spoiled(till: Till, spoil: Any) -> list[str | None]:
    basket = till.basket(("coffee", 3000), promotions=[THREE_FOR_TWO])
    sold = till.sell_basket(basket)
    body = copy.deepcopy(sold["body"])
    body["number"] += 1
    body["sale"] = till.device.ids(till.now())
    spoil(body)
    till.write("sale.recorded", body, visit=till.visit().document())
    return reasons(till.push())


def test_a_saving_that_the_terms_do_not_give_is_parked(till: Till) -> None:
    def more(body: Json) -> None:
        line = body["totals"]["lines"][0]
        line["savings"][0]["amount"] += 1

    assert _spoiled(till, more)[-1] == "totals"
    assert [reason for _, _, reason in parked(till)] == ["totals"]


def test_savings_without_their_promotion_are_parked(till: Till) -> None:
    assert _spoiled(till, lambda body: body["basket"].pop("promotions"))[-1] == "totals"


def test_a_promotion_of_a_line_that_is_not_there_is_parked(till: Till) -> None:
    def elsewhere(body: Json) -> None:
        body["basket"]["promotions"][0]["parts"][0]["lines"] = ["9"]

    assert _spoiled(till, elsewhere)[-1] == "basket"


def test_the_version_of_the_rules_is_told_and_believed_only_where_it_is_known(till: Till) -> None:
    assert _spoiled(till, lambda body: body["totals"].update(engine=1))[-1] == "totals"
    assert _spoiled(till, lambda body: body["totals"].update(engine=4))[-1] == "unknown_engine"


def test_a_till_hears_of_promotions_and_of_a_coupon_only_its_hash(shop: Business) -> None:
    till = shop.till()
    with scope(shop.id):
        coffee = Pick(products=(shop.products["coffee"],))
        terms = Terms(
            kind="set", reward=Reward(percent=1_000_000), parts=(PickedPart(coffee, 3),), cheapest=1, coupon="VERANO10", days=(1, 7)
        )
        row = promotions.add_promotion(shop.actor, name="3x2", terms=terms)
    drain()

    manifest = document(till.pull("catalogue"))

    assert manifest["promotions"] == [
        {
            "id": str(row.id), "version": str(row.version_id), "name": "3x2", "position": 1,
            "terms": {
                "kind": "set", "reward": FREE, "parts": [{"pick": {"products": [shop.products["coffee"]]}, "count": 3}], "cheapest": 1,
                "days": [1, 7], "coupon": coupon_hash("VERANO10"),
            },
        },
    ]  # fmt: skip
    assert "VERANO10" not in till.pull("catalogue").content.decode()
