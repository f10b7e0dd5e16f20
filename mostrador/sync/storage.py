"""Facts at rest: their bytes compressed without loss, with a dictionary of what every fact repeats."""

import zlib

# Never change a dictionary: stored facts need the one they were written with. A better one gets the next number.
_DICTIONARY_1 = (
    b'{"annexes":[{"hash":"","id":""}],"at":17,"body":{"approvals":[],"basket":{"cash_rounding":null,"currency":{"code":"MXN","digits":2},"discount":null,'
    b'"lines":[{"discount":null,"id":"1","name":"","product_id":"019","quantity":1000,"taxes":["IVA16"],"unit":"pieza","unit_price":}],"payments":[{"amount":,"method":"card"}],'
    b'"prices_include_tax":true,"tax_rounding":"line","taxes":[{"code":"IVA16","in_base":false,"kind":"percent","rate":160000}],"tip":0,"version":1},'
    b'"catalogue":{"epoch":"","n":},"number":,"references":[],"sale":"019","series":"","shift":"019","tokens":[{"hash":"","kind":"ticket"}],'
    b'"totals":{"change":0,"discount":0,"due":,"engine":1,"gross":,"lines":[{"discount":0,"gross":,"id":"1","list":,"net":,"share":0,"tax":,"taxes":[{"amount":,"base":,"code":"IVA16"}]}],'
    b'"list":,"missing":0,"net":,"paid":,"rounding":0,"tax":,"taxes":[{"amount":,"base":,"code":"IVA0"}],"tip":0,"version":1}},'
    b'"id":"019","journal":"019","kind":"sale.recorded","prev":"","seq":,"staff":"019","v":1,"visit":{"id":"019","opened_at":17}}'
)


def pack(data: bytes) -> bytes:
    """Return a fact's bytes as they are stored: one byte of format, then deflate with dictionary 1."""
    compressor = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY_1)
    return b"\x01" + compressor.compress(data) + compressor.flush()


def unpack(stored: bytes | memoryview) -> bytes:
    """Return a fact's bytes as they travelled."""
    raw = bytes(stored)
    if raw[:1] != b"\x01":
        raise ValueError(f"unknown storage format {raw[:1]!r}")
    return zlib.decompressobj(-15, _DICTIONARY_1).decompress(raw[1:])
