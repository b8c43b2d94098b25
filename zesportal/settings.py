"""All settings: first those from the environment, then what follows from them.

`.env.example` explains every variable. Without any, this is the demo on a developer's machine.
"""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from accounts import site_languages
from zesportal import embedded_postgresql, env, headers, login_brokers, logs, stores
from zesportal.schedule import SCHEDULE

django_stubs_ext.monkeypatch()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- From the environment -------------------------------------------------------------------------

PRODUCTION = env.flag("PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=not PRODUCTION)  # demo logins, an invented vehicle register, no TOTP required
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
DATABASE_URL = env.text("DATABASE_URL")
DATABASE_POOL_SIZE = env.number("DATABASE_POOL_SIZE", 0)  # connections shared by the threads of a process
DATABASE_PATIENCE_SECONDS = env.number("DATABASE_PATIENCE_SECONDS", 0)  # 0: commands have no statement timeout
REDIS_URL = env.text("REDIS_URL")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "mailto:security@example.org")  # in /.well-known/security.txt
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
STATIC_COLLECTED = env.flag("STATIC_COLLECTED", default=PRODUCTION)  # compressed, and named by a hash of their contents
THEME_CLASS = env.text("THEME_CLASS", "voorbeeld-theme")  # the theme's own class, on the root element of each page
THEME_CSS = env.text("THEME_CSS", "tokens/theme.css")  # its design tokens; THEME_DIR is served under theme/
THEME_DIR = env.text("THEME_DIR")
THEME_LOGO = env.text("THEME_LOGO", "loket/loket.svg")  # a square SVG, on pages and letters
THEME_COLOUR = env.read_colour("THEME_COLOUR", "#005f58")  # of lines in letters, and of the installed app; #rrggbb
THEME_COLOUR_DARK = env.read_colour("THEME_COLOUR_DARK", "#0b3b36")  # around the page in dark mode
THEME_ICONS = env.text("THEME_ICONS", "loket/icon")  # the path that the names of the app icons begin with
REGISTER_URL = env.text("REGISTER_URL", "demo:" if DEMO else "https://opendata.rdw.nl/resource")
REGISTER_TOKEN = env.text("REGISTER_TOKEN")
ADDRESS_SEARCH_URL = env.text(
    "ADDRESS_SEARCH_URL", "demo:" if DEMO else "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
)
TRADE_REGISTER_URL = env.text("TRADE_REGISTER_URL", "demo:" if DEMO else "")  # empty: details are typed
TRADE_REGISTER_KEY = env.text("TRADE_REGISTER_KEY")
TRADE_REGISTER_CA = env.text("TRADE_REGISTER_CA")  # a PEM file with the root of its certificate
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "demo:" if DEMO else "")  # empty: no text messages
SMS_GATEWAY_TOKEN = env.text("SMS_GATEWAY_TOKEN")  # the value of the Authorization header, including the scheme
SMS_SENDER = env.text("SMS_SENDER", "Loket")  # at most eleven letters and digits, or a number
ZONE_MAP_TILES = env.text("ZONE_MAP_TILES")  # a PMTiles file with streets; empty: water, borders and cities only
ZONE_MAP_ATTRIBUTION = env.text("ZONE_MAP_ATTRIBUTION")  # the attribution that its licence requires on the map
EMAIL_HOST = env.text("EMAIL_HOST")
CLAMAV_HOST = env.text("CLAMAV_HOST")
MAILBOX_URL = env.text("MAILBOX_URL")  # imaps://user:password@host/INBOX; empty: no mail is read
MAILBOX_ADDRESS = env.text("MAILBOX_ADDRESS")  # where people write to, if not the user of MAILBOX_URL
COUNT_VISITS = env.flag("COUNT_VISITS", default=True)
PAGES_KEPT_S = env.number("PAGES_KEPT_S", 0 if DEBUG else 60)  # of pages for anonymous visitors; 0: not cached
S3_BUCKET = env.text("S3_BUCKET")
SECRET_KEY = env.text(
    "SECRET_KEY",
    "" if PRODUCTION else "only-for-a-demo-on-your-own-machine-" + "x" * 30,
)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # earlier keys: they still decrypt, but no longer encrypt
PLATE_DIGEST_KEY = env.text("PLATE_DIGEST_KEY") or SECRET_KEY  # for plates in enforcement queries
LIST_SIGNING_KEY = env.text("LIST_SIGNING_KEY")  # RSA in PEM; the demo generates one under VAR_DIR
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")

if PRODUCTION and not (SECRET_KEY and DATABASE_URL and REDIS_URL and EMAIL_HOST and ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "In production SECRET_KEY, DATABASE_URL, REDIS_URL, EMAIL_HOST and ALLOWED_HOSTS must be set; see .env.example"
    )

