"""Each sentence of the essay has its row: what makes it true, where, and the test that shows it, or that it is not there yet (docs/essay.md)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| S(?P<n>\d+) \| (?P<asks>[^|]+) \| (?P<answer>[^|]+) \| (?P<where>[^|]+) \|(?P<test>[^|]*)\|$", re.MULTILINE)
ANSWERS = {"yes", "partly", "not yet", "part two", "no"}
SENTENCES = 31


def rows() -> list[dict[str, str]]:
    """The rows of the table, each cell without its spaces."""
    text = (ROOT / "docs/essay.md").read_text(encoding="utf-8")
    return [{name: cell.strip() for name, cell in match.groupdict().items()} for match in ROW.finditer(text)]


def test_every_sentence_has_one_row_and_an_answer() -> None:
    assert [int(row["n"]) for row in rows()] == list(range(1, SENTENCES + 1))
    assert {row["answer"] for row in rows()} <= ANSWERS


def test_what_is_there_names_a_test_that_is_there() -> None:
    shown = [row for row in rows() if row["answer"] in {"yes", "partly"}]
    assert len(shown) > 10
    assert [row["n"] for row in shown if not row["test"] or not (ROOT / row["test"]).is_file()] == []
    assert [row["n"] for row in rows() if row["answer"] not in {"yes", "partly"} and row["test"]] == []
