"""What the demo's shops say of their goods: honest sheets, one of them mended when its returns had shown what was missing, and what was answered when somebody asked."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from mostrador.config.demo.promising import Word
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.people.queries import stores
from mostrador.sync.cashier import Cashier, Visit
from mostrador.trust import claim_desk, claim_topics, claims, sheets
from mostrador.trust.sheets import Draft

SECOND_MS = 1000
MENDED_ON, CORRECTED_ON = 34, 41
"""Days of the past on which a sheet says more, and on which what did not hold is put right."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be asked at a till: the shop's questions, and the promise of who does not know."""

    topics: tuple[str, ...] = ()
    finds_out: str | None = None


@dataclass(slots=True)
class Answers:
    """What is answered at a till; a lot of its own, so that nothing else in the demo moves."""

    rng: Random
    known: Known = Known()

    def gives(self, cashier: Cashier, visit: Visit, at: int, product: str, date: dt.date, percent: int) -> Iterator[bytes]:
        """Now and then somebody asks about what they buy: mostly the sheet answers, sometimes nobody knows and it is promised to find out."""
        if not percent or self.rng.randrange(1000) >= percent * 10:
            return
        sheet = sheets.current(UUID(product))
        said = {"shift": cashier.shift, "product": product}
        if sheet is not None and sheet.is_honest and self.rng.randrange(3):
            point = self.rng.choice(sheet.points)
            body = {**said, "said": "yes", "sheet": str(sheet.id), "point": str(point.id)}
        elif self.known.topics:
            answer = self.rng.choice(("yes", "yes", "no", "unsure"))
            body = {**said, "said": answer, "topic": self.rng.choice(self.known.topics)}
            if answer == "unsure" and self.known.finds_out is not None:
                promise = cashier.device.ids(at)
                promised = {
                    "promise": promise,
                    "shift": cashier.shift,
                    "chip": self.known.finds_out,
                    "due": (date + dt.timedelta(days=1)).isoformat(),
                }
                yield cashier.device.fact("promise.made", promised, at, visit.document(), cashier.staff)
                body["promise"] = promise
        else:
            return
        yield cashier.device.fact("claim.stated", body, at + SECOND_MS, visit.document(), cashier.staff)


def add_sayings(actor: Actor, about: Mapping[str, Any], products: Mapping[str, UUID], promised: Sequence[Word], at: int) -> Known:
    """Publish the sheets, from `at` on (milliseconds), and begin the questions; return what may be asked."""
    with clock.at(clock.from_ms(at)):
        for row in about["sheets"]:
            for sku in row["skus"]:
                sheets.publish(actor, product_id=products[sku], drafts=_drafts(row["points"]), seen=0)
    topics = tuple(str(claim_topics.add_topic(actor, name=name)) for name in about["questions"])
    return Known(topics, next((word.chip for word in promised if word.finds_out), None))


def happens(actor: Actor, about: Mapping[str, Any], products: Mapping[str, str], day: int) -> None:
    """What the office does about it on a day of the past: a sheet says what its returns had shown, and what did not hold is put right."""
    if day == MENDED_ON:
        for row in about["sheets"]:
            for sku in row["skus"] if "mended" in row else ():
                current = sheets.current(UUID(products[sku]))
                drafts = [*_drafts(row["points"]), *_drafts(row["mended"])]
                sheets.publish(actor, product_id=UUID(products[sku]), drafts=drafts, seen=current.version if current else 0)
    if day == CORRECTED_ON:
        _put_right(actor, about["corrects"])


def _put_right(actor: Actor, texts: Mapping[str, str]) -> None:
    """Put right the statement that came back most, of those of which the shop knows better now."""
    found = claims.findings(dt.datetime.min.replace(tzinfo=dt.UTC), [store.id for store in stores()])
    for one in found:
        if one.next == "correct" and one.says in texts:
            claim_desk.correct(actor, statement=one.statement, says=texts[one.says])
            return


def _drafts(rows: Sequence[Mapping[str, Any]]) -> list[Draft]:
    return [Draft(row["kind"], row["says"], row["basis"], tuple(row.get("reasons", ("not_as_said",)))) for row in rows]
