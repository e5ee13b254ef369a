"""Files that only the people concerned may open."""

import uuid
from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from marketplace.kernel.models import PublicId


def private_storage() -> Any:
    return storages["private"]


def unguessable_name(instance: models.Model, filename: str) -> str:
    """Where a private file lies: by month, under a name nobody can guess and that says nothing."""
    return f"{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class PrivateFile(PublicId):
    """A file only the people concerned may open: it has no public address."""

    file = models.FileField(storage=private_storage, upload_to=unguessable_name)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
