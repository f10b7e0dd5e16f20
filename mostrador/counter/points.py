"""How facts become moves of points, and whether what they say of points is what it comes to. What is not is flagged and counted as it was said."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mostrador.counter.returned import Paper
from mostrador.pricing import points
from mostrador.pricing.points import METHOD, Part, Scheme

FLAG = "points"

type Rows = list[tuple[Any, ...]]


class SchemeSaid(NamedTuple):
    """A version as facts are held against it. `products`: those that earn nothing; of categories a product may have changed its own since."""

    terms: Scheme
    products: frozenset[str]


def whose(kind: str, body: Any) -> str | None:
    """Return whose points a fact moves, or None."""
    if kind == "sale.recorded":
        return body.buyer if body.points is not None else None
    return body.points.buyer if kind == "return.recorded" and body.points is not None else None


def rows(paper: Paper, fact: Any, body: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the moves of a sale or a return."""
    own, raw, is_sale = paper.own, paper.raw, fact.kind == "sale.recorded"
    source = raw(body.sale if is_sale else body.return_id)
    sale = source if is_sale else raw(body.sale.id) if body.sale else None
    scheme = raw(body.points.scheme) if is_sale else None
    for kind, count, amount in _moves(is_sale=is_sale, body=body):
        if count or amount:
            yield (
                own.organization, source, kind, raw(whose(fact.kind, body)), count, amount, scheme, own.id, body.number, sale, paper.day, fact.at,
            )  # fmt: skip


def _moves(*, is_sale: bool, body: Any) -> Iterator[tuple[str, int, int]]:
    said = body.points
    if is_sale:
        yield from (("earn", said.earned, 0), ("spend", -said.spent, -_paid(body.basket.payments)))
        return
    if said.taken is not None:
        yield "taken", -said.taken.points, 0
    if said.back is not None:
        yield "back", said.back.points, _paid(body.document.refunds)


def _paid(payments: Any) -> int:
    return sum(payment.amount for payment in payments if payment.method == METHOD)


def is_whole(kind: str, body: Any) -> bool:
    """Whether money by points comes with how many they were, and points with whose they are: either without the other says nothing."""
    said = body.points
    if kind == "sale.recorded":
        moved = said is not None and said.spent > 0
        return moved == (_paid(body.basket.payments) > 0) and (said is None or body.buyer is not None)
    return (said is not None and said.back is not None) == (_paid(body.document.refunds) > 0)


def flags(schemes: Mapping[str, SchemeSaid], kind: str, body: Any) -> list[str]:
    """Return the flag of a fact whose points are not what they come to by the version that it names; an unknown version is one as well."""
    if kind == "sale.recorded" and body.points is not None:
        return [] if _is_right_sale(schemes.get(body.points.scheme), body) else [FLAG]
    if kind == "return.recorded" and body.points is not None:
        parts = (part for part in (body.points.taken, body.points.back) if part is not None)
        return [] if all(part.points == points.of_part(Part(part.whole, part.of, part.now, part.before)) for part in parts) else [FLAG]
    return []


def _is_right_sale(scheme: SchemeSaid | None, body: Any) -> bool:
    if scheme is None:
        return False
    said, basket = body.points, body.basket
    if any(line.product_id in scheme.products and line.id not in said.without for line in basket.lines):
        return False
    grosses = [(line.id, total.gross) for line, total in zip(basket.lines, body.totals.lines, strict=True)]
    payments = [(payment.method, payment.amount) for payment in basket.payments]
    earned = points.earned(scheme.terms, points.earning(grosses, said.without), body.totals.gross, payments)
    return said.earned == earned and _paid(basket.payments) == points.worth(scheme.terms, said.spent)


COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_pointsmove": (
        "organization_id", "source_id", "kind", "buyer_id", "points", "amount", "scheme_id", "journal_id", "number", "sale_id", "business_date", "at",
    ),
}  # fmt: skip
