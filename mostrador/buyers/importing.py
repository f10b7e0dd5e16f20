"""The importer of buyers and what they owe: check a file (a plan), then write the plan whole.

A row is known by its phone, else its tax id, else its name. What the file says of somebody known changes what is known; an empty cell changes nothing. An
opening balance is written once for each account: a file that comes twice writes nothing the second time.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mostrador.buyers import joins
from mostrador.buyers.models import AccountEntry, Buyer, BuyerGroup
from mostrador.buyers.services import LENGTHS, search_text
from mostrador.catalogue.importing_columns import named
from mostrador.catalogue.importing_files import Table, read_table
from mostrador.catalogue.words import fold
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled
from mostrador.kernel.writing import whole
from mostrador.pricing.basket import AMOUNT_MAX

ROWS_MAX = 10_000
FILE_MAX = 1_500_000
PHONE_DIGITS = 7
# Field: the headers it goes by, folded, most usual first.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("nombre", "cliente", "nombre del cliente", "razon social", "name", "customer", "customer name", "full name"),
    "phone": ("telefono", "tel", "celular", "movil", "whatsapp", "phone", "mobile", "phone number"),
    "email": ("correo", "correo electronico", "email", "e-mail", "mail"),
    "tax_id": ("rfc", "nif", "cif", "dni", "tax id", "vat", "vat number"),
    "group": ("grupo", "lista", "tipo", "group", "customer group"),
    "limit": ("limite", "limite de fiado", "limite de credito", "credito maximo", "limit", "credit limit"),
    "fiado": ("debe", "saldo", "deuda", "adeudo", "saldo deudor", "owes", "balance", "balance due", "amount due"),
    "credit": ("a favor", "saldo a favor", "credito", "anticipo", "store credit", "credit"),
    "points": ("puntos", "puntos acumulados", "monedero", "points", "loyalty points", "reward points"),
}
KNOWN = frozenset(name for names in HEADERS.values() for name in names)
AMOUNTS = ("limit", "fiado", "credit", "points")
ACCOUNTS = ("fiado", "credit", "points")


@dataclass(slots=True)
class Row:
    """A row of the file: what it says of somebody, minor units and whole points; None: nothing said. `buyer_id`: who it is, where somebody is known by it;
    `by_other`: by a card that was joined to theirs, so that what the file says of the person corrects nothing of the one that is kept.
    """

    row: int
    contact: dict[str, str]
    group: str = ""
    limit: int | None = None
    fiado: int | None = None
    credit: int | None = None
    points: int | None = None
    buyer_id: uuid.UUID | None = None
    by_other: bool = False
    action: str = "new"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: its number in the file, the field, a code, and what stood there."""

    row: int
    field: str
    code: str
    value: str = ""


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    table: Table
    columns: Mapping[str, int]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many rows there are of each action."""
        return Counter(row.action for row in self.rows)

    @property
    def owed(self) -> int:
        """How much of debts the file brings that stand in no account yet, minor units."""
        return sum(row.fiado or 0 for row in self.rows if row.action != "same")

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({problem.row for problem in self.problems})


def check(data: bytes, *, locale: str, digits: int) -> Plan:
    """Return what the import of a file would do to the buyers of the business in scope. Writes nothing. Refuses with Invalid(file=code)."""
    if len(data) > FILE_MAX:
        raise Invalid(file="too_large")
    table = read_table(data, KNOWN)
    if len(table.rows) > ROWS_MAX:
        raise Invalid(file="too_many_rows")
    plan = Plan(table, named(table.headers, HEADERS))
    if "name" not in plan.columns and "phone" not in plan.columns:
        raise Invalid(file="no_name")
    mark = decimal_mark(locale)
    read = [row for number, cells in table.rows if (row := _read(plan, number, cells, mark, digits)) is not None]
    _match(plan, read)
    _compare(plan)
    known = {fold(name) for name in BuyerGroup.objects.values_list("name", flat=True)}
    plan.groups = sorted({fold(row.group): row.group for row in plan.rows if row.group and fold(row.group) not in known}.values())
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _read(plan: Plan, number: int, cells: Sequence[str], mark: str, digits: int) -> Row | None:
    """A row as values, or None with what is wrong among the plan's problems."""

    def cell(name: str) -> str:
        column = plan.columns.get(name)
        text = cells[column] if column is not None and column < len(cells) else ""
        return "".join(letter if letter.isprintable() else " " for letter in text).strip()

    contact = {name: cell(name) for name in LENGTHS}
    contact["tax_id"] = contact["tax_id"].upper()
    row = Row(number, contact, cell("group")[:60])
    wrong = [Problem(number, name, "too_long", contact[name][:40]) for name, longest in LENGTHS.items() if len(contact[name]) > longest]
    for name in AMOUNTS:
        try:
            setattr(row, name, _amount(cell(name), mark, 0 if name == "points" else digits, below_zero=name == "fiado"))
        except NotANumber as error:
            wrong.append(Problem(number, name, error.code, cell(name)[:40]))
    owes = row.fiado
    if owes is not None and owes < 0 and row.credit is None:
        # Who owes less than nothing is owed it.
        row.fiado, row.credit = None, -owes
    plan.problems += wrong
    return None if wrong else row


