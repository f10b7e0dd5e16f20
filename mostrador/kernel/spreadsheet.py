"""Cells of files that people open in a spreadsheet: a text must never run as a formula there (OWASP, CSV injection)."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> object:
    """Return a value as a cell: a text that would start a formula gets an apostrophe before it; numbers stay as they are."""
    if not isinstance(value, str):
        return value
    plain = "".join(c for c in value if c.isprintable() or c in "\n\t")
    is_number = plain[:1] == "-" and plain[1:].replace(".", "", 1).isdecimal()
    return f"'{plain}" if plain.lstrip(" ").startswith(_STARTS_A_FORMULA) and not is_number else plain
