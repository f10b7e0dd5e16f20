"""Every sentence of the office: (Spanish, English) side by side, a file for each group of rooms. Usted, short, no exclamation marks."""

from mostrador.kernel.sentences import say
from mostrador.office.texts.accountability import ACCOUNTABILITY
from mostrador.office.texts.advice import ADVICE
from mostrador.office.texts.buyers import BUYERS
from mostrador.office.texts.claims import CLAIMS
from mostrador.office.texts.codes import CODES
from mostrador.office.texts.coupons import COUPONS
from mostrador.office.texts.elsewhere import ELSEWHERE
from mostrador.office.texts.errors import ERRORS
from mostrador.office.texts.frame import FRAME
from mostrador.office.texts.gift_cards import GIFT_CARDS
from mostrador.office.texts.goods import GOODS
from mostrador.office.texts.joins import JOINS
from mostrador.office.texts.making import MAKING
from mostrador.office.texts.money import MONEY
from mostrador.office.texts.needs import NEEDS
from mostrador.office.texts.orders import ORDERS
from mostrador.office.texts.people import PEOPLE
from mostrador.office.texts.points import POINTS
from mostrador.office.texts.promises import PROMISES
from mostrador.office.texts.promotions import PROMOTIONS
from mostrador.office.texts.returns import RETURNS
from mostrador.office.texts.rights import RIGHTS
from mostrador.office.texts.samples import SAMPLES
from mostrador.office.texts.shelf import SHELF
from mostrador.office.texts.shelf_prices import SHELF_PRICES
from mostrador.office.texts.vouchers import VOUCHERS

TABLE: dict[str, tuple[str, str]] = {
    **FRAME,
    **MONEY,
    **RETURNS,
    **RIGHTS,
    **ACCOUNTABILITY,
    **GOODS,
    **PEOPLE,
    **BUYERS,
    **JOINS,
    **ORDERS,
    **GIFT_CARDS,
    **POINTS,
    **SHELF_PRICES,
    **VOUCHERS,
    **NEEDS,
    **ELSEWHERE,
    **ADVICE,
    **PROMISES,
    **CLAIMS,
    **SAMPLES,
    **PROMOTIONS,
    **COUPONS,
    **MAKING,
    **SHELF,
    **CODES,
    **ERRORS,
}


def sentence(key: str, language: str, **values: object) -> str:
    """Return a sentence in a language; an unknown key raises KeyError."""
    return say(TABLE, key, language, **values)