def _amount(text: str, mark: str, digits: int, *, below_zero: bool) -> int | None:
    if not text:
        return None
    value: Decimal = read_number(text, mark)
    amount = scaled(value, digits)
    if amount < 0 and not below_zero:
        raise NotANumber("negative")
    if abs(amount) > AMOUNT_MAX:
        raise NotANumber("too_large")
    return amount


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def _keys(contact: Mapping[str, str]) -> list[tuple[str, str]]:
    """By what somebody is known, the surest first."""
    phone, name = _digits(contact["phone"]), fold(contact["name"])
    keys = [("phone", phone)] if len(phone) >= PHONE_DIGITS else []
    return keys + [(field, value) for field, value in (("tax_id", contact["tax_id"]), ("name", name)) if value]


def _match(plan: Plan, read: list[Row]) -> None:
    """Find who each row is about; of two rows about the same, and of two known by the same, a person has to say."""
    known: dict[tuple[str, str], set[uuid.UUID]] = {}
    own: set[tuple[tuple[str, str], uuid.UUID]] = set()
    now = joins.joined()
    there = {buyer.id: buyer for buyer in Buyer.objects.all()}
    for buyer in there.values():
        if there[now.of(buyer.id)].archived_at is None:
            for key in _keys({name: getattr(buyer, name) for name in LENGTHS}):
                known.setdefault(key, set()).add(now.of(buyer.id))
                own.add((key, buyer.id))
    seen: dict[tuple[str, str], int] = {}
    rows_of: dict[uuid.UUID, int] = {}
    for row in read:
        keys = _keys(row.contact)
        if not keys:
            plan.problems.append(Problem(row.row, "name", "empty"))
            continue
        first = seen.get(keys[0])
        if first is not None:
            plan.problems.append(Problem(row.row, keys[0][0], "repeated", f"{row.contact[keys[0][0]]} ({first})"))
            continue
        seen[keys[0]] = row.row
        by = next((key for key in keys if key in known and not (key[0] == "name" and keys[0][0] == "phone")), keys[0])
        found = known.get(by, set())
        if len(found) > 1:
            plan.problems.append(Problem(row.row, keys[0][0], "ambiguous", row.contact[keys[0][0]]))
            continue
        row.buyer_id = next(iter(found), None)
        row.by_other = row.buyer_id is not None and (by, row.buyer_id) not in own
        if row.buyer_id is None and not row.contact["name"]:
            plan.problems.append(Problem(row.row, "name", "empty"))
            continue
        if row.buyer_id is not None and rows_of.setdefault(row.buyer_id, row.row) != row.row:
            # By another phone or name the same person, as by two cards that were joined.
            plan.problems.append(Problem(row.row, keys[0][0], "repeated", f"{row.contact[keys[0][0]]} ({rows_of[row.buyer_id]})"))
            continue
        plan.rows.append(row)


