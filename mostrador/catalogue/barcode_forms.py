"""Under which codes a till looks for what it scanned: as it is, and the other lengths of the same GTIN. The same as till/src/core/barcode.ts (`formsOf`)."""

import re

_UPC_E = re.compile(r"([01])([0-9]{6})([0-9])")


def forms(code: str) -> tuple[str, ...]:
    """Return every code that a product may have for a till to find it by this one, as scanned first."""
    found = [code]
    upc = _expanded(code)
    if upc is not None:
        found += [upc, f"0{upc}"]
    if _has_check_digit(code):
        if len(code) == 12:
            found.append(f"0{code}")
        if len(code) == 13 and code.startswith("0"):
            found.append(code[1:])
        if len(code) == 14:
            found += [code[zeros:] for zeros in (1, 2, 6) if code.startswith("0" * zeros)]
    return tuple(dict.fromkeys(found))


def _expanded(code: str) -> str | None:
    """The UPC-A of twelve digits that a UPC-E of eight stands for (GS1 General Specifications 5.2.2.4), or None."""
    found = _UPC_E.fullmatch(code)
    if found is None:
        return None
    system, check = found[1], found[3]
    a, b, c, d, e, last = list(found[2])
    if last in "012":
        body = f"{a}{b}{last}0000{c}{d}{e}"
    elif last == "3":
        body = f"{a}{b}{c}00000{d}{e}"
    else:
        body = f"{a}{b}{c}{d}00000{e}" if last == "4" else f"{a}{b}{c}{d}{e}0000{last}"
    whole = f"{system}{body}{check}"
    return whole if _has_check_digit(whole) else None


def _has_check_digit(code: str) -> bool:
    """Whether the last digit is the check digit of those before it (GS1 General Specifications 7.9)."""
    if not re.fullmatch("[0-9]{2,}", code):
        return False
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(reversed(code)))
    return total % 10 == 0
