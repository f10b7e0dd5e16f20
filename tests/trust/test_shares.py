"""How sure a share is: Wilson's interval as others compute it, and silence about few cases."""

import pytest

from mostrador.trust.shares import share


@pytest.mark.parametrize(
    "k, n, low, high",
    # Worked examples of design 4-buyer-first 5.12, and the edges.
    [(9, 10, 60, 98), (27, 30, 74, 97), (30, 30, 89, 100), (90, 100, 83, 94), (0, 10, 0, 28), (0, 0, 0, 100)],
)
def test_the_interval_is_wilsons(k: int, n: int, low: int, high: int) -> None:
    assert (share(k, n).low, share(k, n).high) == (low, high)


def test_of_few_nothing_is_said_and_of_some_the_interval_alone() -> None:
    assert [share(1, n).says for n in (1, 9, 10, 29, 30)] == ["nothing", "nothing", "interval", "interval", "share"]
    assert (share(1, 3).percent, share(0, 0).percent) == (33, 0)


@pytest.mark.parametrize("k, n", [(2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="of"):
        share(k, n)
