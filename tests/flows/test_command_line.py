"""The command line speaks the language of the machine: every command's help, and every refusal of its arguments."""

import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mostrador.config.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
WANTED = {"run", "work", "migrate", "demo", "doctor", "rebuild", "verify", "price", "backup", "restore", "replay"}
ENGLISH = {
    *[
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "with",
        "to",
        "from",
        "for",
        "is",
        "are",
        "was",
        "by",
        "which",
        "who",
        "show",
        "shows",
        "showing",
        "usage",
        "options",
        "option",
        "positional",
        "arguments",
    ],
    *[
        "argument",
        "error",
        "required",
        "invalid",
        "choose",
        "message",
        "exit",
        "this",
        "all",
        "file",
        "folder",
        "address",
        "port",
        "command",
        "business",
        "person",
        "name",
    ],
}
SPANISH = {
    *[
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "y",
        "o",
        "de",
        "del",
        "con",
        "a",
        "al",
        "para",
        "por",
        "que",
        "quien",
        "muestra",
        "uso",
        "opciones",
        "argumentos",
        "falta",
        "orden",
        "archivo",
    ],
    *["carpeta", "dirección", "puerto", "empresa", "persona", "todas", "todo", "nombre", "su", "ayuda"],
}
NAMES = r"--?[a-z][a-z-]*|[\w./-]+\.(?:json|md)|\b(?:mostrador|make) [a-z-]+|'[^']*'|JSON|MX|ES|\bN\b"


def words(text: str) -> set[str]:
    """The words of a text, without names of commands, options and files, which are the same in every language."""
    return set(re.findall(r"[a-záéíóúñ]+", re.sub(NAMES, " ", text).lower()))


def said(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, str]:
    """The exit code of a command line and all that it printed."""
    with pytest.raises(SystemExit) as ended:
        main([*given])
    printed = capsys.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    return code, printed.out + printed.err


def test_every_command_that_was_promised_is_there() -> None:
    assert {name for name, *_ in COMMANDS} >= WANTED
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]["mostrador"] == "mostrador.config.cli:main"


@pytest.mark.parametrize("name", ["", *(name for name, *_ in COMMANDS)])
@pytest.mark.parametrize("language, own, other", [("es_MX.UTF-8", SPANISH, ENGLISH), ("en_GB.UTF-8", ENGLISH, SPANISH)])
def test_help_is_whole_in_one_language(
    name: str, language: str, own: set[str], other: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("MOSTRADOR_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("COLUMNS", "200")

    code, text = said(capsys, *([name] if name else []), "--help")

    assert code == 0
    for command, _, es, en in COMMANDS:
        if name in {"", command}:
            assert (es if language.startswith("es") else en) in text
    assert words(text) & own
    assert words(text) & other - own == set()


@pytest.mark.parametrize(
    "given",
    [("nothing",), ("price",), ("demo", "--port", "0"), ("demo", "--port"), ("run", "--nowhere"), ("new-business", "--country", "FR"), ("backup", "one", "two")],
)  # fmt: skip
def test_a_wrong_argument_is_refused_in_one_language(
    given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOSTRADOR_LANG", "es")
    code, spanish = said(capsys, *given)
    monkeypatch.setenv("MOSTRADOR_LANG", "en")
    _, english = said(capsys, *given)

    assert code == 2
    assert spanish != english
    assert words(spanish) & ENGLISH - SPANISH == set()
    assert words(english) & SPANISH - ENGLISH == set()


def test_every_setting_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from mostrador.config.environment import SETTINGS

    for language, column in (("es", "es"), ("en", "en")):
        monkeypatch.setenv("MOSTRADOR_LANG", language)
        assert main(["doctor", "--settings"]) == 0
        printed = capsys.readouterr().out
        assert [row.name for row in SETTINGS if row.name not in printed or getattr(row, column) not in printed] == []


@pytest.mark.parametrize(
    "environment, speaks",
    [
        ({"LANG": "en_US.UTF-8"}, "en"), ({"LANG": "es_MX.UTF-8"}, "es"), ({"LANG": "C.UTF-8"}, "es"), ({}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"), ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "en"),
        ({"MOSTRADOR_LANG": "es", "LC_ALL": "en_US.UTF-8"}, "es"), ({"LANG": "fr_FR.UTF-8"}, "es"),
    ],
)  # fmt: skip
def test_the_language_is_the_machines_unless_somebody_says_another(
    environment: dict[str, str], speaks: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("MOSTRADOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    _, text = said(capsys, "--help")

    assert text.startswith({"es": "uso: ", "en": "usage: "}[speaks])


def opened(folder: Path, password: str, *more: str) -> tuple[int, str, list[tuple[Any, ...]]]:
    """Run `mostrador new-business` on a database of its own; its exit code, what it said, and (business, till, PIN given) of what is there."""
    database = folder / "shop.sqlite3"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOSTRADOR_", "DJANGO_"))}
    environment = {**kept, "MOSTRADOR_DATA_DIR": str(folder), "MOSTRADOR_DATABASE_URL": f"sqlite:///{database}", "MOSTRADOR_LANG": "es"}
    command = [sys.executable, "-m", "mostrador.config.cli"]
    subprocess.run([*command, "migrate"], cwd=ROOT, env=environment, capture_output=True, check=True)
    wanted = ["new-business", "--name", "La Esquina", "--country", "MX", "--owner", "Ana", "--email", "ana@example.com", *more]
    done = subprocess.run(
        [*command, *wanted], cwd=ROOT, env=environment, input=password + "\n", capture_output=True, text=True, check=False
    )
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT o.name, t.name, m.pin_base <> '' FROM kernel_organization o JOIN people_till t ON t.organization_id = o.id"
            " JOIN people_staffmember m ON m.organization_id = o.id"
        ).fetchall()
    return done.returncode, done.stdout + done.stderr, rows


@pytest.mark.slow
def test_a_business_is_opened_from_the_command_line_with_its_till_and_pin(tmp_path: Path) -> None:
    assert opened(tmp_path, "el-mostrador-de-ana", "--till", "Barra", "--pin", "4821") == (
        0, "Empresa abierta.\n", [("La Esquina", "Barra", 1)],
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "password, more, says",
    [
        ("corta", (), "al menos diez caracteres"),
        ("", (), "password"),
        ("el-mostrador-de-ana", ("--pin", "12"), "de 4 a 8 cifras"),
        ("el-mostrador-de-ana", ("--email", "nadie"), "no es una dirección"),
        ("el-mostrador-de-ana", ("--till", " "), "till"),
    ],
)
def test_what_is_wrong_with_a_new_business_is_said_and_nothing_is_opened(
    tmp_path: Path, password: str, more: tuple[str, ...], says: str
) -> None:
    code, said_so, rows = opened(tmp_path, password, *more)

    assert (code, rows) == (2, [])
    assert says in said_so
    assert "Traceback" not in said_so
