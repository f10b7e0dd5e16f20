"""The repository stands on its own: no path of one machine, no host of one package index, nothing from outside its own folder."""

import re

import pytest

from tests.laws.sources import texts

LOCKS = {"uv.lock", "till/package-lock.json"}
MACHINE = re.compile(r"(?<![\w./~$}>-])/(?:work|root|Users|mnt)/[\w.]|(?<![\w./~$}>-])/home/\w")
HOSTS = re.compile(
    r"\b(?:pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|unpkg\.com|jsdelivr\.net|cdnjs\.|fonts\.g(?:oogleapis|static)\.com)"
)
OUTSIDE = re.compile(r"\.\./shared\b")


def faults(text: str) -> list[str]:
    """Return what in a text ties it to one machine or one place."""
    return [match[0] for pattern in (MACHINE, HOSTS, OUTSIDE) for match in pattern.finditer(text)]


def test_nothing_names_a_machine_a_package_host_or_a_folder_outside() -> None:
    found = {
        name: wrong for name, text in texts(("",)) if name not in LOCKS and name != "tests/laws/test_places.py" and (wrong := faults(text))
    }

    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["open('/work/main/x')", 'PATH="/root/.pyenv/bin"', "https://registry.npmjs.org/idb", "see ../shared/design", "/home/ana/tienda"],
)
def test_a_tie_to_one_place_is_caught(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize("text", ["/usr/lib/postgresql", "till/src/work/x", "https://example.com/home/x", "$HOME/.pyenv", "/till/assets/"])
def test_common_places_stay_allowed(text: str) -> None:
    assert faults(text) == []
