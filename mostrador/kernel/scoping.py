"""Whose rows one may see. Managers of tenant models raise outside a scope.

`scope(organization_id)` opens one; `across(reason)` is the only way round, and its reasons are reviewed.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class ScopeError(RuntimeError):
    """A query of tenant rows outside any scope: a bug, never shown to people."""


_organization: ContextVar[uuid.UUID | None] = ContextVar("organization", default=None)
_across: ContextVar[str | None] = ContextVar("across", default=None)


@contextmanager
def scope(organization_id: uuid.UUID) -> Iterator[None]:
    """See only the rows of one business."""
    token, wide = _organization.set(organization_id), _across.set(None)
    try:
        yield
    finally:
        _organization.reset(token)
        _across.reset(wide)


@contextmanager
def across(reason: str) -> Iterator[None]:
    """See rows of every business, for a stated reason."""
    if not reason:
        raise ValueError("across() wants a reason")
    token = _across.set(reason)
    try:
        yield
    finally:
        _across.reset(token)


def current_organization() -> uuid.UUID:
    """Return the business in scope, or raise ScopeError."""
    organization = _organization.get()
    if organization is None:
        raise ScopeError("no business in scope: use scope(organization_id), or across(reason)")
    return organization


def across_reason() -> str | None:
    """Return the reason given to look across businesses, or None."""
    return _across.get()
