"""Modifiers, and whatever else a product is put together from when it is sold."""

MAKING: dict[str, tuple[str, str]] = {
    "modifiers.title": ("Modificadores", "Modifiers"),
    "modifiers.lead": (
        "Lo que se elige de un producto al venderlo: la leche, el tamaño, los extras. La caja pregunta de arriba abajo; cada opción puede sumar al precio, "
        "sale en el ticket y queda guardada con la venta.",
        "What is chosen of a product when it is sold: the milk, the size, extras. The till asks from top to bottom; an option may add to the price, "
        "stands on the receipt and is kept with the sale.",
    ),
    "modifiers.new": ("Nuevo", "New"),
    "modifiers.name": ("Grupo", "Group"),
    "modifiers.options": ("Opciones", "Options"),
    "modifiers.option": ("Opción", "Option"),
    "modifiers.adds": ("Suma al precio", "Adds to the price"),
    "modifiers.default": ("De antemano", "Preselected"),
    "modifiers.options_hint": (
        "Una opción sin importe no cambia el precio; con un menos delante lo baja. Vacíe un nombre para quitar su opción: las ventas hechas la conservan.",
        "An option without an amount leaves the price; with a minus before it, it lowers it. Empty a name to take its option out: sales made keep it.",
    ),
    "modifiers.least": ("Al menos", "At least"),
    "modifiers.least_hint": ("Con 1 o más, la caja pregunta al vender.", "With 1 or more the till asks when it sells."),
    "modifiers.most": ("Como máximo", "At most"),
    "modifiers.asks": ("Pregunta", "Asks"),
    "modifiers.asks_always": ("Al vender", "When selling"),
    "modifiers.asks_never": ("Solo en la partida", "On the line only"),
    "modifiers.is_ended": ("Terminado", "Ended"),
    "modifiers.sold": ("{n} vendidas en {days} días", "{n} sold in {days} days"),
    "modifiers.none": ("Aún no hay modificadores", "No modifiers yet"),
    "modifiers.none_more": (
        "Cree un grupo, por ejemplo «Leche», con sus opciones, y diga en qué productos o categorías se elige.",
        "Make a group, “Milk” for one, with its options, and say on which products or categories it is chosen.",
    ),
    "modifiers.added": ("La caja ya ofrece «{name}»: lo recibe en segundos.", "The till offers “{name}” now: it has it within seconds."),
    "modifiers.saved": (
        "«{name}» dice ahora esto. Las ventas hechas conservan lo que decía.",
        "“{name}” now says this. Sales made keep what it said.",
    ),
    "modifiers.moved": ("«{name}» cambió de lugar.", "“{name}” changed places."),
    "modifiers.ended": ("«{name}» ya no se ofrece.", "“{name}” is no longer offered."),
    "modifiers.restored": ("«{name}» se ofrece otra vez.", "“{name}” is offered again."),
}
