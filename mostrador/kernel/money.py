"""Money as integers, and money as text."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

# ISO 4217 minor digits of the currencies we serve; the rest have two.
DIGITS = {"CLP": 0, "PYG": 0, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "TND": 3}


def digits_of(currency: str) -> int:
    """Return how many minor digits a currency has (ISO 4217)."""
    return DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")

    def text(self, locale: str) -> str:
        """Return the amount as people of the locale write it: "$1,234.50", "1.234,50 €"."""
        value = Decimal(self.minor).scaleb(-digits_of(self.currency))
        return format_currency(value, self.currency, locale=locale.replace("-", "_"), currency_digits=True)


def price_text(ten_thousandths: int, currency: str, locale: str) -> str:
    """Return a unit price as text: at least the currency's digits, more only where the price has them."""
    value = Decimal(ten_thousandths).scaleb(-4)
    digits = digits_of(currency)
    if value == round(value, digits):  # exact: a Decimal, and only to see whether digits are cut
        return Money(int(value.scaleb(digits)), currency).text(locale)
    return format_currency(value, currency, locale=locale.replace("-", "_"), currency_digits=False, decimal_quantization=False)


def quantity_text(thousandths: int, locale: str) -> str:
    """Return a quantity as text: "2", "0.750"."""
    value = Decimal(thousandths).scaleb(-3)
    pattern = "#,##0" if thousandths % 1000 == 0 else "#,##0.000"
    return format_decimal(value, format=pattern, locale=locale.replace("-", "_"))