# --- Apps ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "zesportal.apps.ZesportalConfig",
    "helpdesk.apps.HelpdeskConfig",
    "reporting.apps.ReportingConfig",
    "renewals.apps.RenewalsConfig",
    "watches.apps.WatchesConfig",
    "objections.apps.ObjectionsConfig",
    "correspondence.apps.CorrespondenceConfig",
    "enforcement.apps.EnforcementConfig",
    "complaints.apps.ComplaintsConfig",
    "exemptions.apps.ExemptionsConfig",
    "casework.apps.CaseworkConfig",
    "zones.apps.ZonesConfig",
    "accounts.apps.AccountsConfig",
    "zesportal.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "zesportal.apps.StaticConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_fsm",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "drf_spectacular",
    "health_check",
    "rest_framework",
]
if DEMO and (BASE_DIR / "demo").is_dir():  # the production image has no demo
    INSTALLED_APPS = ["demo.apps.DemoConfig", *INSTALLED_APPS]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "zesportal.languages.LanguageMiddleware",
    "casework.current_policy.PolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "accounts.middleware.IdleMiddleware",
    "accounts.middleware.StaffMfaMiddleware",
    "zesportal.headers.ApiHeadersMiddleware",
    "zesportal.errors.AddressMiddleware",
    "zesportal.errors.ConflictMiddleware",
    "helpdesk.visits.CountingMiddleware",
    "zesportal.request_log.RouteMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    "zesportal.page_cache.PageCacheMiddleware",  # last: a cached page is counted and logged like any other
]

ROOT_URLCONF = "zesportal.urls"
REFERENCE_ANSWERS_KEPT = 1000  # of casework.reference_cache: a worker with more forgets all, so that memory stays flat
WIRING = "zesportal.wiring"  # names what the apps add to what all cases share
WSGI_APPLICATION = "zesportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zesportal.context.describe_site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "zesportal.languages.SpokenMessages"

# --- Data ------------------------------------------------------------------------------------------

DATABASES = {
    "default": stores.build_database(
        DATABASE_URL or embedded_postgresql.database_url(VAR_DIR / "postgres"),
        pool_size=DATABASE_POOL_SIZE,
        patience_s=DATABASE_PATIENCE_SECONDS,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": stores.build_cache(REDIS_URL, VAR_DIR / "cache"),
    "pages": stores.build_page_cache(REDIS_URL, VAR_DIR / "cache" / "pages"),
}

MEDIA_ROOT = VAR_DIR / "documents"
LEARNT_DIR = VAR_DIR / "learnt"  # the trained assistant; trained again if missing
FILE_UPLOAD_PERMISSIONS = 0o600
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("utrecht", BASE_DIR / "node_modules/@utrecht/component-library-css/dist"),
    ("tokens", BASE_DIR / "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("maplibre", BASE_DIR / "node_modules/maplibre-gl/dist"),
    ("pmtiles", BASE_DIR / "node_modules/pmtiles/dist"),
    *([("theme", Path(THEME_DIR))] if THEME_DIR else []),
]
STORAGES = {
    "default": (
        {"BACKEND": "casework.storage.ObjectStorage", "OPTIONS": {"bucket_name": S3_BUCKET, "default_acl": "private"}}
        if S3_BUCKET
        else {"BACKEND": "casework.storage.DiskStorage"}
    ),
    "staticfiles": {
        "BACKEND": "zesportal.static_storage.StaticStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # no page links to the others, and compressing each takes time

BACKUP_DIR = env.text("BACKUP_DIR", str(VAR_DIR / "backups"))
BACKUP_DAYS = env.number("BACKUP_DAYS", 35)  # older backups are deleted, except the last one
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS")  # public keys; the secret key is kept elsewhere

# --- Uploads: stated on the page, checked on the server ----------------------------------------------

UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- People and login --------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RightsBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_applications"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # once, because it can be shown while typing
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # seconds, as the pages say
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner is mailed about a changed password or second factor
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before changing how to log in, users log in again
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds that this remains valid
MFA_ADAPTER = "accounts.cipher.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # browsers trust localhost
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": login_brokers.list_apps()}}
IDP_OIDC_ADAPTER = "enforcement.provider.ProviderAdapter"
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60  # seconds; programs request a new token with their secret
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
STAFF_IDLE = timedelta(minutes=30)  # users with permissions log in again after this long without activity
STAFF_MFA_REQUIRED = not DEMO

# --- Mail and clock ----------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Centraal Loket <loket@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
SMS_FILE_PATH = VAR_DIR / "sms"  # of the demo's SMS gateway
EMAIL_PORT = env.number("EMAIL_PORT", 587 if PRODUCTION else 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=PRODUCTION)
EMAIL_TIMEOUT = 10

CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = stores.build_broker(REDIS_URL, VAR_DIR)
CELERY_BROKER_TRANSPORT = f"zesportal.queue_connection:{'Transport' if REDIS_URL else 'FileTransport'}"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULER = "zesportal.clock.ForgivingScheduler"

# --- Language and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = site_languages.list_choices()
FORMAT_MODULE_PATH = "zesportal.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Security ----------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows a document beside its case
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []
CSRF_FAILURE_VIEW = "zesportal.errors.csrf_failure"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count the address that the proxy saw, not the proxy's own
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezondheid", r"^metrics$"]  # requested internally, not through the proxy
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = headers.build_content_security_policy(form_targets=login_brokers.list_addresses())

# --- API ---------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["zesportal.api_parser.SturdyJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min"},
    "EXCEPTION_HANDLER": "zesportal.errors.problem_json",
    "NUM_PROXIES": 1 if PRODUCTION else 0,  # rate limits count visitors, not the proxy
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Centraal Loket API",
    "VERSION": headers.VERSION,
    "CONTACT": {"name": "Centraal Loket", "url": SITE_URL},
    "SERVERS": [{"url": SITE_URL}],
    "SERVE_INCLUDE_SCHEMA": False,
}

# --- Logs: one line per action, without plates or secrets -------------------------------------------

LOGGING = logs.LOGGING
logs.configure_logging()
