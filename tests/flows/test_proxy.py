"""A server behind a proxy that holds the certificate: forms are taken from the public address, and wrong tries counted by who calls."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# Asks for the page of signing in, sends its form with a wrong password, and says what came of it and who was counted.
VISIT = """
import json, sys
from mostrador.config import start
start.load()
start.prepare()
from django.test import Client
from mostrador.catalogue.begin import NewBusiness, begin
from mostrador.people.models import SignInAttempt
begin(NewBusiness("La Esquina", "MX", "Ana", "ana@example.com", "el-mostrador-de-ana", "Centro", "Caja 1"))
client = Client(enforce_csrf_checks=True)
told = json.loads(sys.argv[1])
came = {"HTTP_HOST": "caja.example.com", "HTTP_X_FORWARDED_FOR": "203.0.113.7, 198.51.100.4", "HTTP_X_FORWARDED_PROTO": "https"}
page = client.get("/entrar/", **came)
form = {"email": "ana@example.com", "password": "no es", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
answer = client.post("/entrar/", form, **came, HTTP_ORIGIN=told["origin"])
print(json.dumps([page.status_code, answer.status_code, sorted(SignInAttempt.objects.values_list("key", flat=True))]))
"""


def visit(folder: Path, origin: str, **given: str) -> list[Any]:
    """What a server with these settings answers to a form that comes from an origin."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOSTRADOR_", "DJANGO_"))}
    environment = {
        **kept, "MOSTRADOR_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "mostrador.config.settings", "MOSTRADOR_ENV": "production",
        "MOSTRADOR_SECRET_KEY": "s" * 48, "MOSTRADOR_PIN_KEY": "p" * 48, "MOSTRADOR_ALLOWED_HOSTS": "caja.example.com", **given,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", VISIT, json.dumps({"origin": origin})],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_forms_come_from_the_public_address_and_tries_are_counted_by_who_calls(tmp_path: Path) -> None:
    page, answer, counted = visit(
        tmp_path, "https://caja.example.com", MOSTRADOR_PROXY="1", MOSTRADOR_PUBLIC_URL="https://caja.example.com/"
    )

    assert (page, answer) == (200, 401)
    assert any("198.51.100.4" in key for key in counted)
    assert not any("203.0.113.7" in key or "127.0.0.1" in key for key in counted)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_forms_from_elsewhere_are_refused(tmp_path: Path, origin: str) -> None:
    _, answer, counted = visit(tmp_path, origin, MOSTRADOR_PROXY="1", MOSTRADOR_PUBLIC_URL="https://caja.example.com")

    assert (answer, counted) == (403, [])


def test_nobody_is_believed_without_a_proxy(tmp_path: Path) -> None:
    _, answer, counted = visit(tmp_path, "https://caja.example.com", MOSTRADOR_PUBLIC_URL="https://caja.example.com")

    assert answer == 401
    assert any("127.0.0.1" in key for key in counted)
    assert not any("198.51.100.4" in key for key in counted)
