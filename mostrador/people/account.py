"""A user's own account: signing in with a limit on wrong tries, the language, the password."""

import uuid

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mostrador.kernel.errors import DomainError, Invalid, NotFound
from mostrador.kernel.writing import whole
from mostrador.people import throttle
from mostrador.people.models import User


class WrongSignIn(DomainError):
    """The address and the password do not belong together; which of them is wrong is not said."""

    code = "wrong_sign_in"
    status = 401


def sign_in(*, email: str, password: str, address: str) -> User:
    """Return the user of an email and password. Wrong tries are counted per account and per address: TooManyTries says how long to wait.

    An unknown account takes as long as a known one and is counted the same, so that nothing tells which accounts exist.
    """
    throttle.refuse_if_tired("address", address)
    throttle.refuse_if_tired("sign_in", email)
    user = authenticate(username=email.strip(), password=password)
    if user is None:
        throttle.count("address", address)
        throttle.count("sign_in", email)
        raise WrongSignIn
    throttle.forgive("sign_in", email)
    assert isinstance(user, User)
    return user


@whole
def change_language(*, user_id: uuid.UUID, language: str) -> None:
    """Set the language in which a user reads the office: es or en."""
    if language not in {"es", "en"}:
        raise Invalid(language="unknown")
    if User.objects.filter(id=user_id).update(language=language) != 1:
        raise NotFound


@whole
def change_own_password(*, user_id: uuid.UUID, old: str, new: str) -> None:
    """Give a user a new password, once the old one is shown. Refuses a short or common one: Invalid."""
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFound
    if not check_password(old, user.password):
        raise Invalid(old="wrong")
    check_new_password(new)
    User.objects.filter(id=user_id).update(password=make_password(new))


def check_new_password(password: str) -> None:
    """Refuse a password that is short or common: Invalid."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid(password="weak") from error  # noqa: S106  # a code, no password
