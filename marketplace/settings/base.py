"""Settings fit for production: everything that differs between machines is read from the environment.

A missing secret stops the boot. `local.py` and `test.py` hold differences only.
"""

import logging
import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import logs
from marketplace.settings.clock import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]


def required(name: str) -> str:
    """Read a setting that has no safe default."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see .env.example).")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Read a yes or no."""
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


SITE_NAME = os.environ.get("SITE_NAME", "Jalon")
SITE_URL = required("SITE_URL").rstrip("/")
"""Where people reach the site: links in mail and the addresses given to the payment gateway start with it."""

ENVIRONMENT_NAME = os.environ.get("ENVIRONMENT_NAME", "")
"""Shown as a ribbon in the administration, so that nobody takes a rehearsal for the real site. Empty in production."""

OPERATOR = {
    "name": os.environ.get("OPERATOR_NAME", SITE_NAME),
    "form": os.environ.get("OPERATOR_FORM", ""),
    "address": os.environ.get("OPERATOR_ADDRESS", ""),
    "registration": os.environ.get("OPERATOR_REGISTRATION", ""),
    "vat": os.environ.get("OPERATOR_VAT", ""),
    "director": os.environ.get("OPERATOR_DIRECTOR", ""),
    "email": os.environ.get("OPERATOR_EMAIL", ""),
    "phone": os.environ.get("OPERATOR_PHONE", ""),
}
"""Who runs the site, as the legal pages say it (law of 21 June 2004 on confidence in the digital economy, art. 6)."""
HOSTING = os.environ.get("HOSTING", "")
CONSUMER_MEDIATOR = os.environ.get("CONSUMER_MEDIATOR", "")
PRIVACY_CONTACT = os.environ.get("PRIVACY_CONTACT", "")

DEBUG = False
LOCAL_MODE = False
"""True only on a developer's machine: demo accounts on the sign-in page, `/_ui/`, the mail reader."""

SECRET_KEY = required("SECRET_KEY")
SEALING_KEYS = [key.strip() for key in required("SEALING_KEYS").split(",")]
"""Fernet keys for what is stored unreadable (see `marketplace.kernel.sealing`): the first seals, all of them unseal."""
ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "marketplace",
    "accounts",
    "messaging",
    "offers",
    "payments",
    "orders",
    "disputes",
    "missions",
    "marketplace.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
]

MIDDLEWARE = [
    "marketplace.kernel.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "marketplace.middleware.BrowserPermissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.staff.seeing.Seeing",
    "marketplace.middleware.StaffSecondFactor",
    "marketplace.middleware.StaffAudit",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "marketplace.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context.site",
            ],
        },
    }
]
FORM_RENDERER = "marketplace.kernel.forms.FormRenderer"

