"""The papers stay true: every path they name exists, every row and every fact has its word in the glossary."""

import re

import pytest
from django.apps import apps

from mostrador.config.environment import SETTINGS
from tests.laws.sources import ROOT, files, texts

TOP = r"(?:mostrador|till|docs|contracts|vectors|tests|bench|scripts|\.ci)"
PATH = re.compile(rf"`({TOP}/[\w./*-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PAPERS = ("README.md", "CONTRIBUTING.md", "docs/tour.md", "docs/glossary.md")


def missing(text: str, folder: str = "") -> list[str]:
    """Return the paths that a paper names in backticks (from the root) or links to (from its own folder) and that are not there."""
    named = [(ROOT, name) for name in PATH.findall(text)] + [(ROOT / folder, name) for name in LINK.findall(text)]
    return [name for base, name in named if not (any(base.glob(name)) if "*" in name else (base / name).exists())]


def test_every_path_that_a_paper_names_exists() -> None:
    found = {}
    for name, text in texts((*PAPERS, "docs/adr/", "docs/algorithms/", "docs/run/", "docs/guide/"), {".md"}):
        folder = name.rpartition("/")[0]
        if wrong := missing(text, folder):
            found[name] = wrong

    assert found == {}


def test_the_papers_are_there() -> None:
    assert [name for name in PAPERS if not (ROOT / name).exists()] == []


def test_every_guide_is_in_the_list_of_guides_in_both_languages() -> None:
    folder = ROOT / "docs/guide"
    rows = re.findall(r"^\| \[.+\]\((\S+)\) \| \[.+\]\((\S+)\) \|$", (folder / "README.md").read_text(), re.MULTILINE)

    assert sorted(name for row in rows for name in row) == sorted({path.name for path in folder.glob("*.md")} - {"README.md"})
    # Each of a pair leads to the other.
    assert [row for row in rows for one, other in (row, row[::-1]) if f"]({other})" not in (folder / one).read_text()] == []


@pytest.mark.parametrize("text", ["see `mostrador/nowhere.py`", "[tour](docs/nowhere.md)", "`tests/nowhere/*.py`"])
def test_a_path_that_is_not_there_is_caught(text: str) -> None:
    assert len(missing(text)) == 1


def test_every_model_has_its_word_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    ours = [model.__name__ for model in apps.get_models() if model.__module__.startswith("mostrador.")]

    assert [name for name in ours if not re.search(rf"\b{name}\b", glossary)] == []


def test_every_fact_has_its_word_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    kinds = {
        path.name.split(".schema.json")[0]
        for path in files()
        if path.parent == ROOT / "contracts/facts" and path.name.endswith(".schema.json")
    }
    names = {".".join(kind.split(".")[:2]) for kind in kinds if "." in kind}

    assert names, "contracts/facts holds the schemas of the facts"
    assert [name for name in sorted(names) if f"`{name}`" not in glossary] == []


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs/adr/README.md").read_text()
    decisions = [path.name for path in files() if path.parent == ROOT / "docs/adr" and path.name != "README.md"]

    assert decisions
    assert [name for name in decisions if name not in index] == []


def test_every_setting_stands_in_the_table_of_settings() -> None:
    table = (ROOT / "docs/run/settings.md").read_text()
    expected = [f"| `{row.name}` | {row.default or '—'} | {row.es} | {row.en} |" for row in SETTINGS]

    assert [line for line in table.splitlines() if line.startswith("| `")] == expected
