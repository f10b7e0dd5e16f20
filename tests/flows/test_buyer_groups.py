"""Groups of customers with prices of their own, who may take goods on an account, what they bought, and bringing them all from a file."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mostrador.buyers import queries as buyers
from mostrador.buyers.models import AccountEntry, AuthorisedPerson, Buyer, BuyerGroup
from mostrador.catalogue import offers, price_lists, promotions
from mostrador.catalogue.price_lists import Known
from mostrador.counter import accounts
from mostrador.counter.traces import SaleTaker
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.sync import down
from mostrador.sync.cashier import Extras
from tests.flows.office import everything, office
from tests.sync.shop import Business

GROUPS = "/clientes/grupos/"
BRING = "/clientes/importar/"
ZONE = "America/Mexico_City"


@pytest.fixture
def lucia(shop: Business, owner: Client) -> uuid.UUID:
    """A customer who may owe up to 500.00."""
    owner.post("/clientes/", {"name": "Lucía Ñandú", "phone": "951 555 0102", "fiado_limit": "500"})
    with scope(shop.id):
        return Buyer.objects.get().id


@pytest.fixture
def wholesale(shop: Business, owner: Client) -> str:
    """The id of a group."""
    owner.post(GROUPS, {"name": "Mayoreo"})
    with scope(shop.id):
        return str(BuyerGroup.objects.get().id)


def told(shop: Business, buyer_id: uuid.UUID) -> dict[str, object]:
    """What tills are told of a buyer."""
    with scope(shop.id):
        return down.buyers([buyer_id])[0]


def test_a_group_is_made_renamed_ended_and_begun_again_and_the_tills_hear_of_it(
    shop: Business, owner: Client, lucia: uuid.UUID, wholesale: str
) -> None:
    owner.post(f"/clientes/{lucia}/", {"what": "group", "group": wholesale})
    assert told(shop, lucia)["group"] == {"id": wholesale, "name": "Mayoreo"}

    owner.post(f"{GROUPS}{wholesale}/", {"name": "Mayoristas"})
    assert told(shop, lucia)["group"] == {"id": wholesale, "name": "Mayoristas"}
    assert "Mayoristas" in owner.get(GROUPS).content.decode()

    owner.post(f"{GROUPS}{wholesale}/", {"archived": "1"})
    assert told(shop, lucia)["group"] is None
    owner.post(f"{GROUPS}{wholesale}/", {"archived": "0"})
    assert told(shop, lucia)["group"] is not None

    owner.post(f"/clientes/{lucia}/", {"what": "group", "group": ""})
    assert told(shop, lucia)["group"] is None


@pytest.mark.parametrize("name", ["", "x" * 61, "Mayoreo"])
def test_a_group_without_a_name_of_its_own_is_refused(shop: Business, owner: Client, wholesale: str, name: str) -> None:
    before = everything(shop)
    assert owner.post(GROUPS, {"name": name}).status_code == 422
    assert everything(shop) == before


def test_a_promotion_and_a_list_are_for_a_group_alone(shop: Business, owner: Client, wholesale: str) -> None:
    owner.post("/listas/", {"name": "De mayoreo", "groups": [wholesale, str(uuid.uuid4())]})
    owner.post("/promociones/", {"shape": "percent", "name": "Diez", "percent": "10", "everything": "1", "groups": [wholesale]})

    with scope(shop.id):
        known: list[Known] = price_lists.lists()
        said = promotions.promotions()
    assert [one.conditions.groups for one in known] == [(wholesale,)], "what is no group of ours is left out"
    assert [one.terms.groups for one in said] == [(wholesale,)]
    now, store = clock.now(), str(shop.store_id)
    for group, n in ((wholesale, 1), (None, 0), (str(uuid.uuid4()), 0)):
        assert len(offers.lists_in_force(known, now, ZONE, store, group)) == n
        assert len(offers.in_force(said, now, ZONE, store, group)) == n
    assert "solo Mayoreo" in owner.get("/listas/").content.decode()
    assert "solo Mayoreo" in owner.get("/promociones/").content.decode()


def test_who_may_take_goods_on_the_account_is_said_and_the_account_says_who_did(shop: Business, owner: Client, lucia: uuid.UUID) -> None:
    owner.post(f"/clientes/{lucia}/", {"what": "authorise", "person": "Beto, el hijo"})
    with scope(shop.id):
        person = AuthorisedPerson.objects.get()
    assert told(shop, lucia)["authorised"] == [{"id": str(person.id), "name": "Beto, el hijo"}]
    till = shop.till()
    till.open_shift()
    till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=str(lucia), taken_by=str(person.id)))
    till.push()

    owner.post(f"/clientes/{lucia}/", {"what": "authorise", "end": str(person.id)})

    assert told(shop, lucia)["authorised"] == []
    with scope(shop.id):
        taken = SaleTaker.objects.get()
        assert accounts.statement(lucia, "fiado")[0].text == "Beto, el hijo", "what was taken stays taken"
    assert "Beto, el hijo" in owner.get(f"/tickets/{taken.sale_id}/").content.decode()


def test_no_more_than_ten_may_take_goods_and_none_without_a_name(shop: Business, owner: Client, lucia: uuid.UUID) -> None:
    for n in range(10):
        owner.post(f"/clientes/{lucia}/", {"what": "authorise", "person": f"Persona {n}"})
    for name in ("", "Una más"):
        assert owner.post(f"/clientes/{lucia}/", {"what": "authorise", "person": name}).status_code == 422
    assert len(told(shop, lucia)["authorised"]) == 10  # type: ignore[arg-type]  # a list, in a row of many kinds


def test_what_somebody_bought_is_told_the_latest_first(shop: Business, lucia: uuid.UUID) -> None:
    till = shop.till()
    till.open_shift()
    till.sell(("coffee", 1000))
    for quantity in (1000, 3000):
        till.sell(("coffee", quantity), ("tomato", 500), extras=Extras(buyer=str(lucia)))
    till.push()

    with scope(shop.id):
        rows = down.purchases(lucia)

    assert [row["lines"][0]["quantity"] for row in rows] == [3000, 1000]
    assert all(len(row["lines"]) == 2 and row["more"] == 0 and row["store"] for row in rows)


FILE = """Cliente;Teléfono;RFC;Grupo;Límite;Debe;A favor;Notas
Lucía Ñandú;951 555 0102;NALU800101AB1;Mayoreo;1,000;350.50;;vieja
Pedro Páramo;951 555 0199;;Vecinos;200;-40;;
Susana;;;;;12;;
"""


def sent(text: str, name: str = "libreta.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def held(owner: Client, text: str) -> dict[str, str]:
    """What the page of the check sends back to be written."""
    return {"act": "write", "held": owner.post(BRING, {"file": sent(text)}).context["held"]}


def test_a_file_brings_customers_groups_limits_and_balances_and_the_second_time_nothing(
    shop: Business, owner: Client, lucia: uuid.UUID, wholesale: str
) -> None:
    before = everything(shop)
    page = owner.post(BRING, {"file": sent(FILE)})
    assert page.status_code == 200 and everything(shop) == before, "a check writes nothing"
    assert page.context["plan"].counts == {"new": 2, "change": 1}
    assert "Se crean grupos: Vecinos." in page.content.decode() and "No se usan: Notas" in page.content.decode()

    owner.post(BRING, held(owner, FILE))

    with scope(shop.id):
        pedro, susana = Buyer.objects.get(name="Pedro Páramo"), Buyer.objects.get(name="Susana")
        known = Buyer.objects.get(id=lucia)
        balances = accounts.balances()
        assert (known.fiado_limit, known.tax_id, str(known.group_id)) == (100_000, "NALU800101AB1", wholesale)
        assert [balances[lucia, "fiado"], balances[pedro.id, "credit"], balances[susana.id, "fiado"]] == [35_050, 4_000, 1_200]
        assert pedro.consent == [], "nobody is written to for standing in a file"
        assert [row.id for row in buyers.buyers("9555 0199")] == [] and [row.id for row in buyers.buyers("paramo")] == [pedro.id]

    again = owner.post(BRING, {"file": sent(FILE)})
    assert again.context["plan"].counts == {"same": 3}
    before = everything(shop)
    owner.post(BRING, {"act": "write", "held": again.context["held"]})
    assert everything(shop) == before


def test_what_is_wrong_in_a_file_is_said_row_by_row_and_the_good_rows_go_in_only_when_asked(
    shop: Business, owner: Client, lucia: uuid.UUID
) -> None:
    text = "nombre,telefono,debe\nUno,1111111,doce\nDos,2222222,1.005\nTres,3333333,10\nTres bis,333 33 33,10\n,,5\n"
    page = owner.post(BRING, {"file": sent(text)})
    assert [(problem.row, problem.code) for problem, _ in page.context["problems"]] == [
        (2, "number"),
        (3, "decimals"),
        (5, "repeated"),
        (6, "empty"),
    ]
    assert all(words and "bring." not in words for _, words in page.context["problems"])

    before = everything(shop)
    assert owner.post(BRING, held(owner, text)).status_code == 422
    assert everything(shop) == before
    owner.post(BRING, held(owner, text) | {"only_good": "1"})
    with scope(shop.id):
        assert list(Buyer.objects.exclude(id=lucia).values_list("name", flat=True)) == ["Tres"]


def test_another_opening_balance_is_never_written_over_the_first(shop: Business, owner: Client, lucia: uuid.UUID) -> None:
    owner.post(BRING, held(owner, "nombre,telefono,debe\nLucía,951 555 0102,100\n"))
    page = owner.post(BRING, {"file": sent("nombre,telefono,debe\nLucía,9515550102,250\n")})
    assert [problem.code for problem, _ in page.context["problems"]] == ["opened"]
    with scope(shop.id):
        assert list(AccountEntry.objects.values_list("amount", flat=True)) == [10_000]


@pytest.mark.parametrize(
    "text,words",
    [
        ("", "Elija un archivo"),
        ("a,b\n1,2\n", "No hay una columna"),
        ("nombre\n" + "x\n" * 10_001, "10,000 filas"),
        ("x" * 1_500_001, "1.5 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(shop: Business, owner: Client, text: str, words: str) -> None:
    before = everything(shop)
    page = owner.post(BRING, {"file": sent(text)})
    assert page.status_code == 422 and words in page.content.decode()
    assert everything(shop) == before


def test_only_who_leads_brings_groups_and_authorises(shop: Business, owner: Client, lucia: uuid.UUID, wholesale: str) -> None:
    reader = office(shop, "accountant")
    before = everything(shop)
    for address, form in (
        (BRING, {"file": sent(FILE)}), (GROUPS, {"name": "x"}), (f"{GROUPS}{wholesale}/", {"name": "x"}),
        (f"/clientes/{lucia}/", {"what": "authorise", "person": "x"}), (f"/clientes/{lucia}/", {"what": "group", "group": wholesale}),
    ):  # fmt: skip
        assert reader.post(address, form).status_code == 403, address
    assert everything(shop) == before
