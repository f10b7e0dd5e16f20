"""What every door of a till does first: who is it, in which business, and how a refusal is said."""

import functools
import gzip
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate

import msgspec
import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from mostrador.kernel.errors import DomainError, NotFound
from mostrador.kernel.scoping import scope
from mostrador.people import callers
from mostrador.people.callers import Caller
from mostrador.sync.errors import Busy, UnknownDevice

BODY_MAX = 8 * 1024 * 1024
_log = structlog.get_logger(__name__)

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def answer(document: Any, status: int = 200) -> HttpResponse:
    """Return a JSON answer that nobody caches."""
    response = HttpResponse(msgspec.json.encode(document), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def after(request: HttpRequest) -> uuid.UUID | None:
    """Return the id after which a page of rows begins, or None for the first. Raises NotFound for what is no id."""
    text = request.GET.get("after", "")
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that nobody caches, whichever frame it leaves by: status, type, bytes, and headers of its own."""

    status: int
    kind: str
    document: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> HttpResponse:
        """The answer as Django sends it."""
        response = HttpResponse(self.document, content_type=self.kind, status=self.status, headers=dict(self.headers))
        response["Cache-Control"] = "no-store"
        return response


def refusal(error: DomainError) -> Said:
    """Return a refusal as a problem document."""
    data = {key: value if isinstance(value, int | str | bool | None) else str(value) for key, value in error.data.items()}
    body = {"type": "about:blank", "status": error.status, "code": error.code, **data}
    headers = (("Retry-After", "2"),) if error.status == 503 else ()
    return Said(error.status, "application/problem+json", msgspec.json.encode(body), headers)


def door[**P](method: str) -> Callable[[View[P]], View[P]]:
    """Make a view a door: one method, no cookies, refusals as problem documents."""

    def make(view: View[P]) -> View[P]:
        @csrf_exempt
        @functools.wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method != method:
                return HttpResponse(status=405, headers={"Allow": method})
            try:
                return view(request, *args, **kwargs)
            except DomainError as error:
                return refusal(error).response()
            except OperationalError:  # the database is away, or was: Django opens a new connection for the next request
                _log.exception("door_failed", path=request.path)
                return refusal(Busy()).response()

        return inner

    return make


def device_of(request: HttpRequest, *, may_be_revoked: bool = False) -> Caller:
    """Return the device whose token the request carries; a revoked one only where the door says so."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    device = callers.by_token(token) if scheme == "Bearer" else None
    if device is None or (device.revoked_at is not None and not may_be_revoked):
        raise UnknownDevice
    return device


def in_scope[**P](view: Callable[Concatenate[Caller, HttpRequest, P], HttpResponse]) -> View[P]:
    """Open the business of the calling device around a pull."""

    @functools.wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device = device_of(request)
        with scope(device.organization_id):
            return view(device, request, *args, **kwargs)

    return inner


def unpacked(body: bytes | None, encoding: str) -> bytes | None:
    """Return a request's body, unpacked if it came as gzip; None when it is too large or not what it says."""
    if body is None or encoding != "gzip":
        return body
    try:
        unpacked = zlib.decompressobj(31).decompress(body, BODY_MAX + 1)
    except (zlib.error, gzip.BadGzipFile):
        return None
    return unpacked if len(unpacked) <= BODY_MAX else None


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
