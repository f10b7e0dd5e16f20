"""Numbers as people write them, in the form that the world calls them by."""

import pytest

from mostrador.kernel.phones import international


@pytest.mark.parametrize(
    "text,country,expected",
    [
        ("951 555 0190", "MX", "+529515550190"),
        ("(951) 555-0190", "MX", "+529515550190"),
        ("612 345 678", "ES", "+34612345678"),
        ("+34 612 34 56 78", "MX", "+34612345678"),
        ("123", "MX", ""),
        ("la de siempre", "ES", ""),
        ("", "ES", ""),
        ("951 555 0190", "", ""),
    ],
)
def test_a_number_is_called_from_anywhere(text: str, country: str, expected: str) -> None:
    assert international(text, country) == expected
