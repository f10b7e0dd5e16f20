"""The doors themselves: each reads its request, calls one function below, and answers."""

import uuid
from typing import Any

import brotli
import msgspec
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import address_of, after, answer, device_of, door, in_scope
from mostrador.buyers import joins
from mostrador.catalogue.favourites import Page
from mostrador.catalogue.models import Picture
from mostrador.counter import gift_card_queries, reserving
from mostrador.kernel import clock, feed
from mostrador.kernel.errors import Invalid, NotFound
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import scope
from mostrador.people import pairing, throttle
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.sync import at_till, contract, down, heads, on_hand, snapshot
from mostrador.sync import sold as tickets
from mostrador.sync.documents import PairRequest
from mostrador.sync.documents_accounts import SpendRequest
from mostrador.sync.documents_shelf import FavouritesRequest, ProductRequest
from mostrador.sync.errors import BarcodeTaken, NotAPush


@door("POST")
def pair(request: HttpRequest) -> HttpResponse:
    """Pair a device by code; or, with a token and no code, give it a new journal."""
    try:
        wanted = msgspec.json.decode(request.body, type=PairRequest)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    journal = uuid.UUID(wanted.journal)
    if wanted.code is None:
        caller = device_of(request)
        with scope(caller.organization_id):
            return _paired(pairing.reopen(device=Device.objects.get(id=caller.id), journal_id=journal, public_key=wanted.public_key))
    replaces = uuid.UUID(wanted.replaces) if wanted.replaces else None
    with throttle.counted("pair", address_of(request)):
        paired = pairing.pair(code=wanted.code, journal_id=journal, public_key=wanted.public_key, replaces=replaces)
    with scope(paired.device.organization_id):
        return _paired(paired)


def _paired(paired: pairing.Pairing) -> HttpResponse:
    device = paired.device
    head = heads.server_head(device.replaces) if device.replaces else None
    return answer({
        "token": paired.token, "organization": str(device.organization_id), "store": str(device.store_id), "till": str(device.till_id),
        "series": device.series, "epoch": str(feed.epoch()), "server_head": head, "replaces": str(device.replaces) if device.replaces else None,
    })  # fmt: skip


@door("GET")
def ping(request: HttpRequest) -> HttpResponse:
    """Say that the server is there, where the feed stands and how far this journal has come. A revoked device hears so, and asks here what the office decided."""
    device = device_of(request, may_be_revoked=True)
    with scope(device.organization_id):
        seq, _, is_broken = heads.position(device.id)
        state = "revoked" if device.revoked_at else "reopen" if is_broken else "open"
        heads.seen(device)
        asked = {"parked": down.parked(device.till_id)} if "parked" in request.GET else {}
        return answer({
            "epoch": str(feed.epoch()), "n": feed.last_n(), "time": clock.now_ms(), "journal": state, "watermark": seq, **asked,
        })  # fmt: skip


@door("GET")
@in_scope
def till(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """The till part."""
    [device] = _device(caller.id)
    return answer(down.till_part(device))


@ready
def _device(device_id: uuid.UUID) -> Any:
    return Device.objects.filter(id=device_id).select_related("till", "till__store")


@door("GET")
@in_scope
def catalogue(caller: Caller, request: HttpRequest) -> HttpResponse:
    """The catalogue's manifest; 304 when the till has this version."""
    version = snapshot.current_version()
    tag = f'"{version}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    document = snapshot.manifest(caller.organization_id, version)
    response = HttpResponse(document, content_type="application/json")
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


@door("GET")
@in_scope
def catalogue_file(caller: Caller, request: HttpRequest, version: str, k: int) -> HttpResponse:
    """Parts of a version, one a line: brotli as stored, or unpacked for who does not read it."""
    packed = snapshot.file(caller.organization_id, version, k)
    if packed is None:
        raise NotFound(version=version)
    reads_brotli = "br" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if reads_brotli else brotli.decompress(packed), content_type="application/x-ndjson")
    if reads_brotli:
        response["Content-Encoding"] = "br"
    response["Vary"] = "Accept-Encoding, Authorization"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@door("GET")
@in_scope
def changes(caller: Caller, request: HttpRequest) -> HttpResponse:
    """The changes after a number; 409 with the new epoch when the till must take a new snapshot."""
    epoch = str(feed.epoch())
    after = request.GET.get("n", "")
    if request.GET.get("epoch") != epoch or not after.isdecimal() or len(after) > 15:
        return answer({"epoch": epoch}, status=409)
    known = down.known_of(caller.id)
    n, more, rows = down.changes(int(after), caller.store_id)
    return answer({"epoch": epoch, "n": n, "more": more, "known": known, "changes": rows})


@door("GET")
@in_scope
def lookup(_caller: Caller, request: HttpRequest) -> HttpResponse:
    """Product rows by exact code or by words, while the catalogue loads."""
    rows = down.lookup(code=request.GET.get("code", "")[:64], text=request.GET.get("q", "")[:80])
    return answer({"products": rows})


