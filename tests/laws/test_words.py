"""Words that may not occur in code, templates or locales: they carry the beliefs that this project turns round (docs/glossary.md).

A visit without a sale is no loss, nothing ranks people, nobody sells to a quota. `quota` of storage and `cuota` of a tax are technical
words and stay allowed: only a quota of sales or of people is refused.
"""

import re

import pytest

from tests.laws.sources import texts

GAP = r"[\s_-]*"
SALES = r"(?:sales?|sell(?:er|ing)|staff|cashier|person(?:al|nel)?|monthly|daily|weekly)"
FORBIDDEN = {
    "lost sale": rf"lost{GAP}sales?|sales?{GAP}lost\b|missed{GAP}sales?",
    "venta perdida": rf"ventas?{GAP}perdidas?",
    "lead score": rf"lead{GAP}scor(?:e|ing)|(?:sales|qualified|hot|cold){GAP}leads?\b|prospectos?{GAP}calificad",
    "sales quota": rf"{SALES}{GAP}quotas?\b|quotas?{GAP}(?:of|for)?{GAP}(?:the)?{GAP}{SALES}|cuotas?{GAP}(?:de{GAP})?ventas?|metas?{GAP}de{GAP}ventas?",
    "closing rate": rf"clos(?:e|ing){GAP}rate|tasa{GAP}de{GAP}cierre|conversion{GAP}rate|tasa{GAP}de{GAP}conversi[oó]n",
    "leaderboard": rf"leader{GAP}board|top{GAP}sellers?{GAP}of|best{GAP}seller{GAP}of{GAP}the|mejor{GAP}vendedor|empleado{GAP}del{GAP}mes",
}
PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in FORBIDDEN.items()}
READ = ("mostrador/", "till/src/", "till/index.html", "contracts/", "bench/")


def forbidden_words(text: str) -> list[str]:
    """Return the names of the forbidden words that a text holds."""
    return [name for name, pattern in PATTERNS.items() if pattern.search(text)]


def test_no_file_of_the_product_holds_a_forbidden_word() -> None:
    found = {name: words for name, text in texts(READ) if (words := forbidden_words(text))}

    assert found == {}


@pytest.mark.parametrize(
    "text,word",
    [
        ("count of lost sales", "lost sale"),
        ("lost_sale_reason", "lost sale"),
        ("lostSales", "lost sale"),
        ("Ventas perdidas", "venta perdida"),
        ("leadScore = 3", "lead score"),
        ("sales_quota", "sales quota"),
        ("quota for the cashier", "sales quota"),
        ("Cuota de ventas del mes", "sales quota"),
        ("closing rate", "closing rate"),
        ("tasa de cierre", "closing rate"),
        ("LeaderBoard", "leaderboard"),
    ],
)
def test_a_forbidden_word_is_caught(text: str, word: str) -> None:
    assert forbidden_words(text) == [word]


@pytest.mark.parametrize(
    "text", ["QuotaExceededError", "const { usage, quota } = await estimate()", "cuota de IVA", "the leader tab", "at closing"]
)
def test_technical_words_stay_allowed(text: str) -> None:
    assert forbidden_words(text) == []
