"""PINs (ruling 13): the server keeps the PIN's base encrypted; a till gets a verifier that is good on that device only.

base = PBKDF2-SHA-256(PIN, salt of the person); verifier = HMAC-SHA-256(salt of the device, base). A PIN of four digits is ten
thousand guesses, so the PIN only tells people apart: the device's key is what proves.
"""

import base64
import hashlib
import hmac
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

ITERATIONS = 100_000
PIN_PATTERN = re.compile(r"[0-9]{4,8}")


def new_salt() -> str:
    """Return 16 random bytes as base64url without padding."""
    return encode(secrets.token_bytes(16))


def base_of(pin: str, salt: str) -> bytes:
    """Return the 32 bytes that stand for a PIN."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), decode(salt), ITERATIONS)


def seal(base: bytes, person: bytes) -> str:
    """Encrypt a PIN's base for storage, bound to the person's id."""
    nonce = secrets.token_bytes(12)
    return encode(nonce + AESGCM(_key()).encrypt(nonce, base, person))


def unseal(sealed: str, person: bytes) -> bytes | None:
    """Return a PIN's base from storage; None where it was sealed with another key than this server has."""
    raw = decode(sealed)
    try:
        return AESGCM(_key()).decrypt(raw[:12], raw[12:], person)
    except InvalidTag:
        return None


def verifier(base: bytes, device_salt: str) -> str:
    """Return what a device compares a typed PIN with."""
    return encode(hmac.digest(decode(device_salt), base, "sha256"))


def _key() -> bytes:
    return hashlib.sha256(settings.PIN_KEY.encode()).digest()


def encode(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
