"""`mostrador run --tls`: a tablet that trusts our authority gets a till that starts without a network; any other is told what to do."""

import hashlib
import re
import shutil
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright, expect

from mostrador.config import tls
from tests.browser.support.books import Books
from tests.browser.support.server import Server
from tests.browser.support.shop import COFFEE, ROSA, WATER
from tests.browser.support.till import Till
from tests.support.ports import free_ports

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ANYWHERE = "0.0.0.0"


@pytest.fixture(scope="module")
def served(new_shop: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shop over https on all addresses of this machine."""
    folder = tmp_path_factory.mktemp("tls") / "data"
    shutil.copytree(new_shop[0], folder)
    server = Server(folder, free_ports(1)[0], host=ANYWHERE, is_tls=True)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def authority(served: Server) -> Path:
    """The file that devices are told to trust."""
    return served.folder / "tls" / "authority.crt"


@pytest.fixture
def trusting(authority: Path, tmp_path: Path) -> Path:
    """A home folder whose browser trusts the authority, as a person makes it do: imported into the browser's own store."""
    store = tmp_path / "home/.pki/nssdb"
    store.mkdir(parents=True)
    assert shutil.which("certutil"), "no certutil: sh scripts/debian.sh libnss3-tools"
    subprocess.run(["certutil", "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    subprocess.run(["certutil", "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", "Mostrador", "-i", authority], check=True)
    return tmp_path / "home"


def greet(served: Server, name: str, authority: Path | None) -> str | None:
    """Shake hands as a device that knows the server by this name; the version of TLS that was agreed on."""
    strict = ssl.create_default_context(cafile=str(authority) if authority else None)
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=10) as wire,
        strict.wrap_socket(wire, server_hostname=name) as spoken,
    ):
        return spoken.version()


def test_the_certificate_holds_for_every_name_and_address_of_the_machine(served: Server, authority: Path) -> None:
    names = [*tls.machine_names(), *(str(address) for address in tls.machine_addresses())]

    assert {"localhost", "127.0.0.1", "::1", socket.gethostname().lower().split(".")[0]} <= set(names)
    assert {greet(served, name, authority) for name in names} == {"TLSv1.3"}
    checked = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", authority, served.folder / "tls/server.pem"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stdout.split()[-1]) == (0, "OK"), checked.stderr


@pytest.mark.parametrize("name, trusts", [("mostrador.example", True), ("8.8.8.8", True), ("localhost", False)])
def test_the_certificate_holds_for_no_other_name_and_not_without_the_authority(
    served: Server, authority: Path, name: str, trusts: bool
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(served, name, authority if trusts else None)


def test_the_keys_can_be_read_by_their_owner_only(served: Server) -> None:
    folder = served.folder / "tls"

    assert {path.name: path.stat().st_mode & 0o77 for path in folder.glob("*.key")} == {"authority.key": 0, "server.key": 0}
    assert folder.stat().st_mode & 0o77 == 0


def test_the_printed_address_brings_the_authority_to_a_tablet_that_does_not_trust_it_yet(served: Server, authority: Path) -> None:
    printed = re.search(r"https://\S+/autoridad\.crt", served.log)
    fingerprint = re.search(r"SHA-256\D+((?:[0-9A-F]{2}:){31}[0-9A-F]{2})", served.log)
    assert printed and fingerprint

    # What «go on nevertheless» does on the tablet, the first time.
    with urllib.request.urlopen(printed[0], context=ssl._create_unverified_context()) as answer:
        kind, data = answer.headers["Content-Type"], answer.read()

    assert (kind, data) == ("application/x-x509-ca-cert", authority.read_bytes())
    assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(data.decode())).hexdigest() == fingerprint[1].replace(":", "").lower()


def test_every_printed_address_of_the_till_answers(served: Server, authority: Path) -> None:
    printed = re.findall(r"https://\S+/till/", served.log)
    strict = ssl.create_default_context(cafile=str(authority))

    assert printed
    for address in printed:
        with urllib.request.urlopen(address, context=strict) as answer:
            assert (answer.status, b"<title>" in answer.read()) == (200, True)


def test_a_second_start_keeps_authority_and_certificate(served: Server, tmp_path: Path) -> None:
    shutil.copytree(served.folder, tmp_path / "data")
    again = Server(tmp_path / "data", free_ports(1)[0], host=ANYWHERE, is_tls=True)
    before = {path.name: path.read_bytes() for path in (tmp_path / "data/tls").iterdir()}
    try:
        again.start()
        assert {path.name: path.read_bytes() for path in (tmp_path / "data/tls").iterdir()} == before
    finally:
        again.kill()


def test_a_browser_that_does_not_trust_the_authority_does_not_open_the_till(driver: Playwright, served: Server, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    till = Till(driver, tmp_path / "profile", f"https://127.0.0.1:{served.port}", home=tmp_path / "home")
    try:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            till.open()
    finally:
        till.close()


def test_a_browser_that_trusts_it_has_a_till_that_sells_and_starts_without_its_server(
    driver: Playwright, served: Server, trusting: Path, new_shop: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    till = Till(driver, tmp_path / "profile", f"https://127.0.0.1:{served.port}", home=trusting)
    try:
        till.open()
        till.pair(new_shop[1]["C1"])
        till.enter(ROSA)
        till.open_shift(100_00)
        till.scan(COFFEE)
        till.pay_exact()
        till.all_sent()

        served.stop()
        till.close()
        till.open()
        till.enter(ROSA)
        till.scan(WATER)
        till.pay_exact()
        till.unsent(1)
        secure = "[isSecureContext, navigator.serviceWorker.controller?.scriptURL ?? null]"
        assert till.page.evaluate(secure) == [True, f"https://127.0.0.1:{served.port}/till/sw.js"]

        served.start()
        till.send_now()
        till.all_sent()
        assert Books(served.database).tickets() == {"C1A": [1, 2]}
    finally:
        till.close()


def test_over_plain_http_from_another_machine_the_till_says_so_on_one_clear_screen(
    driver: Playwright, new_shop: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    shutil.copytree(new_shop[0], tmp_path / "data")
    server = Server(tmp_path / "data", free_ports(1)[0])
    address = f"http://caja.test:{server.port}"  # to the browser, the address of another machine
    till = Till(driver, tmp_path / "profile", address, flags=["--host-resolver-rules=MAP caja.test 127.0.0.1"])
    try:
        server.start()
        till.open()
        expect(till.page.get_by_role("heading", name="Esta dirección no es segura")).to_be_visible()
        expect(till.page.get_by_text("mostrador run --tls")).to_be_visible()
        expect(till.page.get_by_text(f"Dirección abierta: {address}")).to_be_visible()
        assert till.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        assert till.page.get_by_role("button").count() == 1
    finally:
        till.close()
        server.kill()
