"""What goes down to a till: the till part, the numbered changes, and whole rows of the catalogue.

A change carries the row as it is when it is served, or null when it is gone, so applying changes in any portion ends in the same
state as a new snapshot (the law in tests/sync). Cost and margin are in tables that nothing here reads.
"""

import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec
from django.conf import settings

from mostrador.buyers import joins
from mostrador.buyers import points as buyer_points
from mostrador.buyers import queries as buyer_queries
from mostrador.buyers.models import Buyer
from mostrador.buyers.queries import offline_limits
from mostrador.catalogue import combos as catalogue_combos
from mostrador.catalogue import favourites, terms, units
from mostrador.catalogue import kits as catalogue_kits
from mostrador.catalogue import modifiers as catalogue_modifiers
from mostrador.catalogue import price_lists as catalogue_lists
from mostrador.catalogue import promotions as catalogue_promotions
from mostrador.catalogue.models import Barcode, BarcodeRule, Category, Family, Product, Tax, TaxGroup
from mostrador.catalogue.words import fold
from mostrador.counter import accounts, gift_card_queries, order_queries, order_terms, points_lapses, voucher_desk
from mostrador.counter import purchases as counter_purchases
from mostrador.counter.gift_card_models import GiftCard
from mostrador.counter.order_queries import OrderState
from mostrador.kernel import clock, feed, sealing
from mostrador.kernel.models import Organization
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import current_organization
from mostrador.people import pins
from mostrador.people.models import RIGHTS, Device, RoleLimit, StaffMember
from mostrador.sync import down_coupons, heads, queries
from mostrador.sync.models import Annex, JournalHead

type Row = dict[str, Any]

PRODUCT_COLUMNS = (
    "id", "sku", "name", "category_id", "family_id", "variant", "unit", "sold_by", "content", "content_unit", "price", "tax_group_id",
    "tax_units", "picto", "tint", "favourite", "age_min", "trace",
)  # fmt: skip
CHANGES_MAX = 1000
LOOKUP_MAX = 20
BUYERS_MAX = 1000
CARDS_MAX = 1000


def till_part(device: Device) -> Row:
    """Return what a device shows besides the catalogue: business, store, till, team with verifiers, settings. Never cached."""
    [organization] = _organization()
    till, store = device.till, device.till.store
    return {
        "epoch": str(feed.epoch()),
        "n": feed.last_n(),
        "organization": {
            "id": str(organization.id), "name": organization.name, "legal_name": organization.legal_name, "tax_id": organization.tax_id,
            "country": organization.country, "currency": {"code": organization.currency, "digits": organization.currency_digits},
            "locale": organization.locale,
        },
        "store": {
            "id": str(store.id), "code": store.code, "name": store.name, "address": store.address, "phone": store.phone,
            "zone": store.timezone, "day_start_minutes": store.day_start_minutes, "tips": store.tips,
        },
        "till": {"id": str(till.id), "code": till.code, "name": till.name, "series": device.series},
        "staff": _staff(device),
        "favourites": favourite_pages(store.id),
        "settings": _settings(organization),
        "parked": parked(device.till_id),
    }  # fmt: skip


@ready
def _organization() -> Any:
    return Organization.objects.filter(id=current_organization())


def favourite_pages(store_id: uuid.UUID) -> list[Row] | None:
    """Return the pages of a store's grid; None: it has the favourites of the business."""
    pages = favourites.of_store(store_id)
    return None if pages is None else [page.said() for page in pages]


def parked(till_id: uuid.UUID) -> list[Row]:
    """Of each journal of a till that ever had a fact which a person must decide: how far it has come, and which still wait.

    Read in this order: a fact that is parked meanwhile lies above the watermark, or is among those that wait.
    """
    reached = dict(_reached(till_id))
    waiting, refused = queries.waiting_seqs(_journals(till_id))
    return [
        {
            "journal": str(journal), "watermark": reached[journal], "seqs": sorted(waiting.get(journal, ())),
            "waiting_refused": sorted(refused.get(journal, ())),
        }
        for journal in sorted(waiting.keys() | refused.keys())
        if journal in reached
    ]  # fmt: skip


@ready
def _journals(till_id: uuid.UUID) -> Any:
    return Device.objects.filter(till_id=till_id).values_list("id", flat=True)


