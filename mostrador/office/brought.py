"""Files that are checked, shown and then written whole: small enough that the page of the check brings the file back."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from mostrador.catalogue.importing_files import Table
from mostrador.kernel.errors import Invalid
from mostrador.office.desk import Desk
from mostrador.office.forms import Form

SHOWN = 50
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
HERE = {"too_large": "too_large_here", "too_many_rows": "too_many_rows_here"}


def delimiter_for(desk: Desk) -> str:
    """Return the sign that a spreadsheet of the reader's expects between cells."""
    return ";" if desk.organization.locale == "es-ES" and desk.formats.language == "es" else ","


class Checked(Protocol):
    """What an import would do."""

    @property
    def table(self) -> Table: ...
    @property
    def columns(self) -> Mapping[str, int]: ...
    @property
    def problems(self) -> Sequence[Any]: ...


def data_of(desk: Desk, form: Form, longest: int) -> bytes:
    """The file as it came, or as the page of its check brought it back."""
    if form.typed("act") == "write":
        try:
            return base64.b64decode(desk.request.POST.get("held", ""), validate=True)
        except binascii.Error:
            return b""
    file = desk.request.FILES.get("file")
    return b"" if file is None else file.read(longest + 1)


def checked[P](form: Form, check: Callable[[], P]) -> P | None:
    """What the import of a file would do; None where the file cannot be read at all: the form says why."""
    try:
        return check()
    except Invalid as error:
        form.refuse(Invalid(file=HERE.get(code := str(error.data["file"]), code)))
        return None


def shown(desk: Desk, plan: Checked, data: bytes, words: Callable[[Any], str]) -> dict[str, Any]:
    """What the page of a check shows of every file: how it was read, its columns, what is wrong with it, and the file itself."""
    table, used = plan.table, set(plan.columns.values())
    return {
        "plan": plan, "held": base64.b64encode(data).decode(), "delimiter": desk.say(f"delimiter.{DELIMITERS[table.delimiter]}") if table.delimiter else "",
        "unused": [header for n, header in enumerate(table.headers) if n not in used and header],
        "problems": [(one, words(one)) for one in plan.problems[:SHOWN]], "more": max(0, len(plan.problems) - SHOWN),
    }  # fmt: skip
