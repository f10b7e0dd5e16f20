"""Numbers of bank accounts: what somebody typed, without its spaces, where its check digits hold. Known by its shape, whatever the country.

Sources: ISO 13616-1 (IBAN: at most 34 characters, the two digits after the country check the rest, modulo 97); Banco de México, circular
3/2012, the CLABE (18 digits, the last checks the others with the weights 3, 7, 1).
"""

import re

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
CLABE = re.compile(r"[0-9]{18}")
WEIGHTS = (3, 7, 1)


def read_account(text: str) -> str | None:
    """Return the number without spaces, in capitals; None where it is neither an IBAN nor a CLABE, or a digit is wrong."""
    number = re.sub(r"[\s-]", "", text).upper()
    if not number.isascii():
        return None
    if IBAN.fullmatch(number):
        return number if _remainder(number[4:] + number[:4]) == 1 else None
    if CLABE.fullmatch(number):
        return number if number[17] == _clabe_digit(number[:17]) else None
    return None


def _remainder(moved: str) -> int:
    """The number that digits and letters (A is 10) make, modulo 97."""
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97


def _clabe_digit(digits: str) -> str:
    total = sum(int(digit) * WEIGHTS[place % 3] % 10 for place, digit in enumerate(digits))
    return str(-total % 10)
