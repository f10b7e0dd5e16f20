"""What the doors of sync refuse as a whole. What happened at a till is never refused: it is parked or kept as evidence."""

from mostrador.kernel.errors import DomainError


class NotAPush(DomainError):
    """The body is not a push of this protocol."""

    code = "not_a_push"
    status = 400


class UnknownProtocol(DomainError):
    """The till speaks another protocol than this server."""

    code = "unknown_protocol"
    status = 426


class UnknownDevice(DomainError):
    """No device has this token."""

    code = "unknown_device"
    status = 401


class Busy(DomainError):
    """The database is busy: send again. Nothing was stored."""

    code = "busy"
    status = 503


class BarcodeTaken(DomainError):
    """Another product has this barcode. `row`: that product as tills know it, None when it is archived; `name`: what it is called."""

    code = "barcode_taken"
    status = 409
