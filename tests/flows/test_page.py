"""The buyer's page: what the secret on a ticket opens, and what nobody can open or learn."""

import datetime as dt
import hashlib
import re

import pytest
from django.test import Client

from mostrador.counter.models import Sale
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.page.answer import POLICY
from mostrador.people import services as people
from mostrador.people import throttle
from mostrador.sync.cashier import Extras
from tests.flows.office import office
from tests.sync.shop import OPENED, Business

SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
UNKNOWN = "La tienda aún no ha enviado esta compra, o el código no existe; su papel vale igual."
SOON = clock.from_ms(OPENED) + dt.timedelta(days=1)
LATER = clock.from_ms(OPENED) + dt.timedelta(days=32)


def token(kind: str = "ticket") -> Extras:
    """What a sale carries so that SECRET opens its page."""
    return Extras(tokens=({"kind": kind, "hash": hashlib.sha256(SECRET.encode()).hexdigest()},))


def a_purchase(business: Business, kind: str = "ticket") -> None:
    """A purchase of two coffees and some tomatoes that SECRET opens."""
    till = business.till()
    till.open_shift()
    till.sell(("coffee", 2000), ("tomato", 750), extras=token(kind))
    till.push()


def page(secret: str = SECRET, language: str = "es", at: dt.datetime = SOON) -> str:
    """The page's text."""
    with clock.at(at):
        return Client(headers={"accept-language": language}).get(f"/t/{secret}").content.decode()


def test_the_secret_of_a_ticket_opens_its_purchase(shop: Business) -> None:
    a_purchase(shop)

    html = page()

    for text in ("Tienda MX", "Mi compra", "25 de noviembre de 2025", "$206.50", "efectivo", "coffee", "0.750", "IVA 16 %", "$24.55"):
        assert text in html


def test_english_is_whole(shop: Business) -> None:
    a_purchase(shop)

    html = page(language="en")

    assert '<html lang="en">' in html
    assert "My purchase" in html
    assert not re.search(r"\b(compra|ticket|Pagado|Impuestos)\b", html.replace("Tienda", ""))


def test_the_page_names_nobody_who_works_there(shop: Business) -> None:
    a_purchase(shop)

    html = page()

    assert "Rosa" not in html
    assert "Ana" not in html
    assert shop.cashier not in html


def test_the_page_sets_no_cookie_runs_nothing_and_keeps_robots_and_referrers_out(shop: Business) -> None:
    a_purchase(shop)
    with clock.at(SOON):
        answer = Client().get(f"/t/{SECRET}")

    assert not answer.cookies
    assert "<script" not in answer.content.decode()
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")
    assert answer["Cache-Control"] == "private, no-store"
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert set(POLICY) == {"default-src", "style-src", "font-src", "img-src", "base-uri", "form-action", "frame-ancestors"}


def test_a_page_with_all_that_it_loads_stays_under_50_kilobytes(shop: Business) -> None:
    from mostrador.config.environment import ROOT

    a_purchase(shop)
    folder = ROOT / "mostrador" / "page" / "static" / "page"
    loaded = sum((folder / name).stat().st_size for name in ("page.css", "archivo-page.woff2", "mark.svg"))

    assert len(page().encode()) + loaded < 50_000


@pytest.mark.parametrize("secret", ["AAAAAAAAAAAAAAAAAAAAAA", "corto", "x" * 300, "no-es-un-secreto-valido!!", "..%2F..%2Fetc"])
def test_what_is_unknown_gets_the_same_page_whatever_it_is(shop: Business, secret: str) -> None:
    a_purchase(shop)

    answer = Client().get(f"/t/{secret}")
    usual = Client().get("/t/BBBBBBBBBBBBBBBBBBBBBB")

    assert (answer.status_code, usual.status_code) == (404, 404)
    assert answer.content == usual.content
    assert UNKNOWN in answer.content.decode()


