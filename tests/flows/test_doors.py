"""Every door of the office: a stranger from another business gets 404 and changes nothing; a role gets what its room allows."""

import datetime as dt
import uuid
from collections.abc import Mapping

import pytest
from django.test import Client

from mostrador.buyers import services as buyers
from mostrador.catalogue.models import Product, Tax, TaxGroup
from mostrador.catalogue.modifiers import Option, Saying, add_group
from mostrador.catalogue.price_lists import add_list
from mostrador.catalogue.promotions import add_promotion
from mostrador.catalogue.services import add_category
from mostrador.catalogue.terms import Conditions, Pick, Terms
from mostrador.counter import coupon_desk, unknown_codes, voucher_desk
from mostrador.counter.gift_card_models import GiftCard
from mostrador.counter.models import Sale, Shift
from mostrador.counter.order_models import Order
from mostrador.kernel import clock
from mostrador.kernel.actor import Role
from mostrador.kernel.scoping import scope
from mostrador.office import imports
from mostrador.office.desk import ROOMS
from mostrador.office.urls import urlpatterns
from mostrador.people.models import Device, StaffMember, Till
from mostrador.pricing.basket import Reward
from mostrador.sync.cashier import Ordered
from mostrador.sync.models import Evidence, ParkedFact
from mostrador.trust import claim_topics, incentives, need_chips, places, promise_chips, promise_events, sample_goods, sheets
from tests.flows.office import a_day, everything, office
from tests.sync.shop import Business
from tests.sync.shop import Till as TillOf

A_PLACE = places.Facts("Zapatería Ruiz", "Arreglo de zapatos", "they_specialise", phone="951 555 0199")
CSV = b"Clave,Nombre,Precio\nA1,Lapiz,5.50\n"
ACCEPTED_WITHOUT_OFFICE = {"primera-vez/", "entrar/", "salir/", "idioma/", "tema/"}


@pytest.fixture
def ids(shop: Business) -> dict[str, str]:
    """One of each thing that an address can name."""
    till, _ = a_day(shop)
    body = till.sale_body(("coffee", 1000))
    body["totals"]["gross"] += 1
    till.open_shift()
    till.write_sale(body)
    till.push()
    till.sell(("coffee", 1000))
    till.push_as(till.journal_facts[-1:], head=None)
    other = shop.till()
    other.open_shift()
    basket = {**other.basket(("coffee", 1000)), "payments": []}
    other._wrote(other.cashier.order(other.visit(), Ordered("layaway", "2025-12-24"), basket, other.now()))
    other.sell(gift_cards=[{"id": other.device.ids(other.now()), "amount": 5_000}])
    other.push()
    with scope(shop.id):
        parked = ParkedFact.objects.get()
        return {
            "sale_id": str(Sale.objects.values_list("id", flat=True).order_by("number")[0]),
            "shift_id": str(Shift.objects.values_list("id", flat=True).order_by("opened_at")[0]),
            "product_id": str(Product.objects.order_by("name").values_list("id", flat=True)[0]),
            "job_id": str(imports.begin(shop.id, name="p.csv", data=CSV).id),
            "till_id": str(Till.objects.values_list("id", flat=True)[0]),
            "device_id": str(Device.objects.values_list("id", flat=True)[0]),
            "member_id": str(StaffMember.objects.values_list("id", flat=True)[0]),
            "journal_id": str(parked.journal_id),
            "seq": str(parked.seq),
            "digest": Evidence.objects.get().digest,
            "store_id": str(shop.store_id),
            "category_id": str(add_category(shop.actor, name="Papel").id),
            "promotion_id": str(
                add_promotion(shop.actor, name="3x2", terms=Terms(kind="each", reward=Reward(percent=1), pick=Pick(everything=True))).id
            ),
            "batch_id": str(a_batch(shop)),
            "card_id": str(GiftCard.objects.values_list("id", flat=True)[0]),
            "code": a_code(till),
            "chip_id": str(need_chips.add_chip(shop.actor, says=need_chips.Saying("Un regalo", Pick(everything=True)))),
            "incentive_id": str(incentives.add(shop.actor, product_id=uuid.UUID(shop.products["coffee"]), says="Una caja de regalo")),
            "sample_good_id": str(sample_goods.add(shop.actor, product_id=uuid.UUID(shop.products["water"]), says=sample_goods.Saying())),
            "promise_chip_id": str(promise_chips.add_chip(shop.actor, says=promise_chips.Saying("Avisarle", 3))),
            "promise_id": a_promise(shop),
            "topic_id": str(claim_topics.add_topic(shop.actor, name="¿Lleva nuez?")),
            "statement_id": a_point(shop),
            "place_id": str(places.propose(shop.actor, facts=A_PLACE, today=dt.date(2025, 11, 24))),
            "kind_id": str(voucher_desk.add_kind(shop.actor, says=voucher_desk.Saying("Despensa", values=(10_000,)))),
            "order_id": str(Order.objects.values_list("id", flat=True)[0]),
            "buyer_group_id": str(buyers.add_group(shop.actor, name="Mayoreo").id),
            "buyer_id": str(buyers.add_buyer(shop.actor, contact={"name": "Lucía"}).id),
            "group_id": str(
                add_group(
                    shop.actor, says=Saying("Leche", 1, 1, Pick(everything=True), (Option(None, "Entera"), Option(None, "Avena", 80_000)))
                ).id
            ),
            "list_id": str(add_list(shop.actor, name="Mayoreo", conditions=Conditions()).id),
            "tax_id": str(Tax.objects.values_list("id", flat=True)[0]),
        }


