"""Preguntas de «Lo que dijimos»: what buyers ask of more than one product, in the owner's words."""

import uuid

from django.http import HttpResponse

from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.trust import claim_topics
from mostrador.trust.claim_topics import Topic

ADDRESS = "/lo-que-decimos/preguntas/"


@room("claim_topics")
def topics(desk: Desk) -> HttpResponse:
    """Show the questions; POST begins one."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        name = form.text("name", longest=claim_topics.NAME_MAX)
        if form.is_right and form.tried(lambda: claim_topics.add_topic(desk.actor, name=name)):
            return desk.done(ADDRESS, "claim_topics.added", name=name)
    return _page(desk, form, adding=desk.request.GET.get("nueva") == "1" or desk.request.method == "POST")


@room("claim_topics")
def topic(desk: Desk, topic_id: uuid.UUID) -> HttpResponse:
    """Show one; POST says it anew, moves it, takes it from the tills or brings it back."""
    found = claim_topics.topic(topic_id)
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        if form.typed("move"):
            claim_topics.move_topic(desk.actor, topic_id=topic_id, up=form.typed("move") == "up")
            return desk.done(ADDRESS, "claim_topics.moved", name=found.name)
        if form.typed("ended"):
            ended = form.typed("ended") == "1"
            claim_topics.end_topic(desk.actor, topic_id=topic_id, ended=ended)
            return desk.done(ADDRESS, "claim_topics.ended" if ended else "claim_topics.restored", name=found.name)
        name = form.text("name", longest=claim_topics.NAME_MAX)
        if form.is_right and form.tried(lambda: claim_topics.rename_topic(desk.actor, topic_id=topic_id, name=name)):
            return desk.done(f"{ADDRESS}{topic_id}/", "claim_topics.saved", name=name)
    return _page(desk, form, topic=found)


def _page(desk: Desk, form: Form, *, topic: Topic | None = None, adding: bool = False) -> HttpResponse:
    return desk.page(
        "claim_topics.html", status=422 if form.errors else 200, form=form, topic=topic, adding=adding, longest=claim_topics.NAME_MAX,
        rows=claim_topics.topics(archived=True),
    )  # fmt: skip
