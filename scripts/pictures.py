"""Copy the pictures that the guides show from those that `make shots` took: `python -m scripts.pictures`. Few colours, so that a clone stays small."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SHOTS, PICTURES = ROOT / "build" / "shots", ROOT / "docs" / "pictures"
COLOURS = 96
WIDTH = 900
# Picture of a guide: the shot that it is. The language of the shot is the guide's.
SHOWN = {
    "till-es": "till-selling-tablet-light-es",
    "till-en": "till-selling-tablet-light-en",
    "pairing-es": "office-pairing-desktop-light-es",
    "pairing-en": "office-pairing-desktop-light-en",
    "return-es": "till-return-chosen-tablet-light-es",
    "return-en": "till-return-chosen-tablet-light-en",
    "promotions-es": "office-promotions-desktop-light-es",
    "promotions-en": "office-promotions-desktop-light-en",
    "promotions-till-es": "till-promotions-tablet-light-es",
    "promotions-till-en": "till-promotions-tablet-light-en",
    "modifiers-es": "office-modifier-desktop-light-es",
    "modifiers-en": "office-modifier-desktop-light-en",
    "modifiers-till-es": "till-options-tablet-light-es",
    "modifiers-till-en": "till-options-tablet-light-en",
    "combos-es": "office-combo-desktop-light-es",
    "combos-en": "office-combo-desktop-light-en",
    "combos-till-es": "till-combo-ticket-tablet-light-es",
    "combos-till-en": "till-combo-ticket-tablet-light-en",
    "paying-es": "till-pay-card-tip-tablet-light-es",
    "paying-en": "till-pay-card-tip-tablet-light-en",
    "account-es": "office-buyers-desktop-light-es",
    "account-en": "office-buyers-desktop-light-en",
    "account-twice-es": "office-buyer-twice-desktop-light-es",
    "account-twice-en": "office-buyer-twice-desktop-light-en",
    "account-import-es": "office-buyer-import-check-desktop-light-es",
    "account-import-en": "office-buyer-import-check-desktop-light-en",
    "asked-till-es": "till-age-tablet-light-es",
    "asked-till-en": "till-age-tablet-light-en",
    "account-till-es": "till-pay-fiado-tablet-light-es",
    "account-till-en": "till-pay-fiado-tablet-light-en",
    "camera-till-es": "till-camera-tablet-light-es",
    "camera-till-en": "till-camera-tablet-light-en",
    "check-till-es": "till-check-tablet-light-es",
    "check-till-en": "till-check-tablet-light-en",
    "product-till-es": "till-product-new-tablet-light-es",
    "product-till-en": "till-product-new-tablet-light-en",
    "arrange-till-es": "till-arrange-tablet-light-es",
    "arrange-till-en": "till-arrange-tablet-light-en",
    "points-es": "office-points-desktop-light-es",
    "points-en": "office-points-desktop-light-en",
    "points-till-es": "till-points-tablet-light-es",
    "codes-es": "office-codes-desktop-light-es",
    "codes-en": "office-codes-desktop-light-en",
    "sheet-es": "office-sheet-desktop-light-es",
    "sheet-en": "office-sheet-desktop-light-en",
    "claims-es": "office-claim-desktop-light-es",
    "claims-en": "office-claim-desktop-light-en",
    "said-till-es": "till-said-tablet-light-es",
    "said-till-en": "till-said-tablet-light-en",
    "shelf-es": "office-shelf-prices-desktop-light-es",
    "shelf-en": "office-shelf-prices-desktop-light-en",
    "helping-es": "office-strip-desktop-light-es",
    "helping-en": "office-strip-desktop-light-en",
    "helping-till-es": "till-handoff-tablet-light-es",
    "helping-till-en": "till-handoff-tablet-light-en",
    "needs-es": "office-needs-desktop-light-es",
    "needs-en": "office-needs-desktop-light-en",
    "needs-till-es": "till-need-tablet-light-es",
    "needs-till-en": "till-need-tablet-light-en",
    "places-es": "office-places-desktop-light-es",
    "places-en": "office-places-desktop-light-en",
    "samples-es": "office-samples-desktop-light-es",
    "samples-en": "office-samples-desktop-light-en",
    "samples-till-es": "till-sample-tablet-light-es",
    "samples-till-en": "till-sample-tablet-light-en",
    "advice-es": "office-advice-desktop-light-es",
    "advice-en": "office-advice-desktop-light-en",
    "advice-till-es": "till-recommend-tablet-light-es",
    "advice-till-en": "till-recommend-tablet-light-en",
    "rights-es": "office-rights-desktop-light-es",
    "rights-en": "office-rights-desktop-light-en",
    "promises-es": "office-promises-desktop-light-es",
    "promises-en": "office-promises-desktop-light-en",
    "promise-till-es": "till-promise-tablet-light-es",
    "promise-till-en": "till-promise-tablet-light-en",
    "vouchers-es": "office-vouchers-desktop-light-es",
    "vouchers-en": "office-vouchers-desktop-light-en",
    "vouchers-till-es": "till-pay-vouchers-tablet-light-es",
    "gift-cards-es": "office-gift-card-desktop-light-es",
    "gift-cards-en": "office-gift-card-desktop-light-en",
    "gift-card-till-es": "till-gift-card-tablet-light-es",
    "gift-card-till-en": "till-gift-card-tablet-light-en",
    "transfer-till-es": "till-pay-transfer-tablet-light-es",
    "transfer-till-en": "till-pay-transfer-tablet-light-en",
    "people-till-es": "till-approve-pin-tablet-light-es",
    "people-till-en": "till-approve-pin-tablet-light-en",
    "cash-till-es": "till-count-sure-tablet-light-es",
    "cash-till-en": "till-count-sure-tablet-light-en",
    "practice-till-es": "till-practice-tablet-light-es",
    "practice-till-en": "till-practice-tablet-light-en",
    "keys-till-es": "till-keys-tablet-light-es",
    "keys-till-en": "till-keys-tablet-light-en",
    "parked-till-es": "till-waiting-tablet-light-es",
    "parked-till-en": "till-waiting-tablet-light-en",
    "order-till-es": "till-order-tablet-light-es",
    "order-till-en": "till-order-tablet-light-en",
    "order-part-till-es": "till-order-part-tablet-light-es",
    "order-part-till-en": "till-order-part-tablet-light-en",
    "order-price-till-es": "till-order-price-tablet-light-es",
    "order-price-till-en": "till-order-price-tablet-light-en",
    "orders-es": "office-orders-desktop-light-es",
    "orders-en": "office-orders-desktop-light-en",
    "order-aside-es": "office-stock-aside-desktop-light-es",
    "order-aside-en": "office-stock-aside-desktop-light-en",
    "coupon-till-es": "till-coupon-tablet-light-es",
    "coupon-till-en": "till-coupon-tablet-light-en",
    "coupons-es": "office-coupon-batch-desktop-light-es",
    "coupons-en": "office-coupon-batch-desktop-light-en",
    "favourites-till-es": "till-pages-tablet-light-es",
    "favourites-till-en": "till-pages-tablet-light-en",
}


def main() -> int:
    """Copy those that were taken; say which were not, and return 1 then."""
    missing = []
    for name, shot in SHOWN.items():
        source = SHOTS / f"{shot}.png"
        if not source.exists():
            missing.append(shot)
            continue
        picture = Image.open(source).convert("RGB")
        picture.thumbnail((WIDTH, WIDTH))
        picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
    print("not taken yet: " + ", ".join(missing) if missing else f"{len(SHOWN)} pictures")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
