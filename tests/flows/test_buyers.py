"""The room of customers: who wants to be known, what they owe and since when, what a person writes into their account."""

import uuid
from typing import Any

import pytest
from django.test import Client

from mostrador.buyers.models import AccountEntry, Buyer
from mostrador.counter import accounts
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.flows.office import everything, office
from tests.sync.shop import Business


@pytest.fixture
def lucia(shop: Business, owner: Client) -> str:
    """The address of a customer who owes 178.00 of two tickets and has paid 50.00; may be written to."""
    owner.post(
        "/clientes/",
        {"name": "Lucía Ñandú", "phone": "951 555 0102", "tax_id": "nalu800101ab1", "consent": ["whatsapp"], "fiado_limit": "500"},
    )
    with scope(shop.id):
        buyer = Buyer.objects.get()
    till = shop.till()
    till.open_shift()
    for _ in range(2):
        till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=str(buyer.id)))
    till.pay_account(str(buyer.id), ("cash", 5_000))
    till.push()
    return f"/clientes/{buyer.id}/"


def test_a_customer_is_found_by_name_without_accents_by_phone_and_by_tax_id(shop: Business, owner: Client, lucia: str) -> None:
    for words in ("nandu", "LUCIA", "9515550102", "nalu80", "lucía 0102"):
        assert lucia in owner.get("/clientes/", {"q": words}).content.decode(), words
    assert "Nadie con eso" in owner.get("/clientes/?q=pedro").content.decode()


def test_what_is_owed_is_shown_ticket_by_ticket_the_oldest_first(shop: Business, owner: Client, lucia: str) -> None:
    html = owner.get(lucia).content.decode()

    assert "$128.00" in html  # 178 - 50
    assert "$39.00" in html and "de $89.00" in html, "the oldest is paid in part"
    assert html.index("$39.00") < html.index("Abono")
    assert "Debe" in html and "$128.00" in owner.get("/clientes/?estado=deben").content.decode()


def test_a_reminder_is_a_link_with_the_words_written_and_only_where_the_person_said_yes(shop: Business, owner: Client, lucia: str) -> None:
    html = owner.get(lucia).content.decode()
    assert "https://wa.me/529515550102?text=Hola%2C%20Luc%C3%ADa" in html

    owner.post(lucia, {"name": "Lucía Ñandú", "phone": "951 555 0102"})

    assert "wa.me" not in owner.get(lucia).content.decode()


def test_who_owes_more_than_the_limit_is_listed(owner: Client, lucia: str) -> None:
    beyond = "/clientes/?estado=pasados"
    assert "Nadie con eso" in owner.get(beyond).content.decode()

    owner.post(lucia, {"what": "limit", "fiado_limit": "50"})

    assert "Lucía" in owner.get(beyond).content.decode()
    assert "Deben en total $128.00" in owner.get(beyond).content.decode()


def test_the_trail_says_that_a_contact_changed_and_never_what_it_was(shop: Business, owner: Client, lucia: str) -> None:
    owner.post(lucia, {"name": "Lucía R.", "phone": "1"})

    with scope(shop.id):
        edit = Edit.objects.filter(entity="buyer").latest("at")
    assert set(edit.changes) == {"name", "phone", "tax_id", "consent"}
    assert "951" not in str(edit.changes) and "Ñandú" not in str(edit.changes)


def test_an_opening_balance_and_a_correction_are_written_and_stay(shop: Business, owner: Client, lucia: str) -> None:
    entry = {"what": "entry", "account": "fiado", "reason": "opening", "way": "more", "amount": "300", "text": "del cuaderno"}
    owner.post(lucia, entry)
    owner.post(lucia, {**entry, "reason": "forgiven", "way": "less", "amount": "28"})

    with scope(shop.id):
        buyer = Buyer.objects.get()
        assert accounts.balances()[buyer.id, "fiado"] == 40_000
        assert sorted(AccountEntry.objects.values_list("amount", flat=True)) == [-2_800, 30_000]
    assert "del cuaderno" in owner.get(lucia).content.decode()


@pytest.mark.parametrize(
    "sent,field",
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"what": "limit", "fiado_limit": "-1"}, "fiado_limit"),
        ({"what": "limit", "fiado_limit": "mucho"}, "fiado_limit"),
        ({"what": "entry", "account": "fiado", "reason": "opening", "way": "more"}, "amount"),
        ({"what": "entry", "account": "oro", "reason": "opening", "way": "more", "amount": "1"}, "account"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(shop: Business, owner: Client, lucia: str, sent: dict[str, str], field: str) -> None:
    before = everything(shop)

    answer = owner.post(lucia, sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert everything(shop) == before


def test_a_limit_is_given_and_a_customer_put_away_and_brought_back(shop: Business, owner: Client, lucia: str) -> None:
    owner.post(lucia, {"what": "limit", "fiado_limit": "750.50"})
    owner.post(lucia, {"archived": "1"})
    with scope(shop.id):
        row = Buyer.objects.get()
        assert (row.fiado_limit, row.archived_at is None) == (75_050, False)
    assert lucia not in owner.get("/clientes/").content.decode()
    assert lucia in owner.get("/clientes/?estado=archivados").content.decode()
    owner.post(lucia, {"archived": "0"})
    assert lucia in owner.get("/clientes/").content.decode()


@pytest.mark.parametrize("role", ["accountant", "auditor"])
def test_who_only_reads_reads_and_writes_nothing(shop: Business, owner: Client, lucia: str, role: Any) -> None:
    reader, before = office(shop, role), everything(shop)

    assert "$128.00" in reader.get(lucia).content.decode()
    for address, form in (
        ("/clientes/", {"name": "x"}),
        (lucia, {"name": "x"}),
        (lucia, {"what": "limit", "fiado_limit": "1"}),
        (lucia, {"archived": "1"}),
    ):
        assert reader.post(address, form).status_code == 403
    assert everything(shop) == before


def test_stock_has_no_customers_and_nobody_elses_can_be_opened(shop: Business, owner: Client, lucia: str) -> None:
    assert office(shop, "stock").get(lucia).status_code == 403
    assert owner.get(f"/clientes/{uuid.uuid4()}/").status_code == 404


def test_a_tax_id_that_does_not_look_right_is_kept_with_a_note_beside_it(shop: Business, owner: Client) -> None:
    owner.post("/clientes/", {"name": "Eduardo", "tax_id": "gode561231gr8"})
    owner.post("/clientes/", {"name": "Jean", "tax_id": "FR40303265045"})
    with scope(shop.id):
        eduardo, jean = Buyer.objects.get(name="Eduardo"), Buyer.objects.get(name="Jean")

    assert "Revíselo" not in owner.get(f"/clientes/{eduardo.id}/").content.decode()
    assert "Si es de otro, déjelo" in owner.get(f"/clientes/{jean.id}/").content.decode()
    assert jean.tax_id == "FR40303265045"
