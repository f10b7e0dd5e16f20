"""The door of what a till offers to help with. It may be shut without harm: a till goes on with what it knew."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import answer, door, in_scope
from mostrador.people.callers import Caller
from mostrador.sync import down, promising
from mostrador.sync.errors import Busy
from mostrador.sync.guidance import guidance as document


@door("GET")
@in_scope
def guidance(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """Say what this store helps with: the chips of needs and of promises."""
    try:
        return answer(document(caller.store_id))
    except OperationalError as error:
        raise Busy from error


@door("GET")
@in_scope
def promises(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """What the till's store promised: what is still to be kept, and what was kept today."""
    known = down.known_of(caller.id)
    return answer({**promising.document(caller.store_id), "known": known})
