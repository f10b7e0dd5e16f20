"""Errors that a use case expects: a code, data, and no sentence. Doors translate them for people."""

from typing import ClassVar


class DomainError(Exception):
    """A refusal with a stable code and its data; doors turn it into a sentence or a problem document (RFC 9457)."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, **data: object) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code


class NotFound(DomainError):
    """Nothing of that name in this business. Also said of what belongs to another one."""

    code = "not_found"
    status = 404


class Forbidden(DomainError):
    """The actor's role does not allow this."""

    code = "forbidden"
    status = 403


class Invalid(DomainError):
    """Some fields cannot be taken as given: data is {field: code}."""

    code = "invalid"
    status = 422
