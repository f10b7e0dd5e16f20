"""Buyers and what stands on their accounts: counted from sales, returns, payments and what people wrote; never refused, and listed where it is too much."""

import datetime as dt
import uuid
from typing import Any

import pytest

from mostrador.buyers import services as buyers
from mostrador.buyers.models import Buyer
from mostrador.config.worker import drain
from mostrador.counter import accounts
from mostrador.counter.models import AccountPayment, AccountTender, Sale
from mostrador.counter.rebuild import computed_totals, stored_totals
from mostrador.kernel.errors import Invalid
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.sync.books import doctor, everything, grown, in_scope, parked, totals
from tests.sync.shop import Business, Json, Till, document, reasons, states


def balance(till: Till, buyer: str, account: str = "fiado") -> int:
    """What an account holds."""
    with scope(till.business.id):
        return accounts.balances([uuid.UUID(buyer)]).get((uuid.UUID(buyer), account), 0)


def on_account(till: Till, buyer: str, *wares: tuple[str, int], **more: Any) -> Json:
    """Sell on account."""
    return till.sell(*(wares or (("coffee", 1000),)), method="fiado", extras=Extras(buyer=buyer), **more)


def test_whom_a_till_met_is_known_by_what_the_annex_says(till: Till) -> None:
    buyer = till.meet("Lucía Ñandú", phone="951 555 01 02", tax_id="XAXX010101000", consent=["whatsapp", "pigeon"])

    assert states(till.push(annexes=till.annexes)) == ["accepted"]
    drain()

    with scope(till.business.id):
        row = Buyer.objects.get(id=uuid.UUID(buyer))
    assert (row.name, row.phone, row.consent) == ("Lucía Ñandú", "951 555 01 02", ["whatsapp"])
    assert row.search.startswith("lucia nandu 9515550102")


def test_a_buyer_whose_annex_was_lost_has_no_name_and_a_later_one_is_not_written_over(till: Till) -> None:
    buyer = till.meet("Lucía")
    till.annexes.clear()
    till.push(annexes=till.annexes)
    drain()
    with scope(till.business.id):
        assert Buyer.objects.get().name == ""
        buyers.change_buyer(till.business.actor, buyer_id=uuid.UUID(buyer), contact={"name": "Lucía R."}, consent=())
        buyers.met(till.business.id, {uuid.UUID(buyer): {"name": "otra"}})
        assert Buyer.objects.get().name == "Lucía R."


def test_what_is_sold_on_account_is_owed_and_what_is_paid_is_not(till: Till) -> None:
    buyer = till.meet("Lucía")
    before = everything()
    on_account(till, buyer, ("coffee", 2000))
    till.pay_account(buyer, ("cash", 10_000), change=2_000)
    till.pay_account(buyer, ("card", 1_000), ("cash", 500))

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert balance(till, buyer) == 17_800 - 8_000 - 1_500
    rows = grown(before)
    assert (rows["counter_accountpayment"], rows["counter_accounttender"]) == (2, 3)
    with scope(till.business.id):
        assert list(AccountPayment.objects.order_by("number").values_list("number", "amount")) == [(2, 8_000), (3, 1_500)]
        assert list(AccountTender.objects.order_by("payment__number", "n").values_list("method", "amount", "tendered")) == [
            ("cash", 8_000, 10_000), ("card", 1_000, 1_000), ("cash", 500, 500),
        ]  # fmt: skip
        assert Sale.objects.get().buyer_id == uuid.UUID(buyer)
    found = totals(till)
    assert (found["pay:fiado"], found["pay:cash"], found["pay:card"]) == (17_800, 8_500, 1_000)
    assert (found["account_payments"], found["account_paid"]) == (2, 9_500)


def test_a_day_with_accounts_closes_to_the_cent(till: Till) -> None:
    buyer = till.meet("Lucía")
    on_account(till, buyer)
    till.pay_account(buyer, ("cash", 5_000))
    till.sell(("water", 1000))
    closed = till.close_shift()

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert doctor() == []
    figures = closed["body"]["figures"]
    assert figures["accounts"] == {"payments": 1, "amount": 5_000}
    assert [row["method"] for row in closed["body"]["expected"]] == ["cash"], "nobody counts what is owed"
    assert in_scope(till.business, stored_totals) == in_scope(till.business, computed_totals)


def test_goods_that_come_back_lower_what_is_owed_or_make_a_credit_that_pays(till: Till) -> None:
    buyer = till.meet("Lucía")
    sold = on_account(till, buyer, ("coffee", 2000))
    till.take_back(sold, (0, 1000), method="fiado", buyer=buyer)
    cash = till.sell(("water", 2000))
    till.take_back(cash, (0, 2000), method="credit", buyer=buyer)
    till.sell(("water", 1000), method="credit", extras=Extras(buyer=buyer))

    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}

    assert (balance(till, buyer), balance(till, buyer, "credit")) == (8_900, 3_700 - 1_850)
    with scope(till.business.id):
        lines = accounts.statement(uuid.UUID(buyer), "credit")
    assert [(line.kind, line.amount, line.balance) for line in lines] == [("return", 3_700, 3_700), ("sale", -1_850, 1_850)]


