"""Where files lie that only the people concerned may open."""

import errno
import logging
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

from marketplace.kernel.errors import Refusal

logger = logging.getLogger(__name__)


class FilesAway(Exception):
    """Where files lie cannot be asked at the moment: the page is for later."""


class NotKept(Refusal):
    """A file could not be kept: nothing of the act is."""

    def __init__(self) -> None:
        super().__init__(
            _("We cannot take files at the moment: nothing was sent. Try again in a few minutes.")
        )


class PrivateStorage(FileSystemStorage):
    """Files without any public address: they leave through a view that checks who asks."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no URL of its own.")

    def _save(self, name: str, content: Any) -> str:
        """Keep a file. Raises ``NotKept`` when the disk or its quota is full: nothing of the act is kept then."""
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            logger.exception("the disk of private files is full")
            raise NotKept from error
