"""Which tables facts become rows of, parents first, and which columns are written in which order."""

from mostrador.counter import accounts, coupons, gift_cards, orders, points, returned, vouchers

ORGANIZATION = "organization_id"

# Parents first.
TABLES = (
    "buyers_buyer", "counter_visit", "counter_visitclosing", "counter_shift", "counter_sale", "counter_saleline", "counter_salemodifier", "counter_salecomponent", "counter_salecombo", "counter_salepart", "counter_saletrace", "counter_saleprior", "counter_agecheck", "counter_saletaker", "counter_salesaving", "counter_payment", *vouchers.COLUMNS, *coupons.COLUMNS, "counter_buyertoken",
    *returned.COLUMNS, *accounts.COLUMNS, *orders.COLUMNS, "counter_giftcard", *gift_cards.COLUMNS, *points.COLUMNS,
    "counter_cashmove", "counter_counterevent", "counter_shiftclosing", "counter_shifttotal",
)  # fmt: skip

COLUMNS: dict[str, tuple[str, ...]] = {
    "counter_visit": (ORGANIZATION, "id", "store_id", "journal_id", "staff_id", "opened_at", "business_date"),
    "counter_visitclosing": (ORGANIZATION, "visit_id", "shift_id", "by_product", "closed_at", "fact_id"),
    "counter_shift": (
        ORGANIZATION, "id", "store_id", "till_id", "journal_id", "staff_id", "fact_id", "business_date", "opened_at", "received_at", "float",
    ),
    "counter_sale": (
        ORGANIZATION, "id", "visit_id", "store_id", "journal_id", "shift_id", "staff_id", "fact_id", "buyer_id", "order_id", "number", "twin", "business_date",
        "occurred_at", "received_at", "gross", "net", "discount", "rounding", "tip", "taxes", "engine", "flags",
    ),
    "counter_saleline": (
        ORGANIZATION, "sale_id", "n", "product_id", "name", "unit", "factor", "quantity", "unit_price", "discount", "net", "gross",
    ),
    "counter_salemodifier": (ORGANIZATION, "sale_id", "n", "place", "option_id", "name", "price"),
    "counter_salecomponent": (ORGANIZATION, "sale_id", "n", "place", "product_id", "name", "quantity"),
    "counter_salecombo": (ORGANIZATION, "sale_id", "place", "product_id", "name", "quantity", "unit_price"),
    "counter_salepart": (ORGANIZATION, "sale_id", "n", "combo", "extra"),
    "counter_saletrace": (ORGANIZATION, "sale_id", "n", "serial", "lot", "expires"),
    "counter_saleprior": (ORGANIZATION, "sale_id", "n", "price"),
    "counter_agecheck": (ORGANIZATION, "sale_id", "minimum", "how", "staff_id"),
    "counter_saletaker": (ORGANIZATION, "sale_id", "person_id"),
    "counter_salesaving": (ORGANIZATION, "sale_id", "n", "promotion_id", "name", "amount"),
    "counter_payment": (ORGANIZATION, "sale_id", "n", "method", "amount", "tendered", "reference"),
    "counter_buyertoken": (ORGANIZATION, "token_hash", "sale_id", "kind"),
    "counter_cashmove": (ORGANIZATION, "id", "shift_id", "journal_id", "staff_id", "direction", "amount", "reason", "flags", "at"),
    "counter_counterevent": (
        ORGANIZATION, "id", "kind", "journal_id", "shift_id", "staff_id", "about", "reason", "amount", "flags", "at",
    ),
    "counter_shiftclosing": (
        ORGANIZATION, "shift_id", "journal_id", "staff_id", "fact_id", "z", "twin", "closed_at", "received_at", "expected", "counted", "difference",
        "denominations", "figures", "reason", "recounts", "perpetual", "vouchers",
    ),
    "counter_shifttotal": (ORGANIZATION, "shift_id", "code", "amount"),
    "buyers_buyer": (
        ORGANIZATION, "id", "name", "phone", "email", "tax_id", "search", "consent", "fiado_limit", "met_at",
    ),
    **returned.COLUMNS,
    **accounts.COLUMNS,
    **orders.COLUMNS,
    "counter_giftcard": (ORGANIZATION, "id"),
    **gift_cards.COLUMNS,
    **points.COLUMNS, **vouchers.COLUMNS, **coupons.COLUMNS,
}  # fmt: skip
