"""An import of products with what the shelf holds of them: one transaction for all of it."""

import uuid

from django.db import IntegrityError

from mostrador.catalogue import importing
from mostrador.catalogue.importing import Applied, Plan, Progress, unheard
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Invalid
from mostrador.kernel.writing import use_case
from mostrador.stock.services import levels, move_many


def import_products(
    actor: Actor, plan: Plan, *, store_id: uuid.UUID | None = None, name: str = "", progress: Progress = unheard
) -> Applied:
    """Write a plan: all of its good rows or, if anything goes wrong, none. With `store_id` its stock column sets that store's levels.

    Refuses with Invalid when somebody changed the catalogue in the meantime so that the plan no longer fits: check again.
    """
    try:
        with use_case():
            applied = importing.apply(actor, plan, progress)
            if store_id and applied.levels:
                _set_levels(actor, store_id, applied, name)
    except IntegrityError as error:
        raise Invalid(catalogue="changed") from error
    return applied


def _set_levels(actor: Actor, store_id: uuid.UUID, applied: Applied, name: str) -> None:
    """Move each difference between what was counted and what the levels say; new products begin at nothing."""
    held: dict[uuid.UUID, int] = {}
    if any(product_id not in applied.added for product_id, _ in applied.levels):
        held = levels(store_id)
    differences = [(product_id, counted - held.get(product_id, 0)) for product_id, counted in applied.levels]
    move_many(actor, store_id=store_id, quantities=differences, reason="import", text=name)
