"""A page is closed at a till with the ticket in hand: a fact, whichever of the two arrives first, and a copy opens it anew. What receipts may say comes down with the guidance."""

import hashlib
import uuid

from mostrador.catalogue.models import Product
from mostrador.config.worker import drain
from mostrador.counter import queries
from mostrador.counter.models import TokenWithdrawal
from mostrador.kernel.scoping import scope
from mostrador.rights import terms
from mostrador.rights.terms import Saying
from mostrador.sync import aside
from mostrador.sync.cashier import Extras
from tests.sync.shop import Business, Till, call, document, states

SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
HASH = hashlib.sha256(SECRET.encode()).hexdigest()


def close(till: Till, sale: str) -> None:
    till._wrote(till.device.fact("page.closed", {"sale": sale, "hash": HASH}, till.now(), None, till.business.cashier))


def opens(secret: str = SECRET) -> bool:
    return queries.by_secret(secret) is not None


def test_a_page_closed_at_the_till_opens_no_more_until_a_copy_opens_it(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 1000), extras=Extras(tokens=({"kind": "ticket", "hash": HASH},)))
    till.push()
    assert opens()

    close(till, sold["body"]["sale"])
    again = SECRET[::-1]
    till.reprint(sold, [hashlib.sha256(again.encode()).hexdigest()])
    assert states(till.push())[-2:] == ["accepted", "accepted"]
    drain()

    assert (opens(), opens(again)) == (False, True)


def test_a_page_may_be_closed_by_another_till_before_its_sale_arrives(shop: Business) -> None:
    first, second = shop.till(), shop.till()
    first.open_shift()
    second.open_shift()
    sold = first.sell(("coffee", 1000), extras=Extras(tokens=({"kind": "ticket", "hash": HASH},)))
    close(second, sold["body"]["sale"])
    close(second, sold["body"]["sale"])
    second.push()
    drain()
    first.push()
    drain()

    assert not opens()
    with scope(shop.id):
        assert TokenWithdrawal.objects.count() == 1
        aside.rebuild(shop.id)
        assert TokenWithdrawal.objects.count() == 1


def test_tills_hear_what_a_receipt_may_say_and_of_which_goods(shop: Business) -> None:
    till = shop.till()
    with scope(shop.id):
        coffee = Product.objects.get(name="coffee").id
        terms.say(shop.actor, sayings=[Saying("voluntary_return", 7, "days")])
        terms.say(shop.actor, sayings=[Saying("goods", goods="durable"), Saying("voluntary_return", 0)], product_id=coffee)

    heard = document(call("GET", "guidance", till.token))["rights"]

    assert [(one["es"], one["amount"], one["unit"], one["usual"], {row["id"]: row["has"] for row in one["products"]}) for one in heard] == [
        ("Garantía", 90, "days", False, {str(coffee): True}),
        ("Reclamación", 2, "months", True, {str(coffee): True}),
        ("Lo cambiamos", 7, "days", True, {str(coffee): False}),
    ]
    assert uuid.UUID(heard[0]["products"][0]["id"]) == coffee
