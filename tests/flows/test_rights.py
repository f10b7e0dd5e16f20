"""Rights on the buyer's page and in the office: computed when somebody looks, law called law, courtesy called courtesy, silent where nobody checked."""

import datetime as dt
import re

from django.test import Client

from mostrador.catalogue.models import Product
from mostrador.config import doctor_rights
from mostrador.counter.models import Sale
from mostrador.kernel import clock
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import scope
from mostrador.rights.models import RepairEnd, RepairStay, ShopTerm
from tests.flows.office import office
from tests.flows.test_page import SECRET, a_purchase, token
from tests.sync.shop import OPENED, Business, Till

ROOM = "/derechos/"


def texts(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def section(at: dt.datetime, language: str = "es") -> str:
    """The section of rights of the page, as text; empty without one."""
    with clock.at(at):
        html = Client(headers={"accept-language": language}).get(f"/t/{SECRET}").content.decode()
    found = re.search(r'<ul class="rights">.*?</ul>', html, re.DOTALL)
    return texts(found[0]).strip() if found else ""


SOON = clock.from_ms(OPENED) + dt.timedelta(days=1)


def say(owner: Client, address: str = ROOM, **fields: str) -> int:
    """Say terms of the shop before it sells."""
    blank = {"return_days": "", "return_says": "", "guarantee_months": "", "guarantee_says": "", "goods": "", "agreed_months": ""}
    with clock.at(clock.from_ms(OPENED) - dt.timedelta(days=1)):
        return owner.post(address, {**blank, **fields}).status_code


def test_the_page_says_what_the_law_gives_until_when_and_by_which_articles(shop: Business) -> None:
    a_purchase(shop)

    assert section(SOON).startswith("Si no es lo que se ofreció hasta el 25 ene 2026 Si la cantidad")
    assert "Según LFPC, arts. 92, 92 Ter y 93" in section(SOON)
    assert section(SOON, "en").startswith("If it is not what was offered until 25 Jan 2026")


def test_courtesy_says_that_no_law_asks_for_it(shop: Business, owner: Client) -> None:
    assert say(owner, return_days="7", return_says="Sin abrir y con ticket") == 302
    a_purchase(shop)

    assert "Cambio por cortesía hasta el 2 dic 2025 Sin abrir y con ticket. Es cortesía nuestra, no obligación legal." in section(SOON)
    assert "Según" not in section(SOON).partition("Cambio por cortesía")[2]


def test_what_is_said_later_does_not_change_what_was_sold_before(shop: Business, owner: Client) -> None:
    say(owner, return_days="7")
    a_purchase(shop)
    with clock.at(SOON):
        owner.post(ROOM, {"return_days": "30", "return_says": "", "guarantee_months": "", "guarantee_says": ""})

    assert "Cambio por cortesía hasta el 2 dic 2025" in section(SOON)


def test_a_right_that_ended_is_said_no_more(shop: Business, owner: Client) -> None:
    say(owner, return_days="7")
    a_purchase(shop)

    assert "Cambio por cortesía" in section(clock.from_ms(OPENED) + dt.timedelta(days=7))
    assert "Cambio por cortesía" not in section(clock.from_ms(OPENED) + dt.timedelta(days=8))


def test_after_thirty_days_rights_stand_with_their_goods_and_without_amounts(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        coffee = Product.objects.get(name="coffee").id
    say(owner, f"{ROOM}producto/{coffee}/", goods="durable")
    a_purchase(shop)

    late = section(clock.from_ms(OPENED) + dt.timedelta(days=45))

    assert "Garantía coffee hasta el 23 feb 2026" in late
    assert "$" not in late


def test_a_product_is_what_its_owner_says_it_is_before_its_category_and_the_shop(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        ids = {row.name: row.id for row in Product.objects.all()}
    say(owner, return_days="7", return_says="Con ticket")
    say(owner, f"{ROOM}producto/{ids['tomato']}/", goods="perishable", return_days="0")
    a_purchase(shop)

    assert "Cambio por cortesía coffee hasta el 2 dic 2025" in section(SOON)


def test_what_came_back_has_no_rights(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 2000), ("tomato", 750), extras=token())
    till.take_back(sold, (0, 2000))
    till.push()

    assert section(SOON).startswith("Si no es lo que se ofreció hasta el")
    till.take_back(sold, (1, 750))
    till.push()
    assert section(SOON) == ""


def test_a_present_has_rights_too_and_shows_no_amounts(shop: Business, owner: Client) -> None:
    say(owner, return_days="7")
    a_purchase(shop, "gift")

    assert "Si no es lo que se ofreció" in section(SOON)
    assert "$" not in section(SOON)


def test_where_nobody_wrote_rules_nothing_is_said_of_the_law(shop: Business) -> None:
    a_purchase(shop)
    with scope(shop.id):
        Organization.objects.filter(id=shop.id).update(country="FR")

    assert section(SOON) == ""


def test_a_rule_that_nobody_checked_for_a_year_is_said_no_more(shop: Business) -> None:
    a_purchase(shop)
    with scope(shop.id):
        Organization.objects.filter(id=shop.id).update(country="ES")

    assert section(dt.datetime(2027, 11, 30, 12, 0, tzinfo=dt.UTC)).startswith("Garantía legal hasta el 25 nov 2028")
    assert section(dt.datetime(2027, 12, 2, 12, 0, tzinfo=dt.UTC)) == ""


def test_only_the_owner_says_what_the_shop_gives_and_others_may_read_it(shop: Business, owner: Client) -> None:
    manager = office(shop, "manager")

    assert manager.get(ROOM).status_code == 200
    assert say(manager, return_days="7") == 403
    with scope(shop.id):
        assert ShopTerm.objects.count() == 0
    assert say(owner, return_days="siete") == 422
    assert say(owner, return_days="99999") == 422
    with scope(shop.id):
        assert ShopTerm.objects.count() == 0


def test_saying_the_same_again_writes_nothing(shop: Business, owner: Client) -> None:
    for _ in range(2):
        say(owner, return_days="7", return_says="Con ticket")

    with scope(shop.id):
        assert [(row.kind, row.amount, row.unit, row.says) for row in ShopTerm.objects.all()] == [
            ("voluntary_return", 7, "days", "Con ticket")
        ]


def test_the_office_lists_each_rule_with_its_source_and_says_which_is_in_doubt(shop: Business, owner: Client) -> None:
    with clock.at(dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)):
        fresh = texts(owner.get(ROOM).content.decode())
    with clock.at(dt.datetime(2027, 12, 1, 12, 0, tzinfo=dt.UTC)):
        old = texts(owner.get(ROOM).content.decode())

    assert "LFPC, arts. 92, 92 Ter y 93" in fresh
    assert (fresh.count("Comprobada hace demasiado"), fresh.count("Sin comprobar: no se dice")) == (0, 1)
    assert (old.count("Comprobada hace demasiado"), old.count("Sin comprobar: no se dice")) == (4, 1)


def test_the_doctor_says_which_rule_is_stale_and_counts_those_that_nobody_checked(shop: Business) -> None:
    def said(year: int) -> list[tuple[str, str]]:
        with clock.at(dt.datetime(year, 12, 1, 12, 0, tzinfo=dt.UTC)), scope(shop.id):
            return [(one.level, one.text) for one in doctor_rights.rights()]

    assert said(2026) == [("ok", "5 reglas, 1 sin comprobar")]
    assert [level for level, _ in said(2027)] == ["warning"] * 4 + ["ok"]
    assert "MX guarantee (LFPC, arts. 77 a 83): comprobada el 2026-11-30, hace demasiado; no se dice." in said(2027)[2][1]


def test_a_product_is_found_by_its_code(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        coffee = Product.objects.get(name="coffee")

    assert owner.get(ROOM, {"producto": coffee.sku})["Location"] == f"{ROOM}producto/{coffee.id}/"
    assert "unknown" not in owner.get(ROOM, {"producto": "nadie"}).content.decode()


def a_repaired(shop: Business, owner: Client) -> tuple[Till, str]:
    """A coffee machine, sold."""
    with scope(shop.id):
        coffee = Product.objects.get(name="coffee").id
    say(owner, f"{ROOM}producto/{coffee}/", goods="durable")
    a_purchase(shop)
    with scope(shop.id):
        return shop.till(), f"/tickets/{Sale.objects.get().id}/"


def test_days_of_repair_are_written_down_in_the_office_and_move_the_end_on_the_page(shop: Business, owner: Client) -> None:
    _, ticket = a_repaired(shop, owner)
    later = clock.from_ms(OPENED) + dt.timedelta(days=20)
    with clock.at(later):
        assert "Garantía" in owner.get(ticket).content.decode()
        owner.post(f"{ticket}reparacion/", {"n": "0", "on": "2025-12-01"})
        with scope(shop.id):
            stay = RepairStay.objects.get()
        owner.post(f"{ticket}reparacion/", {"stay": str(stay.id), "on": "2025-12-11"})
        owner.post(f"{ticket}reparacion/", {"stay": str(stay.id), "on": "2025-12-13"})

    with scope(shop.id):
        assert RepairEnd.objects.get().ended_on == dt.date(2025, 12, 11)
    assert "Garantía coffee hasta el 5 mar 2026" in section(later)
    assert "Cuenta 10 días que estuvo en reparación." in section(later)


def test_a_day_before_the_sale_or_to_come_is_not_written_down(shop: Business, owner: Client) -> None:
    _, ticket = a_repaired(shop, owner)
    with clock.at(SOON):
        for wrong in ("2025-11-01", "2026-03-01", "", "ayer"):
            owner.post(f"{ticket}reparacion/", {"n": "0", "on": wrong})
        assert owner.post(f"{ticket}reparacion/", {"n": "77", "on": "2025-11-25"}).status_code == 404
        owner.post(f"{ticket}reparacion/", {"n": "0", "on": "2025-11-26"})
        owner.post(f"{ticket}reparacion/", {"n": "0", "on": "2025-11-26"})

    with scope(shop.id):
        assert RepairStay.objects.count() == 1
