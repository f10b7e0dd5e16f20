"""Points: the owner's scheme, and what the shop owes by them."""

POINTS: dict[str, tuple[str, str]] = {
    "points.title": ("Puntos", "Points"),
    "points.owed": (
        "{points} puntos en poder de {n} clientes. La tienda debe {amount}",
        "{points} points held by {n} customers. The shop owes {amount}",
    ),
    "points.lead": (
        "Quien compra con su nombre gana puntos, y con ellos paga después. Cada cambio es una versión nueva: lo ya ganado y lo ya usado no cambian, "
        "pero los puntos que hay valen desde entonces lo que diga la versión nueva.",
        "Whoever buys by name earns points, and pays with them later. Each change is a new version: what was earned and spent stays as it was, "
        "but the points that are there are worth what the new version says from then on.",
    ),
    "points.is_on": ("Hay puntos en esta empresa", "This business has points"),
    "points.earn_per": ("Un punto por cada", "One point for each"),
    "points.earn_per_hint": (
        "De lo pagado, impuestos incluidos. Vacío: ya no se ganan, solo se usan.",
        "Of what is paid, with taxes. Empty: none are earned any more, only spent.",
    ),
    "points.worth_points": ("Al pagar, tantos puntos", "When paying, so many points"),
    "points.worth_amount": ("valen", "are worth"),
    "points.least": ("Se usan al menos (puntos)", "To spend at least (points)"),
    "points.least_hint": ("Vacío: desde uno.", "Empty: from one."),
    "points.lapse": ("Los puntos vencen", "Points run out"),
    "points.lapse_months": ("Meses", "Months"),
    "points.lapse_hint": (
        "Lo que ya hay cuenta desde el día en que se guarda esta regla. El ticket dice cuándo vencen los próximos.",
        "What is there already counts from the day this rule is saved. The receipt says when the next ones run out.",
    ),
    "lapse.never": ("Nunca", "Never"),
    "lapse.moved": ("Todos, si la cuenta no se mueve en estos meses", "All of them, where the account does not move for so many months"),
    "lapse.earned": (
        "Cada uno, a los meses de ganarlo; se usan primero los más antiguos",
        "Each, so many months after it was earned; the oldest are spent first",
    ),
    "lapse.said_moved": ("Vencen a los {n} meses sin movimiento", "They run out after {n} months without a movement"),
    "lapse.said_earned": ("Cada uno vence a los {n} meses de ganarlo", "Each runs out {n} months after it was earned"),
    "entry.lapsed": ("Vencieron", "Ran out"),
    "points.unearning": ("Lo pagado con esto no gana puntos", "What is paid by these earns no points"),
    "points.categories": ("Categorías que no ganan", "Categories that earn nothing"),
    "points.products": ("Productos que no ganan", "Products that earn nothing"),
    "points.tax": (
        "Los puntos son una forma de pago: el precio y los impuestos del ticket no bajan. Pregunte a su contador cómo se asientan.",
        "Points are a way to pay: the price and the taxes of the receipt stay. Ask your accountant how to book them.",
    ),
    "points.offline": (
        "Ganar siempre se puede, también sin internet. Usarlos sin internet, solo hasta lo que se diga en Ajustes, Sin internet (de entrada, nada).",
        "They are always earned, without internet too. Without it they are spent only up to what Settings, Without internet, says (nothing at first).",
    ),
    "points.saved": ("Guardado: las cajas lo reciben en segundos.", "Saved: the tills have it within seconds."),
    "points.saved_off": ("Guardado: las cajas ya no dan ni aceptan puntos.", "Saved: the tills neither give nor take points any more."),
    "points.versions": ("Versiones", "Versions"),
    "points.version": ("Un punto por {per}; {points} puntos valen {amount}", "A point for {per}; {points} points are worth {amount}"),
    "points.version_spent": ("Ya no se ganan; {points} puntos valen {amount}", "None are earned; {points} points are worth {amount}"),
    "points.off": ("Sin puntos", "No points"),
    "points.short": ("Con menos de cero", "Below nothing"),
    "points.short_more": (
        "Usaron puntos que dos cajas sin internet contaron dos veces, o devolvieron lo que los ganó. Nada se rechazó: se compensan con sus próximas compras, o corríjalos en su cuenta.",
        "They spent points that two tills without internet both counted, or brought back what had earned them. Nothing was refused: their next purchases make it up, or correct the account.",
    ),
    "points.file": ("Movimientos (CSV)", "Movements (CSV)"),
    "buyers.file": ("Movimientos (CSV)", "Movements (CSV)"),
    "buyers.points": ("Puntos", "Points"),
    "buyers.beyond_points": (
        "Tiene menos de cero puntos: se compensan con sus próximas compras, o corríjalos en su cuenta.",
        "Has fewer than no points: their next purchases make it up, or correct the account.",
    ),
    "export.buyer": ("cliente", "customer"),
    "export.account": ("cuenta", "account"),
    "export.note": ("nota", "note"),
}