DATABASES = {
    "default": dj_database_url.parse(required("DATABASE_URL"), conn_max_age=60, conn_health_checks=True)
}
if os.environ.get("REPLICA_URL"):  # a copy that follows the first, for public pages
    DATABASES["replica"] = dj_database_url.parse(
        os.environ["REPLICA_URL"], conn_max_age=60, conn_health_checks=True
    )
    DATABASE_ROUTERS = ["marketplace.kernel.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
"""`redis://host:port/db` or `unix:///path?db=N`."""
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validators.MixedCharactersValidator"},
]
PEOPLE_NOTIFIER = "messaging.actions.notify"
"""Who carries what accounts has to tell people: accounts lies below the app that writes to them."""
TEXTS_IN_FORCE = "messaging.pages.wording"
"""Who knows the terms and the information on data that people agree to: number and words, by page and language."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.signup.SignupForm"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_FORMS = {
    "login": "accounts.entrance_forms.LoginForm",
    "signup": "accounts.entrance_forms.SignupForm",
    "reset_password": "accounts.entrance_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance_forms.ResetPasswordKeyForm",
    "set_password": "accounts.entrance_forms.SetPasswordForm",
    "change_password": "accounts.entrance_forms.ChangePasswordForm",
    "reauthenticate": "accounts.entrance_forms.ReauthenticateForm",
    "add_email": "accounts.entrance_forms.AddEmailForm",
    "confirm_email_verification_code": "accounts.entrance_forms.ConfirmEmailForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
"""The library offers it to new addresses only, which would tell them from known ones: one starts again instead."""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
"""Seconds. Bank details, withdrawals and second factors ask again who is there after this long."""
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.second_factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.second_factor_forms.RenamePasskeyForm",
}
STAFF_SECOND_FACTOR = flag("STAFF_SECOND_FACTOR", default=True)
"""Whether the administration opens only to staff who have a second factor."""
USERSESSIONS_TRACK_ACTIVITY = False
"""A session is noted when it begins: noting every request would be a write a page."""
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
"""How many proxies stand in front: wrong, and rate limits see one visitor or a forged one."""

# Languages

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["marketplace.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True

# Files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
MEDIA_URL = "media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "media"))
PRIVATE_MEDIA_ROOT = Path(os.environ.get("PRIVATE_MEDIA_ROOT", BASE_DIR / "private"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "marketplace.kernel.storage.PrivateStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "file_permissions_mode": 0o600},
    },
    "einvoicing": {
        "BACKEND": "marketplace.kernel.storage.PrivateStorage",
        "OPTIONS": {
            "location": os.environ.get("EINVOICING_FOLDER", str(PRIVATE_MEDIA_ROOT / "einvoicing")),
            "file_permissions_mode": 0o640,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_BACKEND = os.environ.get("FILES_BACKEND", "disk")
"""`disk`, or `s3`: then files lie in two buckets of a service that speaks S3, and web processes keep none."""
S3_MEDIA_URL = os.environ.get("S3_MEDIA_URL", "").rstrip("/")
"""Where browsers reach the bucket of public pictures, when it is not its own address."""
if FILES_BACKEND == "s3":
    _s3 = {
        "endpoint_url": os.environ.get("S3_ENDPOINT_URL") or None,
        "region_name": os.environ.get("S3_REGION") or None,
        "access_key": required("S3_ACCESS_KEY"),
        "secret_key": required("S3_SECRET_KEY"),
        "default_acl": None,
        "file_overwrite": False,
        "signature_version": "s3v4",
    }
    STORAGES |= {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **_s3,
                "bucket_name": required("S3_MEDIA_BUCKET"),
                "querystring_auth": False,
                "custom_domain": S3_MEDIA_URL.partition("://")[2] or None,
            },
        },
        "private": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **_s3,
                "bucket_name": required("S3_PRIVATE_BUCKET"),
                "querystring_auth": True,
                "querystring_expire": 60,
            },
        },
    }
MEDIA_ORIGINS = [S3_MEDIA_URL or os.environ.get("S3_ENDPOINT_URL", "")] if FILES_BACKEND == "s3" else []
PRIVATE_FILES_ACCEL = os.environ.get("PRIVATE_FILES_ACCEL", "")
"""Address inside nginx (ending in `/`) under which it serves PRIVATE_MEDIA_ROOT: it then sends private files itself."""
CLAMD_URL = os.environ.get("CLAMD_URL", "")
"""`tcp://host:3310` or `unix:///path`: every upload is then shown to ClamAV. Empty: none is."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Work that does not wait for a visitor: its queues, and what runs when, are in clock.py

CELERY_BROKER_URL = os.environ.get(
    "CELERY_BROKER_URL",
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host="),
)

# Mail: a row first, then sent by a worker

EMAIL_BACKEND = "messaging.mail.OutboxBackend"
MAIL_DELIVERY_BACKEND = os.environ.get("MAIL_DELIVERY_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <bonjour@jalon.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DIGEST_HOUR = int(os.environ.get("DIGEST_HOUR", "8"))
"""From which hour of Paris the daily mails leave."""

# Payments

PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "")
"""Dotted path of the gateway class. Production refuses the sandbox (see `payments.checks`)."""
PAYMENT_WEBHOOK_SECRET = os.environ.get("PAYMENT_WEBHOOK_SECRET", "")
STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
"""A restricted key (`rk_…`) is enough."""
STRIPE_API_BASE = os.environ.get("STRIPE_API_BASE", "")
"""Another address than Stripe's own, for a contract server. Empty in production."""
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
STRIPE_CONNECT_WEBHOOK_SECRET = os.environ.get("STRIPE_CONNECT_WEBHOOK_SECRET", "")
STRIPE_ACCOUNTS_WEBHOOK_SECRET = os.environ.get("STRIPE_ACCOUNTS_WEBHOOK_SECRET", "")
STRIPE_PAYPAL = flag("STRIPE_PAYPAL")
"""PayPal inside Stripe needs Stripe's approval for marketplaces first."""
STRIPE_TRANSFER_COUNTRY = os.environ.get("STRIPE_TRANSFER_COUNTRY", "FR")
PAYPAL_WITHDRAWALS = flag("PAYPAL_WITHDRAWALS")
"""Experts may choose to be paid on PayPal; our team sends each one. Ask a lawyer first."""
OWN_FUNDS = flag("OWN_FUNDS")
"""The operator's own licence lets it hold the money of others on its own bank account. Off: only the provider holds it."""
WITHDRAWAL_RAIL = os.environ.get("WITHDRAWAL_RAIL", "provider")
"""`provider`, or with OWN_FUNDS `sepa`: files of SEPA transfers for the operator's bank."""
OPERATOR_IBAN = os.environ.get("OPERATOR_IBAN", "").replace(" ", "")
"""With OWN_FUNDS: the account that buyers' transfers go to, and that SEPA files debit."""
OPERATOR_BIC = os.environ.get("OPERATOR_BIC", "")
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", SITE_NAME)
PAYMENT_OBSERVER = "missions.payment_observer.MissionPaymentObserver"

