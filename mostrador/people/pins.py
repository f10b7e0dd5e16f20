"""PINs (ruling 13): the server keeps the PIN's base encrypted; a till gets a verifier that is good on that device only.

base = PBKDF2-SHA-256(PIN, salt of the person); verifier = HMAC-SHA-256(salt of the device, base). A PIN of four digits is ten
thousand guesses, so the PIN only tells people apart: the device's key is what proves.
"""

import hashlib
import hmac
import re
import secrets

from mostrador.kernel.base64url import decode, encode

ITERATIONS = 100_000
PIN_PATTERN = re.compile(r"[0-9]{4,8}")


def new_salt() -> str:
    """Return 16 random bytes as base64url without padding."""
    return encode(secrets.token_bytes(16))


def base_of(pin: str, salt: str) -> bytes:
    """Return the 32 bytes that stand for a PIN."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), decode(salt), ITERATIONS)


def verifier(base: bytes, device_salt: str) -> str:
    """Return what a device compares a typed PIN with."""
    return encode(hmac.digest(decode(device_salt), base, "sha256"))
