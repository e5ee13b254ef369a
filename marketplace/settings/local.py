"""A developer's machine: the demo world, the payment sandbox and the mail reader. Never in production."""

import os

from marketplace.local.home import Home

_home = Home.of_checkout()
os.environ.setdefault("SITE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
os.environ.setdefault("SECRET_KEY", "local only: a fixed key so that sessions survive a restart")
os.environ.setdefault("SEALING_KEYS", "bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE=")
os.environ.setdefault("DATABASE_URL", _home.database_url)
os.environ.setdefault("REDIS_URL", _home.redis_url)
os.environ.setdefault("LOG_FORMAT", "plain")

from marketplace.settings.base import *  # noqa: E402, F403
from marketplace.settings.base import (  # noqa: E402
    CELERY_BEAT_SCHEDULE,
    INSTALLED_APPS,
    STORAGES,
)

OPERATOR = {
    "name": "Jalon SAS",
    "form": "société par actions simplifiée de démonstration, capital de 10 000 €",
    "address": "12 rue des Jalons, 44000 Nantes",
    "registration": "RCS Nantes 000 000 000",
    "vat": "FR00 000000000",
    "director": "Camille Delorme",
    "email": "bonjour@jalon.example",
    "phone": "02 00 00 00 00",
}
HOSTING = "Hébergeur de démonstration, 1 quai de la Fosse, 44000 Nantes"
CONSUMER_MEDIATOR = "Médiateur de démonstration, mediateur.example"

DEBUG = os.environ.get("DEBUG", "1") == "1"
LOCAL_MODE = True
ENVIRONMENT_NAME = os.environ.get("ENVIRONMENT_NAME", "Local")
ALLOWED_HOSTS = ["*"]

MEDIA_ROOT = _home.path / "media"
PRIVATE_MEDIA_ROOT = _home.path / "private"
STORAGES = {
    **STORAGES,
    "einvoicing": {
        **STORAGES["einvoicing"],
        "OPTIONS": {**STORAGES["einvoicing"]["OPTIONS"], "location": PRIVATE_MEDIA_ROOT / "einvoicing"},
    },
    "private": {
        **STORAGES["private"],
        "OPTIONS": {**STORAGES["private"]["OPTIONS"], "location": PRIVATE_MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

INSTALLED_APPS = [*INSTALLED_APPS, "payments.sandbox", "django_mail_preview"]
MAIL_DELIVERY_BACKEND = os.environ.get("MAIL_DELIVERY_BACKEND", "django_mail_preview.backends.EmailBackend")
MAIL_PREVIEW_ROOT = _home.path / "mail"

PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "payments.sandbox.gateway.SandboxGateway")
PAYMENT_WEBHOOK_SECRET = os.environ.get("PAYMENT_WEBHOOK_SECRET", "sandbox callbacks are signed with this")
CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "send the sandbox's late callbacks": {"task": "payments.sandbox.tasks.sweep_callbacks", "schedule": 5},
    "settle the sandbox's payouts": {"task": "payments.sandbox.tasks.settle_payouts", "schedule": 5},
}

STAFF_SECOND_FACTOR = os.environ.get("STAFF_SECOND_FACTOR", "0") == "1"
"""Off, so that the staff of the demo world sign in with one click."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