FISCAL_YEAR_ENDS_IN = int(os.environ.get("FISCAL_YEAR_ENDS_IN", "12"))
"""The month in which our accounting year closes."""
FEC_ACCOUNTS: dict[str, tuple[str, str]] = {}
"""Where our chart of accounts differs from the proposed one (`payments.reporting.fec`): the beginning of a ledger
account's code, and its number and name in our books: ``{"revenue:commission": ("706100", "Commissions")}``."""
DAC7_TEST = flag("DAC7_TEST")
"""The declaration of sellers says that it is a test (OECD10 to 13): for the trial platform of the tax office."""
DAC7_WITHHOLDS = flag("DAC7_WITHHOLDS")
"""Withdrawals wait for experts who were asked twice, over 60 days, for the details that the declaration needs."""
EINVOICING_PLATFORM = os.environ.get("EINVOICING_PLATFORM", "")
"""Dotted path of the class that takes invoices to an approved platform, `payments.reporting.einvoicing.ExportFolder`
for a folder that its own tool empties. Empty: nothing leaves."""
EINVOICING_FROM = os.environ.get("EINVOICING_FROM", "2026-09-01")
"""Invoices issued before this day stay here."""

PROVIDER_PAGES = (
    ["https://checkout.stripe.com", "https://connect.stripe.com"]
    if PAYMENT_GATEWAY.startswith("payments.stripe.")
    else []
)
"""Where our own forms may lead: browsers follow a redirect after a form only to these."""
# Calls

CALL_ROOMS = os.environ.get("CALL_ROOMS", "orders.call_rooms.LinkRooms")
"""Dotted path of the class that gives each call its room: `LinkRooms` (video) or `PhoneRooms` (a conference bridge)."""
CALL_ROOM_URL = os.environ.get("CALL_ROOM_URL", "https://meet.jit.si/{room}")
"""For `LinkRooms`: an address with `{room}` in it, which is replaced by a name nobody can guess."""
CALL_ROOM_PREFIX = os.environ.get("CALL_ROOM_PREFIX", "jalon")
CALL_PHONE_NUMBER = os.environ.get("CALL_PHONE_NUMBER", "")
"""For `PhoneRooms`: the number of the bridge, in international form."""

# Safety

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
"""Asked for inside, by those who watch."""
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", "31536000"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "marketplace.views.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
"""Links in mails hold tokens: no other site learns the address of the page somebody came from."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *filter(None, MEDIA_ORIGINS)],
        "media-src": [SELF, *filter(None, MEDIA_ORIGINS)],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *PROVIDER_PAGES],
    }
}

# What is known of how it goes

LOGGING = logs.configured(
    style=os.environ.get("LOG_FORMAT", "json"), level=os.environ.get("LOG_LEVEL", "INFO")
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
"""Neither who nor from where: the request's identifier leads to the rows it changed, which know."""
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG

METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
"""Whoever bears it may read `/metrics`. Empty: there is no such page, and nothing is measured."""
PROMETHEUS_EXPORT_MIGRATIONS = False
PROMETHEUS_METRIC_NAMESPACE = "jalon"
if METRICS_TOKEN:
    INSTALLED_APPS = [*INSTALLED_APPS, "django_prometheus"]
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]

SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
"""Where failures are reported, with neither bodies, local variables nor people in them. Empty: nowhere."""
if SENTRY_DSN:
    from marketplace.kernel.reporting import report_failures

    report_failures(SENTRY_DSN, environment=ENVIRONMENT_NAME or "production")

TRACES = bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
"""Whether requests, tasks and queries are traced, and sent there by OpenTelemetry's protocol."""