@ready
def _reached(till_id: uuid.UUID) -> Any:
    return JournalHead.objects.filter(device__till_id=till_id).values_list("journal_id", "seq")


def _settings(organization: Organization) -> Row:
    step = organization.cash_rounding_step
    return {
        "prices_include_tax": organization.prices_include_tax,
        "tax_rounding": organization.tax_rounding,
        "cash_rounding": {"step": step, "mode": organization.cash_rounding_mode} if step else None,
        "public_url": settings.PUBLIC_URL or None,
        "receipt_footer": organization.receipt_footer,
        "blind_count": organization.counts_blind,
        "count_tolerance": organization.count_tolerance,
        "transfer": {"holder": organization.transfer_holder, "number": organization.transfer_account}
        if organization.transfer_account
        else None,
        "offline": buyer_queries.offline_limits(),
        "points": points(),
        "vouchers": voucher_desk.document(),
        "orders": {kind: _terms(said) for kind, said in order_terms.terms().items()},
    }


def _staff(device: Device) -> list[Row]:
    limits = {row.role: row for row in _limits()}
    here = [member for member in _members() if member.role in limits and member.store_id in (None, device.store_id)]
    return [
        {
            "id": str(member.id),
            "name": member.name,
            "role": member.role,
            "pin": _pin(member, device),
            "limits": {"discount": limits[member.role].discount_max, **{right: getattr(limits[member.role], right) for right in RIGHTS}},
        }
        for member in here
    ]  # fmt: skip


@ready
def _limits() -> Any:
    return RoleLimit.objects.all()


@ready
def _members() -> Any:
    return StaffMember.objects.filter(archived_at=None).order_by("name", "id")


def _pin(member: StaffMember, device: Device) -> Row | None:
    base = sealing.unseal(member.pin_base, member.id.bytes) if member.pin_base else None
    if base is None:
        return None
    return {
        "salt": member.pin_salt,
        "iterations": pins.ITERATIONS,
        "device_salt": device.pin_salt,
        "verifier": pins.verifier(base, device.pin_salt),
    }


def changes(n: int, store_id: uuid.UUID) -> tuple[int, bool, list[Row]]:
    """Return the last number of this portion, whether there is more, and the changes after n with their rows. A till hears of its own store's orders."""
    found = feed.since(n, CHANGES_MAX + 1)
    more, found = len(found) > CHANGES_MAX, found[:CHANGES_MAX]
    rows: dict[tuple[str, uuid.UUID], Row] = {}
    for kind in {change.kind for change in found}:
        read = partial(orders, store_id) if kind == "order" else ROWS.get(kind)
        if read is not None:
            ids = [change.id for change in found if change.kind == kind]
            rows.update({(kind, uuid.UUID(row["id"])): row for row in read(ids)})
    listed = [{"n": change.n, "kind": change.kind, "id": str(change.id), "row": rows.get((change.kind, change.id))} for change in found]
    return (found[-1].n if found else n), more, listed


def lookup(*, code: str = "", text: str = "") -> list[Row]:
    """Return at most 20 product rows by exact barcode, or by the words of a search, while a till still loads its catalogue."""
    if code:
        ids = list(Barcode.objects.filter(code=code).values_list("product_id", flat=True))
        return product_rows(ids)
    words = fold(text).split()
    if not words:
        return []
    found = Product.objects.filter(archived_at=None)
    for word in words[:6]:
        found = found.filter(search__contains=word)
    return product_rows(list(found.order_by("name", "id").values_list("id", flat=True)[:LOOKUP_MAX]))


def product_rows(ids: Iterable[uuid.UUID] | None) -> list[Row]:
    """Return whole rows of products on sale; archived ones are not among them. None: all."""
    products = Product.objects.filter(archived_at=None)
    codes = Barcode.objects.order_by("code")
    wanted = None if ids is None else list(ids)
    if wanted is not None:
        products, codes = products.filter(id__in=wanted), codes.filter(product_id__in=wanted)
    barcodes: dict[uuid.UUID, list[list[Any]]] = {}
    for product_id, code, quantity in codes.values_list("product_id", "code", "quantity"):
        barcodes.setdefault(product_id, []).append([code, quantity])
    listed, sold_in = list_prices(wanted), selling_units(wanted)
    rows = products.order_by("id").values_list(*PRODUCT_COLUMNS)
    return [product_row(row, barcodes.get(row[0], []), listed.get(str(row[0])), sold_in.get(str(row[0]))) for row in rows]


