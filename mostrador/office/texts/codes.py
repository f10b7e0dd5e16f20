"""Codes that were scanned and no product carries."""

CODES: dict[str, tuple[str, str]] = {
    "codes.title": ("Códigos sin producto", "Codes without a product"),
    "codes.hint": ("Códigos sin producto {n}", "Codes without a product {n}"),
    "codes.lead": (
        "Códigos que se escanearon en caja en los últimos {days} días y que nadie tiene. El que ya es de un producto se quita solo.",
        "Codes that were scanned at the tills in the last {days} days and that no product carries. One that a product has by now leaves by itself.",
    ),
    "codes.code": ("Código", "Code"),
    "codes.times": ("Atenciones", "Visits"),
    "codes.last": ("La última", "The last"),
    "codes.stores": ("Tiendas", "Stores"),
    "codes.store_times": ("{store} {n}", "{store} {n}"),
    "codes.archived": ("Es de {name}, que está archivado", "Belongs to {name}, which is archived"),
    "codes.create": ("Crear producto", "Create product"),
    "codes.add": ("Añadir a un producto", "Add to a product"),
    "codes.add_now": ("Añadir", "Add"),
    "codes.product": ("Clave o código del producto", "SKU or barcode of the product"),
    "codes.product_hint": (
        "Se suma a los códigos que ya tiene, y vende una unidad.",
        "It joins the codes that the product has, and sells one unit.",
    ),
    "codes.silence": ("No avisar más", "Tell no more"),
    "codes.silence_of": ("No avisar más de {code}", "Tell no more of {code}"),
    "codes.tell": ("Volver a avisar", "Tell again"),
    "codes.tell_of": ("Volver a avisar de {code}", "Tell of {code} again"),
    "codes.open": ("Por resolver", "To look at"),
    "codes.not_told": ("Sin avisar", "Not told"),
    "codes.none": ("Todo lo que se escaneó tiene producto", "All that was scanned has a product"),
    "codes.none_silenced": ("De ningún código se dejó de avisar", "There is no code of which nothing is told"),
    "codes.none_more": (
        "Cuando en una caja se escanee un código que nadie tiene, aparecerá aquí, con cuántas veces, cuándo y en qué tienda.",
        "When a code that no product carries is scanned at a till, it shows here, with how often, when and in which store.",
    ),
    "codes.silenced": ("De {code} no se avisa más.", "Nothing more is told of {code}."),
    "codes.told_again": ("De {code} se vuelve a avisar.", "{code} is told of again."),
    "codes.given": (
        "{code} es ya de {name}. Las cajas lo reciben en segundos.",
        "{code} belongs to {name} now. The tills have it within seconds.",
    ),
    "error.products.taken": ("Otro producto tiene ya ese código.", "Another product has that code by now."),
}
