"""mostrador demo"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable

from mostrador.config import start
from mostrador.config.arguments import host_and_port
from mostrador.config.environment import data_dir, database_url
from mostrador.config.wording import fail, say

# Stands in the data folder while the demo is being made: a half made one must not pass for whole.
UNFINISHED = "demo.unfinished"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port, --days, --reset."""
    host_and_port(parser)
    parser.add_argument("--days", type=int, default=60, metavar="N", help=say("días de historia (60)", "days of history (60)"))
    parser.add_argument("--reset", action="store_true", help=say("borra la muestra y empieza de nuevo", "erases the demo and starts over"))


def run(options: argparse.Namespace) -> int:
    """Build both shops if they are not there yet, say how to get in, and serve."""
    start.require_free_port(options.host, options.port)
    os.environ.setdefault("MOSTRADOR_PUBLIC_URL", f"http://localhost:{options.port}")
    unfinished = data_dir() / UNFINISHED
    if options.reset:
        _erase()
        unfinished.unlink(missing_ok=True)
    if unfinished.exists():
        raise fail(
            "La muestra quedó a medias. Empiece de nuevo: make demo RESET=1", "The demo was left half made. Start over: make demo RESET=1"
        )
    start.load()
    start.prepare()
    from mostrador.config.demo.build import build
    from mostrador.people import first_run

    if first_run.is_empty():
        unfinished.touch()
        report = build(_progress(), max(1, options.days))
        first_run.used()
        unfinished.unlink()
        print(say(f"\n· listo en {report.seconds} s", f"\n· ready in {report.seconds} s"), flush=True)
    _say_how(options.port)
    from mostrador.config.serve import serve

    serve(host=options.host, port=options.port)
    return 0


def _erase() -> None:
    """Erase the demo's own SQLite and files. A PostgreSQL is never emptied by this."""
    url = database_url()
    if not url.startswith("sqlite:///"):
        raise fail("RESET solo borra una base SQLite.", "RESET only erases an SQLite database.")
    for suffix in ("", "-wal", "-shm"):
        path = f"{url.removeprefix('sqlite:///')}{suffix}"
        if os.path.exists(path):  # noqa: PTH110  # three plain names
            os.unlink(path)  # noqa: PTH108
    shutil.rmtree(data_dir() / "catalogue", ignore_errors=True)


def _progress() -> Callable[[str, int, int], None]:
    """A line that grows on a terminal; a line per tenth anywhere else."""
    is_terminal = sys.stdout.isatty()

    def show(what: str, done: int, of: int) -> None:
        if is_terminal:
            filled = 30 * done // max(1, of)
            print(f"\r· {what[:34]:<34} {'█' * filled}{'·' * (30 - filled)} {done}/{of}", end="\n" if done == of else "", flush=True)
        elif done % max(1, of // 10) == 0:
            print(f"· {what} {done}/{of}", flush=True)

    return show


def _say_how(port: int) -> None:
    """Print addresses, people, PINs and a fresh pairing code per till."""
    from mostrador.config.demo.setting_up import PASSWORD
    from mostrador.config.demo.shop import SHOPS, load

    base, codes = f"http://localhost:{port}", _pairing_codes()
    print(say(f"\nOficina  {base}/\nCaja     {base}/till/", f"\nOffice   {base}/\nTill     {base}/till/"))
    print(say(f"Contraseña de todas las personas: {PASSWORD}", f"Everybody's password: {PASSWORD}"))
    for name in SHOPS:
        shop = load(name)
        print(f"\n{shop.about['name']}")
        for person in shop.rows("staff"):
            print(f"  {person['name']:<24} {person['role']:<11} {person.get('email', ''):<32} {_pin(person)}")
        for till, code in codes.get(shop.about["name"], []):
            print(say(f"  {till:<36} código {code}", f"  {till:<36} code {code}"))
    print(
        say(
            "\nCtrl-C detiene; los datos quedan. make demo RESET=1 empieza de nuevo.",
            "\nCtrl-C stops; data stay. make demo RESET=1 starts over.",
        ),
        flush=True,
    )


def _pin(person: object) -> str:
    pin = person.get("pin", "") if isinstance(person, dict) else ""
    return f"PIN {pin}" if pin else ""


def _pairing_codes() -> dict[str, list[tuple[str, str]]]:
    """Fresh codes for every till, by business: each pairs one browser within a quarter of an hour."""
    from mostrador.kernel.actor import system
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people.models import Till
    from mostrador.people.pairing import new_code

    codes: dict[str, list[tuple[str, str]]] = {}
    for organization in Organization.objects.order_by("id"):
        with scope(organization.id):
            tills = Till.objects.select_related("store").filter(archived_at=None).order_by("store__name", "code")
            codes[organization.name] = [
                (f"{till.store.name} · {till.name}", new_code(system(organization.id), till_id=till.id)) for till in tills
            ]
    return codes
