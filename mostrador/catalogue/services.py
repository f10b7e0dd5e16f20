"""Writes of the catalogue. Every change is on the trail and in the feed; prices only move by dated events."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from mostrador.catalogue import standing
from mostrador.catalogue.models import Barcode, BarcodeRule, Category, CostEvent, Family, PriceEvent, Product, Tax, TaxGroup
from mostrador.catalogue.words import fold
from mostrador.kernel import clock, outbox, sql, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.models import Outbox
from mostrador.kernel.writing import building_block, use_case, whole

PRICE_MAX = 10**12
MANY = 500
AGE_MAX = 99
TRACES = ("", "serial", "lot")
TOPIC_PRICE = "catalogue.price_due"
EDITABLE = frozenset({
    "sku", "name", "category_id", "family_id", "variant", "tax_group_id", "tax_units", "unit", "sold_by", "content", "content_unit",
    "picto", "tint", "favourite", "age_min", "trace",
})  # fmt: skip


def add_product(
    actor: Actor, *, price: int | None, barcodes: Iterable[tuple[str, int]] = (), cost: int | None = None, **fields: Any
) -> Product:
    """Add a product with its first price (ten-thousandths, None: the till asks) and barcodes [(code, thousandths it sells)].

    Fields as in EDITABLE; `sku`, `name` and `tax_group_id` must be there. Refuses a taken SKU or barcode: Invalid.
    """
    _may_edit(actor)
    with use_case():
        return _add_products(actor, [{"price": price, "barcodes": list(barcodes), "cost": cost, **fields}])[0]


def add_products(actor: Actor, rows: list[dict[str, Any]]) -> list[Product]:
    """Add many products as `add_product` does, set-wise, inside the caller's transaction. SKUs and barcodes must be free."""
    _may_edit(actor)
    with building_block():
        return _add_products(actor, rows)


def _add_products(actor: Actor, rows: list[dict[str, Any]]) -> list[Product]:
    now = clock.now()
    _refuse_taken(rows)
    products, codes, prices, costs = [], [], [], []
    for row in rows:
        price, cost = row.get("price"), row.get("cost")
        _check_price(price)
        product = Product(
            organization_id=actor.organization_id, id=row.get("id") or new_id(), price=price, updated_at=now,
            **{field: value for field, value in row.items() if field in EDITABLE},
        )  # fmt: skip
        if not product.name.strip() or not product.sku.strip():
            raise Invalid(name="empty") if product.sku.strip() else Invalid(sku="empty")
        _check_asked(product)
        product.search = search_text(product)
        products.append(product)
        codes += [
            Barcode(organization_id=actor.organization_id, code=code, product_id=product.id, quantity=q)
            for code, q in row.get("barcodes", ())
        ]
        prices.append(_price_event(actor, product.id, price, now, now))
        if cost is not None:
            costs.append(
                CostEvent(
                    organization_id=actor.organization_id,
                    product_id=product.id,
                    cost=cost,
                    valid_from=now,
                    recorded_at=now,
                    actor_id=actor.id,
                )
            )
    Product.objects.bulk_create(products, batch_size=500)
    if len(products) > MANY:
        sql.analyze("catalogue_product")
    Barcode.objects.bulk_create(codes, batch_size=1000)
    PriceEvent.objects.bulk_create(prices, batch_size=1000)
    CostEvent.objects.bulk_create(costs, batch_size=1000)
    touched(actor.organization_id, "product", [product.id for product in products])
    return products


def change_product(actor: Actor, *, product_id: uuid.UUID, **fields: Any) -> Product:
    """Change what people edit of a product (EDITABLE). Prices have `change_price`, barcodes `set_barcodes`."""
    _may_edit(actor)
    with use_case():
        return edit_product(actor, product_id=product_id, **fields)


def edit_product(actor: Actor, *, product_id: uuid.UUID, **fields: Any) -> Product:
    """As `change_product`, inside the caller's transaction (the importer's way)."""
    if unknown := fields.keys() - EDITABLE:
        raise Invalid(**dict.fromkeys(unknown, "unknown"))
    product = get_product(product_id)
    if fields.get("sku", product.sku) != product.sku and Product.objects.filter(sku=fields["sku"]).exists():
        raise Invalid(sku="taken")
    changes = {field: (getattr(product, field), value) for field, value in fields.items() if getattr(product, field) != value}
    if changes:
        for field, value in fields.items():
            setattr(product, field, value)
        if not product.name.strip():
            raise Invalid(name="empty")
        _check_asked(product)
        product.search, product.updated_at = search_text(product), clock.now()
        Product.objects.filter(id=product_id).update(search=product.search, updated_at=product.updated_at, **fields)
        trail.record(actor, "product", product_id, changes)
        touched(actor.organization_id, "product", [product_id])
    return product


def change_price(actor: Actor, *, product_id: uuid.UUID, price: int | None, valid_from: dt.datetime | None = None) -> None:
    """Record a dated price (ten-thousandths; None: the till asks). A future one takes effect by itself at its time."""
    _may_edit(actor)
    with use_case():
        set_price(actor, product_id=product_id, price=price, valid_from=valid_from)


