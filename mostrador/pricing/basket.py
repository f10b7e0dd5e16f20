"""The basket document as typed, frozen values. Shape: contracts/basket.schema.json; units: docs/algorithms/pricing.md, section 1."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

LINES_MAX = 1000
AMOUNT_MAX = 10**12
"""The largest amount of money on a line, in minor units: sums of a thousand lines stay far inside a browser's exact integers."""
PRICE_MAX = 10**15
RATE_MAX = 10_000_000
WHOLE = 1_000_000
"""Parts per million in one."""
UNITS_MAX = 10**9
FACTOR_MAX = 10**9
STEP_MAX = 10**9
TAXES_MAX = 100
LINE_TAXES_MAX = 8
PAYMENTS_MAX = 100
TEXT_MAX = 64
PROMOTIONS_MAX = 100
PARTS_MAX = 8
COUNT_MAX = 100
TIMES_MAX = 10**9
GIFT_CARDS_MAX = 20
SLIPS_MAX = 40
MODIFIERS_MAX = 60
COMPONENTS_MAX = 20
COMBOS_MAX = 500
COMBO_PARTS_MAX = 20

type Text = Annotated[str, Meta(min_length=1, max_length=64)]
type Amount = Annotated[int, Meta(ge=-(10**12), le=10**12)]
type AmountUp = Annotated[int, Meta(ge=0, le=10**12)]
type Factor = Annotated[int, Meta(ge=1, le=10**9)]
type Price = Annotated[int, Meta(ge=0, le=10**15)]


