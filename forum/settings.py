"""Settings, all from the environment; what is wrong stops at the door with a sentence.

One variable decides most: COUNTERPOINT_MODE is `development` (by hand), `demo` (make demo), `test` or
`production` (the default of the WSGI and ASGI entry points). README lists the others.
"""

from pathlib import Path
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from forum.accounts.settings import *  # noqa: F403  # each of them is a setting
from forum.log_settings import logging_to_stderr
from forum.mode import DEMO, MODE, PRODUCTION, env
from forum.mode import SITE_NAME as SITE_NAME  # noqa: PLC0414  # it is a setting, too

ROOT = Path(__file__).resolve().parent.parent
KEY_OF_THE_DEMO = "demo-key-for-the-loopback-only-and-worth-nothing-anywhere-else"

DEBUG = env.bool("COUNTERPOINT_DEBUG", default=MODE == "development")
SECRET_KEY = env.str("COUNTERPOINT_SECRET_KEY", default="" if PRODUCTION else KEY_OF_THE_DEMO)
# Keys that were used before: what they signed or encrypted still opens, and the names of members who left stay taken
# (forum/accounts/gone.py).
SECRET_KEY_FALLBACKS = env.list("COUNTERPOINT_SECRET_KEY_FALLBACKS", default=[])
# Outside production the site answers on this machine alone, whatever the key.
ALLOWED_HOSTS = env.list(
    "COUNTERPOINT_ALLOWED_HOSTS",
    default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"],
)
CSRF_TRUSTED_ORIGINS = env.list("COUNTERPOINT_TRUSTED_ORIGINS", default=[])

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured(
            "COUNTERPOINT_DEBUG is on in production: it shows settings to strangers. Turn it off."
        )
    if SECRET_KEY == KEY_OF_THE_DEMO or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "COUNTERPOINT_SECRET_KEY is missing, short or the demo's: set one of 50 characters or more, known to nobody else."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "COUNTERPOINT_ALLOWED_HOSTS is empty: name the hosts that this site answers for."
        )

# --- Applications -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "forum.accounts",
    "forum.moderation",
    "forum.following",
    "forum.bookmarks",
    "forum.notices",
    "forum.drafts",
    "forum.own_data",
    "debates",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.humanize",  # which allauth's lists of keys and sessions ask for
    "django_structlog",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # with random padding, so that lengths tell nothing of the page's secrets
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "debates.api.door.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.accounts.second_factor.SecondFactorMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "forum.drafts.middleware.DraftMiddleware",
    "debates.views.asking.refusal.RefusalMiddleware",
    "forum.notices.waiting.MentionsMiddleware",
]

ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forum.notices.context.site",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------------

_database_url = env.str(
    "COUNTERPOINT_DATABASE_URL",
    default=f"sqlite:///{ROOT / 'data' / ('demo.sqlite3' if DEMO else 'counterpoint.sqlite3')}",
)
try:
    _database = env.db_url_config(_database_url)
except (ImproperlyConfigured, ValueError) as error:
    raise ImproperlyConfigured(f"COUNTERPOINT_DATABASE_URL cannot be read: {error}.") from error

_engine = _database.get("ENGINE", "")  # none where the address names no kind of database
if _engine == "django.db.backends.sqlite3":
    if PRODUCTION and not env.bool("COUNTERPOINT_SQLITE_IN_PRODUCTION", default=False):
        raise ImproperlyConfigured(
            "Production on SQLite serves one writer at a time: set COUNTERPOINT_DATABASE_URL to a PostgreSQL address, "
            "or COUNTERPOINT_SQLITE_IN_PRODUCTION=1 if that is what you want."
        )
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Without an immediate transaction two writers meet half-way and one is told at once that the file is locked.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, not memory: threads of one test must see one database.
    _database["TEST"] = {"NAME": str(Path(_database["NAME"]).with_suffix(".test.sqlite3"))}
elif DEMO:
    raise ImproperlyConfigured(
        "The demo's members have public passwords, so it runs on a SQLite file of its own: "
        "unset COUNTERPOINT_DATABASE_URL."
    )
elif _engine == "django.db.backends.postgresql":
    _database["HOST"] = unquote(_database["HOST"])
    if MODE != "test":  # a pool would hold connections to test databases that are to be dropped
        _database["OPTIONS"] = {
            "pool": {"min_size": 1, "max_size": env.int("COUNTERPOINT_POOL_SIZE", default=8)}
        }
else:
    raise ImproperlyConfigured("COUNTERPOINT_DATABASE_URL must begin with postgres:// or sqlite:///.")
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Work after the answer ------------------------------------------------------------------------------------------

# References are set and sources looked up in tasks. A real site runs `manage.py db_worker` beside its server; by
# hand, in the demo and in tests each task runs at once, in the process that asked for it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if PRODUCTION
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}

