"""Lo que decimos: what did not hold, what is in doubt, what was put right, and what nobody knew. By product, statement and store; no figure is of a person."""

import datetime as dt
import uuid

from django.http import HttpResponse

from mostrador.catalogue import queries
from mostrador.counter import returns
from mostrador.counter.returns import Wanted
from mostrador.kernel import clock
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import Form
from mostrador.office.views.home import Choice, choice_of
from mostrador.trust import claim_desk, claim_topics, claims, sheets
from mostrador.trust.claim_fold import Statement
from mostrador.trust.claims import Finding

ADDRESS = "/lo-que-decimos/"
DAYS = 180
ANSWERS = ("yes", "no")
WITHOUT_SHEET = 6
UNKNOWN_MOST = 10


@room("claims")
def listed(desk: Desk) -> HttpResponse:
    """Show what there is to do about what was said."""
    return _page(desk, Form({}, desk.formats))


@room("claims")
def one(desk: Desk, product_id: uuid.UUID, statement_id: uuid.UUID) -> HttpResponse:
    """Show a statement beside the list with all that speaks against it; POST puts it right in public."""
    form = Form(desk.request.POST, desk.formats)
    asked = Form(desk.request.GET, desk.formats)
    said = asked.typed("dijimos") if asked.typed("dijimos") in ANSWERS else "yes"
    statement = Statement(product_id, statement_id, said)
    shown = found(claims.finding(statement, [store.id for store in choice_of(desk).stores]))
    if desk.request.method == "POST":
        says = form.text("says", longest=claim_desk.SAYS_MAX)
        if form.is_right and form.tried(lambda: claim_desk.correct(desk.actor, statement=statement, says=says)):
            return desk.done(f"{ADDRESS}{product_id}/{statement_id}/?dijimos={said}", "claims.corrected", what=shown.says)
    return _page(desk, form, shown)


def _page(desk: Desk, form: Form, shown: Finding | None = None) -> HttpResponse:
    choice, now = choice_of(desk), clock.now()
    since, stores = now - dt.timedelta(days=DAYS), [store.id for store in choice.stores]
    rows, unknown = claims.findings(since, stores, now), claims.unknown(since, stores)[:UNKNOWN_MOST]
    bare = _bare(choice, since)
    products = {row.statement.product_id for row in rows} | {row.product_id for row in unknown}
    names = queries.names([*products, *([shown.statement.product_id] if shown else [])])
    return desk.page(
        "claims.html", status=422 if form.errors else 200, form=form, choice=choice, days=DAYS, rows=rows, unknown=unknown, bare=bare,
        names=names, shown=shown, longest=claim_desk.SAYS_MAX, state_counts=_counts(), topics=len(claim_topics.topics()),
        store_names={store.id: store.name for store in choice.all_stores},
    )  # fmt: skip


def _counts() -> list[tuple[str, int]]:
    """How many products have an honest sheet, and how many one without a limit."""
    states = [one.state for one in sheets.all_current()]
    return [(state, states.count(state)) for state in ("honest", "incomplete")]


def _bare(choice: Choice, since: dt.datetime) -> list[returns.Goods]:
    """What comes back most and has no honest sheet: there one is worth writing first."""
    came = returns.goods(Wanted(since.date(), choice.today, choice.store.id if choice.store else None), most=4 * WITHOUT_SHEET)
    known = sheets.versions([one.product_id for one in came])
    return [one for one in came if (sheet := known.current(one.product_id)) is None or not sheet.is_honest][:WITHOUT_SHEET]
