"""Numbers as people and spreadsheets write them, read exactly: no float ever stands between the text and the integer."""

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import get_decimal_symbol

_NOISE = re.compile(r"[\s\u00a0\u202f'’$€£]|MXN|EUR|USD|kg\b|pzas?\b", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DIGITS_MAX = 15


class NotANumber(ValueError):
    """The text is no number that can be read without guessing: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decimal_mark(locale: str) -> str:
    """Return the sign between units and tenths of a locale: "." in Mexico, "," in Spain."""
    return str(get_decimal_symbol(locale.replace("-", "_")))


def read_number(text: str, mark: str) -> Decimal:
    """Return a written number: "1,234.50", "1.234,50 €", "$ 89". `mark` decides where one sign stands alone before three digits.

    With both signs the last one is the decimal mark; a sign that repeats groups thousands. Raises NotANumber otherwise.
    """
    if text.isdecimal() and len(text) <= _DIGITS_MAX:
        return Decimal(text)
    plain = _NOISE.sub("", text)
    if re.search(r"\d[eE][+-]?\d", plain):
        raise NotANumber("scientific")
    dot, comma = plain.count("."), plain.count(",")
    if dot and comma:
        last = max(plain.rfind("."), plain.rfind(","))
        group = "," if plain[last] == "." else "."
        if plain.count(plain[last]) > 1 or not _groups(plain[:last], group):
            raise NotANumber("number")
        plain = plain.replace(group, "").replace(",", ".")
    elif dot or comma:
        plain = _one_sign(plain, "." if dot else ",", mark)
    if not _PLAIN.fullmatch(plain) or sum(c.isdigit() for c in plain) > _DIGITS_MAX:
        raise NotANumber("number")
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise NotANumber("number") from error


def _one_sign(plain: str, sign: str, mark: str) -> str:
    """A number with one kind of sign: decimal, unless it repeats or stands as the other locale's group before three digits."""
    after = len(plain) - plain.rfind(sign) - 1
    if plain.count(sign) > 1 or (after == 3 and sign != mark and not plain.lstrip("+-").startswith("0")):
        if not _groups(plain, sign):
            raise NotANumber("number")
        return plain.replace(sign, "")
    return plain.replace(sign, ".")


def _groups(whole: str, sign: str) -> bool:
    """Whether a whole number is grouped by thousands: 1,234,567."""
    first, *rest = whole.lstrip("+-").split(sign)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)


def scaled(value: Decimal, digits: int) -> int:
    """Return a number as an integer of 10**-digits; raises NotANumber where it has more decimals than that."""
    moved = value.scaleb(digits)
    if moved != moved.to_integral_value():
        raise NotANumber("decimals")
    return int(moved)
