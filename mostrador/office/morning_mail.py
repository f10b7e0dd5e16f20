"""Each morning by e-mail: what is promised for today and what is late, to whoever of the team asked for it (trust.mornings).

A mail is kept elsewhere and read on any screen, so it says what was promised and by when, and nothing that a buyer wrote or is called. Where nothing is
to be kept none is sent. One that cannot leave is tried again, ever later, as all work of the outbox is; the office says so meanwhile.
"""

import smtplib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from django.conf import settings
from django.db import OperationalError
from django.template.loader import render_to_string

from mostrador.kernel import clock, outbox
from mostrador.kernel.errors import Invalid
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization, Outbox
from mostrador.office.desk import LEADERS, formats_of
from mostrador.office.texts import sentence
from mostrador.people import queries
from mostrador.people.models import Store, User
from mostrador.sync import promising
from mostrador.sync.promising import Spoken
from mostrador.trust import mornings, promises

TOPIC_MAIL = "office.morning_mail"
LISTED_MAX = 60
"""So many promises of a store stand in a mail; of the others it says how many there are."""
type Group = tuple[str, bool, list[tuple[str, str]]]
"""A heading, whether it is late, and what stands below it: what, and by when on which ticket."""
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
"""What concerns one mail; whatever else goes wrong concerns the server."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """What a store has to keep today. `late`: what is behind already, of `n_late`; `today`: what falls due today, of `n_today`."""

    store: Store
    late: tuple[Spoken, ...]
    today: tuple[Spoken, ...]
    n_late: int
    n_today: int

    @property
    def more(self) -> int:
        """How many of them a mail does not list."""
        return self.n_late + self.n_today - len(self.late) - len(self.today)


def can_leave() -> bool:
    """Whether there is a mail server to hand it to."""
    return "default" in settings.MAILERS


def waits() -> Outbox | None:
    """Return a mail that could not leave yet, or None."""
    return Outbox.objects.filter(topic=TOPIC_MAIL, attempts__gt=0).order_by("-attempts").first()


def due(stores: Sequence[Store]) -> list[Due]:
    """Return the stores that have something to keep today, each with what it is."""
    found = []
    for store in stores:
        open_now = [one for one in promises.for_today([store]) if one.promise.is_open]
        shown = promising.spoken(open_now[:LISTED_MAX])
        late, today = (tuple(said for said in shown if (said.one.days_left < 0) is is_late) for is_late in (True, False))
        n_late = sum(one.days_left < 0 for one in open_now)
        if shown:
            found.append(Due(store, late, today, n_late, len(open_now) - n_late))
    return found


def send_now(organization: Organization, user: User) -> None:
    """Send what there is at this hour, whatever the hour, so that whoever asked for it sees that it arrives. Raises Invalid where no mail can leave."""
    if not can_leave():
        raise Invalid(mail="no_server")
    try:
        _send(organization, user, due(queries.stores()))
    except (OSError, smtplib.SMTPException) as error:
        _log.warning("mail_failed", error=repr(error))
        raise Invalid(mail="not_sent") from error


def _morning(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> Callable[[], None]:
    """It is morning somewhere: a mail for each reader of what is due there, and the next morning."""
    at = max(clock.from_ms(int(str(payload["at"]))) for payload in payloads)
    in_time = clock.now() - at < mornings.LATE
    wakes = mornings.waking(queries.stores(), at) if in_time and can_leave() else []
    readers = queries.of_office(mornings.readers(), LEADERS) if due(wakes) else []
    rows = [{"user": str(user.id), "at": clock.to_ms(at), "stores": [str(store.id) for store in wakes]} for user in readers]

    def write() -> None:
        for row in rows:
            outbox.enqueue(organization_id, TOPIC_MAIL, row)
        mornings.wait(organization_id, at if in_time else clock.now())

    return write


def _mail(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> Callable[[], None]:
    """Send each; of several of which some could not leave only those are tried again, by themselves."""
    organization = Organization.objects.get(id=organization_id)
    stores = {str(store.id): store for store in queries.stores()}
    left: list[dict[str, object]] = []
    problem: Exception | None = None
    for n, payload in enumerate(payloads):
        [*readers] = queries.of_office([uuid.UUID(str(payload["user"]))], LEADERS)
        wakes = [stores[store] for store in _strings(payload["stores"]) if store in stores]
        at = clock.from_ms(int(str(payload["at"])))
        if clock.now() - at >= mornings.LATE or not can_leave():
            continue
        try:
            for reader in readers:
                _send(organization, reader, due(wakes))
        except REFUSED as error:
            left.append(payload)
            problem = error
        except OSError as error:
            # Nobody is at home: asked once, not once for each reader, for all other work of the business waits meanwhile.
            if n == 0:
                raise OperationalError("the mail server does not answer") from error
            left += payloads[n:]
            break
    if problem is not None and len(left) == len(payloads):
        raise problem
    return partial(_again, organization_id, left)


def _again(organization_id: uuid.UUID, left: list[dict[str, object]]) -> None:
    for payload in left:
        outbox.enqueue(organization_id, TOPIC_MAIL, payload)


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _send(organization: Organization, user: User, stores: list[Due]) -> None:
    from django.core.mail import EmailMultiAlternatives  # a server that sends no mail does without it

    formats = formats_of(organization, user.language)
    say = partial(sentence, language=formats.language)
    late, today = sum(one.n_late for one in stores), sum(one.n_today for one in stores)
    title = say("morning.subject", today=today, late=late) if late else say("morning.subject_today", today=today)
    address = f"{settings.PUBLIC_URL}/promesas/" if settings.PUBLIC_URL else ""
    parts = [(one.store.name, _groups(one, formats), _more(one, formats)) for one in stores]
    context = {"title": title, "language": formats.language, "business": organization.name, "parts": parts, "address": address}
    words = {"open": say("morning.open"), "why": say("morning.why"), "nothing": say("morning.nothing")}
    message = EmailMultiAlternatives(
        subject=title, body=_plain(title, parts, address, words), to=[user.email],
        from_email=_sender(organization.name), headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(render_to_string("office/mail/morning.html", {**context, "words": words}), "text/html")
    message.send(using="default")


def _groups(one: Due, formats: Formats) -> list[Group]:
    """What a store has to keep, as a mail says it."""
    late, today = sentence("morning.late", formats.language), sentence("morning.today", formats.language)
    groups = ((late, True, one.late), (today, False, one.today))
    return [(heading, is_late, [_line(said, formats) for said in found]) for heading, is_late, found in groups if found]


def _line(said: Spoken, formats: Formats) -> tuple[str, str]:
    day = formats.day(said.one.promise.due.by)
    if said.order_kind:
        return f"{sentence(f'order.{said.order_kind}', formats.language)} {said.ticket}", day
    number = sentence("promises.ticket", formats.language, number=said.ticket) if said.ticket else ""
    return " · ".join(word for word in (said.name or "—", said.product) if word), " · ".join(word for word in (day, number) if word)


def _more(one: Due, formats: Formats) -> str:
    return sentence("morning.more", formats.language, n=one.more) if one.more else ""


def _plain(title: str, parts: Sequence[tuple[str, list[Group], str]], address: str, words: dict[str, str]) -> str:
    lines = [title, ""]
    for store, groups, more in parts:
        lines += [store.upper(), ""]
        for heading, _is_late, rows in groups:
            lines += [heading, *(f"- {what} ({when})" for what, when in rows), ""]
        lines += [more, ""] if more else []
    if not parts:
        lines += [words["nothing"], ""]
    return "\n".join([*lines, *([f"{words['open']}: {address}", ""] if address else []), words["why"], ""])


def _sender(name: str) -> str:
    from email.utils import formataddr

    return formataddr((name, settings.MAIL_FROM))


outbox.handles(mornings.TOPIC_MORNING, _morning)
outbox.handles(TOPIC_MAIL, _mail)
