"""A demo shop comes to be through the services that its owner would use: places, people, taxes, wares, stock, paired tills."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mostrador.buyers import joining
from mostrador.buyers import services as buyers
from mostrador.buyers.models import Buyer
from mostrador.catalogue import modifiers, price_lists, units
from mostrador.catalogue import promotions as catalogue_promotions
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Category, Product, TaxGroup
from mostrador.catalogue.modifiers import Group
from mostrador.catalogue.price_lists import Entry, Known
from mostrador.catalogue.promotions import Said
from mostrador.catalogue.terms import Conditions, Pick, PickedPart, Terms
from mostrador.catalogue.units import Unit
from mostrador.config.demo import helping, loyalty, making, promising, rights, sampling, saying, vouchers
from mostrador.config.demo.shop import Shop, Ware
from mostrador.counter import coupon_desk, voucher_desk
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.ids import new_id
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.people import pairing
from mostrador.people import services as people
from mostrador.people.models import Device as PairedDevice
from mostrador.pricing.basket import Reward
from mostrador.stock import services as stock
from mostrador.sync.device import Device, Place, named_id, private_key_from, seeded_ids

PASSWORD = "mostrador-demo"  # noqa: S105  # printed by make demo, for anybody who tries it


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the team; store: the code of the place they work in, or empty for all."""

    id: str
    name: str
    role: str
    store: str


@dataclass(frozen=True, slots=True)
class PastTill:
    """A till of the demo's past: its store's code, its device as the server knows it, and the pen that writes its facts."""

    store: str
    code: str
    paired: PairedDevice
    device: Device
    place: Place