def a_code(till: TillOf) -> str:
    """A code that was scanned lately and no product carries."""
    code = "7501030459941"
    said = unknown_codes.Said(str(till.business.store_id), till.device.last_id, clock.now_ms(), (code,))
    unknown_codes.keep(till.business.id, [said])
    return code


def a_point(shop: Business) -> str:
    """What the shop says of the first of its products."""
    product_id = Product.objects.order_by("name").values_list("id", flat=True)[0]
    sheets.publish(shop.actor, product_id=product_id, drafts=[sheets.Draft("limit", "Muy dulce", "own_use")], seen=0)
    return str(sheets.versions([product_id]).of(product_id)[0].points[0].id)


def a_promise(shop: Business) -> str:
    """Something that the shop promised for tomorrow."""
    promise, now = uuid.uuid4(), clock.now()
    day = clock.business_date(now, "UTC", 0) + dt.timedelta(days=1)
    promise_events.said(shop.id, promise, "made", shop.store_id, now, source="till", due_by=day, due_at=now + dt.timedelta(days=1)).save(
        force_insert=True
    )
    return str(promise)


def a_batch(shop: Business) -> uuid.UUID:
    """Codes of a promotion."""
    terms = Terms(kind="each", reward=Reward(percent=1), pick=Pick(everything=True), single=True)
    promotion = add_promotion(shop.actor, name="Feria", terms=terms)
    return coupon_desk.issue(shop.actor, promotion_id=promotion.id, name="Volantes", count=2)


def address(route: str, ids: Mapping[str, str]) -> str:
    """The address of a route with its placeholders filled."""
    for name, value in ids.items():
        for kind in ("uuid", "int", "str", "path"):
            route = route.replace(f"<{kind}:{name}>", value)
    assert "<" not in route, route
    return f"/{route}"


def routes(*, named: bool) -> list[str]:
    """The office's routes that name something, or those that name nothing."""
    every = [str(pattern.pattern) for pattern in urlpatterns]
    return [route for route in every if ("<" in route) == named and route not in ACCEPTED_WITHOUT_OFFICE]


def test_a_stranger_finds_nothing_and_changes_nothing_at_any_door(shop: Business, stranger: Client, ids: dict[str, str]) -> None:
    before = everything(shop)
    posted = {
        "name": "Robado", "act": "accept", "note": "porque si", "archived": "1", "price": "1", "sku": "x", "quantity": "5", "how": "how_in",
        "reason": "count", "store": ids["store_id"], "pin": "9999", "barcodes": "1", "code": "R", "kind": "exempt", "position": "1",
    }  # fmt: skip

    found = {}
    for route in routes(named=True):
        there = address(route, ids)
        found[route] = (stranger.get(there).status_code, stranger.post(there, posted).status_code)

    assert {route: codes for route, codes in found.items() if codes != (404, 404)} == {
        # Doors whose GET only leads back to their list show the stranger's own list; their POST finds nothing.
        "cajas/dispositivos/<uuid:device_id>/desvincular/": (200, 404),
    }
    assert everything(shop) == before


