"""Beat with one leader: of several that run, the one that holds a lock of PostgreSQL sets the tasks off.

The lock belongs to a session of the database, so it is free the moment its holder dies, however it dies, and there is
nothing to expire. The others ask again every few seconds; tasks may run twice, so a handover needs no ceremony.
"""

import logging
from typing import Any

import psycopg
from celery.beat import PersistentScheduler
from django.db import connection

logger = logging.getLogger(__name__)

LOCK = 0x4A41_4C4F_4E  # "JALON"
ASK_AGAIN_SECONDS = 5.0


class Leadership:
    """Whether this process leads, asked each time: a connection that broke has lost the lock with it."""

    def __init__(self) -> None:
        self._session: psycopg.Connection[Any] | None = None

    def held(self) -> bool:
        """True while we hold the lock; takes it when it is free. Without a database nobody leads."""
        try:
            if self._session is not None:
                self._session.execute("SELECT 1")
                return True
            return self._take()
        except psycopg.Error:
            self.give_up()
            return False

    def _take(self) -> bool:
        words = {**connection.get_connection_params(), "autocommit": True, "connect_timeout": 5}
        for name in ("cursor_factory", "context", "prepare_threshold"):
            words.pop(name, None)
        session = psycopg.connect(**words)
        row = session.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if row is None or not row[0]:
            session.close()
            return False
        self._session = session
        logger.warning("this beat leads from now on")
        return True

    def give_up(self) -> None:
        """Let another one lead."""
        if self._session is not None:
            self._session.close()
            self._session = None


class LeaderScheduler(PersistentScheduler):
    """The scheduler that waits for its turn to lead. Any number may run."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.leadership = Leadership()
        super().__init__(*args, **options)

    def tick(self, *args: Any, **options: Any) -> float:
        """Set off what is due and say how long to sleep, in seconds; while another leads, only the latter."""
        if not self.leadership.held():
            return ASK_AGAIN_SECONDS
        return float(super().tick(*args, **options))

    def close(self) -> None:
        self.leadership.give_up()
        super().close()
