"""Telephone numbers as the world writes them, out of what a person writes."""

import phonenumbers


def international(text: str, country: str) -> str:
    """Return a number in the form of E.164 (`+529515550190`), or nothing where `text` cannot be one.

    `country` is the ISO 3166 code that a number without a prefix belongs to.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else ""
