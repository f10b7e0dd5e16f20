"""The door of what may be said of prices. It may be shut without harm: a till sells at the price, and says no more of it."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import answer, door, in_scope
from mostrador.people.callers import Caller
from mostrador.sync.errors import Busy
from mostrador.sync.prices import prices as document


@door("GET")
@in_scope
def prices(caller: Caller, _request: HttpRequest) -> HttpResponse:
    """Say which price was before each reduction in this store, and which shelves say another one."""
    try:
        return answer(document(caller.organization_id, caller.store_id))
    except OperationalError as error:
        raise Busy from error
