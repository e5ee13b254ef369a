"""The test suite: real PostgreSQL and Valkey, mail kept in memory, the payment sandbox."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("SECRET_KEY", "tests")
os.environ.setdefault("SEALING_KEYS", "bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE=")

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import DATABASES, INSTALLED_APPS, STORAGES

LOCAL_MODE = True
ALLOWED_HOSTS = ["*"]

_files = (
    Path(os.environ.get("JALON_TEST_FOLDER") or tempfile.gettempdir()) / f"jalon-test-files-{os.getpid()}"
)
MEDIA_ROOT = _files / "media"
PRIVATE_MEDIA_ROOT = _files / "private"
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

DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"]["options"] = "-c ledger.allow_truncate=on"
DATABASES["default"]["CONN_MAX_AGE"] = 0

INSTALLED_APPS = [*INSTALLED_APPS, "payments.sandbox"]
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAYMENT_GATEWAY = "payments.sandbox.gateway.SandboxGateway"
PAYMENT_WEBHOOK_SECRET = "tests sign with this"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STAFF_SECOND_FACTOR = False
NEAR_SECONDS = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
