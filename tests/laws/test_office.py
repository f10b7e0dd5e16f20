"""The office says everything in both languages, and looks as the till does: one source for tokens, font and silhouettes."""

import json
import re

import pytest
from django.apps import apps

from mostrador.kernel.sentences import faults, names_in
from mostrador.office.texts import TABLE
from mostrador.page.texts import TABLE as PAGE
from tests.laws.sources import ROOT, texts

TEMPLATES = ("mostrador/office/templates/", "mostrador/page/templates/")
# Keys whose last part is a code: `say_of "method" code`, desk.choices("role", ...), or a key put together from one.
OPEN_GROUPS = set(re.findall(r'say_of "(\w+)"', "".join(text for _, text in texts(TEMPLATES)))) | {
    "picto", "tint", "sold", "why", "role", "locale", "tax_rounding", "round", "tax_kind", "country", "error", "parked", "delimiter", "stock", "act",
    "promo", "shape", "weekday", "in_force", "age", "account", "entry", "way", "channel", "gift_card_state", "voucher_change", "voucher_number", "voucher_back", "lapse",
    "edited", "advice_why", "advice_kind", "promise_told", "promise_reason", "promise_evidence",
    "sheet_basis",
    "goods_kind", "right_kind",
}  # fmt: skip
OPEN_BEGINNINGS = (
    "products.state_",
    "import.field_",
    "import.action_",
    "import.problem_",
    "import.report_",
    "review.done_",
    "export.",
    "bring.field_",
    "bring.problem_",
    "made.field_",
    "made.problem_",
    "promises.did_",
    "shelf.done_",
)


def said() -> set[str]:
    """The keys that templates and views say."""
    templates = "".join(text for _, text in texts(TEMPLATES))
    keys = set(re.findall(r'{% say "([\w.-]+)"', templates)) | set(re.findall(r'{% (?:field|choice) form [\w".|:]+ "([\w.-]+)"', templates))
    keys |= set(re.findall(r'hint="([\w.-]+)"', templates))
    # A table that names its own keys would say them all.
    python = "".join(text for name, text in texts(("mostrador/office/",), {".py"}) if "/texts/" not in name)
    return keys | set(re.findall(r'"([a-z_]+\.[\w.-]+)"', python))


def test_every_sentence_is_there_in_spanish_and_english() -> None:
    assert list(faults(TABLE)) == []
    assert list(faults(PAGE)) == []


def test_every_sentence_that_a_template_says_exists() -> None:
    templates = "".join(text for _, text in texts(TEMPLATES))
    keys = set(re.findall(r'{% say "([\w.-]+)"', templates)) | set(re.findall(r'{% (?:field|choice) form [\w".|:]+ "([\w.-]+)"', templates))

    assert sorted(keys - TABLE.keys()) == []
    assert sorted(set(re.findall(r'hint="([\w.-]+)"', templates)) - TABLE.keys()) == []


def test_every_sentence_is_given_the_names_that_it_wants() -> None:
    wrong = []
    for name, text in texts(TEMPLATES):
        for key, given in re.findall(r'{% say "([\w.-]+)"((?: \w+=[^ %]+(?:"[^"]*")?)*)', text):
            wanted, found = names_in(TABLE[key][0]), set(re.findall(r" (\w+)=", given))
            if wanted - found:
                wrong.append(f"{name}: {key} lacks {sorted(wanted - found)}")

    assert wrong == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    spoken = said()
    unsaid = {
        key for key in TABLE if key not in spoken and key.partition(".")[0] not in OPEN_GROUPS and not key.startswith(OPEN_BEGINNINGS)
    }

    assert sorted(unsaid) == []


@pytest.mark.parametrize("table", [TABLE, PAGE])
def test_nobody_is_shouted_at(table: dict[str, tuple[str, str]]) -> None:
    assert [key for key, pair in table.items() if "!" in "".join(pair) or "¡" in "".join(pair)] == []


def test_every_template_extends_a_frame_or_is_a_part() -> None:
    frames = {"base.html"}
    found = [
        name for name, text in texts(TEMPLATES)
        if "/parts/" not in name and "/mail/" not in name and name.rpartition("/")[2] not in frames and not text.startswith("{% extends")
    ]  # fmt: skip

    assert found == []


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")
    active = re.compile(r"<script|\son\w+=|javascript:|\ssrc=")

    # A program for mail keeps no style sheet, so a mail wears its styles itself; it loads nothing, or its sender would learn who reads it.
    assert [name for name, text in texts(TEMPLATES) if (active if "/mail/" in name else pattern).search(text)] == []


def test_the_office_wears_the_tills_tokens_and_font() -> None:
    till, office = ROOT / "till/src/styles", ROOT / "mostrador/office/static/office"

    assert (office / "tokens.css").read_text() == (till / "tokens.css").read_text()
    font = "fonts/archivo-75-100-400-700.woff2"
    assert (office / font).read_bytes() == (till / font).read_bytes()


def test_the_silhouettes_are_the_tills() -> None:
    drawings = json.loads((ROOT / "till/src/ui/pictograms.json").read_text())
    sprite = (ROOT / "mostrador/office/static/office/pictograms.svg").read_text()

    assert dict(re.findall(r'<symbol id="(\w+)"[^>]*>(.*)</symbol>', sprite)) == drawings


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "mostrador/office/static/office/icons.svg").read_text()))
    named = {name for _, text in texts(TEMPLATES) for name in re.findall(r'{% icon "(\w+)"', text)}

    assert sorted(named - sprite) == []


def test_the_buyers_page_has_the_values_of_the_tokens() -> None:
    def blocks(css: str) -> list[dict[str, str]]:
        return [dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block)) for block in re.findall(r"\{([^{}]*)\}", css) if "--" in block]

    light, dark, *_ = blocks((ROOT / "till/src/styles/tokens.css").read_text())
    ours = blocks((ROOT / "mostrador/page/static/page/page.css").read_text())

    assert {name: value for name, value in ours[0].items() if light[name] != value} == {}
    assert {name: value for name, value in ours[1].items() if dark[name] != value} == {}


def test_every_flag_at_once_has_room() -> None:
    flags = [key.partition(".")[2] for key in TABLE if key.startswith("flag.")]
    columns = [field for model in apps.get_models() for field in model._meta.local_fields if field.name == "flags"]

    assert columns and [f"{field}: {field.max_length}" for field in columns if (field.max_length or 0) < len(" ".join(flags))] == []
