"""One direction (docs/adr/0007). import-linter reads the imports; here are the rules that imports do not show."""

import configparser
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from mostrador.kernel.tenancy import TenantModel
from tests.laws.sources import ROOT, python


def layers() -> list[set[str]]:
    """The layers of .importlinter, lowest first, each the packages that stand side by side."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser["importlinter:contract:layers"]["layers"].split("\n")
    return [set(re.findall(r"\w+", line)) for line in reversed(lines) if line.strip()]


def rank(package: str) -> int:
    """How high a package stands; packages that are not ours stand below all."""
    return next((height for height, names in enumerate(layers()) if package in names), -1)


def relation_faults(chosen: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield the relations that point up or sideways, that reach back from another package, or that cascade."""
    for model in chosen:
        here = model._meta.app_label
        for field in [*model._meta.local_fields, *model._meta.private_fields, *model._meta.local_many_to_many]:
            if not isinstance(field, models.ForeignObject | models.ManyToManyField) or not isinstance(field.related_model, type):
                continue
            there, where = field.related_model._meta.app_label, f"{model._meta.label}.{field.name}"
            if here != there and rank(here) <= rank(there):
                yield f"{where} points to {there}, which does not stand below {here}"
            if here != there and rank(there) >= 0 and not field.remote_field.hidden:
                yield f'{where}: another package\'s rows get a name from here; related_name="+"'
            if getattr(field.remote_field, "on_delete", None) is models.CASCADE:
                yield f"{where} cascades"


def country_faults(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the files of one country's fiscal pack that import another's."""
    for name, text in files:
        if home := re.match(r"mostrador/fiscal/([a-z]{2})/", name):
            others = set(re.findall(r"mostrador\.fiscal\.([a-z]{2})\b", text)) - {home[1]}
            yield from (f"{name} imports {other}" for other in sorted(others))


def test_relations_point_down_and_never_cascade() -> None:
    assert list(relation_faults(model for model in apps.get_models() if model.__module__.startswith("mostrador."))) == []


@isolate_apps("mostrador.kernel", attr_name="registry")
def test_a_relation_that_points_up_reaches_back_or_cascades_is_caught() -> None:
    class Low(TenantModel):
        up: Any = models.ForeignKey("counter.Sale", on_delete=models.CASCADE, related_name="lows")

        class Meta:
            app_label = "kernel"
            constraints: ClassVar = []

    class Sale(TenantModel):
        class Meta:
            app_label = "counter"

    assert list(relation_faults([Low])) == [
        "kernel.Low.up points to counter, which does not stand below kernel",
        'kernel.Low.up: another package\'s rows get a name from here; related_name="+"',
        "kernel.Low.up cascades",
    ]


def test_every_package_has_its_place() -> None:
    placed = set().union(*layers())
    packages = {name.split("/")[1] for name, _ in python() if name.count("/") > 1}

    assert packages - placed == set()


def test_countries_stand_apart() -> None:
    assert list(country_faults(python(("mostrador/fiscal/",)))) == []


def test_a_country_that_imports_another_is_caught() -> None:
    assert list(country_faults([("mostrador/fiscal/mx/a.py", "from mostrador.fiscal.es.chain import link")])) == [
        "mostrador/fiscal/mx/a.py imports es"
    ]


@pytest.mark.parametrize("lower,higher", [("kernel", "pricing"), ("stock", "counter"), ("sync", "api"), ("office", "config")])
def test_the_layers_are_read_in_their_order(lower: str, higher: str) -> None:
    assert rank(lower) < rank(higher)
