"""Refuses any statement on a tenant table that is not tied to one business, on whichever database the tests run.

What Citus would fan out to every shard, pull through its coordinator or refuse fails here, and so does a leak between businesses. It
reads the text that is sent, so raw SQL counts too; a shape it does not know fails rather than passes. A statement under
`across(reason)` (mostrador.kernel.scoping) is meant to look wider and is let through.

Source: the prototype measured against a real Citus on 65 operations (10 of 10 bad ones caught, no false alarm): docs/adr/0004.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

KEY = "organization_id"
_WORDS = (
    "ON|INNER|LEFT|RIGHT|FULL|CROSS|WHERE|SET|GROUP|ORDER|LIMIT|USING|VALUES|UNION|FOR|HAVING|OFFSET|JOIN|RETURNING|SELECT|DEFAULT"
    "|NATURAL|EXCEPT|INTERSECT|WINDOW|INDEXED|NOT"
)
_SOURCE = re.compile(rf'(?:\bFROM|\bJOIN|\bUPDATE|\bINTO|,)\s+"?(\w+)"?(?:\s+(?:AS\s+)?"?((?!(?:{_WORDS})\b)\w+)"?)?', re.IGNORECASE)
_COLUMN = rf'\(?\s*(?:"?(\w+)"?\.)?"?{KEY}"?'
_CONSTANT = r"%s|%\(\w+\)s|'[0-9a-f-]{32,36}'|\$\d+|\?|x'"
_TIED = re.compile(rf"{_COLUMN}\s*(?:=|\bIN\b)\s*\(?\s*(?:{_CONSTANT})", re.IGNORECASE)
_JOINED = re.compile(rf'{_COLUMN}\s*=\s*\(?"?(\w+)"?\."?{KEY}"?', re.IGNORECASE)
_ROW = re.compile(rf'\(\s*(?:"?(\w+)"?\.)?"?{KEY}"?\s*,[^)]*\)\s*(?:IN|=)\s*\(', re.IGNORECASE)
_INSERT = re.compile(r'\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+"?(\w+)"?\s*(?:AS\s+\w+\s*)?\(([^)]*)\)', re.IGNORECASE)
_CONFLICT = re.compile(r"ON CONFLICT\s*\(([^)]*)\)", re.IGNORECASE)
# WITH w0 AS (INSERT ..), w1 AS (INSERT ..) INSERT ..: each is held to what holds for one alone (docs/adr/0012).
_CHAIN = re.compile(r"\s*WITH\s+\w+\s+AS\s+\(\s*INSERT\b(?!.*\b(?:SELECT|DELETE|FROM)\b)", re.IGNORECASE | re.DOTALL)
_EACH_INSERT = re.compile(r"(?=\bINSERT\s+INTO\b)", re.IGNORECASE)
_SELECTED = re.compile(r"\bUNNEST\(|\bjson\w*_to_recordset|\bjson_each|\)\s*SELECT\b", re.IGNORECASE)
_SET = re.compile(rf'\bSET\b(?:(?!\bWHERE\b).)*?(?:\bSET\s+|,\s*)"?{KEY}"?\s*=', re.IGNORECASE | re.DOTALL)
_UPDATES_KEY = re.compile(rf'\bUPDATE\s+"?\w+"?\s+SET\s+"?{KEY}"?\s*=', re.IGNORECASE)


class UnscopedStatement(AssertionError):
    """A statement on tenant rows that is not tied to one business."""


def problems(sql: str, tables: frozenset[str]) -> tuple[str, ...]:
    """Return what is wrong with a statement, in words; nothing for one that touches no table of `tables`."""
    head = sql.lstrip("( \n")[:8].upper()
    if head.startswith(("INSERT", "REPLACE")):
        return tuple(_insert_problems(sql, tables))
    if _CHAIN.match(sql):
        return tuple(problem for one in _EACH_INSERT.split(sql)[1:] for problem in _insert_problems(one, tables))
    if not head.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return ()
    used = {alias or table: table for table, alias in _SOURCE.findall(sql) if table in tables}
    if not used:
        return ()
    if head.startswith("UPDATE") and (_UPDATES_KEY.search(sql) or _SET.search(sql)):
        return (f"UPDATE of {KEY}",)
    tied = _tied(sql, used)
    return tuple(f"{table} AS {alias} is not tied to one business" for alias, table in used.items() if alias not in tied)


def _insert_problems(sql: str, tables: frozenset[str]) -> Iterable[str]:
    match = _INSERT.match(sql)
    if match is None:
        named = next((table for table in tables if re.search(rf'\bINTO\s+"?{table}"?\b', sql)), None)
        return [f"INSERT into {named} without a list of columns"] if named else []
    table, columns = match.groups()
    if table not in tables:
        return []
    if KEY not in columns:
        return [f"INSERT into {table} without {KEY}"]
    found = []
    conflict = _CONFLICT.search(sql)
    if conflict and KEY not in conflict[1]:
        found.append(f"ON CONFLICT ({conflict[1]}) lacks {KEY}")
    if _SELECTED.search(sql):
        found.append("INSERT .. SELECT goes through Citus's coordinator: send VALUES")
    return found


def _tied(sql: str, used: dict[str, str]) -> set[str]:
    """The aliases whose organization is a constant, or equals that of one whose is."""
    alone = next(iter(used)) if len(used) == 1 else ""
    tied = {match[1] or alone for match in _TIED.finditer(sql)} | {match[1] or alone for match in _ROW.finditer(sql)}
    edges = [(match[1] or alone, match[2]) for match in _JOINED.finditer(sql)]
    for _ in used:
        for one, other in edges:
            if one in tied or other in tied:
                tied |= {one, other}
    return tied


class ScopeChecker:
    """An `execute_wrapper` for every connection of the tests. Off until `on` is set, and under `across(reason)`."""

    def __init__(self) -> None:
        self.on = False
        self._look = lru_cache(maxsize=4096)(lambda sql: problems(sql, tenant_tables()))

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self.on:
            from mostrador.kernel.scoping import across_reason

            wrong = () if across_reason() else self._look(str(sql))
            if wrong:
                raise UnscopedStatement(f"{'; '.join(wrong)}\n{str(sql)[:600]}")
        return execute(sql, params, many, context)


@lru_cache(maxsize=1)
def tenant_tables() -> frozenset[str]:
    """The tables of every model that says PLACEMENT = "distributed"."""
    from django.apps import apps

    return frozenset(model._meta.db_table for model in apps.get_models() if getattr(model, "PLACEMENT", "") == "distributed")
