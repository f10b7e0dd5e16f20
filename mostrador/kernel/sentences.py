"""Sentences in two languages, side by side: a table {key: (Spanish, English)}, so that none can be missing in one of them.

`{name}` is filled in; `{n:persona|personas}` gives the first word when n is one and the second otherwise.
"""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

type Sentences = Mapping[str, tuple[str, str]]

LANGUAGES = ("es", "en")


class _Plural(Formatter):
    """Format strings whose specification may be two words, for one and for many."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, many = format_spec.split("|")
        return one if value == 1 else many


_formatter = _Plural()


def say(table: Sentences, key: str, language: str, **values: object) -> str:
    """Return the sentence of a key in a language ("es" or "en"; any other gives Spanish). An unknown key raises KeyError."""
    text = table[key][1 if language.startswith("en") else 0]
    return _formatter.vformat(text, (), values) if "{" in text else text


def names_in(text: str) -> set[str]:
    """Return the names that a sentence wants filled in."""
    return {name for _, name, _, _ in _formatter.parse(text) if name is not None}


def faults(table: Sentences) -> Iterator[str]:
    """Yield what is wrong with a table: an empty sentence, or two that want different names."""
    for key, (spanish, english) in table.items():
        if not spanish.strip() or not english.strip():
            yield f"{key}: empty"
        elif names_in(spanish) != names_in(english):
            yield f"{key}: {sorted(names_in(spanish) ^ names_in(english))}"
