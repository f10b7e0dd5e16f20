"""Imports on their way: the file that came, what was chosen, how far it is. Kept in the data folder for a week, a folder each.

A small import is written while the browser waits; a large one in a thread of its own, whose progress the page asks for. Only one
thread can take a job (a file made exclusively), so pressing twice imports once. If the server stops in the middle, nothing of the
import is in the database, and the page says so.
"""

import shutil
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.db import connection

from mostrador.catalogue import importing, queries
from mostrador.catalogue.importing import Options, Plan
from mostrador.catalogue.importing_files import Table
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import DomainError, Invalid, NotFound
from mostrador.kernel.ids import new_id
from mostrador.kernel.scoping import scope
from mostrador.people import queries as people
from mostrador.stock.importing import import_products

KEPT_FOR = timedelta(days=7)
IN_THE_REQUEST_ROWS = 2000
SILENT_AFTER_MS = 90_000
_log = structlog.get_logger(__name__)


class State(msgspec.Struct):
    """What is known of a job. `status`: ready, running, done or failed; `result`: counts; `problem`: {field: code} of a refusal."""

    name: str
    created_ms: int
    status: str = "ready"
    mapping: dict[str, int] = {}
    tax_group: str = ""
    store: str = ""
    done: int = 0
    total: int = 0
    heard_ms: int = 0
    result: dict[str, int] = {}
    problem: dict[str, str] = {}


@dataclass(slots=True)
class Job:
    """One import of one business."""

    id: uuid.UUID
    folder: Path
    state: State
    opened: tuple[Table, dict[str, int]] | None = field(default=None)

    @property
    def is_silent(self) -> bool:
        """Whether it was running and nothing has been heard of it: the server was stopped; nothing was written."""
        return self.state.status == "running" and clock.now_ms() - self.state.heard_ms > SILENT_AFTER_MS

    def data(self) -> bytes:
        """Return the file as it came."""
        return (self.folder / "file").read_bytes()

    def table(self) -> Table:
        """Return the file's table, read once."""
        if self.opened is None:
            self.opened = importing.open_table(self.data())
        return self.opened[0]

    def keep(self) -> None:
        """Write the state, whole or not at all."""
        partial = self.folder / f"state.{threading.get_ident()}"
        partial.write_bytes(msgspec.json.encode(self.state))
        partial.replace(self.folder / "state.json")


def begin(organization_id: uuid.UUID, *, name: str, data: bytes) -> Job:
    """Keep a file for import, with the first taxes and store as defaults. Refuses with Invalid what cannot be read at all."""
    opened = importing.open_table(data)
    _forget_old(organization_id)
    job_id = new_id()
    folder = _folder(organization_id) / job_id.hex
    folder.mkdir(parents=True)
    (folder / "file").write_bytes(data)
    job = Job(job_id, folder, State(name=name[:120], created_ms=clock.now_ms(), mapping=opened[1]), opened)
    groups, stores = queries.tax_groups(), people.stores()
    job.state.tax_group = str(groups[0].id) if groups else ""
    job.state.store = str(stores[0].id) if stores and "stock" in opened[1] else ""
    job.keep()
    return job


def get(organization_id: uuid.UUID, job_id: uuid.UUID) -> Job:
    """Return a job of a business, or NotFound."""
    folder = _folder(organization_id) / job_id.hex
    try:
        state = msgspec.json.decode((folder / "state.json").read_bytes(), type=State)
    except (OSError, msgspec.DecodeError) as error:
        raise NotFound from error
    return Job(job_id, folder, state)


def plan(job: Job, *, locale: str) -> Plan:
    """Return what the job would do, as chosen now. The business must be in scope. Refuses with Invalid where nothing was chosen."""
    if not job.state.tax_group:
        raise Invalid(tax_group="missing")
    return importing.check(job.table(), Options(job.state.mapping, locale, uuid.UUID(job.state.tax_group)))


def start(actor: Actor, job: Job, wanted: Plan, report: Mapping[str, Any]) -> None:
    """Write a plan: at once if it is small, else in a thread. `report`: the words of the report, in the reader's language."""
    try:
        (job.folder / "taken").touch(exist_ok=False)
    except FileExistsError:
        return
    job.state.status, job.state.heard_ms, job.state.total = "running", clock.now_ms(), len(wanted.items)
    job.keep()
    if len(wanted.items) <= IN_THE_REQUEST_ROWS:
        run(actor, job, wanted, report)
    else:
        threading.Thread(target=_in_thread, args=(actor, job, wanted, report), name=f"import-{job.id}", daemon=True).start()


def _in_thread(actor: Actor, job: Job, wanted: Plan, report: Mapping[str, Any]) -> None:
    try:
        with scope(actor.organization_id):
            run(actor, job, wanted, report)
    finally:
        connection.close()


def run(actor: Actor, job: Job, wanted: Plan, report: Mapping[str, Any]) -> None:
    """Write a plan and the job's report; whatever happens, the state says it."""
    from mostrador.office.imports_report import write_report

    def progress(done: int, total: int) -> None:
        job.state.done, job.state.total, job.state.heard_ms = done, total, clock.now_ms()
        job.keep()

    try:
        store = uuid.UUID(job.state.store) if job.state.store else None
        applied = import_products(actor, wanted, store_id=store, name=job.state.name, progress=progress)
        write_report(job.folder / "report.csv", wanted, report)
    except DomainError as error:
        _failed(job, {name: str(code) for name, code in error.data.items()})
        return
    except Exception:  # noqa: BLE001  # whatever it was, the page must be able to say that nothing was kept
        _log.exception("import_failed", job=str(job.id))
        _failed(job, {"import": "broke"})
        return
    job.state.status = "done"
    job.state.result = {"new": applied.new, "change": applied.changed, "same": applied.same, "bad": wanted.bad_rows}
    job.keep()
    _log.info("import_done", job=str(job.id), **job.state.result)


def _failed(job: Job, problem: dict[str, str]) -> None:
    """Nothing was written: the job may be tried again."""
    job.state.status, job.state.problem = "failed", problem
    job.keep()
    (job.folder / "taken").unlink(missing_ok=True)


def try_again(job: Job) -> None:
    """Make a job that stopped ready again."""
    (job.folder / "taken").unlink(missing_ok=True)
    job.state.status, job.state.problem, job.state.done = "ready", {}, 0
    job.keep()


def _folder(organization_id: uuid.UUID) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "imports" / organization_id.hex


def _forget_old(organization_id: uuid.UUID) -> None:
    oldest = clock.now() - KEPT_FOR
    for folder in _folder(organization_id).glob("*"):
        if clock.from_ms(folder.stat().st_mtime_ns // 1_000_000) < oldest:
            shutil.rmtree(folder, ignore_errors=True)
