"""The taxes that a business of each country begins with. Rates in parts per million; `amount` in ten-thousandths per unit.

Sources: Mexico: LIVA art. 1 (16 %), art. 2-A (0 %), art. 15 (exempt); LIEPS art. 2 I G (fixed quota per litre of drinks with added
sugar), art. 2 I J (8 % on high-calorie food). Spain: Ley 37/1992 art. 90 (21 %), art. 91.Uno (10 %), art. 91.Dos (4 %), art. 20 (exempt).
"""

from typing import Any

from mostrador.catalogue.models import Tax, TaxGroup
from mostrador.kernel.actor import Actor
from mostrador.kernel.writing import building_block

type TaxRow = tuple[str, str, dict[str, Any]]
type GroupRow = tuple[str, str, list[str]]

# The quota per litre is updated every year in the DOF; the owner corrects it under Taxes. 2026: $3.0818 (2025: $1.6451), as the press of
# 2 January 2026 reports it (config/demo/data/mx.toml names where).
STARTERS: dict[str, tuple[list[TaxRow], list[GroupRow]]] = {
    "MX": (
        [
            ("IEPS_L", "IEPS por litro", {"kind": "fixed", "amount": 30_818, "in_base": True}),
            ("IEPS8", "IEPS 8 %", {"rate": 80_000, "in_base": True}),
            ("IVA16", "IVA 16 %", {"rate": 160_000}),
            ("IVA0", "IVA 0 %", {"rate": 0}),
            ("EXENTO", "Exento", {"kind": "exempt"}),
        ],
        [
            ("IVA16", "IVA 16 %", ["IVA16"]),
            ("IVA0", "IVA 0 %", ["IVA0"]),
            ("EXENTO", "Exento de IVA", ["EXENTO"]),
            ("REFRESCO", "Bebida azucarada: IEPS por litro e IVA 16 %", ["IEPS_L", "IVA16"]),
            ("BOTANA", "Botana: IEPS 8 % e IVA 0 %", ["IEPS8", "IVA0"]),
            ("BOTANA16", "Botana: IEPS 8 % e IVA 16 %", ["IEPS8", "IVA16"]),
        ],
    ),
    "ES": (
        [
            ("IVA21", "IVA 21 %", {"rate": 210_000}),
            ("IVA10", "IVA 10 %", {"rate": 100_000}),
            ("IVA4", "IVA 4 %", {"rate": 40_000}),
            ("EXENTO", "Exento", {"kind": "exempt"}),
        ],
        [
            ("IVA21", "General 21 %", ["IVA21"]),
            ("IVA10", "Reducido 10 %", ["IVA10"]),
            ("IVA4", "Superreducido 4 %", ["IVA4"]),
            ("EXENTO", "Exento", ["EXENTO"]),
        ],
    ),
}


def seed_taxes(actor: Actor, *, country: str) -> None:
    """Give a new business the taxes of its country; of an unknown one, only "no tax". Inside the caller's transaction."""
    taxes, groups = STARTERS.get(country, ([("EXENTO", "Sin impuesto", {"kind": "exempt"})], [("EXENTO", "Sin impuesto", ["EXENTO"])]))
    with building_block():
        Tax.objects.bulk_create(Tax(organization_id=actor.organization_id, code=code, name=name, **more) for code, name, more in taxes)
        TaxGroup.objects.bulk_create(
            TaxGroup(organization_id=actor.organization_id, code=code, name=name, codes=codes) for code, name, codes in groups
        )