class Currency(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An ISO 4217 code and the decimals of its minor unit."""

    code: Annotated[str, Meta(pattern="^[A-Z]{3}\\Z")]
    digits: Literal[0, 2, 3]


class CashRounding(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What coins can pay: multiples of step minor units."""

    step: Annotated[int, Meta(ge=1, le=10**9)]
    mode: Literal["half_up", "half_down", "down"]


class PercentTax(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="percent", tag_field="kind"):
    """A share of the base; rate in parts per million."""

    code: Text
    rate: Annotated[int, Meta(ge=0, le=10_000_000)]
    in_base: bool = False


class FixedTax(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="fixed", tag_field="kind"):
    """An amount per unit, in ten-thousandths of the major unit."""

    code: Text
    amount: Price
    in_base: bool = False


class ExemptTax(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="exempt", tag_field="kind"):
    """No tax, but the base is reported."""

    code: Text


type Tax = PercentTax | FixedTax | ExemptTax


class Discount(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Either percent (parts per million) or amount (minor units), never both."""

    percent: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    amount: AmountUp | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a discount is a percent or an amount")


class Modifier(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An option that the line was sold with; `price`, ten-thousandths a unit, stands in the line's unit price already."""

    id: Text
    name: str
    price: Annotated[int, Meta(ge=-(10**15), le=10**15)]


class Component(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What left the shelf with a line of a kit: so many thousandths of a product for the whole line."""

    product_id: Text
    name: str
    quantity: Amount


type Components = Annotated[tuple[Component, ...], Meta(max_length=20)]


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line: quantity in thousandths (negative in a return), unit price in ten-thousandths, taxes in order."""

    id: Text
    quantity: Amount
    unit_price: Price
    taxes: Annotated[tuple[Text, ...], Meta(max_length=8)]
    discount: Discount | None = None
    tax_units: Annotated[dict[Text, Annotated[int, Meta(ge=0, le=10**9)]], Meta(max_length=8)] | None = None
    product_id: str | None = None
    name: str | None = None
    unit: str | None = None
    note_annex: str | None = None
    price_entry: str | None = None
    modifiers: Annotated[tuple[Modifier, ...], Meta(max_length=60)] = ()
    factor: Factor | None = None
    serial: str | None = None
    lot: str | None = None
    expires: str | None = None
    components: Components = ()


class Reward(Struct, frozen=True, forbid_unknown_fields=True, gc=False, omit_defaults=True):
    """One of: percent off (parts per million), amount off (minor units), or the price instead (ten-thousandths of the major unit)."""

    percent: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    amount: AmountUp | None = None
    price: Price | None = None

    def __post_init__(self) -> None:
        if (self.percent is not None) + (self.amount is not None) + (self.price is not None) != 1:
            raise ValueError("a reward is a percent, an amount or a price")


type LineIds = Annotated[tuple[Text, ...], Meta(max_length=1000)]


class EachPromotion(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="each", tag_field="kind"):
    """Every unit of its lines; quantities in thousandths."""

    id: Text
    reward: Reward
    lines: LineIds
    least_quantity: AmountUp | None = None
    least_amount: AmountUp | None = None
    most: AmountUp | None = None
    stack: bool = False
    name: str | None = None


class TotalPromotion(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="total", tag_field="kind"):
    """Its lines taken together; its reward is no price."""

    id: Text
    reward: Reward
    lines: LineIds
    least_quantity: AmountUp | None = None
    least_amount: AmountUp | None = None
    stack: bool = False
    name: str | None = None

    def __post_init__(self) -> None:
        if self.reward.price is not None:
            raise ValueError("a total has no price")


class Part(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """So many pieces of some of these lines."""

    lines: LineIds
    count: Annotated[int, Meta(ge=1, le=100)]


class SetPromotion(Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag="set", tag_field="kind"):
    """Whole pieces that make a set; the reward is for the cheapest of them, or for all."""

    id: Text
    reward: Reward
    parts: Annotated[tuple[Part, ...], Meta(min_length=1, max_length=8)]
    cheapest: Annotated[int, Meta(ge=1, le=800)] | None = None
    times: Annotated[int, Meta(ge=1, le=10**9)] | None = None
    stack: bool = False
    name: str | None = None


type Promotion = EachPromotion | TotalPromotion | SetPromotion


class ComboPart(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A line of a combo; `extra`, ten-thousandths a combo, is what this choice added to its unit price, and stands in it already."""

    line: Text
    extra: Price = 0


class Combo(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines that are sold at one price together: how many combos, thousandths, and what one costs, ten-thousandths."""

    id: Text
    quantity: Amount
    unit_price: Price
    parts: Annotated[tuple[ComboPart, ...], Meta(min_length=1, max_length=20)]
    discount: Discount | None = None
    product_id: str | None = None
    name: str | None = None
    price_entry: str | None = None


class Slip(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One voucher: what is printed on it, and its number where somebody wrote it down."""

    value: Annotated[int, Meta(ge=1, le=10**12)]
    number: Text | None = None


class Vouchers(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The vouchers of a payment, all of one kind. What they are worth beyond the payment's amount is `surplus`, which stays with the shop,
    `change`, which left the drawer as cash, and `credit`, which the shop owes the buyer.
    """

    kind: Text
    slips: Annotated[tuple[Slip, ...], Meta(min_length=1, max_length=40)]
    name: str | None = None
    surplus: AmountUp = 0
    change: AmountUp = 0
    credit: AmountUp = 0


class Payment(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What was tendered; the method "cash" is the only one that is rounded and gives change. `gift_card`: which one, where it is by one;
    `voucher`: which, where it is by vouchers of a kind: the amount is what they pay here, not what they are worth.
    """

    method: Text
    amount: Amount
    gift_card: Text | None = None
    voucher: Vouchers | None = None


class GiftCardLoad(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Money put on a gift card: no revenue, no tax (ruling 29). `code` and `page` of a new one: the hashes of what spends it and of what shows its balance."""

    id: Text
    amount: Annotated[int, Meta(ge=1, le=10**12)]
    code: Text | None = None
    page: Text | None = None


class Basket(Struct, frozen=True, forbid_unknown_fields=True):
    """All that the price of a sale depends on."""

    version: Literal[1]
    currency: Currency
    prices_include_tax: bool
    tax_rounding: Literal["line", "document"]
    taxes: Annotated[tuple[Tax, ...], Meta(max_length=100)]
    lines: tuple[Line, ...]
    cash_rounding: CashRounding | None = None
    discount: Discount | None = None
    tip: Amount = 0
    payments: Annotated[tuple[Payment, ...], Meta(max_length=100)] = ()
    promotions: Annotated[tuple[Promotion, ...], Meta(max_length=100)] = ()
    combos: Annotated[tuple[Combo, ...], Meta(max_length=500)] = ()
    gift_cards: Annotated[tuple[GiftCardLoad, ...], Meta(max_length=20)] = ()
