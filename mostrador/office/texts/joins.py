"""Two cards of one person."""

JOINS: dict[str, tuple[str, str]] = {
    "joins.title": ("¿La misma persona?", "The same person?"),
    "joins.title_of": ("Juntar a {name} con otra ficha", "Join {name} to another card"),
    "joins.lead": (
        "Dos fichas de una misma persona pasan a ser una sola cuenta: lo que debe, su saldo a favor, sus puntos y sus compras. Cuentan el nombre, el teléfono y el "
        "límite de la ficha que conserve. Nada de lo vendido se reescribe, y puede separarlas cuando quiera.",
        "Two cards of one person become one account: what they owe, their credit, their points and what they bought. The name, the telephone and the limit of the "
        "card that you keep count. Nothing that was sold is rewritten, and you may separate them whenever you like.",
    ),
    "joins.keep": ("Conservar esta", "Keep this one"),
    "joins.keep_of": ("Conservar esta: {name}, {phone}", "Keep this one: {name}, {phone}"),
    "join_by.phone": ("Mismo teléfono", "Same telephone"),
    "join_by.tax_id": ("Mismo RFC o NIF", "Same tax id"),
    "join_by.name": ("Mismo nombre", "Same name"),
    "joins.tell_apart": ("Son dos personas", "They are two people"),
    "joins.tell_apart_of": ("Son dos personas: {name} y {other}", "They are two people: {name} and {other}"),
    "joins.seen": ("Ya vistas: son dos personas", "Looked at: they are two people"),
    "joins.pair": ("{name} y {other}", "{name} and {other}"),
    "joins.propose": ("Volver a proponer", "Propose again"),
    "joins.propose_of": ("Volver a proponer a {name} y {other}", "Propose {name} and {other} again"),
    "joins.apart": (
        "{name} y {other} son dos personas: no se proponen más.",
        "{name} and {other} are two people: they are proposed no more.",
    ),
    "joins.proposed": ("{name} y {other} se vuelven a proponer.", "{name} and {other} are proposed again."),
    "joins.doubt": ("con otros datos: pueden ser dos personas", "other details differ: they may be two people"),
    "joins.since": ("Desde", "Since"),
    "joins.search": ("Buscar la otra ficha por nombre, teléfono o RFC", "Find the other card by name, phone or tax id"),
    "joins.none": ("Nadie parece estar dos veces", "Nobody seems to be here twice"),
    "joins.none_more": (
        "Se comparan teléfono, RFC o NIF y nombre sin acentos. Si sabe de dos fichas que son de la misma persona, ábrala y elija «Juntar con otra ficha».",
        "Telephone, tax id and name without accents are compared. Where you know of two cards of one person, open it and choose “Join to another card”.",
    ),
    "joins.none_like": ("Nadie se le parece", "Nobody looks like them"),
    "joins.none_found": ("Nadie más con eso", "Nobody else has that"),
    "joins.none_like_more": ("Busque la otra ficha.", "Search for the other card."),
    "joins.shown": ("Se muestran {n} de {total}.", "{n} of {total} are shown."),
    "joins.hint": ("¿La misma persona? {n}", "The same person? {n}"),
    "joins.others": ("También es", "Also known as"),
    "joins.others_hint": (
        "Fichas juntas con esta: su cuenta es una sola. Se le escribe solo por donde todas dijeron que sí.",
        "Cards joined to this one: they are one account. They are written to only by what each said yes to.",
    ),
    "joins.separate": ("Separar a {name}", "Separate {name}"),
    "joins.join": ("Juntar con otra ficha", "Join to another card"),
    "joins.joined": (
        "{other} y {name} son ya una sola cuenta. Las cajas lo reciben en segundos.",
        "{other} and {name} are one account now. The tills have it within seconds.",
    ),
    "joins.separated": (
        "{name} tiene otra vez su propia ficha y su cuenta.",
        "{name} has a card and an account of their own again.",
    ),
    "error.buyer.choose": ("Diga cuál de las dos fichas conserva.", "Say which of the two cards you keep."),
    "error.buyer.same": ("Es la misma ficha dos veces.", "That is one card twice."),
    "error.buyer.ring": (
        "Ya están juntas, al revés: para conservar la otra, sepárelas primero.",
        "They are joined already, the other way round: to keep the other one, separate them first.",
    ),
    "error.buyer.joined": (
        "Una de las dos ya está junta con otra ficha. Sepárela primero.",
        "One of the two is joined to another card already. Separate it first.",
    ),
    "error.buyer.away": (
        "La ficha que quiere conservar está archivada. Restáurela primero, o conserve la otra.",
        "The card that you want to keep is archived. Restore it first, or keep the other one.",
    ),
    "error.buyer.nameless": (
        "La ficha que quiere conservar no tiene nombre. Escríbalo primero, o conserve la otra.",
        "The card that you want to keep has no name. Write it down first, or keep the other one.",
    ),
}
