"""The importer: what it would do, what is wrong row by row, and that it does all of it or none."""

import uuid

import pytest

from mostrador.catalogue import importing, services
from mostrador.catalogue.importing import Options, Plan
from mostrador.catalogue.models import Barcode, Category, CostEvent, PriceEvent, Product, TaxGroup
from mostrador.config.worker import drain
from mostrador.kernel.errors import Invalid
from mostrador.kernel.models import Change, Edit
from mostrador.kernel.scoping import scope
from mostrador.stock import services as stock
from mostrador.stock.importing import import_products
from tests.flows.office import everything
from tests.sync.shop import Business, a_business


@pytest.fixture
def shop(db: None) -> Business:
    """A business with three products: coffee, water, tomato."""
    return a_business("MX")


def planned(text: str, locale: str = "es-MX") -> Plan:
    """The plan of a CSV. The business is in scope."""
    table, mapping = importing.open_table(text.encode())
    group = TaxGroup.objects.get(code="EXENTO").id
    return importing.check(table, Options(mapping, locale, group))


def imported(shop: Business, text: str) -> Plan:
    """Import a CSV with the stock of the shop's store."""
    with scope(shop.id):
        plan = planned(text)
        import_products(shop.actor, plan, store_id=shop.store_id, name="lista.csv")
    drain()
    return plan


def problems(shop: Business, text: str) -> list[tuple[int, str, str]]:
    """(row, field, code) of everything that is wrong with a CSV."""
    with scope(shop.id):
        return [(problem.row, problem.field, problem.code) for problem in planned(text).problems]


def test_a_new_row_becomes_a_product_with_all_that_it_says(shop: Business) -> None:
    imported(
        shop,
        "Clave,Código de barras,Nombre,Categoría,Precio,Costo,Existencia,Unidad,Contenido,IVA\n"
        'A1,7501055300075; 7501055300082,Leche entera,Lácteos,"1,027.50",20,12,pza,1.5 L,16%\n',
    )

    with scope(shop.id):
        product = Product.objects.get(sku="A1")
        assert (product.name, product.price, product.unit, product.sold_by, product.content, product.content_unit) == (
            "Leche entera", 10_275_000, "pieza", "piece", 1500, "L",
        )  # fmt: skip
        assert product.category_id is not None
        assert Category.objects.get(id=product.category_id).name == "Lácteos"
        assert TaxGroup.objects.get(id=product.tax_group_id).code == "IVA16"
        assert sorted(Barcode.objects.filter(product_id=product.id).values_list("code", flat=True)) == ["7501055300075", "7501055300082"]
        assert list(PriceEvent.objects.filter(product_id=product.id).values_list("price", flat=True)) == [10_275_000]
        assert list(CostEvent.objects.filter(product_id=product.id).values_list("cost", flat=True)) == [200_000]
        assert stock.level(shop.store_id, product.id) == 12_000
        assert Change.objects.filter(kind="product", entity_id=product.id).count() == 1, "tills learn of it"


def test_what_a_new_product_had_cost_before_is_the_owners_word(shop: Business) -> None:
    imported(shop, "sku,name,price,price since\nA1,Lápiz,5.5,2024-03-01\nA2,Goma,6,01/04/2024\nA3,Regla,7,\nA4,Mapa,8,2999-01-01\n")

    with scope(shop.id):
        declared = PriceEvent.objects.filter(is_declared=True).order_by("valid_from")
        assert [(row.price, row.valid_from.date().isoformat()) for row in declared] == [(55_000, "2024-03-01"), (60_000, "2024-04-01")]
        assert not Product.objects.filter(sku="A4").exists(), "a day to come is none from before"


def test_an_imported_product_equals_one_that_was_typed(shop: Business) -> None:
    with scope(shop.id):
        group = TaxGroup.objects.get(code="EXENTO").id
        typed = services.add_product(shop.actor, sku="A1", name="Lápiz  Rojo", price=55_000, tax_group_id=group, barcodes=[("111", 1000)])
    imported(shop, "sku,name,price,barcode\nA2,Lápiz  Rojo,5.5,222\n")

    with scope(shop.id):
        left, right = (dict(Product.objects.filter(sku=sku).values().get()) for sku in ("A1", "A2"))
    different = {name for name in left if left[name] != right[name]}
    assert different == {"id", "sku", "search", "updated_at"}
    assert (left["search"], right["search"]) == ("lapiz rojo a1", "lapiz rojo a2")
    assert typed.name == right["name"]


