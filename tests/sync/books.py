"""Everything that stands in the books: what a test compares before and after, whole."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from mostrador.kernel.scoping import across, scope
from tests.sync.shop import Business, Till

type Books = dict[str, list[tuple[Any, ...]]]

# What facts become.
MADE = (
    "counter_visit", "counter_visitclosing", "counter_shift", "counter_sale", "counter_saleline", "counter_salemodifier", "counter_salecomponent", "counter_salecombo", "counter_salepart", "counter_returncomponent", "counter_ordercomponent", "counter_saletrace", "counter_saleprior", "counter_agecheck", "counter_saletaker", "counter_salesaving", "counter_payment", "counter_buyertoken", "counter_return", "counter_returnline", "counter_returntrace", "counter_refund", "buyers_buyer", "counter_accountpayment", "counter_accounttender",
    "counter_voucherslip", "counter_couponuse", "counter_unknownscan", "counter_giftcard", "counter_giftcardkey", "counter_giftcardmove", "counter_giftcardrefund", "counter_pointsmove",
    "counter_order", "counter_orderline", "counter_ordertoken", "counter_orderpayment", "counter_ordertender", "counter_orderchange", "counter_orderrepricing", "counter_orderhandover", "counter_orderclosing", "counter_orderrefund",
    "counter_cashmove", "counter_counterevent", "counter_shiftclosing", "counter_shifttotal", "stock_stocklevel",
)  # fmt: skip
KEPT = (
    "sync_journalentry", "sync_parkedfact", "sync_parkedresolution", "sync_earlyfact", "sync_evidence", "sync_evidenceresolution",
    "sync_annex",
)  # fmt: skip
# When the server received it, and which heads were signed, for that is how a journal was cut into batches; and ids that it draws.
OF_THE_SERVER = {"received_at", "parked_at", "signature"}
DRAWN = {"sync_evidence": {"id"}}


def made() -> Books:
    """Every row made from facts, of every business."""
    return {table: _rows(table) for table in MADE}


def everything() -> Books:
    """Every row made from facts and every byte kept, of every business."""
    return {table: _rows(table) for table in (*MADE, *KEPT)}


def grown(before: Books) -> dict[str, int]:
    """How many rows each table has gained since; tables that gained none are left out, and no row that stood may have changed."""
    after, found = everything(), {}
    for table, rows in before.items():
        gone = set(rows) - set(after[table])
        assert gone == set() or table in {"counter_shifttotal", "stock_stocklevel"}, f"{table}: {gone}"
        if len(after[table]) != len(rows):
            found[table] = len(after[table]) - len(rows)
    return found


def _rows(table: str) -> list[tuple[Any, ...]]:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    left_out = OF_THE_SERVER | DRAWN.get(table, set())
    columns = [str(field.column) for field in model._meta.local_concrete_fields if field.column not in left_out]
    with across("the test looks at every business"), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(connection.ops.quote_name(column) for column in columns)} FROM {table}")
        return sorted((tuple(_plain(value) for value in row) for row in cursor.fetchall()), key=repr)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.hex if isinstance(value, uuid.UUID) else value


def totals(till: Till) -> dict[str, int]:
    """What the server has added up for the open or last shift of a till, by code."""
    from mostrador.counter.models import ShiftTotal

    with scope(till.business.id):
        return dict(ShiftTotal.objects.filter(shift_id=uuid.UUID(till.shift)).values_list("code", "amount"))


def stock(business: Business) -> dict[str, int]:
    """What the moves of a business come to, by ware, thousandths."""
    from mostrador.stock.services import level

    with scope(business.id):
        return {name: level(business.store_id, uuid.UUID(product)) for name, product in business.products.items()}


def in_scope[T](business: Business, read: Callable[[], T]) -> T:
    """Read within a business."""
    with scope(business.id):
        return read()


def head(till: Till) -> tuple[int, str, int, bool]:
    """A journal's watermark, its hash, how many facts are early, whether the chain is broken."""
    from mostrador.sync.models import JournalHead

    with scope(till.business.id):
        row = JournalHead.objects.get(journal_id=uuid.UUID(till.journal))
        return row.seq, row.hash, row.early, row.broken_at is not None


def parked(till: Till) -> list[tuple[int, str, str]]:
    """What is parked of a journal: seq, kind, reason."""
    from mostrador.sync.models import ParkedFact

    with scope(till.business.id):
        return list(ParkedFact.objects.filter(journal_id=uuid.UUID(till.journal)).order_by("seq").values_list("seq", "kind", "reason"))


def evidence(till: Till) -> list[tuple[int | None, str]]:
    """What is kept as evidence of a journal: seq, reason."""
    from mostrador.sync.models import Evidence

    with scope(till.business.id):
        rows = Evidence.objects.filter(journal_id=uuid.UUID(till.journal)).order_by("seq", "reason", "digest")
        return list(rows.values_list("seq", "reason"))


def doctor() -> list[tuple[str, str]]:
    """What `mostrador doctor` finds wrong with the books: errors only, none when they hold."""
    from mostrador.config.doctor import examine

    with unwatched():  # it compares whole tables, which the checker of scopes does not let through
        return [(found.check, found.text) for found in examine() if found.level == "error"]


@contextmanager
def unwatched() -> Iterator[None]:
    """Without the checker of scopes on this connection: statements go the way they go in a shop."""
    watching = list(connection.execute_wrappers)
    connection.execute_wrappers.clear()
    try:
        yield
    finally:
        connection.execute_wrappers.extend(watching)
