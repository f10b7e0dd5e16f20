"""What templates of the office say and draw: sentences, figures, icons, fields."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import segno
from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mostrador.kernel.formats import Formats
from mostrador.office.desk import theme_of
from mostrador.office.forms import Form
from mostrador.office.texts import sentence

register = template.Library()
SMALL = 20


def _language(context: Context) -> str:
    desk = context.get("desk")
    return desk.formats.language if desk else (translation.get_language() or "es")[:2]


def _formats(context: Context) -> Formats:
    formats: Formats = context["desk"].formats
    return formats


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: object) -> str:
    """Return a sentence in the reader's language."""
    return sentence(key, _language(context), **values)


@register.simple_tag(takes_context=True)
def say_of(context: Context, group: str, code: object) -> str:
    """Return the word of a code of a group ("method", "cash"); the code itself where there is none."""
    try:
        return sentence(f"{group}.{code}", _language(context))
    except KeyError:
        return str(code)


@register.simple_tag(takes_context=True)
def language(context: Context) -> str:
    """Return the language of the page: es or en."""
    return "en" if _language(context).startswith("en") else "es"


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the theme that was chosen, or nothing."""
    request = context.get("request")
    return theme_of(request) if request else ""


@register.simple_tag(takes_context=True)
def money(context: Context, minor: int | None) -> str:
    """Return an amount in minor units as text."""
    return "" if minor is None else _formats(context).money(minor)


@register.simple_tag(takes_context=True)
def price(context: Context, ten_thousandths: int | None) -> str:
    """Return a unit price as text."""
    return "" if ten_thousandths is None else _formats(context).price(ten_thousandths)


@register.simple_tag(takes_context=True)
def rounded_price(context: Context, ten_thousandths: int) -> str:
    """Return a computed price in the currency's own digits."""
    return _formats(context).rounded_price(ten_thousandths)


@register.simple_tag(takes_context=True)
def measure(context: Context, thousandths: int) -> str:
    """Return a measure with the decimals that it has."""
    return _formats(context).measure(thousandths)


@register.simple_tag(takes_context=True)
def quantity(context: Context, thousandths: int | None) -> str:
    """Return a quantity as text."""
    return "" if thousandths is None else _formats(context).quantity(thousandths)


@register.simple_tag(takes_context=True)
def percent(context: Context, ppm: int) -> str:
    """Return a rate as text."""
    return _formats(context).percent(ppm)


@register.simple_tag(takes_context=True)
def number(context: Context, whole: int) -> str:
    """Return a whole number as text."""
    return _formats(context).number(whole)


@register.simple_tag(takes_context=True)
def day(context: Context, date: dt.date | None) -> str:
    """Return a date as text: 25 nov 2026."""
    return "" if date is None else _formats(context).day(date)


@register.simple_tag(takes_context=True)
def local_day(context: Context, when: dt.datetime) -> str:
    """Return the day of an instant, as the business's clocks have it."""
    formats = _formats(context)
    return formats.day(formats.local(when).date())


@register.simple_tag(takes_context=True)
def month(context: Context, date: dt.date) -> str:
    """Return a month as people write it."""
    return _formats(context).month(date)


@register.simple_tag(takes_context=True)
def long_day(context: Context, date: dt.date) -> str:
    """Return a date with its weekday."""
    return _formats(context).long_day(date)


@register.simple_tag(takes_context=True)
def instant(context: Context, when: dt.datetime | None, zone: str = "") -> str:
    """Return an instant in a store's zone, or the business's: 25 nov 2026, 18:04."""
    return "" if when is None else _formats(context).instant(when, zone)


@register.simple_tag(takes_context=True)
def time(context: Context, when: dt.datetime | None, zone: str = "") -> str:
    """Return the time of an instant: 18:04."""
    return "" if when is None else _formats(context).time(when, zone)


@register.filter
def get(rows: Mapping[Any, Any], key: Any) -> Any:
    """Return the value of a key, or None."""
    return rows.get(key)


@register.simple_tag
def icon(name: str, size: int = 22) -> SafeString:
    """Return an icon of the sprite. It always stands beside a word."""
    weight = "2.25" if size <= SMALL else "2"
    return format_html(
        '<svg class="ic" width="{}" height="{}" stroke-width="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        size, size, weight, static("office/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def square_code(text: str, label: str) -> SafeString:
    """Return a QR code as the till prints it, black on white whatever the theme: a scanner reads it off the paper."""
    drawn = segno.make(text, error="m").svg_inline(light="#fff", omitsize=True)
    return format_html('<span class="square" role="img" aria-label="{}">{}</span>', label, SafeString(drawn))


@register.simple_tag
def picto(product: Any, size: int = 44) -> SafeString:
    """Return a product's photo, or the silhouette of its package."""
    if getattr(product, "picture", ""):
        return format_html(
            '<img class="photo" src="/productos/{}/foto/?{}" width="{}" height="{}" alt="" loading="lazy">',
            product.id, product.picture, size, size,
        )  # fmt: skip
    return silhouette(getattr(product, "picto", ""), getattr(product, "tint", ""), size)


@register.simple_tag
def silhouette(shape: str, tint: str, size: int = 44) -> SafeString:
    """Return the silhouette of a package in a tint."""
    return format_html(
        '<svg class="picto tint-{}" width="{}" height="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        tint or "gris", size, size, static("office/pictograms.svg"), shape or "caja",
    )  # fmt: skip


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code, drawn in place: dark on white, for a camera."""
    return SafeString(segno.make(text, error="m", micro=False).svg_inline(scale=3, border=2, light="#fff", svgclass="qr", lineclass=None))


@register.inclusion_tag("office/parts/field.html", takes_context=True)
def field(context: Context, form: Form, name: str, label: str, **options: Any) -> dict[str, Any]:
    """Return a labelled well. Options: value, kind, hint, longest, rows, required, before, autocomplete, inputmode, css."""
    code = form.errors.get(name, "")
    value = form.typed(name) if name in form.data else options.get("value", "")
    return {
        "name": name,
        "label": sentence(label, _language(context)),
        "value": "" if value is None else value,
        "error": _error(name, code, _language(context)) if code else "",
        "hint": sentence(options["hint"], _language(context)) if options.get("hint") else "",
        "kind": options.get("kind", "text"),
        "options": options,
    }


@register.inclusion_tag("office/parts/choice.html", takes_context=True)
def choice(context: Context, form: Form, name: str, label: str, options: Any, **more: Any) -> dict[str, Any]:
    """Return a labelled list of options [(value, text)]. More: value, hint, none (text of an empty first option)."""
    code = form.errors.get(name, "")
    value = form.typed(name) if name in form.data else more.get("value", "")
    return {
        "name": name,
        "label": sentence(label, _language(context)),
        "value": str(value or ""),
        "choices": [(str(key), text) for key, text in options],
        "none": more.get("none"),
        "error": _error(name, code, _language(context)) if code else "",
        "hint": sentence(more["hint"], _language(context)) if more.get("hint") else "",
    }


@register.simple_tag(takes_context=True)
def error_of(context: Context, form: Form, name: str) -> str:
    """Return what is wrong with a field, in words, or nothing."""
    code = form.errors.get(name, "")
    return _error(name, code, _language(context)) if code else ""


def _error(name: str, code: str, language: str) -> str:
    for key in (f"error.{name}.{code}", f"error.{code}"):
        try:
            return sentence(key, language)
        except KeyError:
            continue
    return sentence("error.other", language, code=code)