def test_a_known_sku_changes_its_product_and_only_what_the_file_says(shop: Business) -> None:
    plan = imported(shop, "Clave,Nombre,Precio\ncoffee,Café de olla,\nwater,,21.00\n")

    assert plan.counts == {"change": 2}
    with scope(shop.id):
        coffee, water = Product.objects.get(sku="coffee"), Product.objects.get(sku="water")
        assert (coffee.name, coffee.price) == ("Café de olla", 890_000)
        assert (water.name, water.price) == ("water", 210_000)
        assert PriceEvent.objects.filter(product_id=coffee.id).count() == 1
        assert list(PriceEvent.objects.filter(product_id=water.id).order_by("valid_from").values_list("price", flat=True)) == [
            185_000,
            210_000,
        ]
        assert Edit.objects.filter(entity_id=coffee.id).latest("id").changes == {"name": ["coffee", "Café de olla"]}


def test_without_a_sku_the_barcode_finds_the_product(shop: Business) -> None:
    plan = imported(shop, "Código de barras,Precio\ncoffee,95\n")

    assert plan.counts == {"change": 1}
    with scope(shop.id):
        assert Product.objects.get(sku="coffee").price == 950_000


def test_a_new_product_without_a_sku_goes_by_its_barcode(shop: Business) -> None:
    imported(shop, "EAN,Nombre,Precio\n7501055300075,Jugo,15\n")

    with scope(shop.id):
        assert Product.objects.get(sku="7501055300075").name == "Jugo"


def test_barcodes_are_added_and_none_is_taken_away(shop: Business) -> None:
    imported(shop, "Clave,Código de barras\ncoffee,7501055300075\n")

    with scope(shop.id):
        codes = Barcode.objects.filter(product_id=shop.products["coffee"]).values_list("code", flat=True)
        assert sorted(codes) == ["7501055300075", "coffee"]


def test_a_row_that_changes_nothing_is_left_alone(shop: Business) -> None:
    before = everything(shop)

    plan = imported(shop, "Clave,Nombre,Precio\ncoffee,coffee,89.00\n")

    assert plan.counts == {"same": 1}
    assert everything(shop) == before


def test_importing_the_same_file_twice_changes_nothing_the_second_time(shop: Business) -> None:
    text = "Clave,Nombre,Precio,Código de barras\nA1,Uno,1,111\nA2,Dos,2,222\n"
    imported(shop, text)
    before = everything(shop)

    plan = imported(shop, text)

    assert plan.counts == {"same": 2}
    assert everything(shop) == before


def test_the_stock_column_is_a_count(shop: Business) -> None:
    with scope(shop.id):
        stock.adjust(shop.actor, store_id=shop.store_id, product_id=uuid.UUID(shop.products["coffee"]), quantity=5_000, reason="received")
    imported(shop, "Clave,Existencia\ncoffee,3\nwater,7.5\n")

    with scope(shop.id):
        levels = [stock.level(shop.store_id, uuid.UUID(shop.products[name])) for name in ("coffee", "water", "tomato")]
    assert levels == [3_000, 7_500, 0]