def test_a_sale_that_is_still_at_its_till_is_as_unknown_as_any(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    till.sell(("coffee", 1000), extras=token())

    before = page()
    till.push()

    assert UNKNOWN in before
    assert "$89.00" in page()


def test_who_tries_many_secrets_has_to_wait_and_learns_nothing(shop: Business) -> None:
    a_purchase(shop)
    with clock.at(SOON):
        for _ in range(throttle.TRIES["page"]):
            throttle.count("page", "127.0.0.1")

        answer = Client().get(f"/t/{SECRET}")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "coffee" not in answer.content.decode()


def test_opening_ones_own_page_again_and_again_tires_nobody(shop: Business) -> None:
    a_purchase(shop)

    pages = {page() for _ in range(5)}

    assert len(pages) == 1
    assert "$206.50" in pages.pop()


def test_after_thirty_days_only_what_was_bought_and_when_is_shown(shop: Business) -> None:
    a_purchase(shop)

    html = page(at=LATER)

    assert "coffee" in html
    assert "25 de noviembre de 2025" in html
    assert "$" not in html.partition("<main>")[2]
    assert "efectivo" not in html


def test_a_gift_ticket_shows_no_price(shop: Business) -> None:
    a_purchase(shop, "gift")

    html = page()

    assert "coffee" in html
    assert "Es un ticket de regalo" in html
    assert re.search(r"-[0-9A-F]{6}-R\b", html)
    assert "$" not in html.partition("<main>")[2]


def test_a_reprint_opens_the_same_purchase_by_its_own_secret(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 1000))
    till.reprint(sold, [hashlib.sha256(SECRET.encode()).hexdigest()])
    till.push()

    assert "$89.00" in page()


def test_a_withdrawn_secret_is_as_unknown_as_any_and_a_copy_opens_it_again(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 1000), extras=token())
    till.push()
    assert "$89.00" in page()
    there = f"/tickets/{sold['body']['sale']}/"
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    assert digest in owner.get(there).content.decode()

    for _ in range(2):
        assert owner.post(there, {"digest": digest}).status_code == 302

    assert UNKNOWN in page()
    html = owner.get(there).content.decode()
    assert ("Retirado" in html, digest in html) == (True, False)
    again = SECRET[::-1]
    till.reprint(sold, [hashlib.sha256(again.encode()).hexdigest()])
    till.push()
    assert "$89.00" in page(again)


def test_only_who_leads_withdraws_and_only_what_the_sale_has(shop: Business, owner: Client) -> None:
    a_purchase(shop)
    with scope(shop.id):
        there = f"/tickets/{Sale.objects.get().id}/"
    digest = hashlib.sha256(SECRET.encode()).hexdigest()

    assert office(shop, "accountant").post(there, {"digest": digest}).status_code == 403
    assert owner.post(there, {"digest": "ab" * 32}).status_code == 404
    assert "$206.50" in page()


def test_names_with_markup_are_shown_as_text(shop: Business) -> None:
    with scope(shop.id):
        people.change_store(shop.actor, store_id=shop.store_id, name="<script>alert(1)</script>")
    a_purchase(shop)

    html = page()

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_somebody_of_the_office_sees_it_as_the_buyer_does(shop: Business, owner: Client) -> None:
    a_purchase(shop)
    with scope(shop.id):
        sale = Sale.objects.get()

    with clock.at(SOON):
        answer = owner.get(f"/t/vista/{sale.id}")

    assert answer.status_code == 200
    assert "$206.50" in answer.content.decode()
    assert "Así la ve el comprador." in answer.content.decode()


def test_nobody_else_sees_a_purchase_without_its_secret(shop: Business, stranger: Client) -> None:
    a_purchase(shop)
    with scope(shop.id):
        sale = Sale.objects.get()

    answers = [client.get(f"/t/vista/{sale.id}") for client in (Client(), stranger, office(shop, "stock"))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all(UNKNOWN in answer.content.decode() for answer in answers)


def test_a_refused_secret_stands_in_no_log(shop: Business, caplog: pytest.LogCaptureFixture) -> None:
    page("CCCCCCCCCCCCCCCCCCCCCC")

    assert "CCCCCCCC" not in caplog.text
