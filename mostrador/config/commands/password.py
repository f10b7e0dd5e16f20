"""mostrador password EMAIL"""

import argparse
import getpass
import sys

from mostrador.config import start
from mostrador.config.wording import fail, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """The person's email."""
    parser.add_argument("email", metavar=say("correo", "email"), help=say("correo de la persona", "the person's email"))


def run(options: argparse.Namespace) -> int:
    """Ask for a new password (or read a line from standard input) and set it."""
    start.load()
    start.require_database()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from mostrador.kernel.errors import NotFound
    from mostrador.people.services import set_password

    prompt = say("Contraseña nueva: ", "New password: ")
    password = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
        set_password(email=options.email, password=password)
    except ValidationError as error:
        raise fail(" ".join(error.messages), " ".join(error.messages)) from error
    except NotFound as error:
        raise fail(f"Nadie entra con {options.email}.", f"Nobody signs in with {options.email}.") from error
    print(say("Contraseña cambiada.", "Password changed."))
    return 0
