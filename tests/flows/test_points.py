"""Points in the office: the scheme is the owner's and each change a version; what is owed, who has fewer than none, and every movement as a file."""

import csv
import io
import uuid

import pytest
from django.test import Client

from mostrador.buyers import points
from mostrador.buyers.importing import apply, check
from mostrador.buyers.models import AccountEntry, PointsScheme
from mostrador.buyers.points import PointsTerms
from mostrador.catalogue.queries import skus
from mostrador.catalogue.services import add_category
from mostrador.config.worker import drain
from mostrador.counter import accounts
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.flows.office import everything, office
from tests.sync.shop import Business, Till, states

HERE = "/puntos/"
FORM = {"is_on": "1", "earn_per": "10", "worth_points": "10", "worth_amount": "1", "least": "", "unearning": "points"}


@pytest.fixture
def lucia(shop: Business) -> tuple[Till, str]:
    """A shop with points, where Lucía earned 17, spent 10 of them, and owes 88.00."""
    with scope(shop.id):
        scheme = str(points.set_scheme(shop.actor, terms=PointsTerms(is_on=True)).id)
    till = shop.till()
    till.open_shift()
    lucia = till.meet("Lucía")
    till.sell(("coffee", 2000), extras=Extras(buyer=lucia, points={"scheme": scheme, "earned": 17, "spent": 0}))
    paid = [{"method": "points", "amount": 100}, {"method": "fiado", "amount": 8_800}]
    till.sell(("coffee", 1000), payments=paid, extras=Extras(buyer=lucia, points={"scheme": scheme, "earned": 8, "spent": 10}))
    assert set(states(till.push(annexes=till.annexes))) == {"accepted"}
    drain()
    return till, lucia


def test_points_are_off_until_the_owner_says_how_and_each_change_is_a_version(shop: Business, owner: Client) -> None:
    assert "Hay puntos en esta empresa" in owner.get(HERE).content.decode()
    with scope(shop.id):
        assert points.last() is None

    assert owner.post(HERE, FORM).status_code == 302
    assert owner.post(HERE, {**FORM, "earn_per": "", "worth_points": "100", "worth_amount": "5.50", "least": "50"}).status_code == 302

    with scope(shop.id):
        first, second = PointsScheme.objects.order_by("made_at", "id")
        assert (first.earn_per, first.worth_points, first.worth_amount, first.unearning) == (1_000, 10, 100, ["points"])
        assert (second.earn_per, second.worth_points, second.worth_amount, second.least) == (None, 100, 550, 50)
    html = owner.get(HERE).content.decode()
    assert "Ya no se ganan; 100 puntos valen $5.50" in html
    assert "Un punto por $10.00; 10 puntos valen $1.00" in html


def test_categories_and_products_earn_nothing_where_the_owner_says_so(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        category = add_category(shop.actor, name="Tabaco")
        coffee = uuid.UUID(shop.products["coffee"])
        code = skus([coffee])[0]

    assert owner.post(HERE, {**FORM, "categories": str(category.id), "products": code}).status_code == 302

    with scope(shop.id):
        terms = points.terms_of(points.last())
    assert (terms.categories, terms.products) == ((category.id,), (coffee,))
    assert code in owner.get(HERE).content.decode()


def test_the_owner_says_whether_points_run_out_and_the_versions_tell(shop: Business, owner: Client) -> None:
    assert owner.post(HERE, {**FORM, "lapse": "earned", "lapse_months": "12"}).status_code == 302
    assert "Cada uno vence a los 12 meses de ganarlo" in owner.get(HERE).content.decode()
    assert owner.post(HERE, {**FORM, "lapse": "", "lapse_months": "12"}).status_code == 302

    with scope(shop.id):
        assert [(row.lapse, row.lapse_months) for row in points.versions()][:2] == [("", None), ("earned", 12)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"worth_points": "0"},
        {"worth_amount": ""},
        {"earn_per": "0"},
        {"least": "-1"},
        {"products": "NADA-DE-ESO"},
        {"worth_points": "1.5"},
        {"lapse": "moved"},
        {"lapse": "often", "lapse_months": "2"},
    ],
)
def test_what_no_till_could_compute_is_said_and_nothing_changes(shop: Business, owner: Client, wrong: dict[str, str]) -> None:
    before = everything(shop)

    assert owner.post(HERE, {**FORM, **wrong}).status_code == 422
    assert everything(shop) == before


