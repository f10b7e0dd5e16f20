"""Two businesses, each with its office; pages find their static files without a build."""

from typing import Any

import pytest
from django.test import Client

from mostrador.people.models import SignInAttempt
from tests.flows.office import office
from tests.sync.shop import Business, a_business


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    """Name static files as they are: the manifest is made by the front build."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # these tests are not about how slow a hash is
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def shop(db: None) -> Business:
    """A Mexican business."""
    SignInAttempt.objects.all().delete()
    return a_business("MX")


@pytest.fixture
def other(db: None) -> Business:
    """Another business, in Spain."""
    return a_business("ES")


@pytest.fixture
def owner(shop: Business) -> Client:
    """The owner of the Mexican business, signed in."""
    return office(shop)


@pytest.fixture
def stranger(other: Business) -> Client:
    """The owner of the other business, signed in there."""
    return office(other)
