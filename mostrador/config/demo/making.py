"""What the demo's products are put together from when they are sold: modifiers, and what buyers chose of them in the past."""

import uuid
import zlib
from collections.abc import Mapping
from typing import Any

from mostrador.catalogue import modifiers
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
