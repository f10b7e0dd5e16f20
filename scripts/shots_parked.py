"""Give the demo what a good shop does not have, to be looked at: `python -m scripts.shots_parked`, with the demo's own environment.

Facts that wait for a person: a till of its own is paired, sells what the office does not know, sends it, and breaks its journal. And somebody
who may sign in and works for no business.
"""

from mostrador.config import start

UNKNOWN = "01a21078-0000-7000-8000-000000000000"


def main() -> None:
    """Pair, sell, send; write the user down."""
    start.load()
    from mostrador.people.models import User
    from scripts.shots_office import NOBODY, PASSWORD

    nobody = User(email=NOBODY, name="Nadie")
    nobody.set_password(PASSWORD)
    nobody.save()
    sell_unknown()


def sell_unknown() -> None:
    """Let the first business have parked facts."""
    from mostrador.catalogue.models import Product
    from mostrador.config.worker import drain
    from mostrador.kernel.actor import system
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people.models import StaffMember, Store
    from tests.sync.shop import WARES, Business

    organization = Organization.objects.order_by("id")[0]
    with scope(organization.id):
        goods = Product.objects.order_by("id").values_list("id", flat=True)[: len(WARES)]
        people = {role: str(StaffMember.objects.filter(role=role).values_list("id", flat=True)[0]) for role in ("manager", "cashier")}
        store = Store.objects.order_by("code").values_list("id", flat=True)[0]
        products = {name: str(product) for name, product in zip(WARES, goods, strict=True)}
    business = Business(system(organization.id), store, products, organization.currency, people["manager"], people["cashier"])
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


if __name__ == "__main__":
    main()
