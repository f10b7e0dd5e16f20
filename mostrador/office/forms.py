"""A form as it was filled in: values read one by one, what is wrong kept beside each, so that the page can show both again."""

import datetime as dt
import uuid
from collections.abc import Callable, Container, Mapping

from mostrador.kernel.errors import Invalid
from mostrador.kernel.formats import Formats
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled

PRICE_DIGITS, QUANTITY_DIGITS, PERCENT_DIGITS = 4, 3, 4


def read_rate(text: str, locale: str) -> int | None:
    """Return a percentage above nothing and at most 100 in parts per million; None where it is none."""
    try:
        rate = scaled(read_number(text, decimal_mark(locale)), PERCENT_DIGITS)
    except NotANumber:
        return None
    return rate if 0 < rate <= 1_000_000 else None


class Form:
    """Reads the values of a request; `errors` maps a field to the code of what is wrong with it, `line` is the first wrong line of a list."""

    def __init__(self, data: Mapping[str, str], formats: Formats) -> None:
        self.data = data
        self.formats = formats
        self.errors: dict[str, str] = {}
        self.line: int | None = None

    @property
    def is_right(self) -> bool:
        """Whether everything read so far could be read."""
        return not self.errors

    def typed(self, name: str) -> str:
        """Return what was typed, without spaces around it and without control characters."""
        text = self.data.get(name, "")
        return "".join(c for c in str(text) if c.isprintable() or c == "\n").strip()

    def text(self, name: str, *, longest: int, required: bool = True) -> str:
        """Return a text of at most `longest` characters."""
        value = self.typed(name)
        if required and not value:
            self.errors[name] = "empty"
        elif len(value) > longest:
            self.errors[name] = "too_long"
        return value

    def choice(self, name: str, options: Container[str]) -> str:
        """Return one of the options."""
        value = self.typed(name)
        if value not in options:
            self.errors[name] = "choose"
        return value

    def ticked(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.typed(name))

    def identifier(self, name: str, *, required: bool = True) -> uuid.UUID | None:
        """Return the id that was chosen."""
        value = self.typed(name)
        if not value and not required:
            return None
        try:
            return uuid.UUID(value)
        except ValueError:
            self.errors[name] = "choose"
            return None

    def price(self, name: str) -> int | None:
        """Return a price in ten-thousandths; nothing typed gives None: the till asks."""
        return self._number(name, PRICE_DIGITS, least=0)

    def price_change(self, name: str) -> int | None:
        """Return what is added to a price, or with a minus taken off it, in ten-thousandths; nothing typed gives None."""
        return self._number(name, PRICE_DIGITS, least=None)

    def money(self, name: str) -> int | None:
        """Return an amount in minor units, or None where nothing was typed."""
        return self._number(name, self.formats.digits, least=0)

    def quantity(self, name: str) -> int | None:
        """Return a quantity in thousandths, also below zero, or None."""
        return self._number(name, QUANTITY_DIGITS, least=None)

    def percent(self, name: str) -> int | None:
        """Return a percentage in parts per million, or None."""
        return self._number(name, PERCENT_DIGITS, least=0)

    def whole(self, name: str, *, most: int, required: bool = False) -> int | None:
        """Return a whole number from 0 to `most`, or None."""
        value = self._number(name, 0, least=0)
        if required and not self.typed(name):
            self.errors[name] = "empty"
        if value is not None and value > most:
            self.errors[name] = "too_large"
        return value

    def day(self, name: str) -> dt.date | None:
        """Return a day, or None."""
        return self._read(name, dt.date.fromisoformat, "day")

    def refuse(self, error: Invalid, **names: str) -> None:
        """Take over what a service refused, {field: code}; `names`: what this form calls a field of the service."""
        for field, code in error.data.items():
            if field != "value":
                self.errors[names.get(field, field)] = str(code)

    def tried(self, act: Callable[[], object], **names: str) -> bool:
        """Do what was asked for, or take over what the service refuses (`names`: as of `refuse`) and return False."""
        try:
            act()
        except Invalid as error:
            self.refuse(error, **names)
            return False
        return True

    def _number(self, name: str, digits: int, least: int | None) -> int | None:
        text = self.typed(name).rstrip("%").strip()
        if not text:
            return None
        try:
            value = scaled(read_number(text, decimal_mark(self.formats.locale)), digits)
        except NotANumber as error:
            self.errors[name] = error.code
            return None
        if least is not None and value < least:
            self.errors[name] = "negative"
        elif abs(value) > 10**12:
            self.errors[name] = "too_large"
        return value

    def _read[T](self, name: str, parse: Callable[[str], T], code: str) -> T | None:
        text = self.typed(name)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self.errors[name] = code
            return None
