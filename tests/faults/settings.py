"""The site of the fault suite: local settings, in a folder of its own, with doubles that can be made to fail."""

import os
from pathlib import Path

from marketplace.settings.local import *  # noqa: F403
from marketplace.settings.local import CELERY_BEAT_SCHEDULE, INSTALLED_APPS, STORAGES

_folder = Path(os.environ["JALON_FAULTS_FOLDER"])
DEBUG = False
MEDIA_ROOT = _folder / "media"
PRIVATE_MEDIA_ROOT = Path(os.environ.get("PRIVATE_MEDIA_ROOT", _folder / "private"))
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "tests.faults.disk.SmallDisk",
        "OPTIONS": {**STORAGES["private"]["OPTIONS"], "location": PRIVATE_MEDIA_ROOT},
    },
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults"]
PAYMENT_GATEWAY = "tests.faults.doubles.UnsteadyGateway"
MAIL_DELIVERY_BACKEND = "tests.faults.doubles.PostOffice"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False

# The sweeps of every minute come every three seconds, those of the hours every ten: the suite moves the clock by days.
CELERY_BEAT_SCHEDULE = {
    name: {
        **entry,
        "schedule": min(entry["schedule"], 3)
        if isinstance(entry["schedule"], int) and entry["schedule"] <= 60
        else entry["schedule"],
    }
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
