"""Shelves that say another price than the till."""

SHELF_PRICES: dict[str, tuple[str, str]] = {
    "shelf.title": ("Precios que no coinciden", "Prices that differ"),
    "shelf.lead": (
        "Alguien leyó en el anaquel un precio menor que el de la caja, y se le cobró el del anaquel. Corrija la etiqueta o el precio: hasta entonces, "
        "la caja lo propone con un toque a quien lo vuelva a leer.",
        "Somebody read a lower price on the shelf than the till had, and was charged what the shelf said. Mend the label or the price: until then the "
        "till offers it in one tap to whoever reads it again.",
    ),
    "shelf.hint": ("{n:Un precio no coincide|{n} precios no coinciden}", "{n:One price differs|{n} prices differ}"),
    "shelf.product": ("Producto", "Product"),
    "shelf.store": ("Sucursal", "Store"),
    "shelf.shelf": ("En el anaquel", "On the shelf"),
    "shelf.till": ("En la caja", "At the till"),
    "shelf.times": ("Veces", "Times"),
    "shelf.last": ("La última", "Last"),
    "shelf.what_to_do": ("Qué hacer", "What to do"),
    "shelf.tag": ("Ya corregí la etiqueta", "The label is mended"),
    "shelf.price": ("Poner precio {price}", "Make the price {price}"),
    "shelf.nothing": ("Estaba bien", "It was right"),
    "shelf.done_tag": ("Anotado: la etiqueta dice ya el precio de la caja.", "Noted: the label says the till's price now."),
    "shelf.done_price": (
        "El producto cuesta ya lo que decía el anaquel, en todas las cajas.",
        "The product now costs what the shelf said, at every till.",
    ),
    "shelf.done_none": ("Anotado: el anaquel estaba bien.", "Noted: the shelf was right."),
    "shelf.none": ("Todo lo que se ha leído coincide", "Everything that was read agrees"),
    "shelf.none_more": (
        "En la caja, «En el anaquel dice…» cobra el precio menor en el acto y lo deja aquí.",
        "At the till, “The shelf says…” charges the lower price at once and leaves it here.",
    ),
    "shelf.seen_to": ("Lo último que se hizo", "What was done last"),
    "shelf_fix.tag": ("etiqueta corregida", "label mended"),
    "shelf_fix.price": ("precio corregido", "price mended"),
    "shelf_fix.none": ("estaba bien", "it was right"),
}
