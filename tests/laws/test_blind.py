"""What ranks a recommendation cannot know what a product costs the shop (docs/adr/0038): no path of names leads there, on the server or in the till."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps

from mostrador.sync import documents, documents_guidance
from mostrador.trust import wall
from tests.laws.sources import ROOT, texts

BLIND = (
    "mostrador/trust/advising.py", "mostrador/trust/need_chips.py", "mostrador/trust/needs.py", "mostrador/trust/places.py",
    "mostrador/trust/claims.py", "mostrador/trust/sheets.py", "mostrador/trust/claim_topics.py",
    "mostrador/trust/sample_goods.py",
    "mostrador/sync/guidance.py", "mostrador/sync/documents_guidance.py", "till/src/core/recommend.ts", "till/src/core/guidance.ts",
)  # fmt: skip
WORDS = re.compile(r"cost|margin|margen|profit|bonus|overstock", re.IGNORECASE)
# What a till knows of goods comes in these documents; none of their fields may be one of these words.
DOWN = (documents, documents_guidance)


def code_faults(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of cost in the code of blind files; what their comments say is no code."""
    for name, text in files:
        if name.endswith(".py"):
            found = {word for word in _names(ast.parse(text)) if WORDS.search(word)}
        else:
            plain = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
            found = {word for word in re.findall(r"\w+", plain) if WORDS.search(word)}
        yield from (f"{name}: {word}" for word in sorted(found))


def _names(tree: ast.AST) -> Iterator[str]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.arg | ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def blind_files() -> list[tuple[str, str]]:
    """The files that may not know."""
    return [(name, text) for name, text in texts(("mostrador/", "till/src/core/")) if name in BLIND]


def test_what_advises_names_no_cost() -> None:
    assert sorted(name for name, _ in blind_files()) == sorted(BLIND)
    assert list(code_faults(blind_files())) == []


@pytest.mark.parametrize(
    "name,text",
    [
        ("a.py", "from mostrador.catalogue.models import CostEvent"), ("a.py", "x = row.unit_cost"), ("a.py", "f(order_by='margin')"),
        ("a.py", "cursor.execute('SELECT cost FROM catalogue_costevent')"), ("a.ts", "const x = product.margin"),
    ],
)  # fmt: skip
def test_a_name_of_cost_is_caught(name: str, text: str) -> None:
    assert len(list(code_faults([(name, text)]))) >= 1


def test_a_comment_may_say_what_is_not_read() -> None:
    assert (
        list(code_faults([("a.py", '"""It never reads a cost."""\n# nor a margin\n'), ("a.ts", "/** no cost */\nconst a = 1 // margin\n")]))
        == []
    )


def test_no_document_that_goes_down_to_a_till_has_a_field_for_it() -> None:
    fields = {
        f"{struct.__name__}.{field}"
        for module in DOWN
        for struct in vars(module).values()
        if hasattr(struct, "__struct_fields__")
        for field in struct.__struct_fields__
    }

    assert len(fields) > 50
    assert sorted(field for field in fields if WORDS.search(field)) == []


def test_the_wall_stands_before_every_table_with_a_cost() -> None:
    assert "catalogue_costevent" in wall.hidden()
    written = (ROOT / "mostrador/trust/advising.py").read_text()
    assert [table for table in wall.hidden() if table in written] == []


def test_the_tables_that_a_till_ranks_by_are_not_behind_it() -> None:
    needed = {
        "catalogue_product",
        "counter_saleline",
        "counter_returnline",
        "stock_stocklevel",
        "trust_needchip",
        "trust_place",
        "trust_productsheet",
        "trust_claim",
    }
    assert needed <= {model._meta.db_table for model in apps.get_models()}
    assert needed & set(wall.hidden()) == set()
