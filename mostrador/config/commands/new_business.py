"""mostrador new-business"""

import argparse
import getpass
import sys

from mostrador.config import start
from mostrador.config.wording import fail, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Name, country, owner; store and till have defaults."""
    parser.add_argument("--name", required=True, metavar=say("NOMBRE", "NAME"), help=say("nombre de la empresa", "name of the business"))
    parser.add_argument("--country", choices=("MX", "ES"), required=True, help=say("país", "country"))
    parser.add_argument("--owner", required=True, metavar=say("NOMBRE", "NAME"), help=say("nombre de quien es dueño", "the owner's name"))
    parser.add_argument(
        "--email", required=True, metavar=say("CORREO", "EMAIL"), help=say("correo con el que entra", "email to sign in with")
    )
    parser.add_argument("--store", default="Centro", metavar=say("NOMBRE", "NAME"), help=say("primera tienda", "first store"))


def run(options: argparse.Namespace) -> int:
    """Make a business with its owner, first store and first till."""
    start.load()
    start.require_database()
    from mostrador.catalogue.begin import NewBusiness, begin
    from mostrador.kernel.errors import DomainError

    prompt = say("Contraseña: ", "Password: ")
    password = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        begin(NewBusiness(options.name, options.country, options.owner, options.email, password, options.store, "Caja 1"))
    except DomainError as error:
        raise fail(f"No se pudo: {error}", f"Not possible: {error}") from error
    print(say("Empresa abierta.", "Business opened."))
    return 0