@pytest.mark.parametrize(
    "text,wrong",
    [
        ("Clave,Nombre\n,Uno\n", [(2, "sku", "no_key")]),
        ("Clave,Nombre\nA1,\n", [(2, "name", "empty")]),
        ("Clave,Nombre,Precio\nA1,Uno,doce\n", [(2, "price", "number")]),
        ("Clave,Nombre,Precio\nA1,Uno,-1\n", [(2, "price", "negative")]),
        ("Clave,Nombre,Precio\nA1,Uno,1.23456\n", [(2, "price", "decimals")]),
        ("Clave,Nombre,Precio\nA1,Uno,9999999999999\n", [(2, "price", "too_large")]),
        ("Clave,Nombre\nA1,Uno\nA1,Dos\n", [(3, "sku", "repeated")]),
        ("Clave,Nombre,EAN\nA1,Uno,111\nA2,Dos,111\n", [(3, "barcode", "repeated")]),
        ("Clave,Nombre,EAN\nA1,Uno,coffee\n", [(2, "barcode", "taken")]),
        ("Clave,Nombre,EAN\nwater,Uno,coffee\n", [(2, "barcode", "taken")]),
        ("Clave,Nombre,EAN\nA1,Uno,7.50106E+12\n", [(2, "barcode", "scientific")]),
        ("Clave,Nombre,Unidad\nA1,Uno,gruesa\n", [(2, "unit", "unit")]),
        ("Clave,Nombre,Contenido\nA1,Uno,mucho\n", [(2, "content", "content")]),
        ("Clave,Nombre,IVA\nA1,Uno,99\n", [(2, "tax", "tax")]),
        (f"Clave,Nombre\nA1,{'x' * 121}\n", [(2, "name", "too_long")]),
        ("Clave,Nombre,Precio,Costo\nA1,Uno,x,y\n", [(2, "price", "number"), (2, "cost", "number")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_row_and_field(shop: Business, text: str, wrong: list[tuple[int, str, str]]) -> None:
    assert problems(shop, text) == wrong


def test_a_file_without_sku_or_barcode_is_refused(shop: Business) -> None:
    with scope(shop.id), pytest.raises(Invalid) as refused:
        planned("Nombre,Precio\nUno,1\n")

    assert refused.value.data == {"mapping": "no_key"}


def test_checking_a_file_writes_nothing(shop: Business) -> None:
    before = everything(shop)

    with scope(shop.id):
        planned("Clave,Nombre,Categoría\nA1,Uno,Nueva\n")

    assert everything(shop) == before


def test_if_the_catalogue_changed_in_the_meantime_nothing_of_the_file_is_kept(shop: Business) -> None:
    with scope(shop.id):
        plan = planned("Clave,Nombre,EAN\nA1,Uno,111\nA2,Dos,222\n")
        group = TaxGroup.objects.get(code="EXENTO").id
        services.add_product(shop.actor, sku="A2", name="Otro", price=1, tax_group_id=group)
    before = everything(shop)

    with scope(shop.id), pytest.raises(Invalid) as refused:
        import_products(shop.actor, plan)

    assert refused.value.data == {"catalogue": "changed"}
    assert everything(shop) == before


def test_taxes_are_found_by_code_name_and_rate(shop: Business) -> None:
    imported(shop, "Clave,Nombre,IVA\nA1,Uno,iva16\nA2,Dos,IVA 0 %\nA3,Tres,0.16\nA4,Cuatro,0\nA5,Cinco,\n")

    with scope(shop.id):
        groups = dict(TaxGroup.objects.values_list("id", "code"))
        found = [groups[key] for key in Product.objects.filter(sku__startswith="A").order_by("sku").values_list("tax_group_id", flat=True)]
    assert found == ["IVA16", "IVA0", "IVA16", "IVA0", "EXENTO"]


def test_a_weighed_product_is_recognised(shop: Business) -> None:
    imported(shop, "Clave,Nombre,Unidad\nA1,Jitomate,kg\n")
    imported(shop, "SKU,Name,Sold by weight\nA2,Cheese,Y\nA3,Cup,N\n")

    with scope(shop.id):
        rows = Product.objects.filter(sku__startswith="A").order_by("sku").values_list("unit", "sold_by")
        assert list(rows) == [("kg", "weight"), ("kg", "weight"), ("pieza", "piece")]


def test_spanish_decimals_are_read_by_the_business_locale(shop: Business) -> None:
    with scope(shop.id):
        plan = planned("Clave;Nombre;Precio\nA1;Uno;1.234,50\nA2;Dos;2.500\nA3;Tres;0,5\n", locale="es-ES")

    assert [item.price for item in plan.items] == [12_345_000, 25_000_000, 5_000]


def test_another_businesss_sku_and_barcode_are_free_here(shop: Business) -> None:
    other = a_business("ES")

    plan = imported(other, "Clave,Nombre,EAN\ncoffee,Café,coffee\n")

    assert plan.counts == {"change": 1}
    with scope(shop.id):
        assert Product.objects.get(sku="coffee").name == "coffee"


@pytest.mark.slow
def test_a_hundred_thousand_rows_go_in_whole_and_touch_nothing_else(shop: Business) -> None:
    rows = "".join(f"P{n},{7_500_000_000_000 + n},Producto número {n},Cat {n % 37},{n % 900}.50,{n % 40}\n" for n in range(100_000))
    seen: list[tuple[int, int]] = []
    with scope(shop.id):
        others = sorted(Product.objects.values_list("id", "sku", "name", "price", "archived_at"))

        plan = planned("Clave,EAN,Nombre,Categoría,Precio,Existencia\n" + rows)
        applied = import_products(shop.actor, plan, store_id=shop.store_id, progress=lambda done, total: seen.append((done, total)))

        assert (applied.new, plan.bad_rows) == (100_000, 0)
        assert (seen[0], seen[-1]) == ((2_000, 100_000), (100_000, 100_000))
        assert Product.objects.filter(sku__regex="^P[0-9]+$").count() == 100_000
        assert Barcode.objects.filter(code__startswith="75000").count() == 100_000
        assert len(applied.levels) == 100_000
        assert sorted(Product.objects.exclude(sku__regex="^P[0-9]+$").values_list("id", "sku", "name", "price", "archived_at")) == others