def test_a_strangers_ids_in_forms_are_not_taken(shop: Business, other: Business, owner: Client) -> None:
    with scope(other.id):
        theirs = add_category(other.actor, name="Ajena")
        group = TaxGroup.objects.values_list("id", flat=True)[0]
    before = everything(shop)

    answers = [
        owner.post("/existencias/" + shop.products["coffee"] + "/", {
            "store": str(other.store_id), "how": "how_in", "quantity": "5", "reason": "count",
        }),
        owner.post("/cajas/", {"store": str(other.store_id), "code": "Z9", "name": "Ajena"}),
        owner.post("/productos/nuevo/", {
            "name": "X", "sku": "X1", "tax_group_id": str(group), "category_id": str(theirs.id), "unit": "pieza", "sold_by": "piece",
        }),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [422, 404, 422]
    assert everything(shop) == before


@pytest.mark.parametrize("role", ["owner", "manager", "stock", "accountant", "auditor"])
def test_a_role_sees_the_rooms_of_its_table_and_no_other(shop: Business, ids: dict[str, str], role: Role) -> None:
    client = office(shop, role)
    rooms = {
        "money": "/dinero/", "tickets": "/tickets/", "shifts": "/turnos/", "accountability": "/rendicion/", "products": "/productos/", "stock": "/existencias/",
        "imports": "/productos/importar/", "tills": "/cajas/", "team": "/equipo/", "limits": "/equipo/limites/", "review": "/por-revisar/",
        "stores": "/ajustes/tiendas/", "categories": "/ajustes/categorias/", "taxes": "/ajustes/impuestos/", "settings": "/ajustes/",
        "account": "/cuenta/",
    }  # fmt: skip

    seen = {room: client.get(there).status_code for room, there in rooms.items()}

    assert seen == {room: 200 if role in ROOMS[room][0] else 403 for room in rooms}


@pytest.mark.parametrize("role", ["accountant", "auditor"])
def test_who_only_reads_changes_nothing_by_any_post(shop: Business, ids: dict[str, str], role: Role) -> None:
    client = office(shop, role)
    before = everything(shop)

    answers = {route: client.post(address(route, ids), {"name": "x"}).status_code for route in routes(named=True) + routes(named=False)}

    assert {route: code for route, code in answers.items() if code not in {403, 404}} == {"empresa/": 302, "cuenta/": 422}
    assert everything(shop) == before


def test_who_keeps_the_stock_begins_among_the_goods(shop: Business) -> None:
    assert office(shop, "stock").get("/")["Location"] == "/productos/"


def test_a_manager_makes_nobody_an_owner(shop: Business) -> None:
    client = office(shop, "manager")
    before = everything(shop)

    answer = client.post("/equipo/", {"name": "Jefa", "role": "owner"})

    assert answer.status_code == 422
    assert everything(shop) == before


@pytest.mark.parametrize(
    "address,may",
    [("/till/assets/code_reader-AbCd1234.js", True), ("/till/", False), ("/till/assets/index-AbCd1234.js", False), ("/productos/", False)],
)
def test_only_the_worker_that_reads_codes_may_run_webassembly(owner: Client, address: str, may: bool) -> None:
    policy = owner.get(address)["Content-Security-Policy"]

    assert ("script-src 'self' 'wasm-unsafe-eval';" in policy + ";") is may
    assert ("'wasm-unsafe-eval'" in policy) is may
    assert "connect-src 'self'" in policy


def test_a_page_that_is_not_there_says_so_in_the_shops_words(owner: Client) -> None:
    answer = owner.get(f"/tickets/{uuid.uuid4()}/")

    assert answer.status_code == 404
    assert "No hay nada aquí" in answer.content.decode()


def test_no_page_of_the_office_is_kept_by_a_browser(owner: Client) -> None:
    assert owner.get("/productos/")["Cache-Control"] == "no-store"


def test_the_policy_of_the_office_allows_no_inline_script_or_style(owner: Client) -> None:
    answer = owner.get("/productos/")
    html = answer.content.decode()

    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick=" not in html


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_room_opens_in_both_languages(shop: Business, ids: dict[str, str], language: str) -> None:
    client = office(shop, "owner", language)
    skipped = {"productos/<uuid:product_id>/foto/", "productos/importar/<uuid:job_id>/informe.csv"}

    answers = {route: client.get(address(route, ids)) for route in routes(named=True) + routes(named=False) if route not in skipped}

    assert {route: answer.status_code for route, answer in answers.items() if answer.status_code != 200} == {"empresa/": 302}
    pages = [answer.content.decode() for answer in answers.values() if answer["Content-Type"].startswith("text/html") and answer.content]
    assert all(f'<html lang="{language}"' in page for page in pages)
