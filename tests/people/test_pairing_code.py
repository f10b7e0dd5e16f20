"""The codes that pair a till."""

import re
from pathlib import Path

from mostrador.people.pairing import ALPHABET

KEYPAD = Path(__file__).resolve().parents[2] / "till/src/screens/gates/Pair.svelte"


def test_every_letter_of_a_code_can_be_typed_on_the_tills_keypad() -> None:
    found = re.search(r"const letters = \[\.\.\.'([0-9A-Z]+)'\]", KEYPAD.read_text(encoding="utf-8"))
    assert found is not None

    assert set(ALPHABET) <= set(found[1])
