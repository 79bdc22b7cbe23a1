"""Settings: everything that differs between places comes from the environment.

Every variable begins with ``EVENHAND_`` and is listed in docs/how-to/settings.md. With none set,
Evenhand runs embedded: SQLite under ``EVENHAND_DATA``, one process, no secret worth stealing, and
only on this machine. ``EVENHAND_PRODUCTION=1`` turns on the checks of ``config.guard``.
"""

from __future__ import annotations

import os
from pathlib import Path

from evenhand.config import databases, guard

PROJECT = Path(__file__).resolve().parent.parent


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


def _names(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


PRODUCTION = _flag("EVENHAND_PRODUCTION")
DEMO = _flag("EVENHAND_DEMO")
DEBUG = _flag("EVENHAND_DEBUG")
AUTHORITY = os.environ.get("EVENHAND_AUTHORITY", "Islehaven")
DATA = databases.data_folder()
SECRET_KEY = os.environ.get("EVENHAND_SECRET_KEY", guard.DEMO_SECRET)
SEAL_KEY = os.environ.get("EVENHAND_SEAL_KEY", guard.DEMO_SECRET)
COLUMN_KEYS = os.environ.get("EVENHAND_COLUMN_KEYS", guard.DEMO_COLUMN_KEYS)
BACKUP_KEY = os.environ.get("EVENHAND_BACKUP_KEY", "")
KEY_FILE = Path(os.environ["EVENHAND_KEY_FILE"]) if os.environ.get("EVENHAND_KEY_FILE") else None
ALLOWED_HOSTS = _names("EVENHAND_ALLOWED_HOSTS") or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = _names("EVENHAND_TRUSTED_ORIGINS")
METRICS_TOKEN = os.environ.get("EVENHAND_METRICS_TOKEN", "")
ONE_DATABASE_USER = _flag("EVENHAND_ONE_DATABASE_USER")
WITNESS = os.environ.get("EVENHAND_WITNESS", "")
INBOX = Path(os.environ["EVENHAND_INBOX"]) if os.environ.get("EVENHAND_INBOX") else None
CASE_SYSTEM_URL = os.environ.get("EVENHAND_CASE_SYSTEM_URL", "")
ADOPTED_PACK = os.environ.get("EVENHAND_PACK", "islehaven")

guard.refuse_unsafe(
    production=PRODUCTION,
    secret=SECRET_KEY,
    seal_key=SEAL_KEY,
    column_keys="" if KEY_FILE else COLUMN_KEYS,
    debug=DEBUG,
    demo=DEMO,
    allowed_hosts=ALLOWED_HOSTS,
)

INSTALLED_APPS = [
    "evenhand.design",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "rules",
    "evenhand.submissions",
    "evenhand.secrecy",
    "evenhand.history",
    "evenhand.accounts",
    "evenhand.sources",
    "evenhand.facts",
    "evenhand.people",
    "evenhand.work",
    "evenhand.standards",
    "evenhand.casework",
    "evenhand.recording",
    "evenhand.eligibility",
    "evenhand.workforce",
    "evenhand.audits",
    "evenhand.transitions",
    "evenhand.leaving_care",
    "evenhand.promises",
    "evenhand.records",
    "evenhand.retention",
    "evenhand.feedback",
    "evenhand.performance",
    "evenhand.case_files",
    "evenhand.equality",
    "evenhand.monitoring",
    "evenhand.imports",
    "evenhand.publications",
    "evenhand.pages",
]
MIDDLEWARE = [
    "evenhand.config.measuring.measured",
    "evenhand.config.headers.guarded",
    "evenhand.config.addresses.seen_by_the_proxy",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evenhand.accounts.middleware.EndedSessions",
    "evenhand.config.faults.spoken",
    "evenhand.config.limits.limited",
    "evenhand.accounts.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "evenhand.accounts.middleware.WordsKept",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "evenhand.submissions.middleware.Once",
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
]
ROOT_URLCONF = "evenhand.config.urls"
WSGI_APPLICATION = "evenhand.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "evenhand.design.context.shell",
            ],
            "builtins": [
                "evenhand.design.templatetags.design",
                "evenhand.submissions.templatetags.once",
            ],
        },
    }
]
FORM_RENDERER = "evenhand.design.forms.EvenhandFormRenderer"

