"""mostrador new-business"""

import argparse
import getpass
import sys

from mostrador.config import start
from mostrador.config.wording import fail, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Name, country, owner; store and till have defaults. A PIN is needed only by an owner who sells."""
    parser.add_argument("--name", required=True, metavar=say("NOMBRE", "NAME"), help=say("nombre de la empresa", "name of the business"))
    parser.add_argument("--country", choices=("MX", "ES"), required=True, help=say("país", "country"))
    parser.add_argument("--owner", required=True, metavar=say("NOMBRE", "NAME"), help=say("nombre de quien es dueño", "the owner's name"))
    parser.add_argument(
        "--email", required=True, metavar=say("CORREO", "EMAIL"), help=say("correo con el que entra", "email to sign in with")
    )
    parser.add_argument("--store", default="Centro", metavar=say("NOMBRE", "NAME"), help=say("primera tienda", "first store"))
    parser.add_argument("--till", default="Caja 1", metavar=say("NOMBRE", "NAME"), help=say("primera caja", "first till"))
    parser.add_argument(
        "--pin",
        default="",
        metavar="PIN",
        help=say("PIN de quien es dueño, para vender (4 a 8 cifras)", "the owner's PIN, to sell (4 to 8 digits)"),
    )


# What can be wrong, by what `begin` calls it.
WRONG = {
    "weak": ("La contraseña es corta o muy común: al menos diez caracteres.", "The password is short or common: at least ten characters."),
    "email": ("El correo no es una dirección.", "The email is no address."),
    "four_to_eight_digits": ("El PIN lleva de 4 a 8 cifras.", "A PIN has 4 to 8 digits."),
}


def _wrong(field: str, code: object) -> tuple[str, str]:
    """What to say of a value that was refused."""
    return WRONG.get(str(code), (f"Falta o no sirve: {field} ({code}).", f"Missing or no use: {field} ({code})."))


def run(options: argparse.Namespace) -> int:
    """Make a business with its owner, first store and first till."""
    start.load()
    start.require_database()
    from mostrador.catalogue.begin import NewBusiness, begin
    from mostrador.kernel.errors import Invalid

    prompt = say("Contraseña: ", "Password: ")
    password = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        begin(NewBusiness(options.name, options.country, options.owner, options.email, password, options.store, options.till, options.pin))
    except Invalid as error:
        raise fail(*_wrong(*next(iter(error.data.items())))) from error
    print(say("Empresa abierta.", "Business opened."))
    return 0
