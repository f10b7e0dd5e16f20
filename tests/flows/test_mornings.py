"""What is promised for the day comes each morning by e-mail: to whoever asked, when something is due, and again when the mail server slept."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from mostrador.config.environment import mail_server
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.models import Organization, Outbox
from mostrador.kernel.scoping import scope
from mostrador.office import morning_mail
from mostrador.people.models import StaffMember, Store, User
from mostrador.trust import mornings, promise_chips
from tests.flows.office import office
from tests.support.post import Post, post_office
from tests.sync.shop import Business, Till, states
from tests.sync.test_promises import local_day, make, sent

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with post_office() as opened:
        settings.MAILERS, settings.MAIL_FROM, settings.PUBLIC_URL = opened.mailers, "caja@tienda.example", "https://caja.example"
        yield opened


@pytest.fixture
def till(shop: Business) -> Till:
    opened = shop.till()
    opened.open_shift()
    return opened


@pytest.fixture
def promise(shop: Business, owner: Client, till: Till) -> str:
    """Due in two days; the buyer's own words go with it."""
    assert owner.post("/promesas/palabras/", {"name": "Pedirlo para usted", "days": "3"}).status_code == 302
    with scope(shop.id):
        chip = str(promise_chips.chips()[0].id)
    made = make(till, chip, product=till.business.products["coffee"])
    sent(till)
    return made


def morning_after(shop: Business, till: Till, days: int) -> dt.datetime:
    """Half past eight in the store, so many mornings after the till's now."""
    at = clock.from_ms(till.at)
    with scope(shop.id):
        stores = list(Store.objects.all())
    for _ in range(days):
        found = mornings.next_morning(stores, at)
        assert found is not None
        at = found
    return at


def asked(shop: Business, client: Client, till: Till) -> None:
    with clock.at(clock.from_ms(till.at + 60_000)):
        assert client.post("/promesas/correo/", {"act": "read"})["Location"] == "/promesas/"
        drain()


def worked(at: dt.datetime) -> None:
    with clock.at(at):
        drain()


def waiting(shop: Business, topic: str) -> list[Outbox]:
    with scope(shop.id):
        return list(Outbox.objects.filter(topic=topic))


@pytest.mark.usefixtures("promise")
def test_who_asked_reads_what_is_due_on_the_morning_it_is_due_and_what_is_late_on_the_next(
    shop: Business, owner: Client, till: Till, post: Post
) -> None:
    asked(shop, owner, till)
    first = morning_after(shop, till, 1)
    worked(first - HOUR / 2)
    assert post.came == []

    for days in range(1, 5):  # two mornings too early, the day, the day after
        worked(morning_after(shop, till, days) + HOUR / 60)
    due, late = post.words()
    assert "Pedirlo para usted" in due
    assert "Para hoy\n- " in due
    assert "Con retraso\n- " in late
    assert "https://caja.example/promesas/" in late
    subjects = [message["Subject"] for message in post.came]
    assert subjects == ["Prometido para hoy: 1.", "Para hoy: 0. Con retraso: 1."]
    user = User.objects.get(email=post.came[0]["To"])
    with scope(shop.id):
        assert StaffMember.objects.get(user_id=user.id).role == "owner"
    assert shop_name(shop) in post.came[0]["From"]
    assert "caja@tienda.example" in post.came[0]["From"]
    html = post.came[0].get_body(("html",))
    assert html is not None
    assert "Pedirlo para usted" in html.get_content()


def shop_name(shop: Business) -> str:
    return Organization.objects.get(id=shop.id).name


@pytest.mark.usefixtures("promise")
def test_where_nothing_is_to_be_kept_nothing_comes(shop: Business, owner: Client, till: Till, post: Post, promise: str) -> None:
    asked(shop, owner, till)
    with clock.at(clock.from_ms(till.at + 120_000)):
        owner.post(f"/promesas/{promise}/", {"act": "keep"})
    for days in range(1, 5):
        worked(morning_after(shop, till, days) + HOUR / 60)
    assert post.came == []
    assert len(waiting(shop, mornings.TOPIC_MORNING)) == 1


