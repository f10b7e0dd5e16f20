"""Numbers as people write them: read exactly, in either locale, or refused."""

from decimal import Decimal

import pytest

from mostrador.kernel.formats import Formats
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled
from mostrador.kernel.sentences import faults, say
from mostrador.kernel.spreadsheet import safe_cell

MEXICO = Formats("es-MX", "es", "MXN", "America/Mexico_City")
SPAIN = Formats("es-ES", "en", "EUR", "Europe/Madrid")


@pytest.mark.parametrize(
    "text,mark,value",
    [
        ("89", ".", "89"), ("$ 1,234.50", ".", "1234.50"), ("1.234,50 €", ",", "1234.50"), ("1,234", ".", "1234"), ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"), ("1,234", ",", "1.234"), ("12,5", ".", "12.5"), ("0,125", ".", "0.125"), ("1,234,567", ",", "1234567"),
        ("-3", ".", "-3"), ("1 234,5", ",", "1234.5"), ("MXN 5", ".", "5"), (".5", ".", "0.5"),
    ],
)  # fmt: skip
def test_a_written_number_is_read_in_its_locale(text: str, mark: str, value: str) -> None:
    assert read_number(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    "text,code",
    [
        ("", "number"), ("abc", "number"), ("1.2.3", "number"), ("1,23,456", "number"), ("1.234,5,6", "number"), ("7.5E+12", "scientific"),
        ("--1", "number"), ("9" * 16, "number"), ("1/2", "number"), ("NaN", "number"), ("∞", "number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read_number(text, ".")

    assert refused.value.code == code


def test_a_number_with_too_many_decimals_is_refused_not_rounded() -> None:
    assert scaled(Decimal("1.2345"), 4) == 12_345
    with pytest.raises(NotANumber) as refused:
        scaled(Decimal("1.23456"), 4)
    assert refused.value.code == "decimals"


def test_the_decimal_mark_follows_the_locale() -> None:
    assert (decimal_mark("es-MX"), decimal_mark("es-ES"), decimal_mark("en-US")) == (".", ",", ".")


def test_what_is_typed_back_is_read_as_it_was() -> None:
    assert MEXICO.typed(1_180_000, 4, 2) == "118.00"
    assert SPAIN.typed(1_180_500, 4, 2) == "118,05"
    assert MEXICO.typed(12_345, 4) == "1.2345"
    assert scaled(read_number(SPAIN.typed(12_345_678, 4), ","), 4) == 12_345_678


@pytest.mark.parametrize("computed,text", [(533_333, "$53.33"), (533_350, "$53.34"), (533_349, "$53.33"), (0, "$0.00")])
def test_a_computed_price_is_rounded_half_away_from_zero(computed: int, text: str) -> None:
    assert MEXICO.rounded_price(computed) == text


def test_figures_follow_the_business_and_words_the_reader() -> None:
    from datetime import date

    assert MEXICO.money(123_450) == "$1,234.50"
    assert SPAIN.money(123_450) == "1.234,50\xa0€"
    assert MEXICO.long_day(date(2026, 11, 25)) == "Miércoles 25 de noviembre"
    assert SPAIN.long_day(date(2026, 11, 25)) == "Wednesday 25 November"
    assert (MEXICO.measure(1500), MEXICO.measure(250_000), MEXICO.percent(160_000)) == ("1.5", "250", "16\xa0%")


def test_a_sentence_chooses_its_plural() -> None:
    table = {"helped": ("{n} {n:persona|personas}", "{n} {n:person|people}")}

    assert [say(table, "helped", "es", n=n) for n in (0, 1, 2)] == ["0 personas", "1 persona", "2 personas"]
    assert say(table, "helped", "en", n=1) == "1 person"


def test_sentences_that_want_different_names_are_faulty() -> None:
    assert list(faults({"a": ("{n} días", "{m} days"), "b": ("", "x"), "c": ("sí", "yes")})) == ["a: ['m', 'n']", "b: empty"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("value", ["Café", "-12.50", "1A-42", 7, "", "a=b"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value
