"""A local certificate authority, and a certificate for this machine's names and addresses.

Service workers and WebCrypto exist only in a secure context, so a tablet needs https. The authority is made once and kept in the
data folder; it may only vouch for private names and addresses and for this machine's own (name constraints), so trusting it on a
tablet gives nobody the web.
"""

import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mostrador.config.environment import data_dir
from mostrador.config.wording import say
from mostrador.kernel import clock

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 397  # browsers refuse longer ones
RENEW_DAYS = 30
PRIVATE = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10")
)
# Addresses kept for documentation: a datagram socket that is "connected" sends nothing, it only looks up the route.
FAR_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET, "198.51.100.1"), (socket.AF_INET6, "2001:db8::1"))
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def certificate() -> tuple[Path, Path]:
    """Return the files of certificate and key for this machine as it is now, made anew when a name is missing or time runs out."""
    folder = data_dir() / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    authority, authority_key = _authority(folder)
    wanted = _vouched(authority)
    path, key_path = folder / "server.pem", folder / "server.key"
    if not (path.exists() and key_path.exists() and _still_good(path, authority, wanted)):
        _issue(folder, (authority, authority_key), wanted)
    return path, key_path


def authority_file() -> Path:
    """Return the authority's certificate: the file that a tablet is told to trust."""
    return data_dir() / "tls" / "authority.crt"


def fingerprint() -> str:
    """Return the SHA-256 of the authority, in pairs, as devices show it before they trust it."""
    return _load(authority_file()).fingerprint(hashes.SHA256()).hex(":").upper()


def instructions(host: str, port: int) -> str:
    """Return what to type on the tablet and how to trust the authority there. `host`: where the server listens."""
    addresses = reachable(host)
    base = f"https://{_in_url(addresses[0]) if addresses else 'localhost'}:{port}"
    listed = "\n".join(f"  https://{_in_url(address)}:{port}/till/" for address in addresses) or f"  {base}/till/"
    return say(
        f"Caja por https, en la misma red:\n{listed}\nPara que la tableta confíe, abra ahí {base}/autoridad.crt (el aviso de esa primera "
        f"vez es normal) o llévele {authority_file()}.\n  Huella SHA-256, para comparar: {fingerprint()}\n"
        "  Android: Ajustes > Seguridad > Instalar certificado > CA. iPad: instale el perfil y actívelo en Ajustes > General > "
        "Información > Confianza de certificados.",
        f"Till over https, on the same network:\n{listed}\nTo make the tablet trust it, open {base}/autoridad.crt on it (the warning of "
        f"that first time is to be expected) or carry {authority_file()} to it.\n  SHA-256 fingerprint, to compare: {fingerprint()}\n"
        "  Android: Settings > Security > Install a certificate > CA. iPad: install the profile, then enable it under Settings > "
        "General > About > Certificate Trust Settings.",
    )


def reachable(host: str) -> list[Address]:
    """Return the addresses by which another device reaches a server that listens on `host`, if the authority vouches for them."""
    _, addresses = _vouched(_load(authority_file()))
    listens = _address(host)
    if listens is None or not listens.is_unspecified:
        return [one for one in addresses if one == listens and not one.is_loopback]
    open_to_all = [one for one in addresses if not (one.is_loopback or one.is_link_local) and one.version <= listens.version]
    return sorted(open_to_all, key=lambda one: (one.version, int(one)))


def _address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def machine_names() -> list[str]:
    """Return this machine's names: localhost, its host name, and that name under .local."""
    host = _host()
    return sorted({"localhost", host, f"{host}.local"})


def machine_addresses() -> list[Address]:
    """Return this machine's addresses, loopback included. Sends nothing: it asks which address a route would use."""
    found: set[Address] = {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")}
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None)
        found |= {ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in infos}
    except OSError:
        pass
    for family, far in FAR_AWAY:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 9))
                found.add(ipaddress.ip_address(str(probe.getsockname()[0]).split("%")[0]))
        except OSError:
            continue
    return sorted((address for address in found if not (address.is_unspecified or address.is_multicast)), key=str)


def _host() -> str:
    return socket.gethostname().lower().split(".")[0]


def _in_url(address: Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def _load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _vouched(authority: x509.Certificate) -> tuple[list[str], list[Address]]:
    """The machine's names and addresses for which the authority may vouch: one name beyond it and no device takes the certificate."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    domains = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    nets = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
    names = [name for name in machine_names() if any(name == domain or name.endswith(f".{domain}") for domain in domains)]
    addresses = [
        address
        for address in machine_addresses()
        if any(address in net for net in nets if isinstance(net, ipaddress.IPv4Network | ipaddress.IPv6Network))
    ]
    return names, addresses


def _still_good(path: Path, authority: x509.Certificate, wanted: tuple[list[str], list[Address]]) -> bool:
    current = _load(path)
    try:
        current.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    alternative = current.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = set(alternative.get_values_for_type(x509.DNSName)) >= set(wanted[0])
    covered = covered and set(alternative.get_values_for_type(x509.IPAddress)) >= set(wanted[1])
    return covered and current.not_valid_after_utc - clock.now() > dt.timedelta(days=RENEW_DAYS)


def _issue(folder: Path, authority: tuple[x509.Certificate, ec.EllipticCurvePrivateKey], wanted: tuple[list[str], list[Address]]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    alternative: list[x509.GeneralName] = [*(x509.DNSName(name) for name in wanted[0]), *(x509.IPAddress(one) for one in wanted[1])]
    built = (
        _builder(_name("Mostrador"), authority[0].subject, key.public_key(), CERTIFICATE_DAYS)
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority[1].public_key()), critical=False)
        .sign(authority[1], hashes.SHA256())
    )
    _write_key(folder / "server.key", key)
    (folder / "server.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, key_path = folder / "authority.crt", folder / "authority.key"
    if path.exists() and key_path.exists():
        loaded = serialization.load_pem_private_key(key_path.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return _load(path), loaded
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Mostrador {socket.gethostname()}")
    # An address of this machine that is not private (a public one, or one of a test network) is permitted alone, not its network.
    own = [ipaddress.ip_network(address) for address in machine_addresses() if not any(address in net for net in PRIVATE)]
    permitted: list[x509.GeneralName] = [
        *(x509.DNSName(domain) for domain in ("localhost", "local", _host())),
        *(x509.IPAddress(net) for net in (*PRIVATE, *own)),
    ]
    built = (
        _builder(name, name, key.public_key(), AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return built, key


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """What a key may do: strict verifiers (Python's since 3.13) refuse an authority that does not say it."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates, encipher_only=False, decipher_only=False,
    )  # fmt: skip


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
