"""Why a basket was not priced."""

from __future__ import annotations

import json
from collections.abc import Mapping

type Datum = str | int | None


class PricingError(Exception):
    """A refusal with a code and data, the same in Python and in TypeScript.

    The codes and their data are listed in docs/algorithms/pricing.md, section 7.
    """

    def __init__(self, code: str, data: Mapping[str, Datum]) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = dict(data)

    def __str__(self) -> str:
        facts = " ".join(f"{name}={_shown(value)}" for name, value in self.data.items())
        return f"{self.code} {facts}".rstrip()


def _shown(value: Datum) -> str:
    return json.dumps(value, ensure_ascii=False)