def _compare(plan: Plan) -> None:
    """Say of rows about somebody known whether they change something; an opening balance that stands already is not written again."""
    ids = [row.buyer_id for row in plan.rows if row.buyer_id is not None]
    buyers = {buyer.id: buyer for buyer in Buyer.objects.filter(id__in=ids)}
    groups = {group.id: fold(group.name) for group in BuyerGroup.objects.all()}
    opened: dict[tuple[uuid.UUID, str], int] = {}
    now = joins.joined()
    for entry in AccountEntry.objects.filter(buyer_id__in=now.spread(ids), reason="opening"):
        key = (now.of(entry.buyer_id), entry.account)
        opened[key] = opened.get(key, 0) + entry.amount
    kept = []
    for row in plan.rows:
        if row.buyer_id is None:
            kept.append(row)
            continue
        buyer, clash = buyers[row.buyer_id], False
        for account in ACCOUNTS:
            before, said = opened.get((buyer.id, account)), getattr(row, account)
            if before is not None and said is not None:
                clash = clash or before != said
                setattr(row, account, None)
        if clash:
            plan.problems.append(Problem(row.row, "fiado", "opened", buyer.name))
            continue
        differs = (
            (not row.by_other and any(value and value != getattr(buyer, name) for name, value in row.contact.items()))
            or (row.limit is not None and row.limit != buyer.fiado_limit)
            or bool(row.group and fold(row.group) != (groups[buyer.group_id] if buyer.group_id else ""))
            or bool(row.fiado) or bool(row.credit) or bool(row.points)
        )  # fmt: skip
        row.action = "change" if differs else "same"
        kept.append(row)
    plan.rows = kept


@whole
def apply(actor: Actor, plan: Plan) -> None:
    """Write a plan, all of it or nothing. What the file says of debts becomes opening balances."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    now = clock.now()
    groups = {fold(group.name): group.id for group in BuyerGroup.objects.all()}
    fresh = [BuyerGroup(organization_id=actor.organization_id, id=new_id(), name=name) for name in plan.groups]
    BuyerGroup.objects.bulk_create(fresh)
    groups |= {fold(group.name): group.id for group in fresh}
    rows = [row for row in plan.rows if row.action != "same"]
    known = {buyer.id: buyer for buyer in Buyer.objects.filter(id__in=[row.buyer_id for row in rows if row.buyer_id is not None])}
    new, changed, entries = [], [], []
    for row in rows:
        buyer = known.get(row.buyer_id) if row.buyer_id is not None else None
        if buyer is None:
            buyer = Buyer(organization_id=actor.organization_id, id=new_id(), met_at=now, consent=[], fiado_limit=0)
            new.append(buyer)
        else:
            changed.append(buyer)
        for name, value in row.contact.items():
            if value and not row.by_other:
                setattr(buyer, name, value)
        if row.limit is not None:
            buyer.fiado_limit = row.limit
        if row.group:
            buyer.group_id = groups[fold(row.group)]
        buyer.search = search_text(buyer)
        entries += [
            AccountEntry(
                organization_id=actor.organization_id, id=new_id(), buyer_id=buyer.id, account=account, amount=amount, reason="opening", actor_id=actor.id, at=now,
            )
            for account in ACCOUNTS
            if (amount := getattr(row, account))
        ]  # fmt: skip
    Buyer.objects.bulk_create(new, batch_size=500)
    for buyer in changed:
        buyer.save(force_update=True)
    AccountEntry.objects.bulk_create(entries, batch_size=500)
    touched(actor.organization_id, "buyer", [buyer.id for buyer in (*new, *changed)])