@pytest.mark.usefixtures("promise")
def test_each_reads_in_their_own_language_and_who_left_or_stopped_reads_nothing(
    shop: Business, owner: Client, till: Till, post: Post
) -> None:
    english, gone, auditor = office(shop, "manager", "en"), office(shop, "manager"), office(shop, "auditor")
    assert auditor.post("/promesas/correo/", {"act": "read"}).status_code == 403
    for client in (owner, english, gone):
        asked(shop, client, till)
    with clock.at(clock.from_ms(till.at + 60_000)):
        owner.post("/promesas/correo/", {"act": "stop"})
    with scope(shop.id):
        leaves = User.objects.get(email=gone.get("/cuenta/").context["desk"].user.email)
        StaffMember.objects.filter(user_id=leaves.id).update(archived_at=clock.now())
    for days in range(1, 4):
        worked(morning_after(shop, till, days) + HOUR / 60)
    assert [message["Subject"] for message in post.came] == ["Promised for today: 1."]


@pytest.mark.usefixtures("promise")
def test_a_mail_server_that_sleeps_is_asked_again_and_the_office_says_so(shop: Business, owner: Client, till: Till, settings: Any) -> None:
    with post_office() as closed:
        settings.MAILERS, settings.MAIL_FROM = closed.mailers, "caja@tienda.example"
    asked(shop, owner, till)
    worked(morning_after(shop, till, 1))
    worked(morning_after(shop, till, 2))
    at = morning_after(shop, till, 3)
    worked(at)
    [row] = waiting(shop, morning_mail.TOPIC_MAIL)
    assert row.attempts == 1
    with clock.at(at + HOUR / 60):
        assert "no ha podido salir" in owner.get("/promesas/").content.decode()
    with post_office(closed.port) as opened:
        worked(at + HOUR)
        assert len(opened.came) == 1
    with clock.at(at + HOUR):
        assert "no ha podido salir" not in owner.get("/promesas/").content.decode()


