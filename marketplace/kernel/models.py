"""What every model of the product may lean on."""

import uuid
from typing import Self

from django.db import models


class Lockable(models.Model):
    """A row that can be read again under lock, so that two clicks become one."""

    class Meta:
        abstract = True

    def locked(self) -> Self:
        """Return a fresh copy of this row, locked until the transaction ends."""
        return type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)


class PublicId(models.Model):
    """A row people may link to: its address cannot be guessed from another's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