# Whether the site may ask other sites about a DOI or an address. Off: nothing here calls out unless its keeper says so.
LOOK_UP = env.bool("COUNTERPOINT_LOOK_UP", default=False)
# What it tells them of itself; a good one has an address where its keeper can be reached.
LOOK_UP_AGENT = env.str("COUNTERPOINT_LOOK_UP_AGENT", default="Counterpoint")

# --- Counting ------------------------------------------------------------------------------------------------------

# Limits of attempts are counted in this cache. In production it is a folder, so that all processes of the machine
# count together; several machines share one by COUNTERPOINT_CACHE_URL (rediscache://, dbcache://…).
CACHES = {
    "default": env.cache_url(
        "COUNTERPOINT_CACHE_URL",
        default=f"filecache://{ROOT / 'data' / 'cache'}" if PRODUCTION else "locmemcache://",
    )
}

# --- The API --------------------------------------------------------------------------------------------------------

# Requests that one network address may send to /api/v1/ in so many seconds; 0 requests: no limit.
CONTACT = env.str("COUNTERPOINT_CONTACT", default="")  # where readers reach the site’s keeper
API_REQUESTS = env.int("COUNTERPOINT_API_REQUESTS", default=300)
API_WINDOW = env.int("COUNTERPOINT_API_WINDOW", default=60)
# They are counted in this file for all processes of the machine. It may be deleted at any time.
API_COUNTS = Path(env.str("COUNTERPOINT_API_COUNTS", default=str(ROOT / "data" / "api-counts.sqlite3")))
if API_REQUESTS < 0 or API_WINDOW < 1:
    raise ImproperlyConfigured(
        "COUNTERPOINT_API_REQUESTS must be 0 or more, and COUNTERPOINT_API_WINDOW 1 second or more."
    )
if MODE == "test":
    API_REQUESTS = 0

# --- Mail ---------------------------------------------------------------------------------------------------------

_mail = env.email_url(
    "COUNTERPOINT_EMAIL_URL", default="consolemail://" if not PRODUCTION else "smtp://localhost:25"
)
MAILERS = {"default": {"BACKEND": _mail["EMAIL_BACKEND"], "OPTIONS": {}}}
if "smtp" in _mail["EMAIL_BACKEND"]:
    MAILERS["default"]["OPTIONS"] = {
        "host": _mail["EMAIL_HOST"],
        "port": _mail["EMAIL_PORT"] or 25,
        "username": _mail["EMAIL_HOST_USER"] or "",
        "password": _mail["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": _mail.get("EMAIL_USE_TLS", False),
        "use_ssl": _mail.get("EMAIL_USE_SSL", False),
        "timeout": 10,
    }
DEFAULT_FROM_EMAIL = env.str("COUNTERPOINT_FROM_EMAIL", default="Counterpoint <forum@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where letters lead: they are written outside any request.
SITE_ADDRESS: str = env.str(
    "COUNTERPOINT_ADDRESS",
    default=f"https://{ALLOWED_HOSTS[0].removeprefix('.')}" if PRODUCTION else "http://127.0.0.1:8000",
).rstrip("/")

# --- Language, time, files ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
FORMAT_MODULE_PATH = ["forum.formats"]
LOCALE_PATHS = [ROOT / "forum" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("COUNTERPOINT_TIME_ZONE", default="UTC")

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("COUNTERPOINT_STATIC_ROOT", default=str(ROOT / "data" / "static")))
STATICFILES_DIRS = [ROOT / "forum" / "static"]
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
else:
    WHITENOISE_USE_FINDERS = True
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks there all the same
    WHITENOISE_AUTOREFRESH = DEBUG

# --- Safety -------------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *ISSUER_ORIGINS],  # noqa: F405  # of the settings about people
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie beside the two
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "forum.pages.form_expired"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000  # a pasted book in Cyrillic, URL-encoded
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("COUNTERPOINT_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("COUNTERPOINT_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without TLS
    if env.bool("COUNTERPOINT_BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1  # or all who sign in would share the proxy's limit

# --- Logs ---------------------------------------------------------------------------------------------------------

LOGGING = logging_to_stderr(
    json=PRODUCTION, level=env.str("COUNTERPOINT_LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")
)

# --- Moderation ----------------------------------------------------------------------------------------------------

# Whether the public log says who acted by name, or only that a moderator did.
LOG_SIGNED = env.str("COUNTERPOINT_LOG_SIGNED", default="name")
if LOG_SIGNED not in ("name", "role"):
    raise ImproperlyConfigured(f"COUNTERPOINT_LOG_SIGNED is “{LOG_SIGNED}”; it must be name or role.")

# --- Tags ---------------------------------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
