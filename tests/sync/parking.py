"""What parking means, whole: the fact is kept and the watermark moves, but it left no row, moved no goods and brought no money."""

from tests.sync.books import doctor, everything, grown, head, parked, stock, totals
from tests.sync.shop import Till, gross_of, reasons, states


def is_parked_alone(till: Till, reason: str) -> bool:
    """Send what was written, with a good sale behind it: only the first is parked, and it left no row, no stock and no money."""
    good = till.write_sale(till.sale_body(("water", 1000), number=till.cashier.number + 50))
    before, moved = everything(), stock(till.business)

    answer = till.push()

    seq = till.device.seq
    assert states(answer) == ["parked", "accepted"]
    assert reasons(answer) == [reason, None]
    assert (answer["watermark"], answer["journal"], head(till)) == (seq, "open", (seq, till.device.head, 0, False))
    assert grown(before) == {
        "counter_visit": 1, "counter_sale": 1, "counter_saleline": 1, "counter_payment": 1, "counter_shifttotal": 4,
        "sync_journalentry": 2, "sync_parkedfact": 1,
    }  # fmt: skip
    assert stock(till.business) == moved | {"water": moved["water"] - 1000}
    assert totals(till) == {"float": 50_000, "sales": 1, "gross": gross_of(good), "net": 1_595, "pay:cash": 1_850}
    assert [row[0] for row in parked(till)] == [seq - 1]
    assert doctor() == []
    return True
