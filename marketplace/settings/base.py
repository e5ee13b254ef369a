"""Settings fit for production: everything that differs between machines is read from the environment.

A missing secret stops the boot. People, files, money and the clock have their own modules; `local.py` and `test.py`
hold differences only.
"""

import logging
import os
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import logs
from marketplace.settings.clock import *  # noqa: F403
from marketplace.settings.environment import BASE_DIR, SITE_NAME, flag, listed, required
from marketplace.settings.files import *  # noqa: F403
from marketplace.settings.files import MEDIA_ORIGINS
from marketplace.settings.money import *  # noqa: F403
from marketplace.settings.money import PROVIDER_PAGES
from marketplace.settings.people import *  # noqa: F403

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
    "marketplace.middleware.AskedByWatchers",
    "django.middleware.security.SecurityMiddleware",
    "marketplace.middleware.BrowserPermissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.middleware.FilesOutOfReach",
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
                "marketplace.templatetags.times",
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

DATABASE_POOLED = flag("DATABASE_POOLED")
"""A pool between us and PostgreSQL lends a server for one transaction: nothing may be left on it for the next."""
_DATABASE: dict[str, Any] = {
    "conn_max_age": 0 if DATABASE_POOLED else 600,
    "conn_health_checks": not DATABASE_POOLED,
    "engine": "marketplace.kernel.postgres",
    "disable_server_side_cursors": DATABASE_POOLED,
}
DATABASES = {"default": dj_database_url.parse(required("DATABASE_URL"), **_DATABASE)}
if os.environ.get("REPLICA_URL"):  # a copy that follows the first, for public pages
    DATABASES["replica"] = dj_database_url.parse(os.environ["REPLICA_URL"], **_DATABASE)
    # a machine that hangs or vanished must not keep visitors waiting: they are answered from the first
    DATABASES["replica"]["ENGINE"] = "marketplace.kernel.hurried"
    DATABASES["replica"].setdefault("OPTIONS", {}).update(connect_timeout=2, tcp_user_timeout=3000)
    DATABASE_ROUTERS = ["marketplace.kernel.replica.Router"]
REPLICA_MAX_LAG = float(os.environ.get("REPLICA_MAX_LAG", "120"))
"""Seconds; a copy further behind is not read. More than a minute: on a quiet site only the clock writes."""
if (
    os.environ.get("DATABASE_PREPARED", "1") == "1"
):  # PostgreSQL keeps the plan of what it was asked five times
    for each in DATABASES.values():
        each.setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
"""`redis://host:port/db` or `unix:///path?db=N`."""
CACHES = {
    "default": {
        "BACKEND": "marketplace.kernel.steady_cache.SteadyCache",
        "LOCATION": REDIS_URL,
    }
}
NEAR_SECONDS = 2.0
"""How long a process may hold what the cache holds for a minute (``marketplace.kernel.near``)."""
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Languages

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["marketplace.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True

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
        "img-src": [SELF, "data:", *MEDIA_ORIGINS],
        "media-src": [SELF, *MEDIA_ORIGINS],
        **({"frame-src": [SELF, *MEDIA_ORIGINS]} if MEDIA_ORIGINS else {}),
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
