"""What every door of a till does first: who is it, in which business, and how a refusal is said."""

import functools
import gzip
import zlib
from collections.abc import Callable
from typing import Any, Concatenate

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from mostrador.kernel.errors import DomainError
from mostrador.kernel.scoping import scope
from mostrador.people import callers
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.people.pairing import by_token
from mostrador.sync.errors import UnknownDevice

BODY_MAX = 8 * 1024 * 1024

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def answer(document: Any, status: int = 200) -> HttpResponse:
    """Return a JSON answer that nobody caches."""
    response = HttpResponse(msgspec.json.encode(document), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def problem(error: DomainError) -> HttpResponse:
    """Return a refusal as a problem document."""
    data = {key: value if isinstance(value, int | str | bool | None) else str(value) for key, value in error.data.items()}
    body = {"type": "about:blank", "status": error.status, "code": error.code, **data}
    response = HttpResponse(msgspec.json.encode(body), content_type="application/problem+json", status=error.status)
    response["Cache-Control"] = "no-store"
    if error.status == 503:
        response["Retry-After"] = "2"
    return response


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
                return problem(error)

        return inner

    return make


def device_of(request: HttpRequest, *, may_be_revoked: bool = False) -> Device:
    """Return the device whose token the request carries; a revoked one only where the door says so."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    device = by_token(token) if scheme == "Bearer" else None
    if device is None or (device.revoked_at is not None and not may_be_revoked):
        raise UnknownDevice
    return device


def caller_of(request: HttpRequest) -> Caller:
    """Return who pushes: as `device_of`, a revoked one too, by the short way."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    caller = callers.caller_of(token) if scheme == "Bearer" else None
    if caller is None:
        raise UnknownDevice
    return caller


def in_scope[**P](view: Callable[Concatenate[Device, HttpRequest, P], HttpResponse]) -> View[P]:
    """Open the business of the calling device around a pull."""

    @functools.wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device = device_of(request)
        with scope(device.organization_id):
            return view(device, request, *args, **kwargs)

    return inner


def body_of(request: HttpRequest) -> bytes | None:
    """Return the request's body, unpacked if it came as gzip; None when it is too large or not what it says."""
    if request.headers.get("Content-Encoding") != "gzip":
        return request.body if len(request.body) <= BODY_MAX else None
    try:
        unpacked = zlib.decompressobj(31)
        body = unpacked.decompress(request.body, BODY_MAX + 1)
    except (zlib.error, gzip.BadGzipFile):
        return None
    return body if len(body) <= BODY_MAX else None


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
