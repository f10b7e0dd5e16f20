"""Every screen is looked at: a component or an address that is in no table of pictures is found here, before anybody forgets it."""

import re
from pathlib import Path

from scripts.shots_shows import SHOWS
from scripts.shots_till import EURO, PHASES

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "till" / "src" / "screens"
# It sells on as before; only the next answer of the server differs.
LIKE_READY = {"reopen"}
# What the printer gets: no screen shows it.
FOR_THE_PRINTER = {"records/Slip.svelte"}


def test_every_component_of_the_till_stands_in_the_table_of_screens() -> None:
    components = {path.relative_to(SCREENS).as_posix() for path in SCREENS.rglob("*.svelte")}

    assert set(SHOWS) == components - FOR_THE_PRINTER


def test_every_component_is_brought_on_show_by_some_screen() -> None:
    shown = {name for phase in PHASES for screen in phase.screens for name in screen.of}

    assert shown == set(SHOWS)


def test_every_state_of_the_till_has_a_screen() -> None:
    text = (ROOT / "till/src/data/types.ts").read_text(encoding="utf-8")
    [declared] = re.findall(r"export interface TillState \{\s+readonly name:((?:\s+\| '\w+')+)", text)
    states = set(re.findall(r"'(\w+)'", declared))

    assert {screen.state for phase in PHASES for screen in phase.screens} == states - LIKE_READY


def test_names_of_screens_are_names_of_one_file_each() -> None:
    names = [screen.name for phase in (*PHASES, *EURO) for screen in phase.screens]

    assert len(names) == len(set(names))
