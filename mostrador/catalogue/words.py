"""Text as it is searched: lower case, no accents, one space."""

import unicodedata


def fold(text: str) -> str:
    """Return text for comparison: "Café  Olé" -> "cafe ole"."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
