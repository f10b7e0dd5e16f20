"""Today, money, tickets, shifts, tills, team, what waits for review, settings: each says what happened, to the cent."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Category, Tax, TaxGroup
from mostrador.counter.models import Sale
from mostrador.kernel import sealing
from mostrador.kernel.actor import system
from mostrador.kernel.errors import Invalid
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import scope
from mostrador.people import pins
from mostrador.people.models import RIGHTS, Device, RoleLimit, StaffMember, Store, Till
from mostrador.people.services import set_limits
from mostrador.sync.models import ParkedFact, ParkedResolution
from tests.flows.office import a_day, everything, member, office
from tests.sync.shop import DAY, Business, states
from tests.sync.test_recovery import forget

# Two coffees and 750 g of tomatoes in cash, a water by card: 178.00 + 28.50 + 18.50.
GROSS = "$225.00"


def parked_sale(shop: Business, **wrong: object) -> tuple[str, int]:
    """A sale that cannot become rows: its journal and place in it."""
    till = shop.till()
    till.open_shift()
    body = till.sale_body(("coffee", 1000))
    if wrong:
        body["basket"]["lines"][0] |= wrong
    else:
        body["totals"]["gross"] += 1
    till.write_sale(body)
    assert states(till.push()) == ["accepted", "accepted", "parked"]
    return till.journal, till.device.seq


def test_a_day_counts_people_before_money(shop: Business, owner: Client) -> None:
    a_day(shop)

    html = owner.get(f"/?dia={DAY}").content.decode()

    assert '<p class="hbig">3</p>' in html
    assert "<b>2</b> con compra" in html
    assert "<b>1</b> atendidas sin compra" in html
    assert GROSS not in html, "money is one tap away"


def test_a_day_without_anybody_says_so_and_leads_to_the_last_one(shop: Business, owner: Client) -> None:
    a_day(shop)

    html = owner.get("/").content.decode()

    assert "Aún nadie hoy" in html
    assert f'href="?dia={DAY}"' in html


def test_a_new_shop_has_an_empty_day_and_no_plot(owner: Client) -> None:
    html = owner.get("/").content.decode()

    assert '<p class="hbig">0</p>' in html
    assert '<svg class="plot"' not in html


def test_a_new_shop_is_led_to_what_it_needs_before_it_can_sell(shop: Business, owner: Client) -> None:
    before = owner.get("/").content.decode()
    assert "Para empezar a vender" in before
    assert 'href="/cajas/">Vincular una caja' in before
    assert "Crear o importar productos" not in before, "this shop has products"

    shop.till()

    assert "Para empezar a vender" not in owner.get("/").content.decode()


def test_the_usual_range_is_not_said_from_few_days(shop: Business, owner: Client) -> None:
    a_day(shop)

    assert "Aún no se puede decir lo habitual (n = 0, hacen falta 5)" in owner.get(f"/?dia={DAY}").content.decode()


def test_the_money_of_a_day_is_whole_and_agrees(shop: Business, owner: Client) -> None:
    a_day(shop)

    html = owner.get(f"/dinero/?dia={DAY}").content.decode()

    for figure in (GROSS, "$206.50", "$18.50", "$27.10", "$20.00", "$15.00"):  # all, cash, card, IVA 16 %, cash in, cash out
        assert figure in html
    assert "cuadra al centavo" in html


def test_a_store_of_another_business_is_not_found(shop: Business, stranger: Client) -> None:
    assert stranger.get(f"/?tienda={shop.store_id}").status_code == 404


@pytest.mark.parametrize("words,found", [("1", 1), ("206.50", 1), ("coffee", 1), ("water", 1), ("206.51", 0), ("zzz", 0)])
def test_a_ticket_is_found_by_number_amount_and_product(shop: Business, owner: Client, words: str, found: int) -> None:
    a_day(shop)

    html = owner.get("/tickets/", {"q": words, "desde": DAY, "hasta": DAY}).content.decode()

    assert html.count('class="open"') == found


def test_a_ticket_is_found_by_its_series_and_number(shop: Business, owner: Client) -> None:
    till, _ = a_day(shop)

    html = owner.get("/tickets/", {"q": f"{till.device.series.lower()}-2"}).content.decode()

    assert f"{till.device.series}-2</a>" in html
    assert html.count('class="open"') == 1


def test_a_ticket_shows_its_paper_and_what_the_paper_does_not_say(shop: Business, owner: Client) -> None:
    a_day(shop)
    with scope(shop.id):
        sale = Sale.objects.get(number=1)

    html = owner.get(f"/tickets/{sale.id}/").content.decode()

    for text in ("$206.50", "IVA 16 %", "$24.55", "Rosa", "25 nov 2025", "0.750"):
        assert text in html


def test_tickets_download_as_a_file_that_runs_nothing(shop: Business, owner: Client) -> None:
    a_day(shop)
    with scope(shop.id):
        from mostrador.people import services as people

        people.change_store(shop.actor, store_id=shop.store_id, name="=HYPERLINK(1)")

    answer = owner.get(f"/tickets/exportar.csv?desde={DAY}&hasta={DAY}")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "'=HYPERLINK(1)" in lines[1]
    assert lines[0].split(",")[4:10] == ["total", "neto", "impuestos", "descuento", "redondeo", "propina"]
    assert [line.split(",")[4:10] for line in lines[1:]] == [
        ["18.50", "15.95", "2.55", "0.00", "0.00", "0.00"], ["206.50", "181.95", "24.55", "0.00", "0.00", "0.00"],
    ]  # fmt: skip


def test_a_file_holds_what_was_searched_for_and_refuses_what_is_too_much(
    shop: Business, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day(shop)

    found = owner.get("/tickets/exportar.csv", {"q": "18.50", "desde": DAY, "hasta": DAY}).content.decode().splitlines()
    assert [line.split(",")[4] for line in found[1:]] == ["18.50"]

    monkeypatch.setattr("mostrador.office.views.tickets.EXPORT_MAX", 1)
    answer = owner.get("/tickets/exportar.csv", {"desde": DAY, "hasta": DAY})
    assert (answer.status_code, "Son 2 tickets y un archivo lleva 1." in answer.content.decode()) == (422, True)


def test_a_ticket_says_which_price_is_not_todays(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    till.sell(("coffee", 1000), ("water", 1000))
    till.push()
    with scope(shop.id):
        sale = Sale.objects.get()
        assert "Vendido a otro precio" not in owner.get(f"/tickets/{sale.id}/").content.decode()
        catalogue.change_price(shop.actor, product_id=uuid.UUID(shop.products["coffee"]), price=950_000)

    html = owner.get(f"/tickets/{sale.id}/").content.decode()

    note = html.partition("Vendido a otro precio que hoy")[2].partition("</dl>")[0]
    assert ("coffee" in note, "$89" in note, "hoy $95" in note, "water" in note) == (True, True, True, False)


def test_a_till_is_added_and_paired_by_a_code_that_is_shown_once(shop: Business, owner: Client) -> None:
    owner.post("/cajas/", {"store": str(shop.store_id), "code": "x7", "name": "Barra"})
    with scope(shop.id):
        till = Till.objects.get(code="X7")

    html = owner.post(f"/cajas/{till.id}/vincular/").content.decode()

    code = html.partition('<p class="code">')[2][:9]
    assert len(code.replace(" ", "")) == 8
    assert "Vale 15 minutos" in html
    assert code not in owner.get("/cajas/").content.decode()
    from tests.sync.shop import Till as PairedTill

    assert PairedTill.pair(shop, code, "barra").device.series == "X7A"


def test_a_revoked_device_is_parked_and_shown_as_earlier(shop: Business, owner: Client) -> None:
    till, _ = a_day(shop)

    owner.post(f"/cajas/dispositivos/{till.journal}/desvincular/")

    with scope(shop.id):
        assert Device.objects.get(id=till.journal).revoked_at is not None
    assert "Equipos anteriores" in owner.get("/cajas/").content.decode()


def test_a_saved_journal_goes_in_once(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.whole_day()
    file = till.saved()

    first = owner.post("/cajas/diario/", {"file": SimpleUploadedFile("diario.jsonl", file)}).content.decode()
    again = owner.post("/cajas/diario/", {"file": SimpleUploadedFile("diario.jsonl", file)}).content.decode()

    assert "11 aceptados" in first
    assert "11 ya estaban" in again
    with scope(shop.id):
        assert Sale.objects.count() == 2


def test_a_journal_of_another_business_or_cut_off_is_not_taken(shop: Business, owner: Client, stranger: Client) -> None:
    till = shop.till()
    till.whole_day()
    file = till.saved()
    before = everything(shop)

    theirs = stranger.post("/cajas/diario/", {"file": SimpleUploadedFile("diario.jsonl", file)})
    cut = owner.post("/cajas/diario/", {"file": SimpleUploadedFile("diario.jsonl", file[: len(file) // 2])})

    assert (theirs.status_code, cut.status_code) == (422, 422)
    assert everything(shop) == before


def test_a_journal_of_an_unknown_device_goes_in_once_the_owner_says_whose_it_is(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.whole_day()
    forget(till)
    manager, before = office(shop, "manager"), everything(shop)

    asked = send_journal(owner, till.saved())
    refused = send_journal(manager, till.saved())
    forbidden = send_journal(manager, till.saved(), mine="1")
    unchanged = everything(shop)
    taken = send_journal(owner, till.saved(), mine="1")

    assert (asked.status_code, refused.status_code, forbidden.status_code, taken.status_code) == (409, 409, 403, 200)
    assert f"no conoce el equipo del diario {till.device.series} (11 asientos)" in asked.content.decode()
    assert 'name="mine"' in asked.content.decode()
    assert 'name="mine"' not in refused.content.decode()
    assert "Solo quien es dueño puede tomarlo" in refused.content.decode()
    assert unchanged == before
    assert "11 aceptados" in taken.content.decode()
    with scope(shop.id):
        assert Sale.objects.count() == 2


def send_journal(client: Client, file: bytes, **more: str) -> Any:
    """Upload a saved journal."""
    return client.post("/cajas/diario/", {"file": SimpleUploadedFile("diario.jsonl", file), **more})


def test_somebody_joins_the_team_with_a_pin_and_a_sign_in(shop: Business, owner: Client) -> None:
    owner.post("/equipo/", {"name": "Lupe", "role": "accountant", "store": "", "pin": "8642"})
    with scope(shop.id):
        row = StaffMember.objects.get(name="Lupe")
    owner.post(f"/equipo/{row.id}/", {"act": "sign_in", "email": "lupe@tienda.example", "password": "una-clave-larga-9"})

    assert sealing.unseal(row.pin_base, row.id.bytes) == pins.base_of("8642", row.pin_salt)
    client = Client()
    client.post("/entrar/", {"email": "lupe@tienda.example", "password": "una-clave-larga-9"})
    assert client.get("/dinero/").status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"act": "pin", "pin": "12"},
        {"act": "sign_in", "email": "x@y.example", "password": "corta"},
        {"act": "sign_in", "email": "no es", "password": "una-clave-larga-9"},
        {"act": "change", "name": "", "role": "cashier"},
        {"act": "change", "name": "Ana", "role": "jefa"},
    ],
)
def test_what_is_wrong_with_somebody_changes_nothing(shop: Business, owner: Client, form: dict[str, str]) -> None:
    before = everything(shop)

    answer = owner.post(f"/equipo/{shop.manager}/", form)

    assert answer.status_code == 422
    assert everything(shop) == before


def test_the_last_owner_stays(shop: Business) -> None:
    client = office(shop)
    with scope(shop.id):
        row = StaffMember.objects.get(role="owner")
    before = everything(shop)

    answer = client.post(f"/equipo/{row.id}/", {"act": "archive", "archived": "1"})

    assert answer.status_code == 409
    assert "última persona dueña" in answer.content.decode()
    assert everything(shop) == before


def test_limits_by_role_are_kept_in_parts_per_million(shop: Business, owner: Client) -> None:
    others = {"discount_max.manager": "100", "may_approve.manager": "1", "discount_max.stock": "0"}
    owner.post("/equipo/limites/", {"discount_max.cashier": "12.5", "may_move_cash.cashier": "1", "may_void.cashier": "1", **others})

    with scope(shop.id):
        row, manager = RoleLimit.objects.get(role="cashier"), RoleLimit.objects.get(role="manager")
    assert row.discount_max == 125_000
    assert [right for right in RIGHTS if getattr(row, right)] == ["may_move_cash", "may_void"]
    assert [right for right in RIGHTS if getattr(manager, right)] == ["may_approve"]


def test_nobody_takes_a_right_from_the_owners(shop: Business, owner: Client) -> None:
    """A lone owner is never locked out: their row is shown and not read, and the service refuses it."""
    others = {"discount_max.cashier": "10", "discount_max.manager": "100", "discount_max.stock": "0"}
    assert owner.post("/equipo/limites/", {"discount_max.owner": "0", **others}).status_code == 302

    with scope(shop.id), pytest.raises(Invalid):
        set_limits(system(shop.id), limits={"owner": {"may_approve": False}})
    with scope(shop.id):
        row = RoleLimit.objects.get(role="owner")
    assert (row.discount_max, [right for right in RIGHTS if not getattr(row, right)]) == (1_000_000, [])


@pytest.mark.parametrize("value", ["101", "-1", "", "mucho"])
def test_a_limit_beyond_all_is_not_kept(shop: Business, owner: Client, value: str) -> None:
    before = everything(shop)

    others = {"discount_max.manager": "100", "discount_max.stock": "0"}
    assert owner.post("/equipo/limites/", {"discount_max.cashier": value, **others}).status_code == 422
    assert everything(shop) == before


def test_a_parked_sale_stays_visible_and_is_accepted_with_person_and_reason(shop: Business, owner: Client) -> None:
    journal, seq = parked_sale(shop)
    there = f"/por-revisar/{journal}/{seq}/"

    listed = owner.get("/por-revisar/").content.decode()
    refused = owner.post(there, {"act": "accept", "note": ""})
    accepted = owner.post(there, {"act": "accept", "note": "El papel dice lo mismo"})

    assert "Sus totales no coinciden" in listed
    assert (refused.status_code, accepted.status_code) == (422, 302)
    with scope(shop.id):
        done = ParkedResolution.objects.get()
        assert (done.action, done.note) == ("accept", "El papel dice lo mismo")
        assert done.actor_id is not None
        assert StaffMember.objects.get(id=done.actor_id).role == "owner"
        assert Sale.objects.count() == 1
    assert "Nada por revisar" in owner.get("/por-revisar/").content.decode()


def test_an_unknown_product_is_mapped_to_one_of_the_shop(shop: Business, owner: Client) -> None:
    journal, seq = parked_sale(shop, product_id=str(uuid.uuid4()))
    there = f"/por-revisar/{journal}/{seq}/"

    assert "coffee · coffee" in owner.get(there).content.decode(), "the name on the line is searched first"
    nothing = owner.post(there, {"act": "map", "note": "Es el mismo", "product_0": ""})
    mapped = owner.post(there, {"act": "map", "note": "Es el mismo", "product_0": shop.products["coffee"]})

    assert (nothing.status_code, mapped.status_code) == (422, 302)
    with scope(shop.id):
        assert Sale.objects.get().lines.count() == 1


def test_a_product_of_another_business_maps_nothing(shop: Business, other: Business, owner: Client) -> None:
    journal, seq = parked_sale(shop, product_id=other.products["coffee"])
    before = everything(shop)

    answer = owner.post(f"/por-revisar/{journal}/{seq}/", {"act": "map", "note": "x", "product_0": other.products["coffee"]})

    assert answer.status_code == 422
    assert everything(shop) == before


def test_trying_again_says_why_it_still_does_not_fit(shop: Business, owner: Client) -> None:
    journal, seq = parked_sale(shop)

    answer = owner.post(f"/por-revisar/{journal}/{seq}/", {"act": "retry", "note": "Ya corregí el precio"})

    assert answer.status_code == 409
    assert "Todavía no se puede" in answer.content.decode()
    with scope(shop.id):
        assert (Sale.objects.count(), ParkedResolution.objects.count(), ParkedFact.objects.count()) == (0, 0, 1)


def test_the_settings_of_the_business_are_kept(shop: Business, owner: Client) -> None:
    form = {
        "name": "La Esquina", "legal_name": "La Esquina SA", "tax_id": "aec010101ab1", "receipt_footer": "Gracias", "timezone": "America/Tijuana",
        "tax_rounding": "document", "cash_rounding_step": "0.50", "cash_rounding_mode": "down", "locale": "es-MX",
    }  # fmt: skip

    assert owner.post("/ajustes/", form).status_code == 302

    row = Organization.objects.get(id=shop.id)
    assert (row.name, row.tax_id, row.tax_rounding, row.cash_rounding_step, row.timezone) == (
        "La Esquina", "AEC010101AB1", "document", 50, "America/Tijuana",
    )  # fmt: skip
    assert owner.post("/ajustes/", {**form, "timezone": "Marte/Base"}).status_code == 422


def test_a_missing_public_address_is_said(owner: Client, settings: pytest.FixtureRequest) -> None:
    settings.PUBLIC_URL = ""  # type: ignore[attr-defined]  # pytest-django's settings
    assert "Falta la dirección pública" in owner.get("/ajustes/").content.decode()
    settings.PUBLIC_URL = "https://caja.example"  # type: ignore[attr-defined]  # as above
    assert "https://caja.example/t/" in owner.get("/ajustes/").content.decode()


def test_stores_categories_and_taxes_are_added_and_changed(shop: Business, owner: Client) -> None:
    owner.post("/ajustes/tiendas/", {"code": "norte", "name": "Norte", "timezone": "America/Tijuana", "day_start": "4"})
    owner.post("/ajustes/categorias/", {"name": "Papelería", "position": "2", "picto": "caja", "tint": "rosa"})
    owner.post("/ajustes/impuestos/", {"what": "tax", "code": "ieps3", "name": "IEPS 3 %", "kind": "percent", "rate": "3", "in_base": "1"})
    owner.post("/ajustes/impuestos/", {
        "what": "group", "code": "dulce", "name": "Dulce", "codes": ["IVA16", "IEPS3"], "order_IVA16": "2", "order_IEPS3": "1",
    })  # fmt: skip

    with scope(shop.id):
        assert Store.objects.get(code="NORTE").day_start_minutes == 240
        assert Category.objects.get(name="Papelería").position == 2
        tax = Tax.objects.get(code="IEPS3")
        assert (tax.rate, tax.in_base) == (30_000, True)
        assert TaxGroup.objects.get(code="DULCE").codes == ["IEPS3", "IVA16"]
        owner.post(f"/ajustes/impuestos/{tax.id}/", {"name": "IEPS 3.5 %", "rate": "3.5"})
        assert Tax.objects.get(code="IEPS3").rate == 35_000


def test_a_code_or_name_twice_is_refused(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        store = Store.objects.get()
    before = everything(shop)

    answers = [
        owner.post("/ajustes/tiendas/", {"code": store.code, "name": "Otra", "timezone": "America/Tijuana"}),
        owner.post("/ajustes/impuestos/", {"what": "tax", "code": "IVA16", "name": "Otro", "kind": "percent", "rate": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert everything(shop) == before


def test_a_member_who_signed_in_is_named_by_email(shop: Business, owner: Client) -> None:
    email, row = member(shop, "manager")

    assert email in owner.get(f"/equipo/{row}/").content.decode()


def test_what_was_parked_is_counted_beside_the_room(shop: Business, owner: Client) -> None:
    parked_sale(shop)

    html = owner.get("/").content.decode()

    assert "Por revisar <em>1</em>" in html
