"""The sentences of the buyer's page, Spanish and English side by side. Usted, no praise, no promise that nobody made."""

TABLE: dict[str, tuple[str, str]] = {
    "title": ("Mi compra", "My purchase"),
    "ticket": ("Ticket {number}", "Receipt {number}"),
    "return_code": ("Para cambios, diga {code}", "For returns, say {code}"),
    "paid": ("Pagado", "Paid"),
    "items": ("{n} {n:partida|partidas}", "{n} {n:line|lines}"),
    "change": ("Cambio {amount}", "Change {amount}"),
    "rounding": ("Redondeo {amount}", "Rounding {amount}"),
    "tip": ("Propina {amount}", "Tip {amount}"),
    "lines": ("Lo que compró", "What you bought"),
    "each": ("{price} c/u", "{price} each"),
    "per": ("{price} por {unit}", "{price} per {unit}"),
    "saved": ("Ahorró {amount}", "You saved {amount}"),
    "taxes": ("Impuestos incluidos", "Taxes included"),
    "taxes_added": ("Impuestos", "Taxes"),
    "tax_base": ("sobre {amount}", "on {amount}"),
    "known": ("Lo que sabemos de usted", "What we know of you"),
    "nothing": (
        "Nada. Este ticket no lleva su nombre, y esta página no le sigue: no deja cookies ni usa programas.",
        "Nothing. This receipt does not bear your name, and this page does not follow you: it sets no cookie and runs no program.",
    ),
    "bearer": (
        "Quien tenga el código del papel puede ver esta página. Si lo tira, rómpalo.",
        "Whoever has the code on the paper can see this page. Tear it before you throw it away.",
    ),
    "keep": (
        "Para conservarla, imprímala o guárdela como PDF: el papel térmico se borra con el tiempo.",
        "To keep it, print it or save it as PDF: thermal paper fades with time.",
    ),
    "old": (
        "Pasaron más de 30 días. Por su privacidad, aquí ya solo se ve qué compró y cuándo, por si lo necesita para un cambio. Los importes están en su papel.",
        "More than 30 days have passed. For your privacy only what you bought, and when, is still shown, in case you need it for a return. The amounts are on your paper.",
    ),
    "gift": ("Es un ticket de regalo: no muestra precios.", "This is a gift receipt: it shows no prices."),
    "unknown_title": ("Su compra aún no está aquí", "Your purchase is not here yet"),
    "unknown": (
        "La tienda aún no ha enviado esta compra, o el código no existe; su papel vale igual.",
        "The shop has not sent this purchase yet, or the code does not exist; your paper is just as good.",
    ),
    "unknown_more": (
        "Si acaba de comprar, pruebe en unos minutos: una caja puede trabajar sin red y enviar después.",
        "If you have just bought, try in some minutes: a till may work without a network and send later.",
    ),
    "tired_title": ("Demasiadas consultas", "Too many requests"),
    "tired": ("Espere unos minutos y pruebe de nuevo.", "Wait a few minutes and try again."),
    "preview": ("Así la ve el comprador.", "This is what the buyer sees."),
    "back": ("Volver al ticket", "Back to the receipt"),
    "method.cash": ("efectivo", "cash"),
    "method.card": ("tarjeta", "card"),
    "method.transfer": ("transferencia", "transfer"),
    "method.voucher": ("vale", "voucher"),
}