def set_price(actor: Actor, *, product_id: uuid.UUID, price: int | None, valid_from: dt.datetime | None = None) -> None:
    """As `change_price`, inside the caller's transaction."""
    _check_price(price)
    now = clock.now()
    product = get_product(product_id)
    start = max(valid_from or now, now)
    _price_event(actor, product_id, price, start, now).save(force_insert=True)
    trail.record(actor, "product", product_id, {"price": (product.price, price)})
    if start > now:
        Outbox.objects.create(organization_id=actor.organization_id, topic=TOPIC_PRICE, payload={"ids": [str(product_id)]}, due_at=start)
    else:
        _project_prices([product_id])
        touched(actor.organization_id, "product", [product_id])


def apply_due_prices(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> None:
    """Let dated prices take effect whose time has come (the worker's handler of TOPIC_PRICE)."""
    ids = [uuid.UUID(identifier) for payload in payloads for identifier in payload["ids"]]  # type: ignore[attr-defined]  # JSON of ours
    _project_prices(ids)
    touched(organization_id, "product", ids)


def _project_prices(ids: list[uuid.UUID]) -> None:
    for product_id in ids:
        event = PriceEvent.objects.filter(product_id=product_id, valid_from__lte=clock.now()).order_by("-valid_from", "-id").first()
        Product.objects.filter(id=product_id).update(price=event.price if event else None, updated_at=clock.now())


def set_cost(actor: Actor, *, product_id: uuid.UUID, cost: int) -> None:
    """Record what a product costs the shop from now on (ten-thousandths). Tills never receive it."""
    _may_edit(actor)
    get_product(product_id)
    now = clock.now()
    CostEvent.objects.create(
        organization_id=actor.organization_id, product_id=product_id, cost=cost, valid_from=now, recorded_at=now, actor_id=actor.id
    )


def set_barcodes(actor: Actor, *, product_id: uuid.UUID, barcodes: Iterable[tuple[str, int]]) -> None:
    """Make these a product's barcodes: [(code, thousandths it sells)]. Refuses one that another product has."""
    _may_edit(actor)
    with use_case():
        replace_barcodes(actor, product_id=product_id, barcodes=barcodes)


def replace_barcodes(actor: Actor, *, product_id: uuid.UUID, barcodes: Iterable[tuple[str, int]]) -> None:
    """As `set_barcodes`, inside the caller's transaction."""
    get_product(product_id)
    wanted = dict(barcodes)
    if taken := Barcode.objects.filter(code__in=wanted).exclude(product_id=product_id).values_list("code", flat=True).first():
        raise Invalid(barcode="taken", value=taken)
    had = dict(Barcode.objects.filter(product_id=product_id).values_list("code", "quantity"))
    if had == wanted:
        return
    Barcode.objects.filter(product_id=product_id).delete()
    Barcode.objects.bulk_create(
        Barcode(organization_id=actor.organization_id, code=code, product_id=product_id, quantity=quantity)
        for code, quantity in wanted.items()
    )
    trail.record(actor, "product", product_id, {"barcodes": (sorted(had), sorted(wanted))})
    touched(actor.organization_id, "product", [product_id])


def add_barcode(actor: Actor, *, product_id: uuid.UUID, code: str, quantity: int = 1000) -> None:
    """Give a product one barcode more, inside the caller's transaction. One that another product has breaks the key."""
    _may_edit(actor)
    with building_block():
        Barcode.objects.create(organization_id=actor.organization_id, code=code, product_id=product_id, quantity=quantity)
        trail.record(actor, "product", product_id, {"barcodes": (None, code)})
        touched(actor.organization_id, "product", [product_id])


def archive_product(actor: Actor, *, product_id: uuid.UUID, archived: bool = True) -> None:
    """Take a product off the tills, or bring it back. Its history stays."""
    _may_edit(actor)
    with use_case():
        product = get_product(product_id)
        if (product.archived_at is not None) == archived:
            return
        product.archived_at = clock.now() if archived else None
        Product.objects.filter(id=product_id).update(archived_at=product.archived_at, updated_at=clock.now())
        standing.note(actor, "product", [product])
        trail.record(actor, "product", product_id, {"archived": (not archived, archived)})
        touched(actor.organization_id, "product", [product_id])


@whole
def add_category(actor: Actor, *, name: str, position: int = 0, picto: str = "caja", tint: str = "gris") -> Category:
    """Add a shelf on the screen. Refuses a taken or empty name."""
    _may_edit(actor)
    if not name.strip():
        raise Invalid(name="empty")
    if Category.objects.filter(name=name.strip()).exists():
        raise Invalid(name="taken")
    row = Category.objects.create(organization_id=actor.organization_id, name=name.strip(), position=position, picto=picto, tint=tint)
    touched(actor.organization_id, "category", [row.id])
    return row


def change_category(actor: Actor, *, category_id: uuid.UUID, **fields: Any) -> None:
    """Change a category's name, position, picto, tint or archived_at."""
    _may_edit(actor)
    _change(actor, Category, "category", category_id, fields)


@whole
def add_family(actor: Actor, *, name: str) -> Family:
    """Return the family of variants of this name, made if absent."""
    _may_edit(actor)
    row, made = Family.objects.get_or_create(organization_id=actor.organization_id, name=name.strip())
    if made:
        touched(actor.organization_id, "family", [row.id])
    return row


@whole
def add_tax(actor: Actor, *, code: str, name: str, **fields: Any) -> Tax:
    """Add a tax: kind percent (rate ppm), fixed (amount, ten-thousandths per unit) or exempt; in_base."""
    _only_owner(actor)
    if Tax.objects.filter(code=code).exists():
        raise Invalid(code="taken")
    row = Tax.objects.create(organization_id=actor.organization_id, code=code, name=name, **fields)
    touched(actor.organization_id, "tax", [row.id])
    return row


def change_tax(actor: Actor, *, tax_id: uuid.UUID, **fields: Any) -> None:
    """Change a tax's name, rate, amount or in_base. Sales made keep the rate they were made with."""
    _only_owner(actor)
    _change(actor, Tax, "tax", tax_id, fields)


@whole
def add_tax_group(actor: Actor, *, code: str, name: str, codes: list[str]) -> TaxGroup:
    """Add a list of taxes in the order in which they are computed."""
    _only_owner(actor)
    if TaxGroup.objects.filter(code=code).exists():
        raise Invalid(code="taken")
    if missing := set(codes) - set(Tax.objects.filter(code__in=codes).values_list("code", flat=True)):
        raise Invalid(codes="unknown", value=min(missing))
    row = TaxGroup.objects.create(organization_id=actor.organization_id, code=code, name=name, codes=codes)
    touched(actor.organization_id, "tax_group", [row.id])
    return row


@whole
def add_barcode_rule(actor: Actor, *, prefix: str, kind: str, item_digits: int, value_digits: int, decimals: int) -> BarcodeRule:
    """Say how a scale's barcodes are read: kind weight or price; prefix + item + value + check digit make 13."""
    _may_edit(actor)
    if kind not in {"weight", "price"} or len(prefix) + item_digits + value_digits != 12:
        raise Invalid(rule="digits")
    row = BarcodeRule.objects.create(
        organization_id=actor.organization_id,
        prefix=prefix,
        kind=kind,
        item_digits=item_digits,
        value_digits=value_digits,
        decimals=decimals,
    )
    touched(actor.organization_id, "barcode_rule", [row.id])
    return row


def get_product(product_id: uuid.UUID) -> Product:
    """Return a product of the business in scope, archived or not; NotFound for any other."""
    product = Product.objects.filter(id=product_id).first()
    if product is None:
        raise NotFound
    return product


def _change(actor: Actor, model: Any, entity: str, row_id: uuid.UUID, fields: Mapping[str, Any]) -> None:
    with use_case():
        row = model.objects.filter(id=row_id).first()
        if row is None:
            raise NotFound
        changes = {field: (getattr(row, field), value) for field, value in fields.items() if getattr(row, field) != value}
        if changes:
            model.objects.filter(id=row_id).update(**fields)
            trail.record(actor, entity, row_id, changes)
            touched(actor.organization_id, entity, [row_id])


def _price_event(actor: Actor, product_id: uuid.UUID, price: int | None, start: dt.datetime, now: dt.datetime) -> PriceEvent:
    return PriceEvent(
        organization_id=actor.organization_id, product_id=product_id, price=price, valid_from=start, recorded_at=now, actor_id=actor.id
    )


def _refuse_taken(rows: list[dict[str, Any]]) -> None:
    skus = [row["sku"] for row in rows]
    codes = [code for row in rows for code, _ in row.get("barcodes", ())]
    for field, values, model, column in (("sku", skus, Product, "sku"), ("barcode", codes, Barcode, "code")):
        if len(set(values)) != len(values):
            raise Invalid(**{field: "twice"})
        for start in range(0, len(values), 5000):
            part = values[start : start + 5000]
            if taken := model.objects.filter(**{f"{column}__in": part}).values_list(column, flat=True).first():
                raise Invalid(**{field: "taken", "value": taken})


def search_text(product: Product) -> str:
    """Return what searches look in: name, variant and SKU, folded."""
    return fold(f"{product.name} {product.variant} {product.sku}")[:300]


def _check_price(price: int | None) -> None:
    if price is not None and not 0 <= price <= PRICE_MAX:
        raise Invalid(price="out_of_range")


def _check_asked(product: Product) -> None:
    if product.age_min is not None and not 1 <= product.age_min <= AGE_MAX:
        raise Invalid(age_min="out_of_range")
    if product.trace not in TRACES or (product.trace == "serial" and product.sold_by == "weight"):
        raise Invalid(trace="choose")


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden


def _only_owner(actor: Actor) -> None:
    if not actor.may("owner"):
        raise Forbidden


outbox.handles(TOPIC_PRICE, lambda organization_id, payloads: partial(apply_due_prices, organization_id, payloads))
