"""A till's side of the protocol, in Python: writes facts, chains them, signs heads.

Pure: no clock, no network, no database. The demo shops, the replay of real trade and the tests
act through it, so that every fact in them is made exactly as a till makes it.
Source of every rule: contracts/README.md.
"""

import base64
import hashlib
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HEAD_PREFIX: Final = b"mostrador-head-v1"
FIRST_PREV: Final = "0" * 64
PROTOCOL: Final = 1
P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

type Body = Mapping[str, object]

_ENCODER: Final = msgspec.json.Encoder(order="sorted")


class FactHead(msgspec.Struct):
    """What `push_body` reads back from a fact's bytes."""

    seq: int


_HEAD_DECODER: Final = msgspec.json.Decoder(FactHead)


def canonical(document: object) -> bytes:
    """Return the canonical bytes of a document whose keys are ASCII.

    RFC 8785 orders keys by UTF-16 units and msgspec by code points: the same order for ASCII,
    and every key of our contracts is ASCII. Escapes agree (a test compares them).
    """
    return _ENCODER.encode(document)


def base64url(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def uuid7(at: int, entropy: bytes) -> str:
    """Return a UUIDv7 of a moment in milliseconds, its 74 free bits taken from 10 bytes."""
    free = int.from_bytes(entropy[:10], "big")
    value = (at & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (free >> 64 & 0xFFF) << 64
    value |= 0b10 << 62 | free & 0x3FFF_FFFF_FFFF_FFFF
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def random_ids(at: int) -> str:
    """Return a UUIDv7 that nobody can guess."""
    return uuid7(at, secrets.token_bytes(10))


def seeded_ids(seed: str) -> Callable[[int], str]:
    """Return a maker of UUIDv7s that yields the same ones in the same order for a seed."""
    count = 0

    def make(at: int) -> str:
        nonlocal count
        count += 1
        return named_id(at, seed, str(count))

    return make


def named_id(at: int, *names: str) -> str:
    """Return the UUIDv7 that these names always have at this moment."""
    digest = hashlib.blake2b("\x1f".join(names).encode(), digest_size=10).digest()
    return uuid7(at, digest)


def private_key_from(seed: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key that a seed always gives; only for demo, replay and tests."""
    digest = hashlib.sha512(seed.encode()).digest()
    return ec.derive_private_key(1 + int.from_bytes(digest, "big") % (P256_ORDER - 1), ec.SECP256R1())


@dataclass(frozen=True, slots=True)
class Annex:
    """An erasable text beside a fact; the fact keeps only its id and salted hash (ruling 3)."""

    id: str
    fact: str
    salt: bytes
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of salt, then text, in lower-case hex."""
        return hashlib.sha256(self.salt + self.text.encode()).hexdigest()

    def document(self) -> dict[str, str]:
        """Return the annex as a push carries it."""
        return {"id": self.id, "fact": self.fact, "salt": base64url(self.salt), "text": self.text}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journal belongs: the ids that pairing gave."""

    organization: str
    store: str
    till: str


class Device:
    """One journal's pen: gives each fact its `seq` and the hash of the one before.

    `ids` makes a UUIDv7 from milliseconds. A device that goes on after a restart is given the
    `seq` and `head` of the last fact it wrote.
    """

    def __init__(
        self,
        journal: str,
        key: ec.EllipticCurvePrivateKey,
        series: str,
        *,
        ids: Callable[[int], str] = random_ids,
    ) -> None:
        self.journal = journal
        self.series = series
        self.ids = ids
        self.seq = 0
        self.head = FIRST_PREV
        self.last_at = 0
        self.last_id = ""
        self._key = key
        self._journal_bytes = uuid.UUID(journal).bytes

    @property
    def public_key(self) -> str:
        """The uncompressed point, base64url, as pairing sends it."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64url(point)

    def fact(
        self,
        kind: str,
        body: Body,
        at: int,
        visit: Mapping[str, object] | None = None,
        staff: str | None = None,
        annexes: Sequence[Annex] = (),
    ) -> bytes:
        """Write the next fact and return its bytes.

        `at` is in milliseconds since 1970 UTC; an earlier one than the fact before is moved to
        it plus a second and flagged (ruling 8). With annexes the fact takes the id they name.
        """
        flags = []
        if at < self.last_at:
            at, flags = self.last_at + 1000, ["clock_back"]
        fact_id = annexes[0].fact if annexes else self.ids(at)
        document: dict[str, object] = {
            "id": fact_id,
            "journal": self.journal,
            "seq": self.seq + 1,
            "prev": self.head,
            "kind": kind,
            "v": 1,
            "at": at,
            "staff": staff,
            "body": body,
        }
        if visit is not None:
            document["visit"] = visit
        if annexes:
            document["annexes"] = [{"id": annex.id, "hash": annex.hash} for annex in annexes]
        if flags:
            document["flags"] = flags
        data = canonical(document)
        self.seq += 1
        self.head = hashlib.sha256(data).hexdigest()
        self.last_at = at
        self.last_id = fact_id
        return data

    def opening(self, place: Place, at: int, replaces: tuple[str, int, str] | None = None) -> bytes:
        """Write `journal.opened`, the first fact; `replaces` = journal, seq and hash of its head."""
        server_head = {"seq": replaces[1], "hash": replaces[2]} if replaces else None
        body = {
            "organization": place.organization,
            "store": place.store,
            "till": place.till,
            "series": self.series,
            "replaces": replaces[0] if replaces else None,
            "server_head": server_head,
            "public_key": self.public_key,
            "protocol": PROTOCOL,
            "app": "mostrador-device/1",
        }
        return self.fact("journal.opened", body, at)

    def sign(self, seq: int, fact_hash: str) -> str:
        """Return the signature of a head: raw r||s, base64url (contracts/README.md)."""
        message = b"".join((HEAD_PREFIX, self._journal_bytes, seq.to_bytes(8, "big"), bytes.fromhex(fact_hash)))
        r, s = decode_dss_signature(self._key.sign(message, ec.ECDSA(hashes.SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def push_body(self, facts: Sequence[bytes], annexes: Sequence[Annex] = ()) -> bytes:
        """Return the body of a push; the facts' bytes go in untouched.

        Refuses an empty batch with ValueError: a push without facts has no head.
        """
        if not facts:
            raise ValueError("a push needs at least one fact")
        last_hash = hashlib.sha256(facts[-1]).hexdigest()
        seq = _HEAD_DECODER.decode(facts[-1]).seq
        head = {"seq": seq, "hash": last_hash, "signature": self.sign(seq, last_hash)}
        return b"".join(
            (
                b'{"protocol":1,"journal":',
                canonical(self.journal),
                b',"facts":[',
                b",".join(facts),
                b'],"head":',
                canonical(head),
                b',"annexes":',
                canonical([annex.document() for annex in annexes]),
                b"}",
            )
        )
