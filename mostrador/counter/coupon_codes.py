"""The codes of single-use coupons: drawn, read as people type them, and known by their hash. The twin of till/src/core/coupon.ts.

CU, nine letters that say nothing and one that holds them together, in fives: CU-7K3MA-4RW9X. No letter looks like another or, read aloud, is
taken for one (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V). There are 23, a prime, so the last finds every letter that is wrong and every two that changed
places: the sum of place × value is a multiple of 23.
"""

import hashlib
import secrets

LETTERS = "34679ACDEFGHJKMNPQRTWXY"
DRAWN = 9
MARK = "CU"
LABEL = "mostrador-coupon-code-v1"
_VALUES = {letter: value for value, letter in enumerate(LETTERS)}
# What the last letter's place is multiplied by to come to 1, so that it can be found.
_INVERSE = pow(DRAWN + 1, -1, len(LETTERS))


def draw() -> str:
    """Return a new code without hyphens: 23 to the ninth are as likely as each other, some 40 bits."""
    return with_check("".join(secrets.choice(LETTERS) for _ in range(DRAWN)))


def with_check(letters: str) -> str:
    """Return the code of nine letters: with its mark and the letter that holds them together."""
    total = sum(place * _VALUES[letter] for place, letter in enumerate(letters, 1))
    return f"{MARK}{letters}{LETTERS[-total * _INVERSE % len(LETTERS)]}"


def read(text: str) -> str | None:
    """Return the code that somebody typed, without hyphens and blanks; None where it is none, or is mistyped."""
    code = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
    letters = code.removeprefix(MARK)
    if len(letters) != DRAWN + 1 or not code.startswith(MARK) or any(letter not in _VALUES for letter in letters):
        return None
    return code if with_check(letters[:-1]) == code else None


def shown(code: str) -> str:
    """Return a code as it is printed."""
    return f"{code[:2]}-{code[2:7]}-{code[7:]}"


def code_hash(code: str) -> bytes:
    """Return the hash by which a code without hyphens is asked for."""
    return hashlib.sha256(f"{LABEL}|{code}".encode()).digest()
