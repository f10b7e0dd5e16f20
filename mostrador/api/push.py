"""The door by which facts come in. It has two frames: Django's, as every door, and the server's own, past Django.

A sale is one request, and what Django does for people (routes, headers, signals, a request object) took a fifth of it. Both frames ask
the same function, so both answer the same (docs/adr/0012).
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import BODY_MAX, Said, door, refusal, unpacked
from mostrador.kernel.errors import DomainError
from mostrador.kernel.scoping import scope
from mostrador.people import callers
from mostrador.people.callers import Bearer
from mostrador.sync import contract, gate
from mostrador.sync.errors import Busy, NotAPush, UnknownDevice, UnknownProtocol

ADDRESS = "/api/till/v1/push"
PROTOCOL = 1
# After an outage every till comes back with hundreds of facts. Such pushes take turns: all at once they would be done no sooner, and what
# each takes of the memory while it is read would be taken for all of them.
LARGE = 128 * 1024
_turn = threading.Lock()

type Start = Callable[[str, list[tuple[str, str]]], object]
_log = structlog.get_logger(__name__)
_ALWAYS = [("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex"), ("X-Content-Type-Options", "nosniff")]


def push(authorization: str, body: bytes | None) -> Said:
    """Take facts in: 200 with an answer per fact when the device is known. `body` None: too large, or not what its encoding says."""
    try:
        return Said(200, "application/json", msgspec.json.encode(_take(authorization, body)))
    except DomainError as error:
        return refusal(error)
    except OperationalError:
        _log.exception("push_failed")
        return refusal(Busy())


def _take(authorization: str, body: bytes | None) -> contract.PushAnswer:
    scheme, _, token = authorization.partition(" ")
    bearer = callers.met(token) if scheme == "Bearer" else None
    if bearer is None:
        raise UnknownDevice
    if body is None:
        raise NotAPush(where="size or encoding")
    with _turn if len(body) > LARGE else nullcontext():
        return _receive(bearer, body)


def _receive(bearer: Bearer, body: bytes) -> contract.PushAnswer:
    try:
        batch = contract.push_decoder.decode(body)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    if batch.protocol != PROTOCOL:
        raise UnknownProtocol(protocol=batch.protocol, supported=PROTOCOL)
    with scope(bearer.organization_id):
        return gate.receive(bearer, batch)


@door("POST")
def view(request: HttpRequest) -> HttpResponse:
    """The door in Django's frame."""
    body = request.body if len(request.body) <= BODY_MAX else None
    return push(request.headers.get("Authorization", ""), unpacked(body, request.headers.get("Content-Encoding", ""))).response()


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The door in the server's frame (PEP 3333): for a POST to ADDRESS, whatever else the request says."""
    try:
        body = unpacked(_read(environ), environ.get("HTTP_CONTENT_ENCODING", ""))
        said = push(environ.get("HTTP_AUTHORIZATION", ""), body)
    except Exception:  # noqa: BLE001  # as Django does: the till hears 500 and sends again, the log says why
        _log.exception("push_failed")
        said = Said(500, "text/plain", b"")
    finally:
        connection.close_if_unusable_or_obsolete()
    headers = [("Content-Type", said.kind), ("Content-Length", str(len(said.document))), *said.headers, *_ALWAYS]
    start(f"{said.status} {HTTPStatus(said.status).phrase}", headers)
    return [said.document]


def _read(environ: dict[str, Any]) -> bytes | None:
    """The body; None when it is longer than BODY_MAX."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and int(length) > BODY_MAX:
        return None
    body: bytes = environ["wsgi.input"].read(int(length) if length.isdecimal() else BODY_MAX + 1)
    return body if len(body) <= BODY_MAX else None
