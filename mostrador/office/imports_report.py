"""The report of an import: every row of the file with what became of it, or would, for a spreadsheet."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mostrador.catalogue.importing import Plan
from mostrador.kernel.spreadsheet import safe_cell


def write_report(path: Path, plan: Plan, words: Mapping[str, Any]) -> None:
    """Write a CSV with a row per row of the file: number, key, name, what was done, what is wrong.

    `words`: `heads` (five texts), `actions` {action: text}, `problem` (a function of a Problem), `delimiter`. UTF-8 with its mark,
    so that spreadsheets read it; no cell can start a formula.
    """
    problems: dict[int, list[str]] = {}
    for problem in plan.problems:
        problems.setdefault(problem.row, []).append(words["problem"](problem))
    lines = {item.row: (item.key, item.fields.get("name", ""), words["actions"][item.action], "") for item in plan.items}
    for row, texts in problems.items():
        lines[row] = (*plan.refused[row], words["actions"]["bad"], "; ".join(texts))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=words["delimiter"])
        out.writerow(words["heads"])
        for row in sorted(lines):
            out.writerow([row, *(safe_cell(cell) for cell in lines[row])])
