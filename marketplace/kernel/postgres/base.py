"""The engine of ``DATABASES``: ``marketplace.kernel.postgres``."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether a kept connection still has its server. Only a connection on which something waits is asked for it.

        Django sends a query at the start of each request. A server that hangs up, is killed or is told to end us leaves
        word on the socket, so a silent socket is as good as an answer; a machine that vanished answers neither.
        """
        connection = self.connection
        if connection is None or connection.closed:
            return False
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        return super().is_usable() if waiting.poll(0) else True
