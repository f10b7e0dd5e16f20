"""What the services of people refuse."""

from mostrador.kernel.errors import DomainError


class PairingCodeUnknown(DomainError):
    """No such code, or not in this form."""

    code = "pairing_code_unknown"
    status = 404


class PairingCodeExpired(DomainError):
    """The code was used already or its quarter of an hour is over."""

    code = "pairing_code_expired"
    status = 410


class TooManyTries(DomainError):
    """Wait `seconds` before trying again."""

    code = "too_many_tries"
    status = 429


class LastOwner(DomainError):
    """A business keeps at least one owner who can sign in."""

    code = "last_owner"
    status = 409
