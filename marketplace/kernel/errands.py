"""What is handed to a worker: the row that owes it is written already, so a queue that is down is no reason to fail."""

import logging
from typing import Any

from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Errand(DjangoTask):
    """A task of ours. Left for after the commit it may be lost, and a sweep finds what it should have done."""

    def delay_on_commit(self, *args: Any, **options: Any) -> None:
        """Hand it over once the transaction stands. The act it belongs to has succeeded, whether the queue is up or not."""

        def hand_over() -> None:
            try:
                self.delay(*args, **options)
            except OperationalError:
                logger.warning("the queue is down: %s%s waits for a sweep", self.name, args)

        transaction.on_commit(hand_over)
