"""A local certificate authority, and a certificate for this machine's names and addresses.

Service workers and WebCrypto exist only in a secure context, so a tablet needs https. The authority is made once and kept in the
data folder; it may only vouch for private names and addresses (name constraints), so trusting it on a tablet gives nobody the web.
"""

import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mostrador.config.environment import data_dir
from mostrador.config.wording import say
from mostrador.kernel import clock

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 397  # browsers refuse longer ones
RENEW_DAYS = 30
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def certificate() -> tuple[Path, Path]:
    """Return the files of certificate and key for this machine as it is now, made anew when a name is missing or time runs out."""
    folder = data_dir() / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    names, addresses = machine_names(), machine_addresses()
    path, key_path = folder / "server.pem", folder / "server.key"
    if not (path.exists() and key_path.exists() and _still_good(path, names, addresses)):
        _issue(folder, names, addresses)
    return path, key_path


def authority_file() -> Path:
    """Return the authority's certificate: the file that a tablet is told to trust."""
    return data_dir() / "tls" / "authority.crt"


def instructions(port: int) -> str:
    """Return what to type on the tablet and how to trust the authority there."""
    addresses = [f"https://{address}:{port}/till/" for address in machine_addresses() if not address.is_loopback]
    listed = "\n".join(f"  {address}" for address in addresses) or f"  https://localhost:{port}/till/"
    trust = f"/autoridad.crt ({authority_file()})"
    return say(
        f"Caja por https, en la misma red:\n{listed}\nPara que la tableta confíe: abra {trust}.\n"
        "  Android: Ajustes > Seguridad > Instalar certificado > CA. iPad: instale el perfil y actívelo en Ajustes > General > "
        "Información > Confianza de certificados.",
        f"Till over https, on the same network:\n{listed}\nTo make the tablet trust it: open {trust}.\n"
        "  Android: Settings > Security > Install a certificate > CA. iPad: install the profile, then enable it under Settings > "
        "General > About > Certificate Trust Settings.",
    )


def machine_names() -> list[str]:
    """Return this machine's names: localhost, its host name, and that name under .local."""
    host = socket.gethostname().lower().split(".")[0]
    return sorted({"localhost", host, f"{host}.local"})


def machine_addresses() -> list[Address]:
    """Return this machine's private addresses, loopback included. Sends nothing: it asks which address a route would use."""
    found: set[Address] = {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")}
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None)
        found |= {ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in infos}
    except OSError:
        pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1: a datagram socket only looks up the route
            found.add(ipaddress.ip_address(probe.getsockname()[0]))
        except OSError:
            pass
    return sorted((address for address in found if address.is_private or address.is_loopback), key=str)


def _still_good(path: Path, names: list[str], addresses: list[Address]) -> bool:
    current = x509.load_pem_x509_certificate(path.read_bytes())
    alternative = current.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = set(alternative.get_values_for_type(x509.DNSName)) >= set(names)
    covered = covered and set(alternative.get_values_for_type(x509.IPAddress)) >= set(addresses)
    return covered and current.not_valid_after_utc - clock.now() > dt.timedelta(days=RENEW_DAYS)


def _issue(folder: Path, names: list[str], addresses: list[Address]) -> None:
    authority, authority_key = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    alternative: list[x509.GeneralName] = [*(x509.DNSName(name) for name in names), *(x509.IPAddress(address) for address in addresses)]
    built = (
        _builder(_name("Mostrador"), authority.subject, key.public_key(), CERTIFICATE_DAYS)
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write_key(folder / "server.key", key)
    (folder / "server.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, key_path = folder / "authority.crt", folder / "authority.key"
    if path.exists() and key_path.exists():
        loaded = serialization.load_pem_private_key(key_path.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(path.read_bytes()), loaded
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Mostrador {socket.gethostname()}")
    private: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.DNSName("local"),
        x509.DNSName(socket.gethostname().lower().split(".")[0]),
        *(
            x509.IPAddress(ipaddress.ip_network(net))
            for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
        ),
        *(x509.IPAddress(ipaddress.ip_network(net)) for net in ("::1/128", "fc00::/7", "fe80::/10")),
    ]
    built = (
        _builder(name, name, key.public_key(), AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=private, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return built, key


def _builder(subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, days: int) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:60])])


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
