"""What proves a journal (contracts/README.md): the signature of a head, ECDSA P-256 over "mostrador-head-v1" || journal || seq || hash,
and the salted hash of an erasable text.
"""

import hashlib
import uuid
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from mostrador.kernel import base64url

PREFIX = b"mostrador-head-v1"
_algorithm = ECDSA(SHA256())


def head_bytes(journal: uuid.UUID, seq: int, digest: bytes) -> bytes:
    """Return what is signed: 17 + 16 + 8 + 32 bytes."""
    return PREFIX + journal.bytes + seq.to_bytes(8) + digest


def verifies(public_key: bytes, journal: uuid.UUID, seq: int, digest: bytes, signature: bytes) -> bool:
    """Whether a raw r||s signature of 64 bytes holds over a head. `public_key`: uncompressed point, 65 bytes."""
    if len(signature) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    try:
        _key(public_key).verify(der, head_bytes(journal, seq, digest), _algorithm)
    except (InvalidSignature, ValueError):
        return False
    return True


def from_text(text: str) -> bytes:
    """Return the bytes of base64url without padding; none for a text that is not the one way to write them.

    The last letter of 64 bytes has bits to spare: without this, several texts would be the same signature, and a damaged file sound.
    """
    try:
        raw = base64url.decode(text)
    except ValueError:
        return b""
    return raw if base64url.encode(raw) == text else b""


def annex_hash(salt: str, text: str) -> str | None:
    """Return what a fact says of its erasable text: SHA-256 of the salt's bytes, then the text; None for a salt or text that cannot be."""
    raw = from_text(salt)
    return None if not raw or "\0" in text else hashlib.sha256(raw + text.encode()).hexdigest()


@lru_cache(maxsize=4096)
def _key(public_key: bytes) -> EllipticCurvePublicKey:
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public_key)
