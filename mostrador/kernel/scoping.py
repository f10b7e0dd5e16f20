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


class scope:  # noqa: N801  # used as a function, and as a class half as dear: each push opens one
    """See only the rows of one business."""

    __slots__ = ("_before", "_organization_id")

    def __init__(self, organization_id: uuid.UUID) -> None:
        self._organization_id = organization_id

    def __enter__(self) -> None:
        self._before = _organization.set(self._organization_id), _across.set(None)

    def __exit__(self, *_: object) -> None:
        organization, wide = self._before
        _organization.reset(organization)
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
