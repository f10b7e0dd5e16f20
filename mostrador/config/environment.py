"""Every setting that the environment can give, in one table: `mostrador doctor --settings` prints it, docs/run/settings.md holds it."""

import contextlib
import errno
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mostrador.config.wording import fail

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, what happens without it, and what it is for, in both languages."""

    name: str
    default: str
    es: str
    en: str


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SETTINGS = (
    Setting("MOSTRADOR_ENV", "development", "`production` rechaza lo inseguro", "`production` refuses what is unsafe"),
    Setting("MOSTRADOR_DATA_DIR", "var", "carpeta de datos", "folder of data"),
    Setting(
        "MOSTRADOR_DATABASE_URL",
        "sqlite:///<data>/mostrador.sqlite3",
        "`sqlite:///ruta` o `postgresql://usuario:clave@host:puerto/base`",
        "`sqlite:///path` or `postgresql://user:password@host:port/name`",
    ),
    Setting("MOSTRADOR_SECRET_KEY", "<data>/secret.key", "firma sesiones y formularios", "signs sessions and forms"),
    Setting(
        "MOSTRADOR_PIN_KEY",
        "<data>/pin.key",
        "cifra en reposo los PIN y los códigos de cupones",
        "encrypts PINs and codes of coupons at rest",
    ),
    Setting("MOSTRADOR_PUBLIC_URL", "", "dirección pública de la página del comprador", "public address of the buyer's page"),
    Setting("MOSTRADOR_ALLOWED_HOSTS", "*", "nombres con los que se llama al servidor", "names by which the server is called"),
    Setting("MOSTRADOR_TLS", "", "`1`: las cookies solo viajan por https", "`1`: cookies travel by https only"),
    Setting(
        "MOSTRADOR_PROXY",
        "",
        "`1`: delante hay un proxy nuestro; sus `X-Forwarded-For` y `X-Forwarded-Proto` dicen quién llama y cómo",
        "`1`: a proxy of ours stands in front; its `X-Forwarded-For` and `X-Forwarded-Proto` say who calls and how",
    ),
    Setting(
        "MOSTRADOR_SMTP_URL",
        "",
        "servidor de correo: `smtps://usuario:clave@host:465` o `smtp+starttls://usuario:clave@host:587`; sin él no sale ningún correo",
        "mail server: `smtps://user:password@host:465` or `smtp+starttls://user:password@host:587`; without it no mail leaves",
    ),
    Setting(
        "MOSTRADOR_MAIL_FROM",
        "",
        "dirección desde la que salen los correos; si no, la del usuario del servidor de correo",
        "address that mails leave from; else that of the mail server's user",
    ),
    Setting(
        "MOSTRADOR_LANG",
        "",
        "idioma de la línea de comandos, `es` o `en`; si no, el del sistema",
        "language of the command line, `es` or `en`; else the system's",
    ),
    Setting("MOSTRADOR_WORKERS", "1", "procesos del servidor (solo PostgreSQL)", "server processes (PostgreSQL only)"),
    Setting("MOSTRADOR_LOG", "warning", "nivel del registro", "level of the log"),
)


def setting(name: str) -> str:
    """Return a setting as given, or its default; `<data>` stands for the data folder."""
    row = next(row for row in SETTINGS if row.name == name)
    return os.environ.get(name) or row.default


def level_of(name: str) -> str:
    """Return a level of the log as Python calls it. Refuses a word that is none."""
    if name.upper() not in LEVELS:
        raise fail(
            f"MOSTRADOR_LOG={name}: uno de {', '.join(LEVELS).lower()}.", f"MOSTRADOR_LOG={name}: one of {', '.join(LEVELS).lower()}."
        )
    return name.upper()


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address; empty for what is none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail leaves: `security` is "tls" from the first byte, "starttls", or "" for none. `sender`: the address that it leaves from."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


MAIL_SCHEMES = {"smtps": ("tls", 465), "smtp+starttls": ("starttls", 587), "smtp": ("", 25)}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def mail_server() -> MailServer | None:
    """Return how mail leaves, or None where nothing is said of it. Refuses an address that is none, and in production one that sends in the clear to another machine."""
    url = setting("MOSTRADOR_SMTP_URL")
    if not url:
        return None
    parts = urlsplit(url)
    sender = setting("MOSTRADOR_MAIL_FROM") or unquote(parts.username or "")
    try:
        (security, usual), host, port = MAIL_SCHEMES[parts.scheme], parts.hostname or "", parts.port
    except (KeyError, ValueError):
        host, security, usual, port = "", "", 0, None
    if not host:
        raise fail(
            "MOSTRADOR_SMTP_URL: smtps://usuario:clave@host:465 o smtp+starttls://usuario:clave@host:587",
            "MOSTRADOR_SMTP_URL: smtps://user:password@host:465 or smtp+starttls://user:password@host:587",
        )
    if "@" not in sender:
        raise fail(
            "MOSTRADOR_MAIL_FROM: falta la dirección desde la que salen los correos, por ejemplo caja@example.com",
            "MOSTRADOR_MAIL_FROM: the address that mails leave from is missing, e.g. till@example.com",
        )
    if is_production() and not security and host not in LOOPBACK:
        raise fail(
            "MOSTRADOR_SMTP_URL: en producción el correo va cifrado: smtps:// o smtp+starttls://",
            "MOSTRADOR_SMTP_URL: in production mail travels encrypted: smtps:// or smtp+starttls://",
        )
    return MailServer(host, port or usual, unquote(parts.username or ""), unquote(parts.password or ""), security, sender)


def is_production() -> bool:
    """Whether unsafe defaults are refused."""
    return setting("MOSTRADOR_ENV") == "production"


def data_dir() -> Path:
    """Return the folder of data, made if absent. Relative paths start at the project's root. Refuses one that cannot be written."""
    folder = ROOT / setting("MOSTRADOR_DATA_DIR")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise fail(
            f"No se puede escribir en la carpeta de datos {folder} ({error.strerror}). Dé permiso o elija otra: MOSTRADOR_DATA_DIR=/otra",
            f"The folder of data {folder} cannot be written ({error.strerror}). Give permission or choose another: MOSTRADOR_DATA_DIR=/other",
        ) from error
    return folder


def database_url() -> str:
    """Return the database's address with the data folder filled in."""
    return setting("MOSTRADOR_DATABASE_URL").replace("<data>", str(data_dir()))


def key(name: str, file: str) -> str:
    """Return a secret: from the environment, else from a file of the data folder, made once and readable by its owner only."""
    given = os.environ.get(name)
    if given:
        return given
    if is_production():
        raise SystemExit(
            f"{name}: falta en producción / missing in production. python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    path = data_dir() / file
    if not path.exists():
        partial = path.with_suffix(f".{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # of several processes that start at once, one wins and all read the same
            os.link(partial, path)
        partial.unlink()
    return path.read_text().strip()
