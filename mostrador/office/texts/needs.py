"""Needs: what people come for, and how often it was said."""

NEEDS: dict[str, tuple[str, str]] = {
    "needs.title": ("Necesidades", "Needs"),
    "needs.lead": (
        "Lo que la gente busca resolver, con sus palabras. En la caja son dos toques, cuenta igual si compró o no, y lo que nadie encuentra aquí es su lista de compras.",
        "What people want solved, in your words. At the till it is two taps, it counts the same whether they bought or not, and what nobody finds here is your list to buy by.",
    ),
    "needs.new": ("Necesidad nueva", "New need"),
    "needs.name": ("Palabras en la tecla", "Words on the key"),
    "needs.said": ("Veces en {days} días", "Times in {days} days"),
    "needs.last": ("La última", "The last"),
    "needs.goods": ("Qué puede resolverla", "What may solve it"),
    "needs.goods_hint": (
        "Categorías o productos que sirven para esto. Sin ninguno, queda como algo que piden y no tiene.",
        "Categories or products that do the job. Without any, it stays something that is asked for and that you do not have.",
    ),
    "needs.lacking": ("Nada de la tienda", "Nothing of the shop"),
    "needs.is_ended": ("Ya no sale en la caja", "Not on the tills any more"),
    "needs.end": ("Quitar de la caja", "Take from the tills"),
    "needs.restore": ("Volver a poner", "Bring back"),
    "needs.none": ("Aún no hay necesidades", "No needs yet"),
    "needs.none_more": (
        "Sin ellas la caja no ofrece este botón. Empiece con tres o cuatro que oiga todos los días: «un regalo», «algo rápido para comer».",
        "Without them tills do not offer this button. Begin with three or four that you hear every day: «a gift», «something quick to eat».",
    ),
    "needs.added": ("«{name}» sale ya en la caja.", "«{name}» is on the tills."),
    "needs.saved": ("«{name}» guardada.", "«{name}» saved."),
    "needs.moved": ("«{name}» cambió de lugar.", "«{name}» changed its place."),
    "needs.ended": ("«{name}» ya no sale en la caja.", "«{name}» is not on the tills any more."),
    "needs.restored": ("«{name}» vuelve a salir en la caja.", "«{name}» is on the tills again."),
}
