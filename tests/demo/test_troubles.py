"""`make demo` where it cannot work: one clear line and what to do, in the language of the machine, and nothing is spoilt.

Each test runs the real command in a process of its own. The demo has two days here; sixty are built the same way.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from mostrador.config import start
from mostrador.sync.device import Device, Place, canonical, named_id, private_key_from, seeded_ids
from tests.support.ports import free_ports

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
DEMO = [sys.executable, "-m", "mostrador.config.cli", "demo"]
DATABASE = "mostrador.sqlite3"
LANGUAGES = {"es": "es_MX.UTF-8", "en": "en_GB.UTF-8"}
SECOND_START_S = 8
STOP_S = 5
BUILD_S = 120


def environment(folder: Path, language: str = "es", **more: str) -> dict[str, str]:
    """A shell in this language, whose data folder is this one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MOSTRADOR_", "DJANGO_", "LC_", "LANG", "MAKE", "PYTEST_"))
    }
    return {**kept, "MOSTRADOR_DATA_DIR": str(folder), "LANG": LANGUAGES[language], **more}


class Demo:
    """A demo that runs."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        [self.port] = free_ports(1)
        self._log = folder.parent / f"{folder.name}.log"
        began = time.monotonic()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*DEMO, "--host", "127.0.0.1", "--port", str(self.port), "--days", "2", *words],
                cwd=ROOT, env=environment(folder), stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._began = began

    @property
    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8")

    def wait(self, sign: str) -> None:
        """Wait until it prints something."""
        while sign not in self.said:
            assert self._process.poll() is None and time.monotonic() - self._began < BUILD_S, self.said
            time.sleep(0.05)

    def ready(self) -> float:
        """Wait until the till is served; the seconds since the command was given."""
        while True:
            assert self._process.poll() is None and time.monotonic() - self._began < BUILD_S, self.said
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/till/v1/ping"):
                pass
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.port)):
                return time.monotonic() - self._began
            time.sleep(0.05)

    def interrupt(self) -> tuple[int, float]:
        """Press Ctrl-C; the exit code and the seconds it took."""
        began = time.monotonic()
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(timeout=60), time.monotonic() - began

    def kill(self) -> None:
        """End it, however it is."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a whole demo that was stopped by Ctrl-C."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "var")
    try:
        demo.ready()
        code, seconds = demo.interrupt()
        assert code in {0, 130} and seconds < STOP_S and "Traceback" not in demo.said, demo.said
        yield demo.folder
    finally:
        demo.kill()


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt. All of it is in the one file: a demo that ended beside other work may have left its log."""
    copy = Path(shutil.copytree(made, tmp_path / "var"))
    with closing(sqlite3.connect(copy / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def devices(folder: Path) -> list[tuple[bytes, ...]]:
    """The tokens of the devices, which differ from one making of the demo to the next."""
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as database:
        return database.execute("SELECT token_hash FROM people_device ORDER BY token_hash").fetchall()


def refused(folder: Path, language: str, *words: str, prefix: tuple[str, ...] = (), **more: str) -> str:
    """Run the demo where it cannot work: it ends with 2, says nothing on its output and one line on the other, which is returned."""
    done = subprocess.run(
        [*prefix, *DEMO, "--host", "127.0.0.1", "--port", str(free_ports(1)[0]), *words],
        cwd=ROOT, env=environment(folder, language, **more), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done
    [line] = done.stderr.splitlines()
    return line


def test_a_second_start_is_quick_keeps_the_data_and_stops_cleanly(made: Path) -> None:
    before = devices(made)
    demo = Demo(made)
    try:
        seconds = demo.ready()
        demo.wait("Ctrl-C")
        code, ended = demo.interrupt()
    finally:
        demo.kill()

    assert seconds < SECOND_START_S
    assert code in {0, 130} and ended < STOP_S
    assert "Traceback" not in demo.said
    assert len(before) == 5 and devices(made) == before
    assert demo.said.count("código") == 5


def test_reset_starts_over_even_from_a_broken_database(folder: Path) -> None:
    before = devices(folder)
    (folder / DATABASE).write_bytes(b"\x00garbage" * 5000)
    demo = Demo(folder, "--reset")
    try:
        demo.wait("Ctrl-C")
        demo.ready()
    finally:
        demo.kill()

    assert len(before) == len(devices(folder)) == 5
    assert not {*before} & {*devices(folder)}


def test_ctrl_c_while_the_demo_is_made_leaves_one_that_is_not_taken_for_whole(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "var", "--days", "60")
    try:
        demo.wait("6/60")
        code, seconds = demo.interrupt()
    finally:
        demo.kill()

    assert code in {0, 130} and seconds < STOP_S
    assert "Traceback" not in demo.said
    assert refused(tmp_path / "var", "es") == "La muestra quedó a medias. Empiece de nuevo: make demo RESET=1"
    assert refused(tmp_path / "var", "en") == "The demo was left half made. Start over: make demo RESET=1"


@pytest.mark.parametrize("language, words", [("es", "está ocupado"), ("en", "is taken")])
def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path, language: str, words: str) -> None:
    with socket.create_server(("127.0.0.1", free_ports(1)[0])) as taken:
        port = taken.getsockname()[1]
        line = refused(tmp_path / "var", language, "--port", str(port), "--reset")

    assert f"{port} {words}" in line and "PORT=8001 make demo" in line
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("language, words", [("es", "de antes de la primera publicada"), ("en", "from before the first release")])
def test_a_database_halfway_through_steps_that_are_one_now_is_said_and_left_as_it_is(folder: Path, language: str, words: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute(
            "DELETE FROM django_migrations WHERE app = 'counter' AND name IN ('0001_squashed_0019_room_for_flags', '0019_room_for_flags')"
        )
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (folder / DATABASE).read_bytes()

    line = refused(folder, language)

    assert words in line and "make demo RESET=1" in line
    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("language, words", [("es", "está dañada"), ("en", "is damaged")])
@pytest.mark.parametrize("spoilt", ["garbage", "truncated", "middle"])
def test_a_broken_database_is_said_and_left_as_it_is(folder: Path, language: str, words: str, spoilt: str) -> None:
    path = folder / DATABASE
    data = path.read_bytes()
    middle = bytearray(data)
    for page in range(4096, len(data), 4096):
        middle[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes({"garbage": b"\x00garbage" * 5000, "truncated": data[: len(data) // 2], "middle": bytes(middle)}[spoilt])
    before = path.read_bytes()

    line = refused(folder, language)

    assert words in line and str(path) in line and "mostrador restore" in line and "make demo RESET=1" in line
    assert path.read_bytes() == before


def without_power() -> tuple[str, ...]:
    """What takes from root the power to write where permissions say no; nothing for anybody else."""
    if os.geteuid() != 0:
        return ()
    assert shutil.which("setpriv"), "no setpriv (util-linux)"
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.mark.parametrize("language, words", [("es", "No se puede escribir en la carpeta"), ("en", "cannot be written")])
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, language: str, words: str) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o555)

    line = refused(folder, language, prefix=without_power())

    assert words in line and str(folder) in line and "MOSTRADOR_DATA_DIR" in line
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("language, words", [("es", "no se puede escribir"), ("en", "cannot be written")])
def test_a_database_that_cannot_be_written_is_said(folder: Path, language: str, words: str) -> None:
    (folder / DATABASE).chmod(0o444)
    before = (folder / DATABASE).read_bytes()

    line = refused(folder, language, prefix=without_power())

    assert words in line and str(folder / DATABASE) in line and "restore" not in line
    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("language, words", [("es", "puede dañar la base"), ("en", "can damage the database")])
def test_an_old_sqlite_is_said(tmp_path: Path, language: str, words: str) -> None:
    hidden = tmp_path / "path/pysqlite3"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('not installed on this machine')\n")
    asked = subprocess.run(
        [sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"], capture_output=True, text=True, check=True
    ).stdout.strip()
    if start.is_mended(tuple(int(part) for part in asked.split("."))):
        pytest.skip(f"this Python's own SQLite is {asked}, which is mended")

    line = refused(tmp_path / "var", language, PYTHONPATH=str(hidden.parent))

    assert line.startswith(f"SQLite {asked} {words}") and "pysqlite3" in line
    assert not (tmp_path / "var" / DATABASE).exists()


@pytest.mark.parametrize(
    "version, sound",
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 3), False), ((3, 50, 6), False), ((3, 50, 7), True),
        ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_which_sqlite_is_sound(version: tuple[int, ...], sound: bool) -> None:
    assert start.is_mended(version) is sound


@pytest.mark.parametrize("language, words", [("es", "Hace falta pip o venv"), ("en", "Set-up needs pip or venv")])
def test_make_demo_without_pip_and_venv_is_said(tmp_path: Path, language: str, words: str) -> None:
    clone, missing = tmp_path / "clone", tmp_path / "missing"
    clone.mkdir()
    for name in ("Makefile", "pyproject.toml", "uv.lock", ".python-version"):
        shutil.copy(ROOT / name, clone)
    shutil.copytree(ROOT / "scripts", clone / "scripts")
    for module in ("pip", "venv"):  # found before the real ones
        (missing / module).mkdir(parents=True)
        (missing / module / "__init__.py").touch()
        (missing / module / "__main__.py").write_text(f"raise SystemExit('No module named {module}')\n")

    done = subprocess.run(
        ["make", "demo"], cwd=clone, env=environment(tmp_path / "var", language, PYTHONPATH=str(missing)), capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 2
    [line, ended] = done.stderr.splitlines()
    assert words in line and "apt-get install python3-pip" in line
    assert ended.startswith("make: ***")
    assert not (clone / ".venv").exists()


def test_make_demo_is_the_command_with_port_and_reset() -> None:
    asked = subprocess.run(
        ["make", "--dry-run", "demo", "PORT=8123", "RESET=1"], cwd=ROOT, env=environment(ROOT / "var"), capture_output=True, text=True, check=True
    )  # fmt: skip

    assert asked.stdout.splitlines()[-1] == "exec .venv/bin/mostrador demo --port 8123 --reset"


def command(folder: Path, *words: str, code: int = 0) -> str:
    """Run a command on this data and return what it printed; it must end with this code."""
    done = subprocess.run(
        [*DEMO[:-1], *words], cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False, timeout=120
    )  # fmt: skip
    assert done.returncode == code, done
    return done.stdout + done.stderr


def test_the_books_of_the_demo_hold_before_and_after_a_copy_is_restored(folder: Path, tmp_path: Path) -> None:
    before = command(folder, "doctor")
    command(folder, "backup", str(tmp_path / "copy"))
    (folder / DATABASE).write_bytes(b"\x00garbage" * 5000)
    assert "está dañada" in command(folder, "doctor", code=2)

    assert "Restaurada" in command(folder, "restore", str(tmp_path / "copy"))
    after = command(folder, "doctor")

    assert after == before
    assert before.splitlines()[-1] == "Todo cuadra." and "✗" not in before
    assert [line.split(maxsplit=2)[2:] for line in command(folder, "verify").splitlines()] == [["verifica"]] * 5
    assert [path.read_bytes()[:8] for path in folder.glob(f"{DATABASE}.*T*") if path.suffix not in {"-wal", "-shm"}] == [b"\x00garbage"]


def test_a_copy_is_never_written_over_and_what_is_no_copy_is_not_restored(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"something of mine")
    before = (folder / DATABASE).read_bytes()

    assert "ya existe" in command(folder, "backup", str(tmp_path / "copy"), code=2)
    assert "no es una copia" in command(folder, "restore", str(tmp_path / "copy"), code=2)

    assert (tmp_path / "copy").read_bytes() == b"something of mine"
    assert (folder / DATABASE).read_bytes() == before
    assert [path.name for path in folder.glob(f"{DATABASE}.*")] == []


def test_a_database_that_is_in_use_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    command(folder, "backup", str(tmp_path / "copy"))
    with closing(sqlite3.connect(folder / DATABASE)) as server:
        server.execute("SELECT COUNT(*) FROM counter_sale").fetchone()

        assert "está en uso" in command(folder, "restore", str(tmp_path / "copy"), code=2)
        assert [path.name for path in folder.glob(f"{DATABASE}.*")] == []

    assert "Restaurada" in command(folder, "restore", str(tmp_path / "copy"))


@pytest.mark.parametrize("language, holds, breaks", [("es", "verifica", "NO verifica"), ("en", "verifies", "does NOT verify")])
def test_a_saved_journal_verifies_on_a_machine_without_the_database(tmp_path: Path, language: str, holds: str, breaks: str) -> None:
    pen = Device(named_id(1_764_079_200_000, "alone"), private_key_from("alone"), "C1A", ids=seeded_ids("alone"))
    place = Place(*(named_id(1_764_079_200_000, name) for name in ("organization", "store", "till")))
    fact = pen.opening(place, 1_764_079_200_000)
    header = {
        "format": "mostrador-journal-v1", "journal": pen.journal, "organization": place.organization, "till": place.till, "series": "C1A",
        "public_key": pen.public_key, "from": 1, "to": 1, "facts": 1, "annexes": 0, "saved_at": 1_764_079_200_000,
    }  # fmt: skip
    head = {"head": {"seq": 1, "hash": pen.head, "signature": pen.sign(1, pen.head)}}
    sound = b"\n".join((canonical(header), fact, canonical(head))) + b"\n"
    for name, data in (("sound", sound), ("forged", sound.replace(b'"at":1764079200000', b'"at":1764079200001'))):
        (tmp_path / name).write_bytes(data)
    verify = [*DEMO[:-1], "verify"]

    sound_one, forged_one = (
        subprocess.run([*verify, tmp_path / name], cwd=ROOT, env=environment(tmp_path / "var", language), capture_output=True, text=True, check=False)
        for name in ("sound", "forged")
    )  # fmt: skip

    assert (sound_one.returncode, sound_one.stdout.split(maxsplit=2)) == (0, [pen.journal, "1", f"{holds}\n"])
    assert (forged_one.returncode, forged_one.stdout.splitlines()[0].split(maxsplit=2)) == (1, [pen.journal, "1", breaks])
    assert not (tmp_path / "var" / DATABASE).exists()
