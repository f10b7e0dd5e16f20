"""Countries stand apart: what differs between them lies in tables, no code asks for one by its name, and no package of one knows another's."""

import re
import tomllib

import pytest

from mostrador.catalogue.begin import COUNTRIES
from tests.laws.sources import ROOT, python, texts

CODES = "|".join(COUNTRIES)
NAMED = re.compile(rf"""(['"])(?:{CODES})\1""")
# The tables, the demo's two businesses, and the command that offers the countries of the table without loading what it lies in.
HOMES = (
    "mostrador/catalogue/taxes.py", "mostrador/catalogue/begin.py", "mostrador/config/demo/", "mostrador/config/commands/new_business.py",
    "till/src/core/country.ts",
)  # fmt: skip
PACKAGE = re.compile(rf"mostrador[./](?:\w+[./])*({CODES.lower()})(?:[./]|$)")
IMPORTED = re.compile(r"^\s*(?:from|import) (mostrador[\w.]*)", re.MULTILINE)


def strangers(path: str, text: str) -> set[str]:
    """Return the countries that a module of one country imports of another."""
    home = PACKAGE.search(path)
    return {found[1] for name in IMPORTED.findall(text) if (found := PACKAGE.match(name)) and home and found[1] != home[1]}


def test_no_code_asks_for_a_country_by_its_name() -> None:
    product = texts(("mostrador/", "till/src/"), {".py", ".ts", ".svelte", ".html"})

    assert [name for name, text in product if NAMED.search(text) and not name.startswith(HOMES)] == []


def test_each_table_has_every_country() -> None:
    tables = dict(texts(("mostrador/catalogue/taxes.py", "till/src/core/country.ts", "mostrador/config/commands/new_business.py")))

    for name, text in tables.items():
        assert [code for code in COUNTRIES if not re.search(rf"\b{code}\b", text)] == [], name
    assert len(tables) == 3


def test_each_pack_of_rules_says_its_own_country() -> None:
    packs = {path.stem.upper(): tomllib.loads(path.read_text())["country"] for path in (ROOT / "mostrador/rights/packs").glob("*.toml")}

    assert packs == {code: code for code in COUNTRIES}


def test_no_package_of_a_country_knows_another() -> None:
    assert {path: found for path, text in python() if (found := strangers(path, text))} == {}


@pytest.mark.parametrize(
    "path, text, found",
    [
        ("mostrador/fiscal/mx/cfdi.py", "from mostrador.fiscal.es.verifactu import seal\n", {"es"}),
        ("mostrador/fiscal/mx/cfdi.py", "from mostrador.fiscal.mx import keys\nimport mostrador.kernel.ids\n", set()),
        ("mostrador/fiscal/choose.py", "from mostrador.fiscal.es import seal\n", set()),
    ],
)
def test_this_law_would_notice(path: str, text: str, found: set[str]) -> None:
    assert strangers(path, text) == found
    assert NAMED.search("if organization.country == 'ES':")
    assert not NAMED.search('"es"')
