"""What the buyer's page shows of a gift card, as texts: what it holds and its moves. No code that spends it, and nobody's name (ruling 29)."""

from dataclasses import dataclass

from mostrador.counter import gift_card_queries
from mostrador.counter.gift_card_queries import CardState
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE

LATEST = 30


@dataclass(frozen=True, slots=True)
class GiftCardPage:
    """The page of a gift card as texts. `moves`: day, what it was, by how much."""

    business: str
    title: str
    balance: str
    moves: tuple[tuple[str, str, str], ...]
    footer: str

    @property
    def is_long(self) -> bool:
        """Whether the figure wants the smaller step of the window."""
        return len(self.balance) > 10


def gift_card_page(state: CardState, organization: Organization, language: str) -> GiftCardPage:
    """Return a gift card as whoever bears it sees it. Its business must be in scope."""
    formats = Formats(organization.locale, language, organization.currency, organization.timezone)
    moves = gift_card_queries.moves(state.id)[::-1][:LATEST]
    return GiftCardPage(
        business=organization.name,
        title=say(TABLE, "gift_card", language, number=state.number),
        balance=formats.money(max(0, state.balance)),
        moves=tuple(
            (formats.full_day(formats.local(move.at).date()), say(TABLE, f"card_move.{move.kind}", language), formats.money(move.amount))
            for move in moves
        ),
        footer=organization.receipt_footer,
    )
