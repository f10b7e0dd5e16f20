"""What `mostrador doctor` looks at. Each check yields findings; none of them changes anything.

`error`: the books do not hold. `warning`: something for a person. `ok`: what was looked at and how much of it.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Sum

from mostrador.config import doctor_rights
from mostrador.config.environment import is_production
from mostrador.config.finding import Finding
from mostrador.config.wording import say
from mostrador.kernel import clock, sealing
from mostrador.kernel.models import Organization, Outbox
from mostrador.kernel.scoping import scope
from mostrador.kernel.tenancy import TenantForeignKey, column_of

FAILED_ATTEMPTS = 3


type Check = Callable[[], Iterator[Finding]]


def examine() -> Iterator[Finding]:
    """Yield every finding: of the machine, of the database as a whole, then business by business."""
    for check in (_settings, _engine, _append_only, _keys, _outbox):
        yield from check()
    for organization in Organization.objects.order_by("name", "id"):
        with scope(organization.id):
            for check in (
                _pins,
                _journals,
                _facts,
                _sales,
                _returns,
                _gift_cards,
                _buyers,
                _points,
                _vouchers,
                _coupons,
                _stock,
                _cash,
                _parked,
                _handed_over,
                _beside,
                doctor_rights.rights,
            ):
                for finding in check():
                    yield Finding(finding.level, finding.check, f"{organization.name}: {finding.text}")


def _settings() -> Iterator[Finding]:
    if not settings.PUBLIC_URL:
        yield Finding(
            "warning", "settings",
            say("MOSTRADOR_PUBLIC_URL falta: el ticket no lleva página del comprador.", "MOSTRADOR_PUBLIC_URL is missing: tickets promise no buyer's page."),
        )  # fmt: skip
    elif is_production() and not settings.PUBLIC_URL.startswith("https://"):
        yield Finding("error", "settings", say("MOSTRADOR_PUBLIC_URL debe ser https.", "MOSTRADOR_PUBLIC_URL must be https."))
    yield Finding(
        "ok", "settings", say("producción" if is_production() else "desarrollo", "production" if is_production() else "development")
    )


def _engine() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            yield Finding("ok", "engine", f"PostgreSQL {cursor.fetchone()[0]}")
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"SHOW {name}")
                value = cursor.fetchone()[0]
                if value == "off":
                    yield Finding("error", "engine", f"{name} = off")
            return
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        yield Finding("ok", "engine", f"SQLite {version}")
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            value = cursor.fetchone()[0]
            if value != wanted:
                yield Finding("error", "engine", f"{pragma} = {value}")
        cursor.execute("PRAGMA quick_check")
        verdict = cursor.fetchone()[0]
        yield Finding("ok" if verdict == "ok" else "error", "engine", f"quick_check: {verdict}")


def _keys() -> Iterator[Finding]:
    """Both ends of every composite key, whatever the engine says of its constraints."""
    looked = 0
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, TenantForeignKey):
                looked += 1
                missing = _ends_missing(model, constraint)
                if missing:
                    yield Finding("error", "keys", f"{model._meta.db_table}.{constraint.name}: {missing}")
    yield Finding("ok", "keys", say(f"{looked} relaciones", f"{looked} relations"))


def _ends_missing(model: type[models.Model], constraint: TenantForeignKey) -> int:
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [column_of(model, name) for name in constraint.fields]
    joined = " AND ".join(f"a.{quote(here)} = b.{quote(there)}" for here, there in zip(columns, constraint.to_fields, strict=True))
    present = " AND ".join(f"a.{quote(column)} IS NOT NULL" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM {quote(table)} a WHERE {present} AND NOT EXISTS (SELECT 1 FROM {quote(constraint.to)} b WHERE {joined})"  # noqa: S608  # names are the models' own
        )
        return int(cursor.fetchone()[0])


def _outbox() -> Iterator[Finding]:
    from mostrador.kernel.scoping import across

    with across("doctor looks at the whole database"):
        waiting = Outbox.objects.filter(due_at__lte=clock.now()).count()
        for topic, attempts, failed in Outbox.objects.filter(attempts__gte=FAILED_ATTEMPTS).values_list("topic", "attempts", "failed")[:20]:
            yield Finding("error", "outbox", f"{topic} x{attempts}: {failed[:120]}")
    yield Finding("ok", "outbox", say(f"{waiting} por hacer", f"{waiting} waiting"))


def _journals() -> Iterator[Finding]:
    from mostrador.people.models import Device
    from mostrador.sync import verify
    from mostrador.sync.models import JournalHead

    facts = journals = 0
    for device in Device.objects.order_by("series", "id"):
        verdict = verify.verify_journal(device)
        journals, facts = journals + 1, facts + verdict.facts
        for finding in verdict.findings[:10]:
            yield Finding("error", "journals", f"{device.series} seq {finding.seq}: {finding.code}")
    for series, early in JournalHead.objects.filter(early__gt=0).values_list("device__series", "early").order_by("device__series"):
        yield Finding("warning", "journals", say(f"{series}: {early} asientos tras un hueco", f"{series}: {early} entries beyond a gap"))
    for series in JournalHead.objects.filter(broken_at__isnull=False).values_list("device__series", flat=True).order_by("device__series"):
        yield Finding("warning", "journals", say(f"{series}: cadena rota, con prueba guardada", f"{series}: broken chain, evidence kept"))
    yield Finding("ok", "journals", say(f"{journals} diarios, {facts} asientos", f"{journals} journals, {facts} entries"))


def _append_only() -> Iterator[Finding]:
    """What only grows is held by the database itself."""
    from mostrador.kernel import append_only

    for trigger in append_only.missing():
        yield Finding(
            "error",
            "engine",
            say(f"falta el disparador {trigger}: mostrador migrate", f"the trigger {trigger} is missing: mostrador migrate"),
        )


def _pins() -> Iterator[Finding]:
    """The key of PINs opens every PIN: a copy of the database brings none."""
    from mostrador.people.models import StaffMember

    members = StaffMember.objects.exclude(pin_base="").filter(archived_at=None).order_by("name", "id")
    shut = [member.name for member in members if sealing.unseal(member.pin_base, member.id.bytes) is None]
    if shut:
        yield Finding(
            "error",
            "pins",
            say(
                f"La llave MOSTRADOR_PIN_KEY no abre el PIN de {len(shut)}: ponga la de antes, o dé un PIN nuevo a {', '.join(shut[:5])}",
                f"The key MOSTRADOR_PIN_KEY opens not the PIN of {len(shut)}: put the one of before, or give a new PIN to {', '.join(shut[:5])}",
            ),
        )


def _facts() -> Iterator[Finding]:
    """Every fact that came in became rows or is parked, and no row is without its fact."""
    from mostrador.counter.models import CashMove, CounterEvent, Return, Sale, Shift, ShiftClosing, VisitClosing
    from mostrador.counter.unknown_code_models import UnknownScan
    from mostrador.sync.models import EvidenceResolution, JournalEntry, ParkedFact, ParkedResolution

    resolved = set(ParkedResolution.objects.exclude(action="leave").values_list("journal_id", "seq"))
    open_by_kind: dict[str, int] = {}
    for kind, journal, seq in ParkedFact.objects.values_list("kind", "journal_id", "seq"):
        if (journal, seq) not in resolved:
            open_by_kind[kind] = open_by_kind.get(kind, 0) + 1
    counted = dict(JournalEntry.objects.values_list("kind").annotate(n=Count("seq")).order_by("kind"))
    for kind in EvidenceResolution.objects.exclude(action="leave").values_list("kind", flat=True):
        counted[kind] = counted.get(kind, 0) + 1
    rows = {
        "sale.recorded": Sale.objects.count(),
        "return.recorded": Return.objects.count(),
        "shift.opened": Shift.objects.count(),
        "shift.closed": ShiftClosing.objects.count(),
        "visit.closed": VisitClosing.objects.count(),
        "cash.moved": CashMove.objects.count(),
        **dict(CounterEvent.objects.values_list("kind").annotate(n=Count("id")).order_by("kind")),
    }
    for kind in (
        "sale.recorded",
        "return.recorded",
        "shift.opened",
        "shift.closed",
        "cash.moved",
        "drawer.opened",
        "approval.given",
        "ticket.reprinted",
    ):
        expected = counted.get(kind, 0) - open_by_kind.get(kind, 0)
        if rows.get(kind, 0) != expected:
            yield Finding("error", "facts", f"{kind}: {rows.get(kind, 0)} ≠ {expected}")
    yield from _without_fact(Sale, Return, Shift, ShiftClosing, VisitClosing, UnknownScan)
    yield Finding("ok", "facts", say(f"{sum(counted.values())} hechos", f"{sum(counted.values())} facts"))


def _without_fact(*found_in: type[models.Model]) -> Iterator[Finding]:
    """Rows whose fact is in no journal and was not admitted: a join by id, because they hold no key to it (ruling 9)."""
    organization = _raw_organization()
    for model in found_in:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT COUNT(*) FROM (SELECT fact_id FROM {table} WHERE organization_id = %s AND fact_id IS NOT NULL"  # noqa: S608  # names are the models' own
                " EXCEPT SELECT fact_id FROM sync_journalentry WHERE organization_id = %s"
                " EXCEPT SELECT fact_id FROM sync_evidenceresolution WHERE organization_id = %s) missing",
                [organization, organization, organization],
            )
            missing = int(cursor.fetchone()[0])
        if missing:
            yield Finding("error", "facts", f"{table}: {missing} ∄")


def _beside() -> Iterator[Finding]:
    """What visits brought besides a sale: every such fact that the worker has come to has its row, every row its fact, every promise folds."""
    from mostrador.counter.facts import TOPIC_ASIDE
    from mostrador.sync.models import JournalEntry, ParkedFact
    from mostrador.trust import promises
    from mostrador.trust.models import Need, PromiseEvent, Undoing
    from mostrador.trust.shelf_models import ShelfPrice

    yield from _without_fact(Need, Undoing, PromiseEvent, ShelfPrice)
    if not Outbox.objects.filter(topic=TOPIC_ASIDE).exists():
        rows = {
            "need.stated": Need.objects.values_list("fact_id", flat=True),
            "shelf_price.stated": ShelfPrice.objects.values_list("fact_id", flat=True),
            "promise.": PromiseEvent.objects.exclude(fact_id=None).values_list("fact_id", flat=True),
        }
        for kind, made in rows.items():
            parked = set(ParkedFact.objects.filter(kind__startswith=kind).values_list("fact_id", flat=True))
            missing = set(JournalEntry.objects.filter(kind__startswith=kind).values_list("fact_id", flat=True)) - set(made) - parked
            if missing:
                yield Finding("error", "beside", f"{kind}: {len(missing)} ∄")
    made_rows = PromiseEvent.objects.filter(kind="made")
    unread = made_rows.values("promise_id").distinct().count() - len(promises.standing(made_rows)) - promises.taken_back()
    if unread:
        yield Finding("error", "beside", f"trust_promiseevent: {unread} ∄")
    yield Finding("ok", "beside", say(f"{made_rows.count()} promesas", f"{made_rows.count()} promises"))


def _raw_organization() -> Any:
    from mostrador.kernel import sql
    from mostrador.kernel.scoping import current_organization

    return sql.raw_id(connection.vendor, current_organization())


def _sales() -> Iterator[Finding]:
    """A sale is the sum of its lines, and what was paid for it is what it came to."""
    from mostrador.counter.gift_card_queries import loaded_by_sale
    from mostrador.counter.models import Payment, Sale, SaleLine

    lines = _sums(SaleLine, "sale_id", "gross", "net")
    paid = _sums(Payment, "sale_id", "amount")
    loaded = loaded_by_sale()
    count = 0
    for sale_id, series, number, gross, net, rounding, tip, flags in (
        Sale.objects.order_by("id")
        .values_list("id", "journal_id", "number", "gross", "net", "rounding", "tip", "flags")
        .iterator(chunk_size=5000)
    ):
        count += 1
        if "accepted" in flags.split():  # a person took the till's own figures, which do not add up
            continue
        if lines.get(sale_id, (0, 0)) != (gross, net):
            yield Finding("error", "sales", say(f"{series} {number}: partidas", f"{series} {number}: lines"))
        if paid.get(sale_id, (0,)) != (gross + rounding + tip + loaded.get(sale_id, 0),):
            yield Finding("error", "sales", say(f"{series} {number}: pagos", f"{series} {number}: payments"))
    yield Finding("ok", "sales", say(f"{count} ventas", f"{count} sales"))


def _returns() -> Iterator[Finding]:
    """A return is the sum of its lines, and what was given back for it is what it came to; more back than was sold is told."""
    from mostrador.counter.models import Refund, Return, ReturnLine
    from mostrador.counter.returns import doubtful

    lines = _sums(ReturnLine, "return_id", "gross", "net")
    given = _sums(Refund, "return_id", "amount")
    count = 0
    for row in (
        Return.objects.order_by("id").values("id", "journal_id", "number", "gross", "net", "rounding", "flags").iterator(chunk_size=5000)
    ):
        count += 1
        name = f"{row['journal_id']} {row['number']}"
        if "accepted" in row["flags"].split():
            continue
        if lines.get(row["id"], (0, 0)) != (row["gross"], row["net"]):
            yield Finding("error", "returns", say(f"{name}: partidas", f"{name}: lines"))
        if given.get(row["id"], (0,)) != (row["gross"] + row["rounding"],):
            yield Finding("error", "returns", say(f"{name}: reembolsos", f"{name}: refunds"))
    doubts = doubtful()
    if doubts:
        yield Finding("warning", "returns", say(f"{len(doubts)} devoluciones por mirar", f"{len(doubts)} returns to look at"))
    yield Finding("ok", "returns", say(f"{count} devoluciones", f"{count} returns"))


def _vouchers() -> Iterator[Finding]:
    """The slips of a sale are worth what it says was paid by vouchers; numbers that were taken twice are told."""
    from mostrador.counter.models import Payment
    from mostrador.counter.voucher_queries import twice, worth_by_sale

    worth = worth_by_sale()
    paid = (
        Payment.objects.filter(method="voucher", sale_id__in=list(worth))
        .values_list("sale_id")
        .annotate(total=Sum("amount"))
        .order_by("sale_id")
    )
    by_payments = dict(paid)
    for sale_id, amount in worth.items():
        if amount != by_payments.get(sale_id, 0):
            yield Finding("error", "vouchers", f"{sale_id}: {amount - by_payments.get(sale_id, 0)}")
    doubles = len(twice())
    if doubles:
        yield Finding("warning", "vouchers", say(f"{doubles} vales con folio repetido", f"{doubles} vouchers whose number was taken twice"))
    yield Finding("ok", "vouchers", say(f"{len(worth)} ventas con vales", f"{len(worth)} sales with vouchers"))


def _handed_over() -> Iterator[Finding]:
    """Parked tickets that a till was given and never came for."""
    from mostrador.counter.parked_tickets import on_their_way

    for till, n in on_their_way(clock.now()):
        yield Finding(
            "warning", "tickets",
            say(f"{till}: {n} tickets en espera dados a esta caja, que no los ha recogido; conéctela", f"{till}: {n} parked tickets were given to this till, which has not come for them; connect it"),
        )  # fmt: skip


def _gift_cards() -> Iterator[Finding]:
    """What moved a card is what was paid with it, went back to it or was given out for it; what fell short is told."""
    from mostrador.counter.gift_card_models import GiftCardRefund
    from mostrador.counter.gift_card_queries import cards, moved_by_source
    from mostrador.counter.models import Payment, Refund

    moved = moved_by_source()
    for rows in (
        Payment.objects.filter(method="gift_card").values_list("sale_id", "amount"),
        ((returned, -amount) for returned, amount in Refund.objects.filter(method="gift_card").values_list("return_id", "amount")),
        GiftCardRefund.objects.values_list("id", "amount"),
    ):
        for source, amount in rows:
            moved[source] = moved.get(source, 0) + amount
    for source, difference in moved.items():
        if difference:
            yield Finding("error", "gift_cards", f"{source}: {difference}")
    every = cards()
    short = sum(card.short > 0 for card in every)
    if short:
        yield Finding("warning", "gift_cards", say(f"{short} tarjetas por debajo de cero", f"{short} cards below nothing"))
    yield Finding("ok", "gift_cards", say(f"{len(every)} tarjetas regalo", f"{len(every)} gift cards"))


def _buyers() -> Iterator[Finding]:
    """Who is joined to whom ends with somebody, and what was said of it lacks no word."""
    from django.db.models import Max

    from mostrador.buyers.joins import joined
    from mostrador.buyers.models import BuyerJoin

    now = joined()
    for other, end in now.ends.items():
        if end in now.rows:
            yield Finding("error", "buyers", say(f"{other}: junto en círculo", f"{other}: joined in a ring"))
    for other, rows, last in BuyerJoin.objects.values_list("other_id").annotate(rows=Count("n"), last=Max("n")).order_by("other_id"):
        if rows != last:
            yield Finding("error", "buyers", say(f"{other}: falta una junta", f"{other}: a join is missing"))
    yield Finding("ok", "buyers", say(f"{len(now.rows)} clientes juntos con otro", f"{len(now.rows)} customers joined to another"))


def _points() -> Iterator[Finding]:
    """What points paid and what of it went back is what payments and refunds by them say; who has fewer than none, and what did not add up, is told."""
    from mostrador.counter.accounts import balances
    from mostrador.counter.models import Payment, Refund
    from mostrador.counter.points_models import PointsMove

    moved: dict[uuid.UUID, int] = defaultdict(int)
    for rows in (
        PointsMove.objects.exclude(amount=0).values_list("source_id", "amount"),
        Payment.objects.filter(method="points").values_list("sale_id", "amount"),
        ((returned, -amount) for returned, amount in Refund.objects.filter(method="points").values_list("return_id", "amount")),
    ):
        for one, amount in rows:
            moved[one] += amount
    for one, difference in moved.items():
        if difference:
            yield Finding("error", "points", f"{one}: {difference}")
    held = [count for (_, account), count in balances().items() if account == "points" and count]
    short = sum(count < 0 for count in held)
    if short:
        yield Finding(
            "warning", "points", say(f"{short} clientes con menos de cero puntos", f"{short} customers with fewer than no points")
        )
    yield Finding("ok", "points", say(f"{len(held)} clientes con puntos", f"{len(held)} customers with points"))


def _coupons() -> Iterator[Finding]:
    """Codes of which more tickets were made than they allow, and tickets that name a code that was never issued here, are told."""
    from mostrador.counter.coupon_models import CouponCode
    from mostrador.counter.coupon_queries import doubts, strangers

    doubtful, unknown = len(doubts()), strangers()
    if doubtful:
        yield Finding(
            "warning", "coupons",
            say(f"{doubtful} cupones cobrados dos veces o anulados: Promociones › Cupones", f"{doubtful} coupons taken twice or void: Promotions › Coupons"),
        )  # fmt: skip
    if unknown:
        yield Finding(
            "warning",
            "coupons",
            say(f"{unknown} usos de cupones que no se emitieron aquí", f"{unknown} uses of coupons that were not issued here"),
        )
    issued = CouponCode.objects.count()
    yield Finding("ok", "coupons", say(f"{issued} cupones de un solo uso", f"{issued} single-use coupons"))


def _sums(model: type[models.Model], by: str, *columns: str) -> dict[object, tuple[int, ...]]:
    """The sums of columns over the rows that belong together."""
    rows = model._default_manager.values_list(by).annotate(**{f"sum_{column}": Sum(column) for column in columns}).order_by(by)
    return {key: tuple(sums) for key, *sums in rows.iterator(chunk_size=5000)}


def _stock() -> Iterator[Finding]:
    """Levels are what moves and sold lines come to."""
    from mostrador.stock.models import StockLevel
    from mostrador.stock.services import everything, waiting

    late = waiting()
    computed = {key: left for key, quantity in everything().items() if (left := quantity - late.get(key, 0))}
    stored = {(store, product): q for store, product, q in StockLevel.objects.values_list("store_id", "product_id", "quantity") if q}
    for key in sorted(computed.keys() | stored.keys(), key=str):
        if computed.get(key, 0) != stored.get(key, 0):
            yield Finding("error", "stock", f"{key[1]}: {stored.get(key, 0)} ≠ {computed.get(key, 0)}")
    yield Finding("ok", "stock", say(f"{len(stored)} existencias, {len(late)} por sumar", f"{len(stored)} levels, {len(late)} to add"))


def _cash() -> Iterator[Finding]:
    """Shift totals are what their rows come to; a Z that differs from what arrived says by how much."""
    from mostrador.counter.models import ShiftClosing
    from mostrador.counter.rebuild import computed_totals, stored_totals
    from mostrador.counter.shifts import differs

    stored, computed = stored_totals(), computed_totals()
    for key in sorted(stored.keys() | computed.keys(), key=str):
        if stored.get(key, 0) != computed.get(key, 0):
            yield Finding("error", "cash", f"{key[0]} {key[1]}: {stored.get(key, 0)} ≠ {computed.get(key, 0)}")
    shifts = 0
    for shift_id, z, figures in ShiftClosing.objects.order_by("shift_id").values_list("shift_id", "z", "figures"):
        shifts += 1
        missing = differs(figures, {code: stored.get((shift_id, code), 0) for code in ("gross", "back_gross", "account_paid")})
        if missing:
            yield Finding("warning", "cash", say(f"Z {z} difiere en {missing}", f"Z {z} differs by {missing}"))
    yield Finding("ok", "cash", say(f"{shifts} cortes", f"{shifts} Z reports"))


def _parked() -> Iterator[Finding]:
    from mostrador.sync.queries import waiting_counts

    parked, evidence = waiting_counts()
    if parked:
        yield Finding("warning", "parked", say(f"{parked} hechos apartados esperan a alguien", f"{parked} parked facts wait for somebody"))
    if evidence:
        yield Finding(
            "warning",
            "parked",
            say(f"{evidence} asientos guardados como prueba esperan a alguien", f"{evidence} entries kept as evidence wait for somebody"),
        )
