"""The clock of disputes: reminders, answers that never came, alarms to staff. Nothing is ever decided by itself."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from celery import shared_task

from disputes import actions
from disputes.models import Dispute, StaffQuestion
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal

logger = logging.getLogger(__name__)


def _each(rows: Iterable[Any], act: Callable[[Any], object]) -> int:
    done = 0
    for row in rows:
        try:
            act(row)
            done += 1
        except Refusal as refusal:
            logger.info("%s left as it is: %s", row, refusal)
        except Exception:
            logger.exception("%s could not be swept", row)
    return done


@shared_task
def keep_disputes(limit: int = 500) -> int:
    """Remind who must answer, close what stayed without an answer, alarm staff about what grows old."""
    now = clock.now()
    disputes = Dispute.objects.select_related("order__buyer", "order__expert")
    done = _each(disputes.answer_to_remind(now)[:limit], actions.remind_to_answer)
    done += _each(disputes.answer_overdue(now)[:limit], actions.close_answer)
    done += _each(StaffQuestion.objects.overdue(now)[:limit], actions.close_question)
    held = disputes.filter(order__completed_at__isnull=False).waiting() | disputes.filter(
        appeal__decided_at=None, appeal__isnull=False
    )
    done += _each(held[:limit], actions.keep_held)
    for days in rules.DISPUTES.alarms:
        old = disputes.waiting().filter(opened_at__lte=now - timedelta(days=days), alarmed_days__lt=days)
        done += _each(old[:limit], lambda dispute, days=days: actions.alarm(dispute, days))  # type: ignore[misc]
    return done
