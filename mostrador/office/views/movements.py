"""Every movement of the accounts of buyers as a file: what is on account, store credit, points."""

import csv
import io

from django.http import HttpResponse

from mostrador.buyers import queries
from mostrador.buyers.models import ACCOUNTS
from mostrador.counter import accounts
from mostrador.kernel.spreadsheet import safe_cell
from mostrador.office.desk import Desk, room
from mostrador.office.views.tickets import with_point

COLUMNS = ("buyer", "account", "date", "time", "move", "number", "amount", "balance", "note")


@room("buyers")
def export(desk: Desk) -> HttpResponse:
    """Return the movements as CSV, account by account, oldest first; of points in points. Nothing in it that a spreadsheet would run."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([desk.say(f"export.{name}") for name in COLUMNS])
    for account in ACCOUNTS:
        digits = 0 if account == "points" else desk.formats.digits
        found = dict(accounts.statements(account))
        names = queries.names(found)
        for buyer in sorted(found, key=lambda one: (names.get(one, "").casefold(), one)):
            for entry in found[buyer]:
                at = desk.formats.local(entry.at)
                cells = (
                    names.get(buyer, ""), desk.say(f"account.{account}"), at.date(), at.strftime("%H:%M:%S"), desk.say(f"entry.{entry.kind}"), entry.number,
                    with_point(entry.amount, digits), with_point(entry.balance, digits), entry.text,
                )  # fmt: skip
                out.writerow([safe_cell(cell) for cell in cells])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cuentas.csv"'
    response["Cache-Control"] = "no-store"
    return response
