"""Django's settings, from the environment (config.environment)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import mostrador  # noqa: F401  # puts the mended SQLite in place before Django looks for one
from mostrador.config.environment import (
    ROOT,
    MailServer,
    data_dir,
    database_url,
    is_production,
    key,
    level_of,
    mail_server,
    origin_of,
    setting,
)

BASE_DIR = ROOT
DEBUG = False
SECRET_KEY = key("MOSTRADOR_SECRET_KEY", "secret.key")
PIN_KEY = key("MOSTRADOR_PIN_KEY", "pin.key")
PUBLIC_URL = setting("MOSTRADOR_PUBLIC_URL").rstrip("/")
ALLOWED_HOSTS = [name.strip() for name in setting("MOSTRADOR_ALLOWED_HOSTS").split(",") if name.strip()]
if is_production() and "*" in ALLOWED_HOSTS:
    raise SystemExit("MOSTRADOR_ALLOWED_HOSTS: en producción nombre los suyos / name yours in production, e.g. caja.example.com")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "mostrador.kernel",
    "mostrador.people",
    "mostrador.catalogue",
    "mostrador.stock",
    "mostrador.buyers",
    "mostrador.counter",
    "mostrador.trust",
    "mostrador.rights",
    "mostrador.sync",
    "mostrador.api",
    "mostrador.office",
    "mostrador.page",
]
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("mostrador.") or (ROOT / app.replace(".", "/") / "apps.py").exists()]

MIDDLEWARE = [
    # Before WhiteNoise, so that the till's own page carries the same headers.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "mostrador.config.middleware.common_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mostrador.config.middleware.for_people",
    # Here and not among PEOPLE_MIDDLEWARE: it acts in process_view, which Django calls only for what stands in this list.
    "django.middleware.csrf.CsrfViewMiddleware",
]
# Only for doors that people use: a till carries a token and needs neither session nor language.
PEOPLE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "mostrador.config.urls"
WSGI_APPLICATION = "mostrador.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Django's description of the database that an address names."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "mostrador.kernel.sqlite",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1000;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            # Our statements are short: compiling one took 90 ms each time the worker looked whether there was work.
            "OPTIONS": {"options": "-c jit=off -c plan_cache_mode=force_generic_plan"},
        }
    raise SystemExit(f"MOSTRADOR_DATABASE_URL: sqlite:/// o/or postgresql:// ({parts.scheme or url})")


def _mailer(server: MailServer) -> dict[str, Any]:
    """Django's description of the mail server; nobody waits long for one that does not answer."""
    options = {
        "host": server.host, "port": server.port, "username": server.user, "password": server.password,
        "use_ssl": server.security == "tls", "use_tls": server.security == "starttls", "timeout": 10,
    }  # fmt: skip
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


DATABASES = {"default": _database(database_url())}
# Without a mail server there is no mailer at all, and whoever would send says so.
MAILERS = {"default": _mailer(server)} if (server := mail_server()) else {}
MAIL_FROM = server.sender if server else ""
SILENCED_SYSTEM_CHECKS = ["mail.W001"]  # it misses the mailer that nobody asked for
AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = is_production() or setting("MOSTRADOR_TLS") == "1"
# A page served by https at our public address sends its forms from there, whatever the server itself is called inside.
CSRF_TRUSTED_ORIGINS = [origin] if (origin := origin_of(PUBLIC_URL)) else []
if setting("MOSTRADOR_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE.insert(0, "mostrador.config.middleware.behind_proxy")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOGIN_URL = "/entrar/"
LOGIN_REDIRECT_URL = "/"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build/static"
# Django's test server would serve the working folder for an empty MEDIA_URL.
MEDIA_URL = "/media/"
MEDIA_ROOT = data_dir() / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ROOT = BASE_DIR / "build/root" if Path(BASE_DIR / "build/root").exists() else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/till/assets/.*-[\w-]{8}\.\w+$"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CATALOGUE_DIR = data_dir() / "catalogue"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": level_of(setting("MOSTRADOR_LOG"))},
}
