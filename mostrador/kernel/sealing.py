"""Secrets that are kept encrypted (AES-256-GCM) by a key of the settings, so that a copy of the database alone shows none of them."""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mostrador.kernel.base64url import decode, encode

NONCE_BYTES = 12


def seal(secret: bytes, bound_to: bytes) -> str:
    """Encrypt a secret for storage, bound to the id of its row."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return encode(nonce + AESGCM(_key()).encrypt(nonce, secret, bound_to))


def unseal(sealed: str, bound_to: bytes) -> bytes | None:
    """Return a secret from storage; None where it was sealed with another key than this server has."""
    raw = decode(sealed)
    try:
        return AESGCM(_key()).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to)
    except InvalidTag:
        return None


def _key() -> bytes:
    return hashlib.sha256(settings.PIN_KEY.encode()).digest()
