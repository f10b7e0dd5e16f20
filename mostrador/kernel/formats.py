"""Money, quantities and time as people of a business write them: figures in its own locale, names of days in the reader's language."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from mostrador.kernel import money
from mostrador.kernel.reading import decimal_mark

_LONG = {"es": "EEEE d 'de' MMMM", "en": "EEEE d MMMM"}
_LONG_YEAR = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y"}
_MONTH = {"es": "LLLL 'de' y", "en": "LLLL y"}


@dataclass(frozen=True, slots=True)
class Formats:
    """How one reader of one business sees figures and time. `locale`: es-MX; `language`: es or en; `zone`: of the business or store."""

    locale: str
    language: str
    currency: str
    zone: str

    @property
    def digits(self) -> int:
        """The currency's minor digits."""
        return money.digits_of(self.currency)

    def money(self, minor: int) -> str:
        """Return an amount in minor units: "$1,234.50"."""
        return money.Money(minor, self.currency).text(self.locale)

    def price(self, ten_thousandths: int) -> str:
        """Return a unit price in ten-thousandths: "$89.00"."""
        return money.price_text(ten_thousandths, self.currency, self.locale)

    def rounded_price(self, ten_thousandths: int) -> str:
        """Return a computed price, as that of a kilo, in the currency's own digits: half away from zero."""
        step = 10 ** (4 - self.digits)
        return self.money((2 * ten_thousandths + step) // (2 * step))

    def measure(self, thousandths: int) -> str:
        """Return a measure with the decimals that it has: "1.5", "250"."""
        return str(format_decimal(Decimal(thousandths).scaleb(-3), format="#,##0.###", locale=self._locale))

    def quantity(self, thousandths: int) -> str:
        """Return a quantity: "2", "0.750"."""
        return money.quantity_text(thousandths, self.locale)

    def typed(self, value: int, digits: int, least: int = 0) -> str:
        """Return an integer of 10**-digits as one types it here: "118.00". `least`: decimals that always stand."""
        text = format(Decimal(value).scaleb(-digits), "f")
        whole, _, part = text.partition(".")
        part = part.rstrip("0").ljust(least, "0")
        return f"{whole}{decimal_mark(self.locale)}{part}" if part else whole

    def number(self, whole: int) -> str:
        """Return a whole number with its groups: "1,234"."""
        return str(format_decimal(whole, locale=self._locale))

    def percent(self, ppm: int) -> str:
        """Return a rate in parts per million: "16 %", with as many decimals as it has, at most four."""
        return str(format_percent(Decimal(ppm).scaleb(-6), format="#,##0.####\N{NO-BREAK SPACE}%", locale=self._locale))

    def long_day(self, day: dt.date) -> str:
        """Return "Miércoles 25 de noviembre"."""
        text = format_date(day, _LONG[self.language], locale=self._language)
        return str(text[:1].upper() + text[1:])

    def full_day(self, day: dt.date) -> str:
        """Return "25 de noviembre de 2026"."""
        return str(format_date(day, _LONG_YEAR[self.language], locale=self._language))

    def month(self, day: dt.date) -> str:
        """Return "noviembre de 2026"."""
        return str(format_date(day, _MONTH[self.language], locale=self._language))

    def day(self, day: dt.date) -> str:
        """Return "25 nov 2026"."""
        return str(format_date(day, "d MMM y", locale=self._language))

    def local(self, instant: dt.datetime, zone: str = "") -> dt.datetime:
        """Return an instant in the zone of a store, or of the business."""
        return instant.astimezone(ZoneInfo(zone or self.zone))

    def time(self, instant: dt.datetime, zone: str = "") -> str:
        """Return "18:04"."""
        return self.local(instant, zone).strftime("%H:%M")

    def instant(self, instant: dt.datetime, zone: str = "") -> str:
        """Return "25 nov 2026, 18:04"."""
        return f"{self.day(self.local(instant, zone).date())}, {self.time(instant, zone)}"

    @property
    def _locale(self) -> str:
        return self.locale.replace("-", "_")

    @property
    def _language(self) -> str:
        """The reader's language, with the business's country where both speak it."""
        return self._locale if self._locale.startswith(self.language) else {"es": "es_MX", "en": "en"}[self.language]
