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
    "strip.title": ("Atención en la caja", "The strip of the till"),
    "strip.lead": (
        "Lo que la caja ofrece para atender además de vender. Nada hace falta para cobrar; quite lo que su tienda no use y vuelva a ponerlo cuando quiera.",
        "What tills offer for helping beside selling. None of it is needed to charge; take away what your shop does not use and bring it back whenever you like.",
    ),
    "strip.pieces": ("Piezas", "Pieces"),
    "strip.saved": ("Las cajas lo ofrecen así desde ahora.", "Tills offer it this way from now on."),
    "strip.rush": (
        "Cuando los tickets salen rápido (tres seguidos en menos de un minuto cada uno) la tira se pliega sola; un toque la abre.",
        "When tickets come fast (three in a row, each within a minute) the strip folds itself; one tap opens it.",
    ),
    "strip_piece.need": ("Necesidad", "Need"),
    "strip_piece.recommend": ("Recomendar", "Advise"),
    "strip_piece.sample": ("Muestra", "Sample"),
    "strip_piece.promise": ("Prometer", "Promise"),
    "strip_piece.hold": ("Lo piensa", "Thinking"),
    "strip_piece.handoff": ("Relevo", "Hand over"),
    "strip_for.need": ("Qué busca resolver la persona.", "What the person wants solved."),
    "strip_for.recommend": (
        "Lo que de verdad sirve, también en otro lugar o nada por hoy.",
        "What really does the job, elsewhere too, or nothing for today.",
    ),
    "strip_for.sample": (
        "Algo de la tienda para probar, sin costo y sin compromiso.",
        "Something of the shop to try, free and with no strings.",
    ),
    "strip_for.promise": ("Algo para una fecha que la tienda cumple.", "Something by a day that the shop keeps."),
    "strip_for.hold": (
        "El precio se respeta unos días, sin pedir nada a cambio.",
        "The price is kept for some days, and nothing is asked for.",
    ),
    "strip_for.handoff": ("Otra persona ayuda, o sigue con la atención.", "Somebody else helps too, or goes on with the visit."),
}