def list_prices(ids: Iterable[uuid.UUID] | None) -> dict[str, list[list[Any]]]:
    """Return what price lists say of products, [[list, from thousandths, price, entry]] by the product's id; None: of all."""
    found: dict[str, list[list[Any]]] = {}
    for entry in catalogue_lists.of_products(ids):
        found.setdefault(str(entry.product_id), []).append([str(entry.list_id), entry.from_quantity, entry.price, str(entry.id)])
    return found


def selling_units(ids: Iterable[uuid.UUID] | None) -> dict[str, list[list[Any]]]:
    """Return the units besides their own, [[unit, thousandths of its own, price, row]] by the product's id; None: of all."""
    found: dict[str, list[list[Any]]] = {}
    for said in units.of_products(ids):
        found.setdefault(str(said.product_id), []).append([said.unit, said.factor, said.price, str(said.id)])
    return found


def product_row(row: tuple[Any, ...], barcodes: list[list[Any]], prices: list[list[Any]] | None, sold_in: list[list[Any]] | None) -> Row:
    """Return a product as the contract names its columns."""
    return {
        "id": str(row[0]), "sku": row[1], "name": row[2], "category": _text(row[3]), "family": _text(row[4]), "variant": row[5] or None,
        "unit": row[6], "by": row[7], "content": row[8], "content_unit": row[9] or None, "price": row[10], "tax_group": _text(row[11]),
        "tax_units": row[12] or None, "picto": row[13] or None, "tint": row[14] or None, "favourite": row[15], "barcodes": barcodes,
        "prices": prices, "age": row[16], "trace": row[17] or None, "units": sold_in,
    }  # fmt: skip


