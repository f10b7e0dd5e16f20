"""Two engines, one truth: twenty thousand random baskets here, a million by `make differential`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.pricing import differential
from tests.pricing.baskets import random_basket
from tests.pricing.differential import Counted, Difference, Till, answer_of, compare, smallest

ROOT = Path(__file__).resolve().parents[2]
BASKETS = 2_000 if os.environ.get("MOSTRADOR_QUICK") else 20_000


def test_both_engines_print_the_same_bytes() -> None:
    results = list(compare([(block, 1000) for block in range(BASKETS // 1000)], seed=2026))

    assert [result for result in results if isinstance(result, Difference)] == []
    counted = [result for result in results if isinstance(result, Counted)]
    assert sum(each.baskets for each in counted) == BASKETS
    assert BASKETS // 20 < sum(each.refused for each in counted) < BASKETS // 4


def test_the_same_seed_makes_the_same_baskets() -> None:
    assert random_basket(Random("2026:7")) == random_basket(Random("2026:7"))
    assert random_basket(Random("2026:7")) != random_basket(Random("2026:8"))


def test_a_difference_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = answer_of

    def errs_on_seven_lines(basket: bytes) -> bytes:
        lines = json.loads(basket).get("lines")
        return b'{"wrong":true}' if isinstance(lines, list) and len(lines) >= 7 else honest(basket)

    monkeypatch.setattr(differential, "answer_of", errs_on_seven_lines)

    found = list(compare([(0, 1000), (1, 1000)], seed=1))

    assert len(found) == 1
    assert isinstance(found[0], Difference)
    assert json.loads(smallest(found[0]).basket) == {"lines": [{}] * 7}


def test_the_run_tells_in_one_line_what_it_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert differential.main(["--baskets", "1500", "--seed", "5"]) == 0

    assert "1500 baskets, 0 differences" in capsys.readouterr().out


def test_both_command_lines_print_the_same(tmp_path: Path) -> None:
    node = [differential.node(), "--experimental-strip-types", "--no-warnings", str(differential.ENGINE)]
    python = [sys.executable, "-c", "import sys; from mostrador.pricing.command import run; sys.exit(run(sys.argv[1]))"]
    example = json.loads((ROOT / "contracts/examples/basket/11-compound.json").read_bytes())
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(example["basket"]), encoding="utf-8")
    bad.write_text(json.dumps(example["basket"] | {"taxes": []}), encoding="utf-8")

    for path, code in ((good, 0), (bad, 2)):
        one, other = (subprocess.run([*command, str(path)], capture_output=True, check=False, cwd=ROOT) for command in (python, node))
        assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)
        assert one.returncode == code


def test_the_engine_of_the_till_answers_refusals_with_code_and_data() -> None:
    with Till() as till:
        answer = json.loads(till.answer_of(b'{"version":2}'))

    assert answer == {"error": "unknown_version", "data": {"version": 2}}
