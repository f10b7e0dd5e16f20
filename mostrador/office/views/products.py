"""Products: the list with its drawer; creating, editing, prices, barcodes, photos, archiving."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from mostrador.catalogue import combos, kits, pictures, queries, services, units
from mostrador.catalogue.declared import declare_price
from mostrador.catalogue.importing_rows import read_units
from mostrador.catalogue.queries import ProductDetail, Wanted
from mostrador.counter import unknown_code_desk
from mostrador.kernel import clock
from mostrador.kernel.errors import Invalid
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled
from mostrador.office import edits, price_sayings
from mostrador.office.desk import Desk, found, identifier, room
from mostrador.office.forms import Form
from mostrador.people import queries as people
from mostrador.stock import queries as stock
from mostrador.trust import sheets, shelf_prices

CONTENTS = ("g", "kg", "ml", "L", "m", "pz")
SOLD_BY = ("piece", "weight")
PICTOS = (
    "bolsa", "frasco", "botella", "lata", "carton", "taza", "vaso", "pan", "fruta", "limon", "granel", "barra", "tablilla", "huevo",
    "disco", "queso", "garrafon", "caja",
)  # fmt: skip
TINTS = ("cafe", "tomate", "hoja", "maiz", "cielo", "rosa", "crema", "jamaica", "gris")
NEW = "nuevo"
FOUND = 8
CODE_MAX = 48


@room("products")
def products(desk: Desk) -> HttpResponse:
    """Show the list."""
    return _page(desk)


@room("products")
def finder(desk: Desk) -> HttpResponse:
    """Show the first products that words find, each with a key that writes its SKU into the form it is wanted in."""
    words = desk.request.GET.get("q", "").strip()[:80]
    shown = "finder.html#found" if desk.request.headers.get("HX-Target") == "found" else "finder.html"
    return desk.page(shown, rows=queries.find(words, FOUND), words=words)


@room("products")
def product(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Show a product in the drawer; POST changes what people edit of it."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail, edit=desk.request.GET.get("editar") == "1" and desk.may_write)
    form = Form(desk.request.POST, desk.formats)
    fields = read_fields(form)
    if form.is_right:
        try:
            services.change_product(desk.actor, product_id=product_id, **fields)
            return desk.done(_address(desk, product_id), "products.saved", name=fields["name"])
        except Invalid as error:
            form.refuse(error, barcode="barcodes")
    return _page(desk, detail, edit=True, form=form)


@room("products")
def new(desk: Desk) -> HttpResponse:
    """Create a product with its first price and barcodes."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        fields, price, codes = read_fields(form), form.price("price"), read_codes(form)
        if form.is_right:
            try:
                made = services.add_product(desk.actor, price=price, barcodes=codes, **fields)
                return desk.done(_address(desk, made.id), "products.created", name=made.name)
            except Invalid as error:
                form.refuse(error, barcode="barcodes")
    # From the list of codes that nobody carries: what was scanned is filled in.
    asked = Form(desk.request.GET, desk.formats).typed("codigo")[:CODE_MAX]
    return _page(desk, is_new=True, edit=True, form=form, asked=asked)


