"""Recomendaciones: what was advised by kind, what people asked for and did not find here, and what suppliers give. Nothing is counted by person."""

import datetime as dt
import uuid

from django.http import HttpResponse

from mostrador.catalogue import queries
from mostrador.kernel import clock
from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.trust import advice, incentives, need_chips

ADDRESS = "/recomendaciones/"
DAYS = 30


@room("advice")
def index(desk: Desk) -> HttpResponse:
    """Show what was advised and what was lacking; POST says that a supplier gives something for a product."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        code, says = form.text("product", longest=48), form.text("says", longest=incentives.SAYS_MAX, required=False)
        found = queries.by_codes([code]).get(code) if code else None
        if code and found is None:
            form.errors["product"] = "unknown_code"
        if found and form.is_right and form.tried(lambda: incentives.add(desk.actor, product_id=uuid.UUID(str(found)), says=says)):
            return desk.done(ADDRESS, "advice.incentive_added", name=queries.names([found])[found])
    return _page(desk, form)


@room("advice")
def end(desk: Desk, incentive_id: uuid.UUID) -> HttpResponse:
    """POST says that it is given no more; there is nothing else to see of one than the list it stands in."""
    name = incentives.get(incentive_id).name
    if desk.request.method == "POST":
        incentives.end(desk.actor, incentive_id=incentive_id)
        return desk.done(ADDRESS, "advice.incentive_ended", name=name)
    return _page(desk, Form({}, desk.formats))


def _page(desk: Desk, form: Form) -> HttpResponse:
    since = clock.now() - dt.timedelta(days=DAYS)
    asked = Form(desk.request.GET, desk.formats)
    store_id = asked.identifier("tienda", required=False)
    counted, lacked = advice.counted(since), advice.lacked(since, store_id)
    names = need_chips.names({one.chip_id for one in lacked})
    return desk.page(
        "advice.html", status=422 if form.errors else 200, form=form, asked=asked, days=DAYS, store_id=store_id,
        made=[(kind, counted[kind]) for kind in advice.KINDS if counted.get(kind)],
        lacked=[(names.get(one.chip_id, ""), one) for one in lacked],
        incentives=incentives.standing(), longest=incentives.SAYS_MAX,
        store_choices=[(one.id, one.name) for one in people.stores()], all_stores=desk.say("advice.all_stores"),
    )  # fmt: skip