def test_a_manager_reads_and_changes_nothing(shop: Business) -> None:
    manager = office(shop, "manager")
    assert manager.get(HERE).status_code == 200
    assert manager.post(HERE, FORM).status_code == 403


def test_the_room_says_what_the_shop_owes_and_the_customers_page_every_movement(owner: Client, lucia: tuple[Till, str]) -> None:
    assert "15 puntos en poder de 1 clientes. La tienda debe $1.50" in owner.get(HERE).content.decode()

    html = owner.get(f"/clientes/{lucia[1]}/").content.decode()

    assert "<b>Puntos</b> · 15" in html
    assert html.count("Ganados en el ticket") == 2 and html.count("Usados en el ticket") == 1
    assert "<b>17</b>" in html and "<small>15</small>" in html


def test_points_are_corrected_by_hand_in_whole_points(shop: Business, owner: Client, lucia: tuple[Till, str]) -> None:
    here = f"/clientes/{lucia[1]}/"
    entry = {"what": "entry", "account": "points", "reason": "correction", "way": "less", "amount": "20", "text": "Se contó dos veces"}
    assert owner.post(here, {**entry, "amount": "1.5"}).status_code == 422

    assert owner.post(here, entry).status_code == 302

    with scope(shop.id):
        assert accounts.balances()[uuid.UUID(lucia[1]), "points"] == -5
    assert "Con menos de cero" in owner.get(HERE).content.decode()
    assert "Tiene menos de cero puntos" in owner.get("/clientes/?estado=pasados").content.decode()


def test_every_movement_of_every_account_is_in_one_file(owner: Client, lucia: tuple[Till, str]) -> None:
    answer = owner.get("/clientes/movimientos.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["cliente", "cuenta", "dia", "hora", "movimiento", "ticket", "importe", "saldo", "nota"]
    assert [(row[0], row[1], row[4], row[6], row[7]) for row in rows[1:2]] == [("Lucía", "Fiado", "Ticket", "88.00", "88.00")]
    found = sorted((row[1], row[4], row[6]) for row in rows[2:])
    assert found == [
        ("Puntos", "Ganados en el ticket", "17"),
        ("Puntos", "Ganados en el ticket", "8"),
        ("Puntos", "Usados en el ticket", "-10"),
    ]
    assert rows[-1][7] == "15"


def test_a_file_of_customers_brings_their_points_once(shop: Business) -> None:
    data = b"nombre,puntos\nAna,120\nPedro,\n"
    with scope(shop.id):
        for _ in range(2):
            apply(shop.actor, check(data, locale="es-MX", digits=2))
        assert list(AccountEntry.objects.values_list("account", "amount", "reason")) == [("points", 120, "opening")]
        wrong = check(b"nombre,puntos\nEva,1.5\n", locale="es-MX", digits=2)
        assert [(one.field, one.code) for one in wrong.problems] == [("points", "decimals")]


def test_the_page_of_a_ticket_says_how_it_was_paid_and_no_balance(owner: Client, lucia: tuple[Till, str]) -> None:
    till = lucia[0]
    sold = till.sell(("coffee", 1000), extras=Extras(buyer=lucia[1], tokens=[{"kind": "ticket", "hash": "0" * 64}]))
    till.push()

    html = owner.get(f"/t/vista/{sold['body']['sale']}").content.decode()

    assert "puntos" not in html.lower()
