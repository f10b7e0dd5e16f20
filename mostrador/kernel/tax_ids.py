"""Whether a tax id looks like one of a country: a note beside it and no refusal, for a buyer may come from anywhere.

Source: python-stdnum, which names the rules of each country's number (`vat` is what it calls the tax id that stands on an invoice).
"""

from stdnum import get_cc_module
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError


def doubt(country: str, tax_id: str) -> str:
    """Return what speaks against a tax id: length, format, checksum, part (a date that is none); "" when nothing does or no rule is known. `country`: ISO 3166-1."""
    rules = get_cc_module(country.lower(), "vat")
    if not tax_id or rules is None:
        return ""
    try:
        rules.validate(tax_id)
    except InvalidLength:
        return "length"
    except InvalidChecksum:
        return "checksum"
    except InvalidFormat:
        return "format"
    except ValidationError:
        return "part"
    return ""
