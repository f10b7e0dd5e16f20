"""Faults seeded into server and till, to see that histories catch them: a text replaced in a module as it is loaded, in this process only.

The files stay as they are. A bug whose text no longer stands in its file fails loudly: then the code has moved on, and the bug must follow.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "HISTORIES_BUG"
SOON = 180
# Caught as soon, but in `make test` another of the same rows stands for it: each costs ten seconds of a processor.
LATER = 200


@dataclass(frozen=True, slots=True)
class Bug:
    """`old` stands once in `file` and becomes `new`; `within`: after so many histories at most it must have been caught."""

    name: str
    file: str
    old: str
    new: str
    within: int = SOON

    @property
    def is_of_till(self) -> bool:
        """Whether it is a module of the till."""
        return self.file.startswith("till/")

    def environment(self) -> dict[str, str]:
        """What tells the process to seed it."""
        return {VARIABLE: json.dumps(asdict(self))}


def seed_from(environment: Mapping[str, str]) -> None:
    """Seed the bug that the environment names, if it is one of the server's."""
    told = environment.get(VARIABLE)
    bug = Bug(**json.loads(told)) if told else None
    if bug is None or bug.is_of_till:
        return
    source = (ROOT / bug.file).read_text()
    assert source.count(bug.old) == 1, f"{bug.name}: {source.count(bug.old)} times in {bug.file}"
    wrong = source.replace(bug.old, bug.new).encode()
    place = str(ROOT / bug.file)
    module = bug.file.removesuffix(".py").replace("/", ".")

    class Seeded(importlib.machinery.SourceFileLoader):
        """Loads one module with the bug in it; nothing is stored."""

        def get_data(self, path: str) -> bytes:
            return wrong

        def path_stats(self, path: str) -> Mapping[str, float]:
            raise OSError

    class Finder(importlib.abc.MetaPathFinder):
        """Finds that module."""

        def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
            return importlib.util.spec_from_file_location(fullname, place, loader=Seeded(fullname, place)) if fullname == module else None

    sys.meta_path.insert(0, Finder())


