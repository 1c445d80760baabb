"""Settings shared by every environment. Values come from the environment; an odd value stops the start with a sentence."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .database import database

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()


def positive_integer(name: str, default: int) -> int:
    """Read a whole number above zero; raise ImproperlyConfigured naming the setting otherwise."""
    raw = env.str(name, default=str(default))
    if not raw.isascii() or not raw.isdigit() or int(raw) == 0:
        raise ImproperlyConfigured(f"{name} doit être un nombre entier positif, et vaut « {raw} ».")
    return int(raw)


def whole_number(name: str, default: int) -> int:
    """Read a whole number, zero included; raise ImproperlyConfigured naming the setting otherwise."""
    raw = env.str(name, default=str(default))
    if not raw.isascii() or not raw.isdigit():
        raise ImproperlyConfigured(f"{name} doit être un nombre entier, et vaut « {raw} ».")
    return int(raw)


def absolute_folder(name: str, default: Path) -> Path:
    """Read a folder; raise ImproperlyConfigured when it is relative (it would depend on where one starts the program)."""
    folder = Path(env.str(name, default=str(default)))
    if not folder.is_absolute():
        raise ImproperlyConfigured(f"{name} doit être un chemin absolu, et vaut « {folder} ».")
    return folder


def page_address(name: str, *, or_mail: bool = False) -> str:
    """Read the address of a page from the environment, or with `or_mail` one that opens a message; empty when there is none."""
    address: str = env.str(name, default="")
    schemes = ("https://", "http://", "mailto:") if or_mail else ("https://", "http://")
    if address and not address.startswith(schemes):
        kinds = "https:// ou mailto:" if or_mail else "https://"
        raise ImproperlyConfigured(f"{name} doit être une adresse {kinds} et vaut « {address} ».")
    return address


def mailbox(name: str, default: str) -> Address:
    """Read who messages leave from, as "Name <address>" or as an address alone; raise ImproperlyConfigured naming the setting."""
    raw = env.str(name, default=default)
    shown, address = parseaddr(raw)
    try:
        return Address(shown, addr_spec=address.encode("ascii").decode())
    except (ValueError, HeaderParseError, IndexError) as error:
        raise ImproperlyConfigured(f"{name} doit être une adresse e-mail (nom@exemple.fr), et vaut « {raw} ».") from error


PRODUCT_NAME = env.str("PRODUCT_NAME", default="Témoin")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "import_export",
    "template_partials",
    "qualiopi",
    "trainings",
    "evidence",
    # After ours, whose `db_worker` stands before theirs.
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qualiopi.web.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qualiopi.web.failures.WrongMethods",
    "qualiopi.organisations.middleware.PolicyMiddleware",
    "qualiopi.web.failures.StoppedProcesses",
    "qualiopi.web.failures.Vanished",
]

ROOT_URLCONF = "qualiopi.urls"
WSGI_APPLICATION = "qualiopi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qualiopi.web.context.product",
                "qualiopi.organisations.context.frame",
                "qualiopi.organisations.kept.shown",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "qualiopi.web.loading.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "qualiopi.web.templatetags.temoin",
            ],
        },
    }
]

# What is kept to be read again, and may be lost at any time: in each process its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES = {"default": database(default=f"sqlite:///{BASE_DIR / 'var' / 'temoin.sqlite3'}")}

AUTH_USER_MODEL = "qualiopi.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "qualiopi.accounts.adapter.ClosedSignUpAdapter"
ACCOUNT_FORMS = {
    "login": "qualiopi.accounts.forms.LoginForm",
    "reset_password": "qualiopi.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "qualiopi.accounts.forms.ResetPasswordKeyForm",
    "change_password": "qualiopi.accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = None
# Whoever chooses a password by a link from their mailbox is the owner: they need not type it twice more.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Tries are counted by qualiopi.accounts.verbs, which lets the owner in: the library's own limits would shut them out (ADR 106).
ACCOUNT_RATE_LIMITS = False
# An unknown address gets no mail: there is no sign-up to propose.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("en", _("anglais"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = absolute_folder("STATIC_ROOT", BASE_DIR / "var" / "static")
MEDIA_ROOT = absolute_folder("MEDIA_ROOT", BASE_DIR / "var" / "files")
# Files are never served from an address of their own: every download goes through a view that checks who asks.
MEDIA_URL = ""
# A file that came from outside is read in a process of its own: these functions are loaded there (qualiopi/sandbox). It gets so much
# memory, so many seconds of processor for a small file and for the largest, and at most so many are read at once by one server process.
PARSERS = ["qualiopi.files.inspection.look", "qualiopi.exchange.reading.book"]
PARSER_MEMORY_MB = positive_integer("PARSER_MEMORY_MB", 768)
PARSER_SECONDS = positive_integer("PARSER_SECONDS", 3)
PARSER_LONGEST_SECONDS = positive_integer("PARSER_LONGEST_SECONDS", 30)
PARSERS_AT_ONCE = positive_integer("PARSERS_AT_ONCE", 2)
UPLOAD_MAX_BYTES = positive_integer("UPLOAD_MAX_MB", 25) * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "qualiopi.files.uploads.TemporaryUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
# Where the product is reached: links in the messages that leave without anybody asking (a page knows its own address).
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# Where the source of the version served can be read: the licence (AGPL) asks it of whoever serves a changed version.
SOURCE_URL = page_address("SOURCE_URL")
# What whoever serves the product says of it elsewhere, at the foot of the pages; what has no address is not shown.
ACCESSIBILITY_URL = page_address("ACCESSIBILITY_URL")
HELP_URL = page_address("HELP_URL", or_mail=True)
LEGAL_URL = page_address("LEGAL_URL")
CONTACT_URL = page_address("CONTACT_URL", or_mail=True)
CHANGES_URL = page_address("CHANGES_URL")
# How many front servers stand before the program, each of which adds an address to X-Forwarded-For; 0: the header is not believed.
TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", 0)
SURVEY_LINK_DAYS = positive_integer("SURVEY_LINK_DAYS", 120)
DOCUMENT_LINK_DAYS = positive_integer("DOCUMENT_LINK_DAYS", 365)
SURVEY_MINIMUM_ANSWERS = positive_integer("SURVEY_MINIMUM_ANSWERS", 5)

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A mail server that does not answer holds nobody longer than this.
EMAIL_TIMEOUT = 20
# Every message leaves from this address, under the name of the organisation that writes, else of the product. Its domain is that of
# Message-ID.
SENDING_ADDRESS = mailbox("DEFAULT_FROM_EMAIL", default="ne-pas-repondre@temoin.example")
DEFAULT_FROM_EMAIL = str(SENDING_ADDRESS)
# The hour of the country, with its shift, rather than that of Greenwich.
EMAIL_USE_LOCALTIME = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What is made in the background: each tells which task makes it, and what nobody works at. Named here as strings, for other floors.
BACKGROUND_WORK = ["trainings.documents.tasks.left_behind", "evidence.packs.tasks.left_behind"]
# What the clock does on other floors at each round: given the moment, each tells in sentences what was done.
CLOCK_ROUNDS = ["evidence.closing.settling.close_awaited"]
# What nobody asks for, and that is better done before somebody waits for it: each tells its task, and the rows it is due for.
BACKGROUND_AHEAD = ["evidence.readiness.tasks.behind"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
IMPORT_EXPORT_USE_TRANSACTIONS = True

# Nothing in a page comes from elsewhere, nothing in it is written in the page itself.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qualiopi.organisations.middleware.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "temoin": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # It tells at each document which rules of our style sheets are for screens only.
        "weasyprint": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
    },
}
# Who reads which kind of table: the resources live on other floors, named here as strings.
IMPORT_RESOURCES = {
    "sessions": "trainings.imports.sessions.SessionResource",
    "enrolments": "trainings.imports.enrolments.EnrolmentResource",
    "survey_answers": "trainings.imports.answers.AnswerResource",
    "evidence_grid": "evidence.library.imports.EvidenceGridResource",
}
# What the search finds, in the order of its page: each room says what can be found of it.
SEARCH_KINDS = [
    "trainings.sessions.found.Trainees",
    "trainings.people.found.Trainers",
    "trainings.people.found.Companies",
    "trainings.people.found.Funders",
    "trainings.people.found.Subcontractors",
    "trainings.sessions.found.Sessions",
    "trainings.catalogue.found.Courses",
    "evidence.library.found.Pieces",
    "evidence.readiness.found.Indicators",
]
# What `import_table` brings in besides, with the verb of another page: not a table of columns to be understood, and no import to undo.
IMPORT_BY_PAGES = {"connections": "trainings.imports.connections.import_connections"}
