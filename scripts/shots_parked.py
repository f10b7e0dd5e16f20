"""Give the demo what a good shop does not have, to be looked at: `python -m scripts.shots_parked`, with the demo's own environment.

Facts that wait for a person: a till of its own is paired, sells what the office does not know, sends it, and breaks its journal. And somebody
who may sign in and works for no business; and single-use coupons, one of which two tills that could ask nobody took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mostrador.config import start

if TYPE_CHECKING:
    from tests.sync.shop import Business

UNKNOWN = "01a21078-0000-7000-8000-000000000000"


def main() -> None:
    """Pair, sell, send; write the user down."""
    start.load()
    from mostrador.people.models import User
    from scripts.shots_office import NOBODY, PASSWORD

    nobody = User(email=NOBODY, name="Nadie")
    nobody.set_password(PASSWORD)
    nobody.save()
    business = of_demo()
    sell_unknown(business)
    use_coupons(business)


def of_demo() -> Business:
    """The first business, as tests know one."""
    from mostrador.catalogue.models import Product
    from mostrador.kernel.actor import system
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people.models import StaffMember, Store
    from tests.sync.shop import WARES
    from tests.sync.shop import Business as Known

    organization = Organization.objects.order_by("id")[0]
    with scope(organization.id):
        goods = Product.objects.order_by("id").values_list("id", flat=True)[: len(WARES)]
        people = {role: str(StaffMember.objects.filter(role=role).values_list("id", flat=True)[0]) for role in ("manager", "cashier")}
        store = Store.objects.order_by("code").values_list("id", flat=True)[0]
        products = {name: str(product) for name, product in zip(WARES, goods, strict=True)}
    return Known(system(organization.id), store, products, organization.currency, people["manager"], people["cashier"])


def sell_unknown(business: Business) -> None:
    """Let it have parked facts."""
    from mostrador.config.worker import drain

    till = business.till()
    till.open_shift()
    for name in ("Agua de jamaica 1 L", "Pan de pulque"):
        body = till.sale_body(("water", 2000))
        body["basket"]["lines"][0].update(product_id=UNKNOWN, name=name)
        till.write_sale(body)
    till.push()
    # And two that fit no chain, as a browser does that was copied to another device.
    for name in ("water", "tomato"):
        till.sell((name, 1000))
    till.push_as(till.journal_facts[-2:], head=None)
    drain()


def use_coupons(business: Business) -> None:
    """Let codes of its batch have lowered tickets, and one of them two."""
    from mostrador.catalogue import promotions
    from mostrador.config.worker import drain
    from mostrador.counter.coupon_models import CouponCode
    from mostrador.kernel import clock
    from mostrador.kernel.scoping import scope
    from mostrador.sync.cashier import Extras

    with scope(business.id):
        [wanted] = [one for one in promotions.promotions() if one.terms.single]
        codes = [str(one) for one in CouponCode.objects.order_by("n").values_list("id", flat=True)[:4]]
    version = str(wanted.version_id)
    lowers = {"id": version, "name": wanted.name, "kind": wanted.terms.kind, "reward": {"percent": 100_000}, "lines": ["1"]}
    for name, some in (("first", codes), ("second", codes[:1])):
        till = business.till(name)
        till.at = clock.to_ms(clock.now()) - 3_600_000
        till.open_shift()
        for code in some:
            till.sell(("coffee", 2000), promotions=[lowers], extras=Extras(coupons=[{"id": code, "promotion": version}]))
        till.push()
    drain()


if __name__ == "__main__":
    main()
