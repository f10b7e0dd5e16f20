"""The local authority when the machine changes: it never vouches for what it may not, and makes a certificate anew when one is needed."""

import ipaddress
from pathlib import Path

import pytest
from cryptography import x509
from django.test import Client

from mostrador.config import tls

FIRST = [ipaddress.ip_address(text) for text in ("127.0.0.1", "192.168.1.5")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose authority was made on a machine called `caja` with a private address."""
    monkeypatch.setenv("MOSTRADOR_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("socket.gethostname", lambda: "caja")
    monkeypatch.setattr(tls, "machine_addresses", lambda: FIRST)
    tls.certificate()
    return tmp_path / "tls"


def named(folder: Path) -> tuple[list[str], list[str]]:
    """The names and addresses of the certificate."""
    made = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
    made.verify_directly_issued_by(x509.load_pem_x509_certificate((folder / "authority.crt").read_bytes()))
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names.get_values_for_type(x509.DNSName), [str(one) for one in names.get_values_for_type(x509.IPAddress)]


def test_a_new_private_address_gets_a_new_certificate_of_the_same_authority(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "authority.crt").read_bytes()
    assert named(folder) == (["caja", "caja.local", "localhost"], ["127.0.0.1", "192.168.1.5"])
    monkeypatch.setattr(tls, "machine_addresses", lambda: [*FIRST, ipaddress.ip_address("10.1.2.3")])

    tls.certificate()

    assert named(folder)[1] == ["127.0.0.1", "192.168.1.5", "10.1.2.3"]
    assert (folder / "authority.crt").read_bytes() == before


def test_a_new_public_address_and_a_new_host_name_are_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "banco")
    monkeypatch.setattr(tls, "machine_addresses", lambda: [*FIRST, ipaddress.ip_address("8.8.4.4")])

    tls.certificate()

    assert named(folder) == (["banco.local", "localhost"], ["127.0.0.1", "192.168.1.5"])
    assert tls.reachable("0.0.0.0") == [ipaddress.ip_address("192.168.1.5")]


def test_a_certificate_of_another_authority_is_made_anew(folder: Path) -> None:
    for name in ("authority.crt", "authority.key"):
        (folder / name).unlink()

    tls.certificate()

    assert named(folder)[1] == ["127.0.0.1", "192.168.1.5"]


@pytest.mark.parametrize(
    "host, printed",
    [("0.0.0.0", ["192.168.1.5"]), ("::", ["192.168.1.5"]), ("192.168.1.5", ["192.168.1.5"]), ("127.0.0.1", []), ("caja", [])],
)
def test_only_addresses_on_which_the_server_listens_are_printed(folder: Path, host: str, printed: list[str]) -> None:
    assert [str(one) for one in tls.reachable(host)] == printed


def test_without_an_authority_there_is_nothing_to_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("MOSTRADOR_DATA_DIR", str(tmp_path))

    answer = client.get("/autoridad.crt")

    assert (answer.status_code, answer.content) == (404, b"mostrador run --tls")
