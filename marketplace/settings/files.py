"""Where files lie: what everybody may see, and what only a check of permission opens."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.settings.environment import BASE_DIR, required

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
S3_ENDPOINT_URL = os.environ.get("S3_ENDPOINT_URL", "").rstrip("/")
S3_BROWSER_URL = os.environ.get("S3_BROWSER_URL", S3_ENDPOINT_URL).rstrip("/")
"""The service as browsers reach it, when the site reaches it by another address: signed addresses lead there."""
S3_MEDIA_URL = os.environ.get("S3_MEDIA_URL", "").rstrip("/")
"""Where browsers reach the bucket of public pictures, when it is not its own address."""
MEDIA_ORIGINS: list[str] = []
"""Where pages may take pictures, films and documents from, besides the site."""
if FILES_BACKEND == "s3":
    _s3 = {
        "endpoint_url": required("S3_ENDPOINT_URL"),
        "browser_url": S3_BROWSER_URL,
        "region_name": os.environ.get("S3_REGION") or None,
        "access_key": required("S3_ACCESS_KEY"),
        "secret_key": required("S3_SECRET_KEY"),
        "default_acl": None,
        "file_overwrite": False,
        "signature_version": "s3v4",
    }
    S3_MEDIA_URL = S3_MEDIA_URL or f"{S3_BROWSER_URL}/{required('S3_MEDIA_BUCKET')}"
    STORAGES |= {
        "default": {
            "BACKEND": "marketplace.kernel.buckets.Bucket",
            "OPTIONS": {
                **_s3,
                "alias": "default",
                "bucket_name": required("S3_MEDIA_BUCKET"),
                "querystring_auth": False,
                "url_protocol": urlsplit(S3_MEDIA_URL).scheme + ":",
                "custom_domain": S3_MEDIA_URL.partition("://")[2],
                "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
            },
        },
        "private": {
            "BACKEND": "marketplace.kernel.buckets.Bucket",
            "OPTIONS": {
                **_s3,
                "alias": "private",
                "bucket_name": required("S3_PRIVATE_BUCKET"),
                "querystring_auth": True,
                "querystring_expire": 60,
            },
        },
    }
    MEDIA_ORIGINS = sorted(
        {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in (S3_MEDIA_URL, S3_BROWSER_URL)}
    )
PRIVATE_FILES_ACCEL = os.environ.get("PRIVATE_FILES_ACCEL", "")
"""Address inside nginx (ending in `/`) under which it serves PRIVATE_MEDIA_ROOT: it then sends private files itself."""
CLAMD_URL = os.environ.get("CLAMD_URL", "")
"""`tcp://host:3310` or `unix:///path`: every upload is then shown to ClamAV. Empty: none is."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
