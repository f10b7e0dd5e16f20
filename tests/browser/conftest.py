"""What journeys over the whole system are given: a shop with three tills that is not yet open, on a server and a wire of its own."""

import fcntl
import json
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.support import shop
from tests.browser.support.floor import Floor

ROOT = Path(__file__).resolve().parents[2]
# Minutes each: begun last, they would run alone at the end.
LONGEST = frozenset({"test_axe_till.py", "test_axe_office.py", "test_two_tills_faults.py", "test_office.py"})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Begin with the longest files, after whoever shuffled: several are played side by side."""
    yield
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Drive browsers for the journeys of one module; patient, for other work may share the machine."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def new_shop(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, dict[str, str]]:
    """Make the shop once, whoever of those that test side by side comes first: its data folder, to be copied, and the pairing codes of its tills, good for a day."""
    assert (ROOT / "build/root/till/index.html").exists(), "the till is not built: run `make front`"
    own = tmp_path_factory.getbasetemp()
    top = own.parent if hasattr(request.config, "workerinput") else own
    folder, codes = top / "shop", top / "shop.json"
    with (top / "shop.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not codes.exists():
            folder.mkdir()
            codes.write_text(json.dumps(shop.make(folder)))
    return folder, json.loads(codes.read_text())


@pytest.fixture
def floor(driver: Playwright, new_shop: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Floor]:
    """Open the shop's server; close everything at the end."""
    made, codes = new_shop
    folder = tmp_path / "data"
    shutil.copytree(made, folder)
    floor = Floor(driver, folder, codes)
    floor.begin()
    yield floor
    floor.end()
