"""Where buyers pay by transfer: the owner writes the account down, and tills hear it."""

import pytest
from django.test import Client

from mostrador.kernel.models import Organization
from tests.flows.office import everything, office
from tests.sync.shop import Business, document

FORM = {
    "name": "Tienda MX", "legal_name": "", "tax_id": "", "receipt_footer": "", "tax_rounding": "line", "cash_rounding_step": "0",
    "cash_rounding_mode": "half_up", "timezone": "America/Mexico_City", "locale": "es-MX",
}  # fmt: skip


def test_an_account_is_written_down_and_tills_hear_it(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.push()
    assert document(till.pull("till"))["settings"]["transfer"] is None

    said = {"transfer_holder": "La Esquina", "transfer_account": "0321 8000 0118 3597 19"}
    assert owner.post("/ajustes/", {**FORM, **said}).status_code == 302

    assert document(till.pull("till"))["settings"]["transfer"] == {"holder": "La Esquina", "number": "032180000118359719"}
    assert "032180000118359719" in owner.get("/ajustes/").content.decode()
    assert owner.post("/ajustes/", FORM).status_code == 302
    assert document(till.pull("till"))["settings"]["transfer"] is None


@pytest.mark.parametrize(
    "said,field",
    [
        ({"transfer_holder": "X", "transfer_account": "032180000118359718"}, "transfer_account"),
        ({"transfer_account": "032180000118359719"}, "transfer_holder"),
    ],
)
def test_a_wrong_digit_or_nobodys_account_is_said_and_nothing_changes(
    shop: Business, owner: Client, said: dict[str, str], field: str
) -> None:
    before = everything(shop)
    answer = owner.post("/ajustes/", {**FORM, **said})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert everything(shop) == before


def test_a_manager_does_not_say_where_the_money_goes(shop: Business) -> None:
    assert (
        office(shop, "manager").post("/ajustes/", {**FORM, "transfer_holder": "Yo", "transfer_account": "032180000118359719"}).status_code
        == 403
    )
    assert Organization.objects.get(id=shop.id).transfer_account == ""
