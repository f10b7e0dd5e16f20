"""Which column means what: headers in Spanish and English as other tills and spreadsheets write them."""

from collections.abc import Mapping, Sequence

from mostrador.catalogue.words import fold

# Field: the headers it goes by, folded (no accents, lower case), most usual first.
HEADERS: dict[str, tuple[str, ...]] = {
    "sku": ("sku", "clave", "clave interna", "codigo interno", "codigo", "referencia", "ref", "id", "item code", "code", "reference", "handle"),
    "barcode": (
        "codigo de barras", "codigos de barras", "codigo barras", "cod. barras", "cod barras", "codigo_barras", "barcode", "barcodes",
        "ean", "ean13", "ean-13", "upc", "gtin", "bar code",
    ),
    "name": ("nombre", "producto", "articulo", "descripcion", "nombre del producto", "name", "product", "product name", "item", "item name", "title", "description"),
    "variant": ("variante", "presentacion", "talla", "variant", "variation", "option", "size"),
    "category": ("categoria", "departamento", "depto", "seccion", "familia", "linea", "category", "department", "group"),
    "price": (
        "precio", "precio de venta", "precio venta", "precio al publico", "precio publico", "pvp", "p.v.p.", "price", "retail price", "sale price",
        "selling price", "default price", "unit price",
    ),
    "since": ("precio desde", "precio vigente desde", "vigente desde", "price since", "price valid from"),
    "cost": ("costo", "coste", "precio costo", "precio de costo", "precio de compra", "cost", "cost price", "purchase price"),
    "stock": ("existencia", "existencias", "stock", "inventario", "cantidad", "hay", "in stock", "on hand", "quantity", "qty", "inventory"),
    "unit": ("unidad", "unidad de medida", "u.m.", "um", "unit", "unit of measure", "uom"),
    "sold_by": ("se vende por", "vendido por peso", "venta por peso", "a granel", "granel", "sold by weight", "sold by", "weighed"),
    "content": ("contenido", "contenido neto", "content", "net content", "net weight"),
    "units": ("unidades de venta", "presentaciones", "otras unidades", "selling units"),
    "age": ("edad minima", "edad", "minimum age", "age"),
    "trace": ("se anota", "serie o lote", "rastreo", "tracking", "serial or lot"),
    "tax": ("impuesto", "impuestos", "iva", "grupo de impuestos", "tipo de iva", "tasa", "tax", "taxes", "tax group", "tax rate", "vat"),
}  # fmt: skip
KNOWN = frozenset(name for names in HEADERS.values() for name in names)


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Return {field: column}: exact names first, in the order of HEADERS; each column means one thing, the first one wins."""
    found = named(headers, HEADERS)
    return found | _by_beginning([fold(header) for header in headers], found)


def named(headers: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return {field: column} of the columns that one of a field's names heads, the most usual first; each column means one thing."""
    folded = [fold(header) for header in headers]
    found: dict[str, int] = {}
    for field, names in fields.items():
        for name in names:
            column = next((n for n, header in enumerate(folded) if header == name and n not in found.values()), None)
            if column is not None:
                found[field] = column
                break
    return found


def _by_beginning(folded: list[str], found: Mapping[str, int]) -> dict[str, int]:
    """Fields that stand in a header with more words: "price [store]", "in stock [centro]", "precio con iva"."""
    more: dict[str, int] = {}
    for field in ("price", "cost", "stock", "barcode", "category"):
        if field in found:
            continue
        for n, header in enumerate(folded):
            if n in found.values() or n in more.values():
                continue
            if any(header.startswith((f"{name} ", f"{name}[", f"{name}(")) for name in HEADERS[field]):
                more[field] = n
                break
    return more