DATABASES = databases.from_environment(DATA)
DATABASE_ROUTERS = ["evenhand.config.databases.ViewLogRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "pages:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "evenhand.accounts.passwords.OwnWordsValidator"},
    {"NAME": "evenhand.accounts.passwords.LongestValidator"},
]
SECOND_STEP_BY_ROLE = PRODUCTION or (
    not DEMO and os.environ.get("EVENHAND_SECOND_STEP", "") != "optional"
)
TRIES_BY_USER = int(os.environ.get("EVENHAND_TRIES_BY_USER", "6"))
TRIES_BY_ADDRESS = int(os.environ.get("EVENHAND_TRIES_BY_ADDRESS", "60"))
PAUSE_MINUTES = int(os.environ.get("EVENHAND_PAUSE_MINUTES", "15"))
PASSWORD_RESET_TIMEOUT = int(os.environ.get("EVENHAND_LINK_HOURS", "24")) * 3600
OIDC_ISSUER = os.environ.get("EVENHAND_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("EVENHAND_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("EVENHAND_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("EVENHAND_OIDC_NAME", "your work account")
OIDC_GROUPS = os.environ.get("EVENHAND_OIDC_GROUPS", "groups.yaml")
OIDC_GROUPS_CLAIM = os.environ.get("EVENHAND_OIDC_GROUPS_CLAIM", "groups")
OIDC_BY_EMAIL = _flag("EVENHAND_OIDC_BY_EMAIL")
EMAIL_HOST = os.environ.get("EVENHAND_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EVENHAND_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EVENHAND_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EVENHAND_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("EVENHAND_EMAIL_TLS", "1")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EVENHAND_EMAIL_FROM", "evenhand@localhost")
DESIGN_SHELL = "evenhand.pages.shell.shell_for"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # straight from the packages: nothing to collect
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA / "files"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "upgrade-insecure-requests": PRODUCTION,
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = _flag("EVENHAND_BEHIND_PROXY")
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]  # asked for on this machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_FAILURE_VIEW = "evenhand.config.faults.wrong_token"
# Ten million letters pasted into one answer come back with a sentence; far more is not read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024**2
# A minute's requests of one person, or of one machine that is not signed in.
LIMIT_SENT = int(os.environ.get("EVENHAND_LIMIT_SENT", "120"))
LIMIT_SEARCHES = int(os.environ.get("EVENHAND_LIMIT_SEARCHES", "30"))
LIMIT_FILES = int(os.environ.get("EVENHAND_LIMIT_FILES", "30"))
SESSION_ENGINE = "evenhand.accounts.sessions"
QUIET_MINUTES = int(os.environ.get("EVENHAND_QUIET_MINUTES", "60"))
LONGEST_HOURS = int(os.environ.get("EVENHAND_LONGEST_HOURS", "10"))
KEPT_MINUTES = int(os.environ.get("EVENHAND_KEPT_MINUTES", "60"))
SESSION_COOKIE_AGE = 60 * 60 * LONGEST_HOURS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

REACTIONS = "evenhand.config.reactions.REACTIONS"
TOLD_IN_BUNDLES = "evenhand.config.bundles.TOLD"
MEASURES = "evenhand.config.measures.MEASURES"
BESIDE_SLOTS = "evenhand.config.beside.BESIDE"
AUDITED_ELSEWHERE = "evenhand.config.audited.ELSEWHERE"
DECIDED_ELSEWHERE = "evenhand.config.audited.decisions"
AUDITED_GROUPS = "evenhand.monitoring.queries.audited.groups_of"
IDENTITY_ELSEWHERE = "evenhand.config.measures.OF_IDENTITY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "evenhand.config.logs.WithoutWords",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"route_only": {"()": "evenhand.config.logs.RouteOnly"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["route_only"],
        }
    },
    "loggers": {
        "django": {"handlers": []},  # nothing is e-mailed
        "django.db.backends": {"level": "WARNING"},  # statements hold what was typed
    },
    "root": {"handlers": ["console"], "level": os.environ.get("EVENHAND_LOG_LEVEL", "WARNING")},
}
