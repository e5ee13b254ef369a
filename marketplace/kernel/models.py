"""What every model of the product may lean on."""

import uuid
from functools import cache
from typing import Any, Self

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from marketplace.kernel.compiled import Compiled


class Lockable(models.Model):
    """A row that can be read again under lock, so that two clicks become one."""

    class Meta:
        abstract = True

    def locked(self) -> Self:
        """Return a fresh copy of this row, locked until the transaction ends.

        Rows that only point at it are written meanwhile: were they to wait, two acts could wait in a circle.
        """
        if connection.get_autocommit():
            raise TransactionManagementError("a row is locked in a transaction, or not at all")
        fresh: Self = _locking(type(self)).get(self.pk)
        return fresh


class PublicId(models.Model):
    """A row people may link to: its address cannot be guessed from another's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


@cache
def _locking(model: type[models.Model]) -> Compiled:
    """One row of a table by its key, under lock: asked for by every act, so written once."""
    everyone: models.Manager[Any] = model._default_manager
    return Compiled(
        lambda key: everyone.select_for_update(no_key=True, of=("self",)).filter(pk=key).order_by()
    )