@room("products")
def price(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Record a dated price, from now or from the beginning of a day to come."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail)
    form = Form(desk.request.POST, desk.formats)
    amount, day = form.price("price"), form.day("from")
    if form.is_right:
        begin = dt.datetime.combine(day, dt.time(), ZoneInfo(desk.organization.timezone)) if day else None
        services.change_price(desk.actor, product_id=product_id, price=amount, valid_from=begin)
        is_later = begin is not None and begin > clock.now()
        return desk.done(_address(desk, product_id), "products.price_later" if is_later else "products.price_now", name=detail.product.name)
    return _page(desk, detail, form=form)


@room("products")
def declare(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Take down what a product cost before its first price was recorded here."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail)
    form = Form(desk.request.POST, desk.formats)
    amount, day = form.price("declared_price"), form.day("declared")
    for name, value in (("declared_price", amount), ("declared", day)):
        if value is None:
            form.errors.setdefault(name, "empty")
    if form.is_right and amount is not None and day is not None:
        begin = dt.datetime.combine(day, dt.time(), ZoneInfo(desk.organization.timezone))
        if form.tried(lambda: declare_price(desk.actor, product_id=product_id, price=amount, valid_from=begin), price="declared_price"):
            return desk.done(_address(desk, product_id), "products.declared_done", name=detail.product.name)
    return _page(desk, detail, form=form, opened="declared")


@room("products")
def barcodes(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Make a product's barcodes what was typed: one a line, with the number of pieces it sells after an asterisk."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail)
    form = Form(desk.request.POST, desk.formats)
    codes = read_codes(form)
    if form.is_right:
        try:
            services.set_barcodes(desk.actor, product_id=product_id, barcodes=codes)
            return desk.done(_address(desk, product_id), "products.barcodes_saved")
        except Invalid as error:
            form.refuse(error, barcode="barcodes")
    return _page(desk, detail, form=form, opened="barcodes")


@room("products")
def selling_units(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Make what a product is also sold in what was typed: one a line, "caja de 12 = 200"."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail)
    form = Form(desk.request.POST, desk.formats)
    try:
        wanted = read_units(form.typed("units"), decimal_mark(form.formats.locale))
    except NotANumber:
        form.errors["units"] = "unit"
    else:
        if form.tried(lambda: units.set_units(desk.actor, product_id=product_id, units=wanted)):
            return desk.done(_address(desk, product_id), "products.units_saved")
    return _page(desk, detail, form=form, opened="units")


@room("products")
def archive(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Take a product off the tills, or bring it back."""
    detail = found(queries.product(product_id))
    if desk.request.method != "POST":
        return _page(desk, detail)
    wanted = desk.request.POST.get("archived") == "1"
    services.archive_product(desk.actor, product_id=product_id, archived=wanted)
    return desk.done(_address(desk, product_id), "products.archived" if wanted else "products.restored", name=detail.product.name)


@room("products")
def photo(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Return a product's photo; POST takes a new one, or takes it away."""
    if desk.request.method != "POST":
        row = found(queries.picture(product_id))
        response = HttpResponse(bytes(row.webp), content_type="image/webp")
        response["Cache-Control"], response["ETag"] = "private, max-age=31536000, immutable", f'"{row.digest}"'
        return response
    detail = found(queries.product(product_id))
    if desk.request.POST.get("remove"):
        pictures.remove_picture(desk.actor, product_id=product_id)
        return desk.done(_address(desk, product_id), "products.photo_removed")
    form, file = Form(desk.request.POST, desk.formats), desk.request.FILES.get("picture")
    if file is None:
        form.errors["picture"] = "empty"
    else:
        try:
            pictures.set_picture(desk.actor, product_id=product_id, data=file.read(pictures.BYTES_MAX + 1))
            return desk.done(_address(desk, product_id), "products.photo_saved")
        except Invalid as error:
            form.refuse(error, barcode="barcodes")
    return _page(desk, detail, form=form, opened="photo")


def read_fields(form: Form) -> dict[str, Any]:
    """Return what people edit of a product, as the service takes it."""
    content = form.quantity("content")
    content_unit = form.choice("content_unit", CONTENTS) if content else ""
    category_id, tax_group_id = form.identifier("category_id", required=False), form.identifier("tax_group_id")
    # An id from outside is looked up in this business before it is stored.
    if category_id and all(row.id != category_id for row in queries.categories(archived=True)):
        form.errors["category_id"] = "choose"
    if tax_group_id and all(row.id != tax_group_id for row in queries.tax_groups()):
        form.errors["tax_group_id"] = "choose"
    if content is not None and content < 1:
        form.errors.setdefault("content", "negative")
    return {
        "sku": form.text("sku", longest=40),
        "name": form.text("name", longest=120),
        "variant": form.text("variant", longest=40, required=False),
        "category_id": category_id,
        "tax_group_id": tax_group_id,
        "unit": form.choice("unit", units.UNITS),
        "sold_by": form.choice("sold_by", SOLD_BY),
        "content": content,
        "content_unit": content_unit,
        "age_min": form.whole("age_min", most=services.AGE_MAX) or None,
        "trace": form.choice("trace", services.TRACES),
        "picto": form.choice("picto", ("", *PICTOS)),
        "tint": form.choice("tint", ("", *TINTS)),
    }


def read_codes(form: Form) -> list[tuple[str, int]]:
    """Return the barcodes of a form: [(code, thousandths it sells)]; "7501055300075 * 6" is a pack of six."""
    codes: dict[str, int] = {}
    for line in form.typed("barcodes").splitlines():
        code, star, many = (part.strip() for part in line.partition("*"))
        if not code:
            continue
        try:
            quantity = scaled(read_number(many, decimal_mark(form.formats.locale)), 3) if star else 1000
        except NotANumber:
            quantity = 0
        if quantity < 1 or len(code) > CODE_MAX or not code.isascii() or code in codes:
            form.errors["barcodes"] = "twice" if code in codes else "barcode"
        codes[code] = quantity
    return list(codes.items())


def _address(desk: Desk, product_id: uuid.UUID) -> str:
    query = desk.request.GET.urlencode()
    return f"/productos/{product_id}/" + (f"?{query}" if query else "")


def _wanted(desk: Desk) -> tuple[Wanted, dict[str, str]]:
    form = Form(desk.request.GET, desk.formats)
    state = form.typed("estado") if form.typed("estado") in queries.STATES else "active"
    kept = {key: form.typed(key) for key in ("q", "categoria", "estado", "p") if form.typed(key)}
    return Wanted(form.typed("q")[:80], identifier(form.typed("categoria")), state), kept


def _page(desk: Desk, detail: ProductDetail | None = None, *, form: Form | None = None, **more: Any) -> HttpResponse:
    """The list with whatever stands in the drawer beside it."""
    wanted, kept = _wanted(desk)
    number = int(kept["p"]) if kept.get("p", "").isdecimal() and len(kept["p"]) < 6 else 1
    page = queries.products(wanted, number)
    filters = {key: value for key, value in kept.items() if key != "p"}
    context = {
        "page": page, "levels": stock.levels_of([row.id for row in page.rows]), "counts": queries.counts(), "wanted": wanted,
        "unknown": unknown_code_desk.count(), "shelves": shelf_prices.count(), "categories": queries.categories(), "query": urlencode(kept), "filters": urlencode(filters), "form": form or Form({}, desk.formats),
        "detail": detail, "asked": "", **more,
    }  # fmt: skip
    if detail:
        context |= _drawer(desk, detail)
    if more.get("edit"):
        context |= _choices(desk, detail)
    partial = {"list": "products.html#list", "split": "products.html#split"}.get(desk.request.headers.get("HX-Target", ""), "products.html")
    return desk.page(partial, status=422 if form and form.errors else 200, **context)


def _choices(desk: Desk, detail: ProductDetail | None) -> dict[str, Any]:
    """What the form of a product lets one choose from."""
    content = detail.product.content if detail else None
    return {
        "category_choices": [(row.id, row.name) for row in queries.categories()],
        "tax_choices": [(group.id, group.name) for group in queries.tax_groups()],
        "unit_choices": [(unit, unit) for unit in units.UNITS],
        "content_choices": [(unit, unit) for unit in CONTENTS],
        "sold_choices": desk.choices("sold", SOLD_BY),
        "trace_choices": desk.choices("trace", services.TRACES[1:]),
        "no_trace": desk.say("products.no_trace"),
        "picto_choices": desk.choices("picto", PICTOS),
        "tint_choices": desk.choices("tint", TINTS),
        "no_category": desk.say("products.no_category"),
        "as_category": desk.say("products.same_as_category"),
        "content_typed": desk.formats.typed(content, 3) if content else "",
    }


def _drawer(desk: Desk, detail: ProductDetail) -> dict[str, Any]:
    groups = {group.id: group.name for group in queries.tax_groups()}
    by_store = stock.levels_by_store(detail.product.id)
    now = clock.now()
    sold_in = units.of_product(detail.product.id)
    lowest, plot = price_sayings.lowest_by_store(desk, detail.product.id)
    sheet = sheets.current(detail.product.id)
    return {
        "sheet": sheet,
        "sheet_state": sheet.state if sheet else "none",
        "tax_group": groups.get(detail.product.tax_group_id, ""),
        "plot": plot,
        "lowest": lowest,
        "may_declare": desk.actor.may("owner", "manager"),
        "declared": [step for step in detail.history if step.is_declared],
        "sold_in": sold_in,
        "units_text": "\n".join(
            f"{one.unit} * {desk.formats.typed(one.factor, 3)} = {desk.formats.typed(one.price, 4, desk.formats.digits)}" for one in sold_in
        ),
        **_made_of(desk, detail.product.id),
        "edits": edits.of_product(desk, detail.product.id),
        "coming": [step for step in detail.history if step.since > now],
        "levels_by_store": [(store, by_store.get(store.id, 0)) for store in people.stores()],
        "shown": queries.listed([detail.product])[0],
        "tomorrow_text": (desk.formats.local(now).date() + dt.timedelta(days=1)).isoformat(),
        "price_typed": "" if detail.product.price is None else desk.formats.typed(detail.product.price, 4, desk.formats.digits),
        "codes_text": "\n".join(code if n == 1000 else f"{code} * {desk.formats.typed(n, 3)}" for code, n in detail.barcodes),
    }


def _made_of(desk: Desk, product_id: uuid.UUID) -> dict[str, Any]:
    """What a combo or a kit is made of in words, and which of them the product goes into."""
    slots = combos.slots([product_id]).get(product_id, [])
    parts = kits.components([product_id]).get(product_id, [])
    into = queries.names(kits.goes_into(product_id))
    return {
        "made_of": [f"{slot.name}: {', '.join(one.name for one in slot.choices)}" for slot in slots]
        + [f"{desk.formats.quantity(one.quantity)} {one.name}" for one in parts],
        "goes_into": sorted(into.items(), key=lambda pair: pair[1].casefold()),
    }