@dataclass(frozen=True, slots=True)
class Ready:
    """A shop that is set up: its actor, people, tills, the products' ids by SKU, its promotions, each product's category by id, its price lists and what they say of each,
    whom it sells to by name, what may be chosen beside products, and how points are earned.
    """

    shop: Shop
    actor: Actor
    people: tuple[Person, ...]
    tills: tuple[PastTill, ...]
    products: Mapping[str, str]
    promotions: tuple[Said, ...]
    categories: Mapping[str, str | None]
    lists: tuple[Known, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    buyers: tuple[str, ...]
    modifiers: tuple[Group, ...]
    points: loyalty.Scheme | None
    voucher_kinds: tuple[Mapping[str, Any], ...]
    needs: tuple[helping.Heard, ...]
    elsewhere: tuple[tuple[str, str], ...]
    promised: tuple[promising.Word, ...]
    asked: saying.Known
    tastes: tuple[sampling.Taste, ...]

    def product_id(self, sku: str) -> uuid.UUID:
        """Return the id of the product of a SKU."""
        return uuid.UUID(self.products[sku])


def set_up(shop: Shop, seed: str, at: int) -> Ready:
    """Make a shop whose tills begin at `at` (milliseconds); keys and ids of its past come from the seed."""
    about = shop.about
    with use_case():
        actor = people.begin_business(
            name=about["name"],
            country=about["country"],
            currency=about["currency"],
            timezone=about["timezone"],
            locale=about["locale"],
            legal_name=about["legal_name"],
            transfer_holder=about["legal_name"],
            transfer_account=about["transfer_account"],
            tax_id=about["tax_id"],
            prices_include_tax=about["prices_include_tax"],
            tax_rounding=about["tax_rounding"],
        )
        with scope(actor.organization_id):
            stores, tills = add_places(actor, shop)
            team = hire_team(actor, shop, stores)
            add_taxes(actor, shop)
            products = add_wares(actor, shop)
            products |= add_asked(actor, shop, stores)
            of_buyers = {
                name: buyers.add_group(actor, name=name).id
                for name in sorted({row["group"] for row in shop.rows("buyers") if "group" in row})
            }
            add_promotions(actor, shop, products, of_buyers)
            add_price_lists(actor, shop, stores, products)
            making.add_modifiers(actor, shop, products)
            products |= making.add_combos_and_kits(actor, shop, products)
            making.arrange_stores(actor, stores)
            vouchers.add_kinds(actor, shop.rows("vouchers"), dict(Category.objects.values_list("name", "id")))
            heard, elsewhere = add_help(actor, shop, products, clock.from_ms(at).date())
            promised = promising.add_words(actor, shop.rows("promises"))
            asked = saying.add_sayings(actor, about, products, promised, at)
            rights.add_terms(actor, shop.rows("terms"), dict(Category.objects.values_list("name", "id")), products)
            tastes = sampling.begin(actor, shop, products, stores, clock.from_ms(at).date())
            known = add_buyers(actor, shop, of_buyers)
            for store_id in stores.values():
                fill_shelves(actor, shop, store_id, products)
    with scope(actor.organization_id):
        paired = tuple(pair_till(actor, store, till, f"{seed}/{code}", at) for store, code, till in tills)
        groups, slips = tuple(modifiers.said(None)), tuple(voucher_desk.document())
        promotions, lists, entries = tuple(catalogue_promotions.said(None)), tuple(price_lists.said(None)), what_lists_say()
        categories = {
            str(row): None if category is None else str(category) for row, category in Product.objects.values_list("id", "category_id")
        }
        scheme = loyalty.begin(actor, shop, dict(Category.objects.values_list("name", "id")), categories)
    by_sku = {sku: str(product) for sku, product in products.items()}
    return Ready(
        shop,
        actor,
        team,
        paired,
        by_sku,
        promotions,
        categories,
        lists,
        entries,
        known,
        groups,
        scheme,
        slips,
        heard,
        elsewhere,
        promised,
        asked,
        tastes,
    )


def add_help(
    actor: Actor, shop: Shop, products: Mapping[str, uuid.UUID], today: dt.date
) -> tuple[tuple[helping.Heard, ...], tuple[tuple[str, str], ...]]:
    """Say what people come for, where else they are well served, and what suppliers give; return the first two."""
    heard = helping.add_needs(actor, shop.rows("needs"), dict(Category.objects.values_list("name", "id")))
    helping.add_incentives(actor, shop.rows("incentives"), products)
    return heard, helping.add_elsewhere(actor, shop.rows("places"), today)


def add_places(actor: Actor, shop: Shop) -> tuple[dict[str, uuid.UUID], list[tuple[str, str, uuid.UUID]]]:
    """Add stores and their tills; return the stores' ids by code, and store, code and id of each till."""
    stores, tills = {}, []
    for row in shop.rows("stores"):
        store = people.add_store(
            actor,
            code=row["code"],
            name=row["name"],
            timezone=shop.about["timezone"],
            address=row["address"],
            phone=row["phone"],
            tips=row.get("tips", []),
            closed_weekdays=promising.closed_weekdays(shop),
        )
        stores[store.code] = store.id
        for till in row["tills"]:
            made = people.add_till(actor, store_id=store.id, code=till["code"], name=till["name"])
            tills.append((store.code, made.code, made.id))
    return stores, tills


def hire_team(actor: Actor, shop: Shop, stores: Mapping[str, uuid.UUID]) -> tuple[Person, ...]:
    """Hire everybody with the PIN and the sign-in of the description."""
    team = []
    for row in shop.rows("staff"):
        store = row.get("store", "")
        member = people.hire(actor, name=row["name"], role=row["role"], pin=row.get("pin"), store_id=stores.get(store))
        if row.get("email"):
            people.give_sign_in(actor, member_id=member.id, email=row["email"], password=PASSWORD, language=shop.about["language"])
        team.append(Person(str(member.id), member.name, member.role, store))
    return tuple(team)


def add_taxes(actor: Actor, shop: Shop) -> None:
    """Add the taxes and the groups that products name."""
    for row in shop.rows("taxes"):
        catalogue.add_tax(actor, **row)
    for row in shop.rows("tax_groups"):
        catalogue.add_tax_group(actor, code=row["code"], name=row["name"], codes=row["taxes"])


def add_wares(actor: Actor, shop: Shop) -> dict[str, uuid.UUID]:
    """Add categories, families, the scale's rules and every product; return the products' ids by SKU."""
    categories = {}
    for position, row in enumerate(shop.rows("categories")):
        made = catalogue.add_category(actor, name=row["name"], position=position, picto=row["picto"], tint=row["tint"])
        categories[row["name"]] = made.id
    families = {name: catalogue.add_family(actor, name=name).id for name in sorted({ware.family for ware in shop.wares if ware.family})}
    groups = dict(TaxGroup.objects.values_list("code", "id"))
    per_litre = {row["code"]: row["per_litre"] for row in shop.rows("tax_groups") if "per_litre" in row}
    for prefix, kind, decimals in ((shop.about["prefix_weight"], "weight", 3), (shop.about["prefix_price"], "price", 2)):
        if prefix:
            catalogue.add_barcode_rule(actor, prefix=prefix, kind=kind, item_digits=5, value_digits=5, decimals=decimals)
    favourites = [ware.sku for ware in shop.wares if ware.favourite]
    rows = [
        product_row(ware, per_litre.get(ware.tax_group))
        | {
            "id": new_id(),
            "category_id": categories[ware.category],
            "family_id": families.get(ware.family),
            "tax_group_id": groups[ware.tax_group],
            "favourite": favourites.index(ware.sku) + 1 if ware.favourite else None,
        }
        for ware in shop.wares
    ]
    return {product.sku: product.id for product in catalogue.add_products(actor, rows)}


def add_asked(actor: Actor, shop: Shop, stores: Mapping[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Add goods that the till asks about: a price, an age, a serial number, a lot; and what is also sold by the box. Return their ids by SKU."""
    found = {}
    categories = dict(Category.objects.values_list("name", "id"))
    groups = dict(TaxGroup.objects.values_list("code", "id"))
    kept = ("sku", "name", "picto", "tint", "age_min", "trace")
    for row in shop.rows("asked"):
        packs = row.get("units", ())
        codes = [(row["barcode"], 1000)] if "barcode" in row else []
        codes += [(pack["barcode"], pack["factor"]) for pack in packs]
        fields = {name: row[name] for name in kept if name in row}
        [made] = catalogue.add_products(
            actor,
            [{
                **fields, "category_id": categories[row["category"]], "tax_group_id": groups[row["tax_group"]], "price": row.get("price"),
                "barcodes": codes,
            }],
        )  # fmt: skip
        found[row["sku"]] = made.id
        units.replace_units(actor, product_id=made.id, units=[Unit(pack["unit"], pack["factor"], pack["price"]) for pack in packs])
        if "stock" in row:
            for store_id in stores.values():
                stock.move_many(
                    actor, store_id=store_id, quantities=[(made.id, row["stock"])], reason="import", text=shop.about["products"]
                )
    return found


def add_buyers(actor: Actor, shop: Shop, groups: Mapping[str, uuid.UUID]) -> tuple[str, ...]:
    """Write down the buyers of the description, with their groups and with who may take goods on their accounts; return their ids."""
    known = []
    for row in shop.rows("buyers"):
        made = buyers.add_buyer(actor, contact=row["contact"], fiado_limit=row["limit"], consent=tuple(row.get("consent", ())))
        if "group" in row:
            buyers.set_group(actor, buyer_id=made.id, group_id=groups[row["group"]])
        for name in row.get("authorised", ()):
            buyers.authorise(actor, buyer_id=made.id, name=name)
        known.append(str(made.id))
    for row in shop.rows("twins"):
        # Met twice: somebody has seen it and joined them, or has not yet.
        twin = buyers.add_buyer(actor, contact=row["contact"], consent=tuple(row.get("consent", ())))
        if "same_as" in row:
            joining.join(actor, other_id=twin.id, kept_id=Buyer.objects.get(name=row["same_as"]).id)
    return tuple(known)


def add_promotions(actor: Actor, shop: Shop, products: Mapping[str, uuid.UUID], groups: Mapping[str, uuid.UUID]) -> None:
    """Add the promotions of the description: goods by SKU or by the name of their category. One for a group begins today: the past knew none."""
    categories = {row.name: str(row.id) for row in Category.objects.all()}

    def pick(row: Mapping[str, Any]) -> Pick:
        skus, names = row.get("skus", ()), row.get("categories", ())
        return Pick(row.get("everything", False), tuple(categories[name] for name in names), tuple(str(products[sku]) for sku in skus))

    for row in shop.rows("promotions"):
        goods: dict[str, Any] = {"pick": pick(row)} if row["kind"] != "set" else {}
        parts = tuple(PickedPart(pick(part), part["count"]) for part in row.get("parts", ()))
        said = {
            name: value
            for name, value in row.items()
            if name in Terms.__struct_fields__ and name not in {"parts", "pick", "reward", "days", "groups"}
        }
        if "groups" in row:
            said |= {"groups": tuple(str(groups[name]) for name in row["groups"]), "since": clock.now_ms()}
        terms = Terms(**goods, **said, parts=parts, days=tuple(row.get("days", ())), reward=Reward(**row["reward"]))
        made = catalogue_promotions.add_promotion(actor, name=row["name"], terms=terms)
        for batch in row.get("batches", ()):
            coupon_desk.issue(actor, promotion_id=made.id, name=batch["name"], count=batch["count"])


def add_price_lists(actor: Actor, shop: Shop, stores: Mapping[str, uuid.UUID], products: Mapping[str, uuid.UUID]) -> None:
    """Add the price lists of the description."""
    for row in shop.rows("price_lists"):
        where = (str(stores[row["store"]]),) if "store" in row else ()
        made = price_lists.add_list(actor, name=row["name"], conditions=Conditions(stores=where))
        said = [(products[one["sku"]], one["from"], one["price"]) for one in row["prices"]]
        price_lists.set_prices(actor, list_id=made.id, rows=said)


def what_lists_say() -> dict[str, tuple[Entry, ...]]:
    """Return what price lists say, by the product's id."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in price_lists.of_products(None):
        found[str(entry.product_id)] = (*found.get(str(entry.product_id), ()), entry)
    return found


def product_row(ware: Ware, tax_by_litre: str | None) -> dict[str, object]:
    """Return a ware as the catalogue takes it."""
    return {
        "sku": ware.sku,
        "name": ware.name,
        "variant": ware.variant,
        "tax_units": {tax_by_litre: ware.litres} if tax_by_litre and ware.litres else {},
        "unit": ware.unit,
        "sold_by": ware.by,
        "content": ware.content,
        "content_unit": ware.content_unit,
        "picto": ware.picto,
        "tint": ware.tint,
        "price": ware.price,
        "barcodes": ware.barcodes,
    }


def fill_shelves(actor: Actor, shop: Shop, store_id: uuid.UUID, products: Mapping[str, uuid.UUID]) -> None:
    """Bring each store the stock that the product file says."""
    quantities = [(products[ware.sku], ware.stock) for ware in shop.wares if ware.stock]
    stock.move_many(actor, store_id=store_id, quantities=quantities, reason="import", text=shop.about["products"])


def pair_till(actor: Actor, store: str, till_id: uuid.UUID, seed: str, at: int) -> PastTill:
    """Pair the device that wrote a till's past; its private key is derived from the seed and used by no browser."""
    key = private_key_from(seed)
    journal = named_id(at, seed, "journal", str(actor.organization_id))
    device = Device(journal, key, "", ids=seeded_ids(f"{seed}/{actor.organization_id}"))
    code = pairing.new_code(actor, till_id=till_id)
    made = pairing.pair(code=code, journal_id=uuid.UUID(journal), public_key=device.public_key, replaces=None)
    device.series = made.device.series
    place = Place(str(actor.organization_id), str(made.device.store_id), str(till_id))
    paired = PairedDevice.objects.select_related("till", "till__store").get(id=made.device.id)
    return PastTill(store, paired.till.code, paired, device, place)