@pytest.mark.parametrize("method", ["fiado", "credit"])
def test_on_nobodys_account_is_parked(till: Till, method: str) -> None:
    till.sell(("coffee", 1000), method=method)

    assert reasons(till.push(annexes=till.annexes))[-1] == "schema"
    assert [reason for _, _, reason in parked(till)] == ["schema"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 4_999}, {"change": 1}, {"payments": []}, {"payments": [{"method": "fiado", "amount": 5_000}]}, {"amount": 0}, {"number": 1},
        {"payments": [{"method": "card", "amount": 5_001}], "change": 1},
        {"references": [{"payment": 1, "value": "A"}]}, {"series": "ZZ"}, {"payments": [{"method": "voucher", "amount": 5_000}]},
    ],
)  # fmt: skip
def test_a_payment_whose_figures_do_not_agree_is_parked_and_moves_nothing(till: Till, wrong: Json) -> None:
    buyer = till.meet("Lucía")
    on_account(till, buyer)
    till.push(annexes=till.annexes)
    body = till.pay_account(buyer, ("cash", 5_000))["body"]
    till.unwrite()
    till.write("account.paid", {**body, **wrong}, visit=till.visit().document())

    assert states(till.push(annexes=till.annexes)) == ["parked"]
    assert balance(till, buyer) == 8_900


def test_the_oldest_ticket_is_paid_first_and_what_is_open_has_an_age(till: Till) -> None:
    buyer = till.meet("Lucía")
    for _ in range(3):
        on_account(till, buyer)
    till.pay_account(buyer, ("cash", 10_000))
    till.push(annexes=till.annexes)

    with scope(till.business.id):
        open_lines = accounts.owed(uuid.UUID(buyer))
    assert [(line.amount, line.left) for line in open_lines] == [(8_900, 7_800), (8_900, 8_900)]
    later = open_lines[-1].at + dt.timedelta(days=45)
    assert accounts.ageing(open_lines, later) == (0, 16_700, 0, 0)


def test_what_a_person_writes_stands_beside_and_is_never_changed(till: Till) -> None:
    buyer = till.meet("Lucía")
    till.push(annexes=till.annexes)
    with scope(till.business.id):
        owner, who = till.business.actor, uuid.UUID(buyer)
        buyers.write_entry(owner, buyer_id=who, account="fiado", amount=30_000, reason="opening", text="del cuaderno")
        buyers.write_entry(owner, buyer_id=who, account="fiado", amount=-5_000, reason="forgiven")
        for wrong in ({"amount": 0}, {"account": "gold"}, {"reason": "because"}):
            said: Json = {"account": "fiado", "amount": 1, "reason": "opening", **wrong}
            with pytest.raises(Invalid):
                buyers.write_entry(owner, buyer_id=who, **said)
        assert [(line.kind, line.balance, line.text) for line in accounts.statement(who, "fiado")] == [
            ("opening", 30_000, "del cuaderno"), ("forgiven", 25_000, ""),
        ]  # fmt: skip
    assert balance(till, buyer) == 25_000


def test_more_than_the_limit_is_not_refused(till: Till) -> None:
    buyer = till.meet("Lucía")
    on_account(till, buyer)
    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}
    assert balance(till, buyer) == 8_900


def test_a_till_hears_of_buyers_and_of_every_move_of_their_accounts(shop: Business) -> None:
    till, other = shop.till(), shop.till("other")
    till.open_shift()
    buyer = till.meet("Lucía", phone="951")
    till.push(annexes=till.annexes)
    drain()
    start = other.ping()
    row = {
        "id": buyer,
        "name": "Lucía",
        "phone": "951",
        "tax_id": "",
        "fiado": {"limit": 0, "balance": 0},
        "credit": 0,
        "points": 0,
        "lapses": None,
        "group": None,
        "authorised": [],
        "others": [],
    }
    assert document(other.pull("buyers")) == {
        "buyers": [row],
        "more": False,
        "known": {"journal": str(other.journal), "seq": start["watermark"]},
    }
    assert document(other.pull(f"buyers?after={buyer}"))["buyers"] == []

    on_account(till, buyer)
    till.push(annexes=till.annexes)
    drain()

    changed = document(till.pull(f"changes?epoch={start['epoch']}&n={start['n']}"))
    rows = [change["row"] for change in changed["changes"] if change["kind"] == "buyer"]
    assert [row["fiado"]["balance"] for row in rows] == [8_900]
    assert changed["known"] == {"journal": str(till.journal), "seq": till.ping()["watermark"]}


def test_a_buyer_makes_no_new_catalogue(shop: Business) -> None:
    till = shop.till()
    till.push(annexes=till.annexes)
    before = document(till.pull("catalogue"))["version"]
    till.meet("Lucía")
    till.push(annexes=till.annexes)
    drain()

    assert document(till.pull("catalogue"))["version"] == before
