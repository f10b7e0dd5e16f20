"""What is wrong with a field or a wish: error.<code>, or error.<field>.<code> where the field wants its own sentence."""

ERRORS: dict[str, tuple[str, str]] = {
    "error.other": ("No se pudo: {code}.", "Not possible: {code}."),
    "error.empty": ("Falta.", "Missing."),
    "error.percent": (
        "Sin cifra de por ciento: Mostrador la calcula con el precio más bajo de los 30 días previos.",
        "No percent figure here: Mostrador works it out from the lowest price of the 30 days before.",
    ),
    "error.recorded": (
        "Elija un día anterior al primer precio registrado aquí: lo registrado no se cambia.",
        "Choose a day before the first price that was recorded here: what was recorded does not change.",
    ),
    "error.too_long": ("Es demasiado largo.", "Too long."),
    "error.choose": ("Elija uno de la lista.", "Choose one of the list."),
    "error.number": ("No es un número.", "Not a number."),
    "error.scientific": ("Escriba el número completo.", "Write the number out."),
    "error.decimals": ("Tiene demasiados decimales.", "Too many decimals."),
    "error.negative": ("No puede ser menor que cero.", "It may not be below zero."),
    "error.too_large": ("Es demasiado grande.", "Too large."),
    "error.export.too_many": (
        "Son {n} tickets y un archivo lleva {most}. Elija menos días o una tienda.",
        "That is {n} receipts, and a file holds {most}. Choose fewer days, or one store.",
    ),
    "error.prices.line": ("Nada se publicó.", "Nothing was published."),
    "error.counted.till_closes": (
        "Su caja todavía puede cerrarlo: haga el corte en ella. Si ya no sirve, desvincúlela en Cajas.",
        "Its till can still close it: print the Z there. If it is of no use any more, unpair it under Tills.",
    ),
    "error.time": ("No es una hora.", "Not a time."),
    "error.before": ("Es antes del primero.", "Before the first."),
    "error.pick.empty": (
        "Elija al menos una categoría o un producto, o marque Todo.",
        "Choose a category or a product, or tick Everything.",
    ),
    "error.pick.two_parts": ("Un combo tiene al menos dos partes.", "A combo has at least two parts."),
    "error.unknown_code": ("Una clave o código no es de ningún producto.", "A SKU or barcode belongs to no product."),
    "error.most.more_than_options": ("Al menos una, y no más que opciones.", "At least one, and no more than there are options."),
    "error.least.more_than_most": ("No puede pasar del máximo.", "It may not pass the most."),
    "error.options.empty": ("Escriba al menos una opción.", "Write at least one option."),
    "error.options.too_many": ("Son demasiadas opciones.", "Too many options."),
    "error.options.too_many_defaults": ("Marcó de antemano más opciones que el máximo.", "More options are preselected than the most."),
    "error.options.twice": ("Una opción está dos veces.", "An option is there twice."),
    "error.options.out_of_range": ("Un importe está fuera de lo posible.", "An amount is out of range."),
    "error.product.unknown_code": (
        "Ningún producto tiene esa clave o código. Créelo primero en Productos.",
        "No product has that SKU or barcode. Create it first under Products.",
    ),
    "error.slots.none": ("Escriba al menos una parte, por ejemplo «Bebida».", "Write at least one slot, “Drink” for one."),
    "error.slots.twice": ("Dos partes se llaman igual.", "Two slots have the same name."),
    "error.slots.weighed": (
        "Un combo se vende por pieza y sin número de serie. Cámbielo en el producto.",
        "A combo sells by the piece, without serial numbers. Change that on the product.",
    ),
    "error.slots.no_price": (
        "El producto no tiene precio. Póngalo primero en Productos.",
        "The product has no price. Set it first under Products.",
    ),
    "error.choices.twice": ("Una parte tiene dos veces el mismo producto.", "A slot has the same product twice."),
    "error.choices.too_many": ("Son demasiadas para una parte.", "Too many for one slot."),
    "error.choices.out_of_range": ("Un importe o una cantidad está fuera de lo posible.", "An amount or a quantity is out of range."),
    "error.choices.combo": (
        "Un combo no lleva otro combo dentro, ni es parte de uno, ni es también un paquete.",
        "A combo holds no other combo, is part of none, and is no kit as well.",
    ),
    "error.choices.trace": (
        "Un producto que pide serie o lote se vende aparte, no en un combo.",
        "A product that is asked for its serial number or lot sells by itself, not in a combo.",
    ),
    "error.components.kit": (
        "Un paquete no lleva dentro paquetes ni combos, y no es parte de otro.",
        "A kit holds no kits or combos, and is part of no other.",
    ),
    "error.components.weighed": (
        "Un paquete se vende por pieza y sin número de serie. Cámbielo en el producto.",
        "A kit sells by the piece, without serial numbers. Change that on the product.",
    ),
    "error.components.twice": (
        "Un producto está dos veces: escríbalo una vez con su cantidad.",
        "A product is there twice: write it once with its number.",
    ),
    "error.components.too_many": (
        "Son demasiados productos para un paquete: veinte como máximo.",
        "Too many products for a kit: twenty at most.",
    ),
    "error.components.out_of_range": ("Una cantidad está fuera de lo posible.", "A quantity is out of range."),
    "error.take.at_least_two": ("Al menos dos.", "At least two."),
    "error.pay.less_than_take": ("Menos de las que lleva, y al menos una.", "Fewer than taken, and at least one."),
    "error.day": ("No es una fecha.", "Not a date."),
    "error.taken": ("Ya existe.", "Taken."),
    "error.twice": ("Está dos veces.", "It is there twice."),
    "error.letters_and_digits": ("Solo letras y cifras, sin acentos.", "Letters and digits only, without accents."),
    "error.zone": ("No se conoce esa zona. Ejemplo: America/Mexico_City", "That zone is not known. Example: America/Mexico_City"),
    "error.email": ("No parece un correo.", "This is no email address."),
    "error.unknown": ("No se conoce.", "Not known."),
    "error.out_of_range": ("Está fuera de lo posible.", "Out of range."),
    "error.email.no_office": ("Ese puesto trabaja solo en la caja.", "That role works at the till only."),
    "error.code.wrong": ("No es el código de la pantalla del servidor.", "Not the code on the server's screen."),
    "error.password.weak": ("Al menos 10 caracteres, y que no sea de las comunes.", "At least 10 characters, and none of the common ones."),
    "error.old.wrong": ("No es la contraseña de ahora.", "Not the current password."),
    "error.pin.four_to_eight_digits": ("De 4 a 8 cifras.", "4 to 8 digits."),
    "error.sku.taken": ("Otro producto tiene esa clave.", "Another product has this SKU."),
    "error.barcodes.taken": ("Otro producto tiene ese código.", "Another product has this barcode."),
    "error.barcodes.barcode": (
        "Un código por renglón, sin acentos; la cantidad después de un asterisco es mayor que cero.",
        "One code a line, without accents; the number after an asterisk is above zero.",
    ),
    "error.units.unit": (
        "Unidad, cuántas y precio, cada una en su renglón: caja * 12 = 200.",
        "Unit, how many and the price, each on a line: caja * 12 = 200.",
    ),
    "error.units.twice": ("Dos unidades valen lo mismo, o una vale uno.", "Two units are worth the same, or one is worth one."),
    "error.name.too_many": ("Hasta 12 páginas.", "12 pages at most."),
    "error.product.too_many": ("Hasta 120 favoritos.", "120 favourites at most."),
    "error.units.too_many": ("Ocho unidades como máximo.", "At most eight units."),
    "error.trace.choose": ("Lo que se pesa no lleva número de serie.", "What is weighed has no serial number."),
    "error.picture.too_large": ("La foto pasa de 12 MB.", "The photo is over 12 MB."),
    "error.account": ("No es una CLABE ni un IBAN: revise los dígitos.", "Neither a CLABE nor an IBAN: check the digits."),
    "error.tips.too_many": ("Hasta tres propinas.", "Three tips at most."),
    "error.tips.percentages": (
        "Porcentajes mayores que 0 y hasta 100, con espacios entre ellos.",
        "Percentages above 0 and up to 100, with spaces between them.",
    ),
    "error.picture.too_many_pixels": ("La foto tiene demasiados puntos. Redúzcala.", "The photo has too many pixels. Make it smaller."),
    "error.picture.no_picture": ("No es una foto JPG, PNG o WebP.", "Not a JPG, PNG or WebP photo."),
    "error.picture.empty": ("Elija una foto.", "Choose a photo."),
    "error.file.empty": ("Elija un archivo que no esté vacío.", "Choose a file that is not empty."),
    "error.file.too_large": ("El archivo pasa de 64 MB.", "The file is over 64 MB."),
    "error.file.too_large_here": ("El archivo pasa de 1.5 MB. Divídalo.", "The file is over 1.5 MB. Split it."),
    "error.file.too_many_rows_here": ("Pasa de 10,000 filas. Divídalo.", "More than 10,000 rows. Split it."),
    "error.file.no_parts": (
        "Faltan columnas: el combo o paquete, y lo que lleva.",
        "Columns are missing: the combo or kit, and what it contains.",
    ),
    "error.file.no_name": (
        "No hay una columna que se llame «nombre» o «teléfono»: sin una de ellas no se sabe de quién es cada fila.",
        "There is no column called “name” or “phone”: without one of them nobody can tell whose each row is.",
    ),
    "error.file.kind": ("Solo CSV o XLSX. Guárdelo así desde su hoja de cálculo.", "CSV or XLSX only. Save it so from your spreadsheet."),
    "error.file.encoding": ("El texto del archivo está dañado.", "The file's text is damaged."),
    "error.file.csv": ("El CSV está cortado o le falta cerrar unas comillas.", "The CSV is cut off, or a quotation mark is missing."),
    "error.file.xlsx": ("El XLSX no se puede abrir. Guárdelo de nuevo.", "The XLSX cannot be opened. Save it again."),
    "error.file.too_many_rows": ("Pasa de 250,000 filas o 200 columnas.", "More than 250,000 rows or 200 columns."),
    "error.mapping.no_key": (
        "Diga qué columna es la clave o el código de barras: con ella se reconoce cada producto.",
        "Say which column is the SKU or the barcode: each product is known by it.",
    ),
    "error.tax_group.missing": (
        "Cree antes un grupo de impuestos en Ajustes: cada producto lleva uno.",
        "Create a group of taxes under Settings first: each product has one.",
    ),
    "error.import.confirm": (
        "Hay filas con error. Corríjalas, o marque que entren solo las buenas.",
        "Some rows have errors. Correct them, or tick that only the good ones go in.",
    ),
    "error.import.nothing": ("No hay ninguna fila buena que importar.", "There is no good row to import."),
    "error.import.broke": (
        "Algo falló y no quedó nada guardado. Intente otra vez; si se repite, avise a quien cuida el servidor.",
        "Something failed and nothing was kept. Try again; if it happens again, tell whoever runs the server.",
    ),
    "error.catalogue.changed": (
        "Alguien cambió productos mientras tanto. Revise otra vez.",
        "Somebody changed products in the meantime. Check again.",
    ),
    "error.row.gone": ("Un producto del archivo ya no está. Revise otra vez.", "A product of the file is gone. Check again."),
    "error.last_owner": (
        "Es la última persona dueña que puede entrar: la empresa quedaría sin nadie que la abra.",
        "This is the last owner who can sign in: nobody could open the business any more.",
    ),
    "error.not_a_saved_journal": (
        "No es un diario guardado, o está cortado (renglón {line}).",
        "Not a saved journal, or cut off (line {line}).",
    ),
    "error.practised_journal": (
        "El archivo es de una práctica: nada de eso ocurrió. No se tomó nada.",
        "The file is of a practice: nothing of it happened. Nothing was taken.",
    ),
    "error.journal.other": (
        "El diario es de otra empresa o de otra llave. No se tomó nada.",
        "The journal is another business's or of another key. Nothing was taken.",
    ),
    "error.unknown_journal": (
        "Esta base de datos no conoce el equipo del diario {series} ({facts} asientos): se volvió a una copia anterior a su vinculación. "
        "Aún no se tomó nada.",
        "This database does not know the device of journal {series} ({facts} entries): it went back to a copy older than its pairing. "
        "Nothing was taken yet.",
    ),
    "error.recover.damaged": (
        "El diario no se puede probar: su cadena, su firma o un texto no cuadra (asiento {seq}). No se tomó nada. Guárdelo otra vez en la caja.",
        "The journal cannot be proved: its chain, its signature or a text does not hold (entry {seq}). Nothing was taken. "
        "Save it again at the till.",
    ),
    "error.recover.not_whole": (
        "El diario empieza en el asiento {first}: lo anterior ya no está en la caja. No se tomó nada. "
        "Vuelva a una copia de la base de datos más nueva que la vinculación.",
        "The journal begins at entry {first}: what came before is no longer on the till. Nothing was taken. "
        "Go back to a copy of the database that is newer than the pairing.",
    ),
    "error.recover.no_store": (
        "La tienda de ese diario no está en esta base de datos. No se tomó nada. Vuelva a una copia más nueva que la tienda.",
        "The store of that journal is not in this database. Nothing was taken. Go back to a copy that is newer than the store.",
    ),
    "error.busy": ("La base de datos está ocupada. Intente en un momento.", "The database is busy. Try in a moment."),
    "error.codes.empty": ("Elija al menos un impuesto.", "Choose at least one tax."),
}