def categories(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the categories in use, in the shop's order."""
    rows = _some(Category, ids).filter(archived_at=None).order_by("position", "name")
    return [{"id": str(row.id), "name": row.name, "position": row.position, "picto": row.picto, "tint": row.tint} for row in rows]


def taxes(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the taxes."""
    return [
        {
            "id": str(row.id), "code": row.code, "name": row.name, "kind": row.kind, "rate": row.rate if row.kind == "percent" else None,
            "amount": row.amount if row.kind == "fixed" else None, "in_base": row.in_base,
        }
        for row in _some(Tax, ids).order_by("code")
    ]  # fmt: skip


def tax_groups(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the tax groups with the codes of their taxes, in order of computation."""
    return [{"id": str(row.id), "name": row.name, "taxes": row.codes} for row in _some(TaxGroup, ids).order_by("code")]


def families(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the families of variants."""
    return [{"id": str(row.id), "name": row.name} for row in _some(Family, ids).order_by("id")]


def barcode_rules(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return how scale barcodes are read."""
    return [
        {
            "id": str(row.id), "prefix": row.prefix, "kind": row.kind, "item_digits": row.item_digits, "value_digits": row.value_digits,
            "decimals": row.decimals,
        }
        for row in _some(BarcodeRule, ids).order_by("prefix")
    ]  # fmt: skip


def promotions(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the promotions that have not ended, each as its version says, in the order in which they lower. A coupon's code is not told."""
    rows = []
    for said in catalogue_promotions.said(None if ids is None else list(ids)):
        row = terms.stored(said.terms)
        if said.terms.coupon is not None:
            row["coupon"] = terms.coupon_hash(said.terms.coupon)
        if row.pop("single", False):
            row["coupon"] = terms.codes_hash(said.id)
        rows.append({"id": str(said.id), "version": str(said.version_id), "name": said.name, "position": said.position, "terms": row})
    return rows


def price_lists(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the price lists that have not ended, with when and where they are in force, in the order in which they decide."""
    return [
        {"id": str(row.id), "name": row.name, "position": row.position, "conditions": msgspec.to_builtins(row.conditions)}
        for row in catalogue_lists.said(None if ids is None else list(ids))
    ]


def modifier_groups(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the groups of modifiers that have not ended, with their options and the products that have them, in the order in which a till asks."""
    return [
        {
            "id": str(row.id), "name": row.says.name, "position": row.position, "least": row.says.least, "most": row.says.most,
            "pick": msgspec.to_builtins(row.says.pick),
            "options": [
                {"id": str(option.id), "name": option.name, "price": option.price, "default": option.is_default} for option in row.says.options
            ],
        }
        for row in catalogue_modifiers.said(None if ids is None else list(ids))
    ]  # fmt: skip


def kits(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the kits, each by the id of its product, with what goes with one of it."""
    return [
        {"id": str(kit), "components": [{"product_id": str(one.product_id), "name": one.name, "quantity": one.quantity} for one in made_of]}
        for kit, made_of in catalogue_kits.components(ids).items()
    ]


def combos(ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the combos, each by the id of its product, with what may fill each slot, the usual choice first."""
    return [
        {
            "id": str(combo),
            "slots": [
                {
                    "name": slot.name, "quantity": slot.quantity,
                    "choices": [{"product_id": str(one.product_id), "name": one.name, "extra": one.extra} for one in slot.choices],
                }
                for slot in slots
            ],
        }
        for combo, slots in catalogue_combos.slots(ids).items()
    ]  # fmt: skip


def known_of(journal_id: uuid.UUID) -> Row:
    """Return how far a till's journal has come in. Asked before any row is read, rows know at least so much of it."""
    return {"journal": str(journal_id), "seq": heads.position(journal_id)[0]}


def buyers(ids: Iterable[uuid.UUID] | None = None, after: uuid.UUID | None = None) -> list[Row]:
    """Return buyers as a till needs them, with what their accounts hold: of these ids, or the next BUYERS_MAX after one, in order of their ids.

    Who is joined to another has no row: that of the one who is kept names them.
    """
    now = joins.joined()
    found = _buyers([one for one in ids if one not in now.rows]) if ids is not None else _page(now, after)
    ids_found = [row.id for row in found]
    held, persons = accounts.balances(ids_found), buyer_queries.authorised(ids_found)
    lapses = points_lapses.documents(ids_found)
    others = joins.others_of(ids_found)
    groups = {row.id: {"id": str(row.id), "name": row.name} for row in buyer_queries.groups()}
    return [
        {
            "id": str(row.id), "name": row.name, "phone": row.phone, "tax_id": row.tax_id,
            "fiado": {"limit": row.fiado_limit, "balance": held.get((row.id, "fiado"), 0)}, "credit": held.get((row.id, "credit"), 0),
            "points": held.get((row.id, "points"), 0), "lapses": lapses.get(row.id), "group": groups.get(row.group_id) if row.group_id else None,
            "authorised": [{"id": str(person.id), "name": person.name} for person in persons.get(row.id, ())],
            "others": [{"id": str(one.id), "name": one.name, "phone": one.phone, "tax_id": one.tax_id} for one in others.get(row.id, ())],
        }
        for row in found
    ]  # fmt: skip


@ready
def _buyers(ids: list[uuid.UUID]) -> Any:
    return Buyer.objects.filter(archived_at=None, id__in=ids).order_by("id")[:BUYERS_MAX]


def _page(now: joins.Joined, after: uuid.UUID | None) -> list[Buyer]:
    rows = buyer_queries.alone(now).filter(archived_at=None).order_by("id")
    return list((rows if after is None else rows.filter(id__gt=after))[:BUYERS_MAX])


def points() -> Row | None:
    """Return the scheme of points in force, or None where there is none."""
    row = buyer_points.last()
    if row is None or not row.is_on:
        return None
    return {
        "scheme": str(row.id), "earn_per": row.earn_per, "worth": {"points": row.worth_points, "amount": row.worth_amount}, "least": row.least,
        "unearning": row.unearning, "without": row.without,
    }  # fmt: skip


def purchases(buyer_id: uuid.UUID) -> list[Row]:
    """Return what a buyer bought lately, the latest first."""
    return [
        {
            "sale": str(bought.sale.id), "number": bought.number, "at": clock.to_ms(bought.sale.occurred_at), "store": bought.store, "gross": bought.sale.gross,
            "lines": [{"name": line.name, "unit": line.unit, "quantity": line.quantity, "gross": line.gross} for line in bought.lines], "more": bought.more,
        }
        for bought in counter_purchases.of_buyer(buyer_id)
    ]  # fmt: skip


def gift_cards(ids: Iterable[uuid.UUID] | None = None, after: uuid.UUID | None = None) -> list[Row]:
    """Return the gift cards that a till may spend without asking, by id as buyers are: none where the owner allows nothing, as at first."""
    if offline_limits()["gift_card"] == 0:
        return []
    rows = GiftCard.objects.filter(blocked_at=None).order_by("id")
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    if after is not None:
        rows = rows.filter(id__gt=after)
    found = [row.id for row in rows[:CARDS_MAX]]
    keys = gift_card_queries.keys_of(found)
    held = {card.id: card.balance for card in gift_card_queries.cards(found)}
    return [{"id": str(card), "code": bytes(keys[card].code_hash).hex(), "balance": held[card]} for card in found if card in keys]


def gift_card(card_id: uuid.UUID) -> Row | None:
    """Return a gift card as who asks for it is told."""
    state = gift_card_queries.card(card_id)
    if state is None:
        return None
    return {"id": str(state.id), "balance": state.balance, "blocked": state.is_blocked, "unspent": state.is_unspent}


def orders(store_id: uuid.UUID, ids: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """Return the orders of a store as its tills need them: those that wait, and those that ended lately; or what of these ids is of them."""
    found = order_queries.told(store_id, ids)
    texts: dict[uuid.UUID, str] = dict(_texts([state.row.details_id for state in found if state.row.details_id]))
    ids = [state.row.id for state in found]
    deposits, closings = order_queries.deposits(ids), order_queries.given_back(ids)
    return [
        {
            "id": str(state.row.id), "kind": state.row.kind, "number": state.number, "at": clock.to_ms(state.row.occurred_at), "buyer": _text(state.row.buyer_id),
            "basket": state.basket, "totals": state.totals, "due": {"promise": str(state.row.promise_id), "by": state.due_by.isoformat()},
            "kept_share": state.row.kept_share, "details": texts.get(state.row.details_id, "") if state.row.details_id else "", "state": state.state,
            "payments": [
                {"id": str(deposit.id), "amount": deposit.amount, "shares": [_share(share) for share in deposit.shares]}
                for deposit in deposits[state.row.id]
            ],
            **_handed(state, closings[state.row.id]),
        }
        for state in found
    ]  # fmt: skip


@ready
def _texts(annexes: list[uuid.UUID]) -> Any:
    return Annex.objects.filter(id__in=annexes).values_list("id", "text")


def _terms(said: order_terms.Terms) -> Row:
    """What a till needs of the owner's terms: when an order ends by itself is the server's affair."""
    return {"days": said.days, "deposit_share": said.deposit_share, "kept_share": said.kept_share}


def _handed(state: OrderState, closings: list[tuple[uuid.UUID, int]]) -> Row:
    """What was handed over of an order, given back of its deposits, and agreed of its price."""
    return {
        "handovers": [
            {
                "sale": str(one.sale_id), "at": clock.to_ms(one.at), "deposit": one.deposit,
                "lines": [{"line": line, "quantity": quantity, "amount": amount} for line, quantity, amount in one.lines],
            }
            for one in state.handovers
        ],
        "back": [{"id": str(closing), "amount": amount} for closing, amount in closings],
        "repriced": {"id": str(state.repricings[-1].id), "was": state.was} if state.repricings else None,
        "lapsed": state.state == "expired" and state.has_lapsed,
    }  # fmt: skip


def _share(stored: list[Any]) -> Row:
    line, net, taxes = stored
    return {"line": line, "net": net, "taxes": [{"code": code, "amount": amount} for code, amount in taxes]}


def _some(model: Any, ids: Iterable[uuid.UUID] | None) -> Any:
    return model.objects.all() if ids is None else model.objects.filter(id__in=list(ids))


def _text(identifier: uuid.UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


ROWS: dict[str, Callable[[Iterable[uuid.UUID]], list[Row]]] = {
    "product": product_rows,
    "category": categories,
    "tax": taxes,
    "tax_group": tax_groups,
    "family": families,
    "barcode_rule": barcode_rules,
    "promotion": promotions,
    "price_list": price_lists,
    "modifier_group": modifier_groups,
    "kit": kits,
    "combo": combos,
    "buyer": buyers,
    "gift_card": gift_cards,
    "coupon": down_coupons.coupons,
}