BUGS = (
    # --- of orders ----------------------------------------------------------------------------------------------------------------
    Bug(
        "what went back of a cancelled order is not counted as used",
        "mostrador/counter/order_reads.py",
        'OrderRefund.objects.filter(closing__order_id__in=ids).values_list("closing__order_id")',
        'OrderRefund.objects.filter(closing__order_id__in=ids, method="credit").values_list("closing__order_id")',
    ),
    Bug(
        "small taxes get nothing of a deposit",
        "till/src/core/shares.ts",
        "tax.amount > 0",
        "tax.amount > 200",
    ),
    Bug(
        "of a part that is handed over nothing leaves what stands aside",
        "mostrador/counter/order_queries.py",
        'left = max(0, line["quantity"] - handed)',
        'left = line["quantity"] if handed < line["quantity"] else 0',
        within=400,
    ),
    Bug(
        "deposits that paid for a part pay for the next one too",
        "till/src/core/order.ts",
        "order.handovers.reduce((sum, { deposit }) => sum + deposit, 0)",
        "0",
        within=400,
    ),
    Bug(
        "an order that ended by itself stays ended when another day is agreed",
        "till/src/core/order.ts",
        "const reopened = order.lapsed && fact.body.due !== null",
        "const reopened = order.lapsed && fact.body.due === null",
        within=400,
    ),
    Bug(
        "the office goes on showing the price from before another was agreed",
        "mostrador/counter/order_queries.py",
        "return self.repricings[-1].gross if self.repricings else self.row.gross",
        "return self.row.gross",
        within=400,
    ),
    # --- of tickets that wait, and of practice -------------------------------------------------------------------------------------
    Bug(
        "other tills see a parked ticket as it was at first",
        "mostrador/counter/parked_tickets.py",
        "return (row.lines, row.total, row.letter, row.parked_at, row.staff_id) != (",
        "return () == (",
        within=400,
    ),
    Bug(
        "a ticket that somebody goes on with is given away",
        "till/src/data/drafts.ts",
        "(draft.id === id ? { ...draft, parked: null } : draft)",
        "draft",
        within=400,
    ),
    Bug(
        "a till keeps the ticket that it lets go of",
        "till/src/data/drafts.ts",
        "this.#all.update((all) => all.filter(({ id }) => id !== draft.id))\n    this.#aside.set(draft.id, draft)",
        "this.#aside.set(draft.id, draft)",
        within=400,
    ),
    Bug(
        "who practises works on the orders of the true till",
        "till/src/data/practice.ts",
        "asked === CATALOGUE_DATABASE ? asked",
        "asked === CATALOGUE_DATABASE || asked === ORDER_DATABASE ? asked",
        within=400,
    ),
    Bug(
        "who practises writes into the true journal",
        "till/src/data/practice.ts",
        "asked === CATALOGUE_DATABASE ? asked",
        "asked === CATALOGUE_DATABASE || asked === JOURNAL_DATABASE ? asked",
    ),
    Bug(
        "a combo of other choices costs what its first ones did",
        "till/src/core/combo.ts",
        "unit_price: combo.unit_price - combo.extra + fresh.combo.extra",
        "unit_price: combo.unit_price",
    ),
    # --- the server's -------------------------------------------------------------------------------------------------------------
    Bug(
        "credit that was given back is not counted",
        "mostrador/counter/accounts.py",
        'found[buyer_id, method] += -total if method == "fiado" else total',
        'found[buyer_id, method] += -total if method == "fiado" else 0',
        within=LATER,
    ),
    Bug(
        "change stays in the drawer",
        "mostrador/counter/facts.py",
        'given_back = min(change, payment.amount) if payment.method == "cash" else 0',
        "given_back = 0",
    ),
    Bug("scrap stands on the shelf again", "mostrador/counter/goods.py", " AND l.goods = 'shelf'", ""),
    Bug(
        "a kit leaves the shelf as well as what it is made of",
        "mostrador/counter/goods.py",
        "NOT EXISTS (SELECT 1 FROM {component} c WHERE {of_line})",
        "NOT EXISTS (SELECT 1 FROM {component} c WHERE c.n < 0)",
    ),
    Bug(
        "another line is part of a combo",
        "mostrador/counter/facts.py",
        "(organization, sale, places[part.line], place,",
        "(organization, sale, places[part.line] + 1, place,",
    ),
    Bug("a refund leaves the drawer as it was", "mostrador/counter/returned.py", 'yield f"pay:{refund.method}", -refund.amount', "pass"),
    Bug(
        "more back than was sold is not listed",
        "mostrador/counter/returns.py",
        'found.append(Doubt("over", lines[-1].return_id))',
        "pass",
    ),
    Bug(
        "a ticket that came back whole is listed",
        "mostrador/counter/returns.py",
        "sum(line.quantity for line in lines) > sold.quantity",
        "sum(line.quantity for line in lines) >= sold.quantity",
        within=LATER,
    ),
    Bug(
        "who is at the limit is listed as beyond it",
        "mostrador/office/views/buyers.py",
        "one[1] > one[0].fiado_limit or",
        "one[1] >= one[0].fiado_limit or",
        within=LATER,
    ),
    Bug(
        "a fork is taken for known",
        "mostrador/sync/intake.py",
        "if stored.get(fact.chain.seq) == fact.hash:",
        "if fact.chain.seq in stored:",
        within=400,
    ),
    Bug(
        "no till hears of an account that moved",
        "mostrador/counter/accounts.py",
        'feed.touched(organization_id, "buyer", {now.of(one) for one in ids})',
        "assert ids and now",
    ),
    Bug(
        "goods that move again are counted twice",
        "mostrador/stock/services.py",
        "quantity = stock_stocklevel.quantity + excluded.quantity",
        "quantity = stock_stocklevel.quantity + 2 * excluded.quantity",
    ),
    Bug(
        "whoever asks is given whatever they ask for",
        "mostrador/counter/reserving.py",
        'return buyer.fiado_limit - held if account == "fiado" else held',
        "return 10**9 + held",
        within=400,
    ),
    Bug(
        "what comes back to a gift card is not counted",
        "mostrador/counter/gift_cards.py",
        'yield from ((row.gift_card, "back", row.amount) for row in body.document.refunds if row.gift_card is not None)',
        "yield from ()",
        within=400,
    ),
    Bug(
        "money on a gift card counts as sold",
        "mostrador/counter/gift_cards.py",
        'yield from (("gift_cards", len(body.basket.gift_cards)), (',
        'yield from (("gross", 1), ("gift_cards", len(body.basket.gift_cards)), (',
    ),
    Bug(
        "what points paid does not come back with the goods",
        "mostrador/counter/points.py",
        'yield "back", said.back.points, _paid(body.document.refunds)',
        'yield "back", 0, _paid(body.document.refunds)',
        within=400,
    ),
    Bug(
        "points that ran out run out again when the next day is over",
        "mostrador/counter/points_lapses.py",
        "written[one.of(row.buyer_id)][row.last_day] -= row.points",
        "written[one.of(row.buyer_id)][row.last_day] -= 0",
        within=400,
    ),
    Bug(
        "a code that a ticket used is kept for another",
        "mostrador/counter/reserving.py",
        'return int(found is not None and found.state == "free")',
        'return int(found is not None and found.state != "void")',
    ),
    Bug(
        "of people who are one a till hears what the card that is kept holds by itself",
        "mostrador/counter/accounts.py",
        "_sums(None if ids is None else now.spread(ids)).items()",
        "_sums(None if ids is None else list(ids)).items()",
    ),
    Bug(
        "what of a voucher stays with the shop is forgotten",
        "mostrador/counter/vouchers.py",
        "parts = ((SURPLUS, voucher.surplus), (",
        "parts = ((SURPLUS, 0), (",
    ),
    # --- the till's ---------------------------------------------------------------------------------------------------------------
    Bug(
        "what came back before is forgotten",
        "till/src/core/returning.ts",
        "left: Math.max(0, line.quantity - (before?.quantity ?? 0))",
        "left: line.quantity",
        within=400,
    ),
    Bug(
        "returns of other tills are not read",
        "till/src/data/sync/sold.ts",
        "returns: returns.flatMap(",
        "returns: returns.slice(0, 0).flatMap(",
        within=400,
    ),
    Bug(
        "of a kit more comes back than went with it",
        "till/src/core/kit.ts",
        "quantity: component.quantity - (earlier[place]?.quantity ?? 0)",
        "quantity: component.quantity + (earlier[place]?.quantity ?? 0)",
        within=400,
    ),
    Bug(
        "a combo is shared evenly over its parts",
        "till/src/core/pricing/combos.ts",
        "weights.some((weight) => weight > 0) ? weights",
        "weights.some((weight) => weight < 0) ? weights",
    ),
    Bug("paying on account makes the debt larger", "till/src/core/account.ts", "fiado: 0 - fact.body.amount", "fiado: fact.body.amount"),
    Bug(
        "what the server tells of is added once more",
        "till/src/data/buyers.ts",
        "return known !== null && (move.journal !== known.journal || move.seq <= known.seq)",
        "return known === null && move.seq === 0",
    ),
    Bug(
        "the running total misses a sale's gross",
        "till/src/data/journal/append.ts",
        "record.perpetual + draft.body.totals.gross",
        "record.perpetual",
    ),
    Bug(
        "the Z counts change as cash",
        "till/src/core/shift.ts",
        "keptPayments(body.basket as SaleBasket, totals)) add(",
        "(body.basket as SaleBasket).payments) add(",
    ),
    Bug(
        "what is written counts as sent",
        "till/src/data/journal/records.ts",
        "return record.status === 'reopen' ? Math.max(record.watermark, record.offered) : record.watermark",
        "return record.head.seq - 1",
    ),
    Bug(
        "a till that was put back goes on in its old chain",
        "till/src/core/push.ts",
        "const status = isForked && said.journal === 'open' ? 'reopen' : said.journal",
        "const status = 'open'",
        within=400,
    ),
    Bug(
        "a till forgets what it spent of a gift card",
        "till/src/core/gift_card.ts",
        "named(payments, -1)]",
        "named([], -1)]",
        within=400,
    ),
    Bug(
        "each part of a line is rounded by itself",
        "till/src/core/pricing/returns.ts",
        "const gross = due(sold.gross, before?.gross ?? 0, 'gross')",
        "const gross = within(Number(divRoundBig(BigInt(sold.gross) * BigInt(quantity), BigInt(sold.quantity))), 'gross')",
        within=400,
    ),
    Bug(
        "a point is earned on what points have paid",
        "till/src/core/points.ts",
        "Math.min(earning, gross - other)",
        "Math.min(earning, gross)",
        within=400,
    ),
    Bug(
        "each return takes its own share of the points",
        "till/src/core/points.ts",
        "return mulDivRound(whole, now, of) - before",
        "return mulDivRound(whole, now, of)",
        within=400,
    ),
    Bug(
        "a till forgets what it spent of store credit",
        "till/src/core/buyer.ts",
        "credit: buyer.credit + credit,",
        "credit: buyer.credit,",
    ),
)


# Those that are caught soon enough for `make test`; `make histories ARGS=--bugs` seeds them all.
QUICK = tuple(bug for bug in BUGS if bug.within <= SOON)


def named(name: str) -> Bug:
    """Return a bug by its name."""
    return next(bug for bug in BUGS if bug.name == name)
