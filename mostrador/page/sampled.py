"""What was given to try in a purchase's visit, for whoever holds its ticket: that it cost nothing and binds to nothing. By name; who gave it is nobody's business (ruling 34)."""

import uuid

from mostrador.catalogue import queries
from mostrador.trust import sample_goods


def sampled_in(visit_id: uuid.UUID) -> tuple[str, ...]:
    """Return what was given to try in a visit, by name, as often as it was."""
    given = list(sample_goods.standing().filter(visit_id=visit_id).order_by("at", "fact_id").values_list("product_id", flat=True))
    names = queries.names(given)
    return tuple(names[product] for product in given if product in names)
