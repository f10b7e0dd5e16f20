"""The record is two-sided (S6): each thing that is held of a visit says where its buyer reads it, or why not yet; nothing is held without an answer to that.

What the owner says (chips, places, settings) is no record of anybody.
"""

import re
from pathlib import Path

from django.apps import apps

from tests.laws.sources import python

ROOT = Path(__file__).resolve().parents[2]
# Where the buyer reads it: a file that draws it. Only what is drawn today may stand here.
SHOWN = {
    "PromiseEvent": "mostrador/page/promised.py",
    "Claim": "mostrador/page/told.py",
    "Correction": "mostrador/page/told.py",
    "ProductSheet": "mostrador/page/told.py",
    "Outcome": "mostrador/page/asked.py",
    "Sample": "mostrador/page/sampled.py",
}
# Of a visit, and not shown to whoever holds its ticket: why.
NOT_YET = {
    "Need": "the buyer's own words are theirs, and a ticket may lie in a bin: with who claims the page (part two)",
    "Recommendation": "another place is on the slip that is handed over; the page has no section of it yet",
    "ShelfPrice": "the price that was charged stands on the page; which label hung on the shelf is the shop's own work",
    "ShelfFix": "what the shop did about its own label",
    "Handoff": "the page names no staff (ruling 34)",
    "SampleCost": "what it cost the shop is the shop's figure, and nothing that the buyer gave or is owed",
    "Undoing": "what was taken back within seconds counts nowhere, and is shown to nobody",
}
OWNERS = {"NeedChip", "PromiseChip", "HiddenPiece", "MorningReader", "Place", "Incentive", "ClaimTopic", "SampleGood", "SampleBudget"}


def test_every_record_says_where_its_buyer_reads_it() -> None:
    models = {model.__name__ for model in apps.get_app_config("trust").get_models()}

    assert len(models) > 5
    assert models - set(SHOWN) - set(NOT_YET) - OWNERS == set()
    assert set(SHOWN) | set(NOT_YET) <= models
    assert not set(SHOWN) & set(NOT_YET)


def test_what_buyers_answered_is_read_by_their_page_alone() -> None:
    """«¿Le sirvió?» is kept and read by nobody until its figures mean something (ruling 34)."""
    readers = {
        name for name, text in python() if re.search(r"\boutcomes\b|\bOutcome\b|\boutcome_model\b", text) and name.startswith("mostrador/")
    }

    assert {name for name in readers if "/migrations/" not in name} == {
        "mostrador/trust/outcomes.py", "mostrador/trust/outcome_model.py", "mostrador/trust/models.py", "mostrador/page/asked.py", "mostrador/page/reported.py",
    }  # fmt: skip


def test_what_is_said_to_be_shown_is_drawn_there() -> None:
    assert [name for name, where in SHOWN.items() if not (ROOT / where).is_file()] == []