@pytest.mark.usefixtures("promise")
def test_a_mail_server_that_is_gone_is_asked_once_for_all_readers(
    shop: Business, owner: Client, till: Till, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post_office() as closed:
        settings.MAILERS, settings.MAIL_FROM = closed.mailers, "caja@tienda.example"
    for client in (owner, office(shop, "manager"), office(shop, "manager")):
        asked(shop, client, till)
    asks: list[str] = []
    send = morning_mail._send

    def counted(organization: Organization, user: User, stores: list[morning_mail.Due]) -> None:
        asks.append(user.email)
        send(organization, user, stores)

    monkeypatch.setattr(morning_mail, "_send", counted)
    for days in range(1, 4):
        worked(morning_after(shop, till, days))

    assert len(asks) == 1
    assert [row.attempts for row in waiting(shop, morning_mail.TOPIC_MAIL)] == [1, 1, 1]


@pytest.mark.usefixtures("promise")
def test_one_address_that_is_refused_holds_up_no_other_and_nobody_gets_it_twice(
    shop: Business, owner: Client, till: Till, post: Post
) -> None:
    other = office(shop, "manager")
    for client in (owner, other):
        asked(shop, client, till)
    emails = sorted(str(client.get("/cuenta/").context["desk"].user.email) for client in (owner, other))
    post.refused.add(emails[0])
    for days in range(1, 4):
        worked(morning_after(shop, till, days))
    at = morning_after(shop, till, 3)
    for minutes in (1, 10, 40, 120):
        worked(at + minutes * HOUR / 60)
    assert [message["To"] for message in post.came] == [emails[1]]
    # By noon it is no morning any more: what could not leave is let go of, and the next morning waits.
    worked(at + mornings.LATE + HOUR)
    assert waiting(shop, morning_mail.TOPIC_MAIL) == []
    assert len(waiting(shop, mornings.TOPIC_MORNING)) == 1


@pytest.mark.usefixtures("promise")
def test_it_may_be_tried_at_once_and_says_what_is_wrong(shop: Business, owner: Client, till: Till, post: Post, settings: Any) -> None:
    answer = owner.post("/promesas/correo/", {"act": "try"}, follow=True)
    assert "Enviado a" in answer.content.decode()
    assert len(post.came) == 1
    post.refused.add(post.came[0]["To"])
    answer = owner.post("/promesas/correo/", {"act": "try"})
    assert answer.status_code == 422
    assert "no lo aceptó" in answer.content.decode()
    settings.MAILERS = {}
    assert "falta MOSTRADOR_SMTP_URL" in owner.post("/promesas/correo/", {"act": "try"}).content.decode()
    assert "quien instaló Mostrador" in owner.get("/promesas/").content.decode()


@pytest.mark.usefixtures("promise")
def test_nothing_that_a_buyer_wrote_is_in_it(shop: Business, owner: Client, till: Till, post: Post) -> None:
    with scope(shop.id):
        chip = str(promise_chips.chips()[0].id)
    annex = till.annex("Para la hermana de doña Inés")
    body = {"promise": str(uuid.uuid4()), "shift": till.cashier.shift, "chip": chip, "due": local_day(till), "text": annex.id}
    till._wrote(till.device.fact("promise.made", body, till.now(), till.visit().document(), None, [annex]))
    with clock.at(clock.from_ms(till.at + 1000)):
        assert set(states(till.push(annexes=[annex]))) == {"accepted"}
        drain()
        assert "doña Inés" in owner.get("/promesas/").content.decode()
        owner.post("/promesas/correo/", {"act": "try"})
    [mail] = post.came
    assert "Para hoy" in post.words()[0]
    assert "Inés" not in mail.as_string()
    assert "hermana" not in mail.as_string()


def test_a_morning_is_half_past_eight_by_the_clock_of_each_store_and_a_closed_day_is_none() -> None:
    mexico = Store(timezone="America/Mexico_City", closed_weekdays=[], closed_dates=["2026-11-25"])
    madrid = Store(timezone="Europe/Madrid", closed_weekdays=[6], closed_dates=[])
    at = dt.datetime(2026, 11, 24, 0, tzinfo=dt.UTC)
    first = mornings.next_morning([mexico, madrid], at)
    assert first == dt.datetime(2026, 11, 24, 7, 30, tzinfo=dt.UTC)
    assert mornings.waking([mexico, madrid], first) == [madrid]
    second = mornings.next_morning([mexico, madrid], first)
    assert second == dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)
    assert mornings.waking([mexico, madrid], second) == [mexico]
    assert mornings.waking([mexico], second + dt.timedelta(days=1)) == []
    # The clocks change on the night of 28 March 2027: by the wall it stays half past eight.
    assert mornings.next_morning([madrid], dt.datetime(2027, 3, 28, 0, tzinfo=dt.UTC)) == dt.datetime(2027, 3, 28, 6, 30, tzinfo=dt.UTC)
    assert mornings.waking([madrid], dt.datetime(2027, 3, 28, 6, 30, tzinfo=dt.UTC)) == []
    assert mornings.next_morning([], at) is None


@pytest.mark.parametrize(
    "url, sender, env",
    [
        ("http://host", "a@b.example", "development"),
        ("smtps://", "a@b.example", "development"),
        ("smtps://host:abc", "a@b.example", "development"),
        ("smtps://user:x@host", "", "development"),
        ("smtp://host", "a@b.example", "production"),
    ],
)
def test_a_mail_server_that_is_none_or_talks_in_the_clear_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str, env: str
) -> None:
    monkeypatch.setenv("MOSTRADOR_SMTP_URL", url)
    monkeypatch.setenv("MOSTRADOR_MAIL_FROM", sender)
    monkeypatch.setenv("MOSTRADOR_ENV", env)
    with pytest.raises(SystemExit):
        mail_server()


def test_a_mail_server_is_read_from_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOSTRADOR_SMTP_URL", "smtp+starttls://caja%40tienda.example:cl%3Aave@correo.example")
    monkeypatch.delenv("MOSTRADOR_MAIL_FROM", raising=False)
    server = mail_server()
    assert server is not None
    assert (server.host, server.port, server.user, server.password) == ("correo.example", 587, "caja@tienda.example", "cl:ave")
    assert (server.security, server.sender) == ("starttls", "caja@tienda.example")
