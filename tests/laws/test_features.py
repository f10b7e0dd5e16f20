"""Every feature has an answer, and every yes a test that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (?!Feature |---)(?P<feature>[^|]+) \| (?P<answer>[^|]+) \|(?P<how>[^|]*)\|(?P<test>[^|]*)\|$", re.MULTILINE)
ANSWERS = {"yes", "partly", "not yet", "no"}


def test_every_feature_has_an_answer_and_every_yes_a_test() -> None:
    rows = [match.groupdict() for match in ROW.finditer((ROOT / "docs/features.md").read_text(encoding="utf-8"))]

    assert len(rows) > 60
    assert {row["answer"].strip() for row in rows} <= ANSWERS
    shown = {row["feature"].strip(): row["test"].strip() for row in rows if row["answer"].strip() in {"yes", "partly"}}
    assert [feature for feature, test in shown.items() if not test or not (ROOT / test).is_file()] == []
