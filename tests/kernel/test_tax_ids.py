"""What speaks against a tax id, by country. The sound ones are examples of python-stdnum's own documentation, not anybody's."""

import pytest

from mostrador.kernel.tax_ids import doubt


@pytest.mark.parametrize(
    "country, tax_id",
    [
        ("MX", "GODE561231GR8"), ("MX", "XAXX010101000"), ("ES", "54362315K"), ("ES", "X-5253868-R"), ("ES", "M-1234567-L"), ("ES", "J99216582"),
        ("MX", ""), ("ZZ", "whatever"),
    ],
)  # fmt: skip
def test_nothing_speaks_against_a_sound_one_none_at_all_or_one_of_a_country_without_known_rules(country: str, tax_id: str) -> None:
    assert doubt(country, tax_id) == ""


@pytest.mark.parametrize(
    "country, tax_id, why",
    [
        ("MX", "GODE5612", "length"), ("MX", "GODE561331GR8", "part"), ("ES", "54362315Z", "checksum"), ("ES", "J99216583", "checksum"),
        ("ES", "GODE561231GR8", "format"), ("MX", "GODE56A231GR8", "format"),
    ],
)  # fmt: skip
def test_what_speaks_against_one_is_named(country: str, tax_id: str, why: str) -> None:
    assert doubt(country, tax_id) == why
