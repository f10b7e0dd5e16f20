"""`mostrador price FILE`: read a basket document, print its totals."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mostrador.pricing.document import document_from_json, price_document
from mostrador.pricing.errors import PricingError

REFUSED = 2


def run(path: str) -> int:
    """Print the totals of the basket in the file and return 0; on bad input print one line on stderr and return 2.

    Args:
        path: a file, or "-" for standard input.
    """
    try:
        text = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        totals = price_document(document_from_json(text))
    except OSError as fault:
        print(f"price: unreadable path={json.dumps(path, ensure_ascii=False)} {fault.strerror or ''}".rstrip(), file=sys.stderr)
        return REFUSED
    except PricingError as refusal:
        print(f"price: {refusal}", file=sys.stderr)
        return REFUSED
    print(json.dumps(totals, indent=2, ensure_ascii=False))
    return 0
