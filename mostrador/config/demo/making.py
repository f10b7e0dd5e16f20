"""What the demo's products are put together from when they are sold: modifiers, combos and kits, and what buyers chose of them in the past."""

import uuid
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from mostrador.catalogue import combos, favourites, kits, modifiers
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.combos import Choice, Slot
from mostrador.catalogue.models import Category, TaxGroup
from mostrador.catalogue.modifiers import Group, Option, Saying
from mostrador.catalogue.terms import Pick
from mostrador.config.demo.shop import Shop
from mostrador.kernel.actor import Actor


def add_modifiers(actor: Actor, shop: Shop, products: Mapping[str, uuid.UUID]) -> None:
    """Add the groups of modifiers of the description: goods by SKU, prices in ten-thousandths."""
    for row in shop.rows("modifiers"):
        pick = Pick(products=tuple(str(products[sku]) for sku in row["skus"]))
        options = tuple(Option(None, one["name"], one.get("price", 0), one.get("default", False)) for one in row["options"])
        modifiers.add_group(actor, says=Saying(row["name"], row["least"], row["most"], pick, options))


KIT_IN = 90
"""One ticket in so many has a kit on it, where the shop sells one."""


def add_combos_and_kits(actor: Actor, shop: Shop, products: Mapping[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Add the products of the description that are others, and say of what they are made; return their ids by SKU."""
    made = {}
    for row in shop.rows("combos"):
        made[row["sku"]] = _add_product(actor, row)
        slots = [
            Slot(slot["name"], tuple(Choice(products[one["sku"]], one.get("extra", 0)) for one in slot["choices"])) for slot in row["slots"]
        ]
        combos.set_slots(actor, combo_id=made[row["sku"]], says=slots)
    for row in shop.rows("kits"):
        made[row["sku"]] = _add_product(actor, row)
        parts = [(products[one["sku"]], one.get("quantity", 1000)) for one in row["components"]]
        kits.set_components(actor, kit_id=made[row["sku"]], parts=parts)
    return made


def _add_product(actor: Actor, row: Mapping[str, Any]) -> uuid.UUID:
    """Add a product that is others. Among the favourites it comes first: what a shop puts together it wants to sell."""
    [product] = catalogue.add_products(
        actor,
        [{
            **{name: row[name] for name in ("sku", "name", "price", "picto", "tint")}, "barcodes": [(row["barcode"], 1000)],
            "category_id": Category.objects.get(name=row["category"]).id, "tax_group_id": TaxGroup.objects.get(code=row["tax_group"]).id,
            "favourite": 0 if row.get("favourite") else None,
        }],
    )  # fmt: skip
    return product.id


def arrange_stores(actor: Actor, stores: Mapping[str, uuid.UUID]) -> None:
    """Let each store but the first have a grid of its own: the same favourites on two pages, the other way round."""
    for store_id in [*stores.values()][1:]:
        usual = favourites.of_business().products[::-1]
        half = (len(usual) + 1) // 2
        favourites.put(actor, store_id=store_id, pages=[favourites.Page("Diario", usual[:half]), favourites.Page("Además", usual[half:])])


def combine(shop: Shop, products: Mapping[str, str], basket: dict[str, Any]) -> None:
    """Let who takes what makes a combo have it at the combo's price, as a till does where somebody touches its key. Lines of equal goods stay apart."""
    for row in shop.rows("combos"):
        taken = {part["line"] for combo in basket.get("combos", ()) for part in combo["parts"]}
        found = [_filling(slot, products, basket, taken) for slot in row["slots"]]
        if any(one is None for one in found):
            continue
        parts = [one for one in found if one is not None]
        for line, extra in parts:
            line["unit_price"] += extra
            line.pop("price_entry", None)
        extras = sum(extra + sum(option["price"] for option in line.get("modifiers", ())) for line, extra in parts)
        basket.setdefault("combos", []).append(
            {
                "id": parts[0][0]["id"], "quantity": 1000, "unit_price": row["price"] + extras, "discount": None,
                "parts": [{"line": line["id"], **({"extra": extra} if extra else {})} for line, extra in parts],
                "product_id": products[row["sku"]], "name": row["name"],
            }
        )  # fmt: skip


def _filling(
    slot: Mapping[str, Any], products: Mapping[str, str], basket: dict[str, Any], taken: set[str]
) -> tuple[dict[str, Any], int] | None:
    """The first line of one piece that fills a slot, and what it adds; None where there is none. It is taken from then on."""
    extras = {products[one["sku"]]: one.get("extra", 0) for one in slot["choices"]}
    for line in basket["lines"]:
        if line["product_id"] in extras and line["quantity"] == 1000 and line["id"] not in taken:
            taken.add(line["id"])
            return line, extras[line["product_id"]]
    return None


def add_kit(shop: Shop, products: Mapping[str, str], basket: dict[str, Any], at: int) -> Iterator[tuple[str, int]]:
    """Now and then put a kit on the ticket, where its taxes stand there already; yield what leaves the shelf for it: SKU and thousandths."""
    taxes, labels = {tax["code"] for tax in basket["taxes"]}, {ware.sku: ware.label for ware in shop.wares}
    for row in shop.rows("kits"):
        own = next(group["taxes"] for group in shop.rows("tax_groups") if group["code"] == row["tax_group"])
        if zlib.crc32(f"{at}/{row['sku']}".encode()) % KIT_IN or not taxes.issuperset(own):
            continue
        parts = [(one["sku"], one.get("quantity", 1000)) for one in row["components"]]
        basket["lines"].append(
            {
                "id": str(len(basket["lines"]) + 1), "quantity": 1000, "unit_price": row["price"], "discount": None, "taxes": own,
                "product_id": products[row["sku"]], "name": row["name"], "unit": "pieza", "note_annex": None,
                "components": [{"product_id": products[sku], "name": labels[sku], "quantity": quantity} for sku, quantity in parts],
            }
        )  # fmt: skip
        yield from parts


def choose(groups: tuple[Group, ...], basket: dict[str, Any], at: int) -> None:
    """Let the buyer choose: mostly what is usual. Drawn from the instant, so that every other draw of the day stays as it is."""
    for line in basket["lines"]:
        chosen = [
            option
            for group in groups
            if line["product_id"] in group.says.pick.products
            for option in [_drawn(group, f"{at}/{line['id']}/{group.says.name}")]
            if option is not None
        ]
        if chosen:
            line["modifiers"] = [{"id": str(option.id), "name": option.name, "price": option.price} for option in chosen]
            line["unit_price"] += sum(option.price for option in chosen)


def _drawn(group: Group, seed: str) -> Option | None:
    options = group.says.options
    drawn = zlib.crc32(seed.encode()) % (2 * len(options))
    if drawn < len(options):
        return options[drawn]
    return options[0] if group.says.least else None
