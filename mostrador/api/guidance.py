"""The door of what a till offers to help with. It may be shut without harm: a till goes on with what it knew."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import answer, door, in_scope
from mostrador.people.callers import Caller
from mostrador.sync.errors import Busy
from mostrador.sync.guidance import guidance as document


@door("GET")
@in_scope
def guidance(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """Say what this store helps with: the chips of needs."""
    try:
        return answer(document(caller.store_id))
    except OperationalError as error:
        raise Busy from error