@door("GET")
@in_scope
def orders(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """The orders of the till's store: those that wait, and those that ended lately."""
    known = down.known_of(caller.id)
    return answer({"orders": down.orders(caller.store_id), "known": known})


@door("GET")
@in_scope
def buyers(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Buyers with their accounts, a thousand at a time, in the order of their ids: those after one, or the first."""
    known = down.known_of(caller.id)
    rows = down.buyers(after=after(request))
    return answer({"buyers": rows, "more": len(rows) == down.BUYERS_MAX, "known": known})


@door("GET")
@in_scope
def gift_cards(caller: Caller, request: HttpRequest) -> HttpResponse:
    """The gift cards that a till may spend without asking, a thousand at a time, as buyers are."""
    known = down.known_of(caller.id)
    rows = down.gift_cards(after=after(request))
    return answer({"gift_cards": rows, "more": len(rows) == down.CARDS_MAX, "known": known})


@door("POST")
@in_scope
def spend(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Keep so much of an account for a sale, where there is as much, and say what is there."""
    try:
        wanted = msgspec.json.decode(request.body, type=SpendRequest)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    sale_id, known = uuid.UUID(wanted.sale), down.known_of(caller.id)
    if wanted.buyer is None:
        card_id = uuid.UUID(wanted.gift_card) if wanted.gift_card else gift_card_queries.by_code(bytes.fromhex(wanted.code or ""))
        if card_id is None:
            raise NotFound
        found = reserving.reserve_of_card(sale_id=sale_id, card_id=card_id, amount=wanted.amount)
        return answer({"room": found.room, "reserved": found.reserved, "buyer": None, "gift_card": down.gift_card(card_id), "known": known})
    assert wanted.account != "gift_card"
    buyer_id = uuid.UUID(wanted.buyer)
    found = reserving.reserve(sale_id=sale_id, buyer_id=buyer_id, account=wanted.account, amount=wanted.amount)
    row = next(iter(down.buyers([joins.kept(buyer_id)])), None)
    return answer({"room": found.room, "reserved": found.reserved, "buyer": row, "gift_card": None, "known": known})


@door("GET")
@in_scope
def stock(caller: Caller, request: HttpRequest) -> HttpResponse:
    """How much of a product there is, in the till's store and in others."""
    known = down.known_of(caller.id)
    try:
        found = on_hand.on_hand(uuid.UUID(request.GET.get("product", "")), caller.store_id)
    except ValueError:
        raise NotFound from None
    if found is None:
        raise NotFound
    is_current = found.pop("is_current")
    return answer({**found, "known": known if is_current else None})


@door("POST")
@in_scope
def products(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Create or correct a product, by a person at the till who may or whom somebody allowed it; 409 with the product that has the barcode."""
    try:
        wanted = msgspec.json.decode(request.body, type=ProductRequest)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    who = hand_of(caller, wanted.staff, wanted.approver)
    said = {name: value for name in ("name", "price", "barcode") if (value := getattr(wanted, name)) is not msgspec.UNSET}
    product_id = uuid.UUID(wanted.product)
    try:
        if wanted.act == "correct":
            row = at_till.correct(who, product_id=product_id, says=said)
        elif "name" not in said:
            raise Invalid(name="empty")
        else:
            row = at_till.create(
                who, product_id=product_id, price=said.get("price"), barcode=said.get("barcode"), name=said["name"], sold_by=wanted.by,
                category_id=uuid.UUID(wanted.category) if wanted.category else None, tax_group_id=uuid.UUID(wanted.tax_group) if wanted.tax_group else None,
            )  # fmt: skip
    except BarcodeTaken as taken:
        return answer({"product": taken.data["row"], "name": taken.data["name"]}, status=409)
    return answer({"product": row})


@door("POST")
@in_scope
def favourites(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Arrange the favourites of the till's store, by a person who may or whom somebody allowed it."""
    try:
        wanted = msgspec.json.decode(request.body, type=FavouritesRequest)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    who = hand_of(caller, wanted.staff, wanted.approver)
    pages = None if wanted.pages is None else [Page(page.name, tuple(uuid.UUID(one) for one in page.products)) for page in wanted.pages]
    return answer({"favourites": at_till.arrange(who, store_id=caller.store_id, pages=pages)})


def hand_of(caller: Caller, staff: str, approver: str | None) -> at_till.Hand:
    """Who acts at a till, as its request says."""
    return at_till.hand(
        organization_id=caller.organization_id, till_id=caller.till_id, store_id=caller.store_id, staff_id=uuid.UUID(staff),
        approver_id=uuid.UUID(approver) if approver else None,
    )  # fmt: skip


@door("GET")
@in_scope
def purchases(_caller: Caller, _request: HttpRequest, buyer_id: uuid.UUID) -> HttpResponse:
    """What a buyer bought lately in any store of the business, the latest first."""
    return answer({"purchases": down.purchases(buyer_id)})


@door("GET")
@in_scope
def sold(caller: Caller, request: HttpRequest) -> HttpResponse:
    """A ticket of any till of the business, for goods that come back: by the code on its paper or the hash of its secret."""
    found = tickets.ticket(store_id=caller.store_id, code=request.GET.get("code", "")[:40], token=request.GET.get("token", "")[:64])
    if found is None:
        raise NotFound
    return answer(found)


@door("GET")
@in_scope
def picture(_caller: Caller, _request: HttpRequest, product_id: uuid.UUID) -> HttpResponse:
    """A product's photo."""
    row = Picture.objects.filter(product_id=product_id).first()
    if row is None:
        raise NotFound
    response = HttpResponse(bytes(row.webp), content_type="image/webp")
    response["ETag"], response["Cache-Control"] = f'"{row.digest}"', "private, max-age=86400"
    return response
