"""A disk that can be full. Read while models load, so it stands apart from the other doubles."""

import errno
import os
from typing import Any

from marketplace.kernel.storage import PrivateStorage
from tests.faults import switches


class SmallDisk(PrivateStorage):
    """The disk of private files, full when the switch `disk` says so: a file stops in its midst."""

    def _save(self, name: str, content: Any) -> str:
        if switches.read("disk") == "full":
            content.chunks = self._stops
        return str(super()._save(name, content))

    @staticmethod
    def _stops(*_args: Any, **_options: Any) -> Any:
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
