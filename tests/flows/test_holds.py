"""Those who thought it over: a quotation of a week counts once it is decided, and what was taken back at once counts nowhere."""

import datetime as dt

from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.trust import holds
from tests.sync.shop import OPENED, Business
from tests.sync.test_orders import cancel, deliver, order

AFTER = clock.from_ms(OPENED) + dt.timedelta(days=20)


def test_who_came_back_counts_among_those_who_have_decided(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    ours = [order(till, kind="quote", by="2025-12-01", kept_share=0) for _ in range(3)]
    order(till, kind="quote", by="2199-01-01", kept_share=0)  # still thinking
    cancel(till, ours[1])  # at once: it was never kept
    deliver(till, ours[0], ("cash", 17_800))
    till.push()
    drain()

    with clock.at(AFTER), scope(shop.id):
        found = holds.came_back(AFTER.date())
    assert (found.k, found.n, found.says) == (1, 2, "nothing")
    with clock.at(AFTER):
        said = owner.get("/pedidos/?tipo=quote").content.decode()
    assert "Aún no se puede decir cuántos volvieron (n = 2)" in said
    assert "Quienes lo pensaron" not in owner.get("/pedidos/").content.decode()
