"""Experts who refuse order after order: shown to staff, who ask before they judge.

Silence is counted elsewhere, and an expert who proposes what a question really takes has not refused its buyer.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.kernel import clock, rules
from orders.models import Order, OrderEvent


def refusing_often() -> set[int]:
    """The experts who refused their last ``REFUSALS_IN_A_ROW`` orders, or over 80 % of their last ten. One query."""
    since = clock.now() - timedelta(days=rules.REFUSALS_WINDOW_DAYS)
    answered = (
        Order.objects.filter(paid_at__gte=since)
        .exclude(started_at=None, cancel_cause="")
        .exclude(cancel_cause__in=["unpaid", "buyer", "staff", "not_started", "withdrawn", "charged_back"])
        .exclude(_answered_with_a_proposal())
        .order_by("expert", "-paid_at", "-pk")
        .values_list("expert", "cancel_cause")
    )
    answers: dict[int, list[bool]] = defaultdict(list)
    for expert, cause in answered.iterator():
        if len(answers[expert]) < rules.REFUSALS_OF_LAST:
            answers[expert].append(cause == Order.CancelCause.DECLINED)
    return {expert for expert, refused in answers.items() if _is_often(refused)}


def _is_often(refused: list[bool]) -> bool:
    """Newest first."""
    row = refused[: rules.REFUSALS_IN_A_ROW]
    if len(row) == rules.REFUSALS_IN_A_ROW and all(row):
        return True
    return len(refused) == rules.REFUSALS_OF_LAST and sum(refused) * 100 > 80 * len(refused)


def refused_by_habit() -> QuerySet[Order]:
    """The orders that those experts refused within the same time."""
    since = clock.now() - timedelta(days=rules.REFUSALS_WINDOW_DAYS)
    return Order.objects.filter(
        expert__in=refusing_often(), cancel_cause=Order.CancelCause.DECLINED, paid_at__gte=since
    ).exclude(_answered_with_a_proposal())


def _answered_with_a_proposal() -> Exists:
    return Exists(
        OrderEvent.objects.filter(
            order=OuterRef("pk"), kind=OrderEvent.Kind.CANCELLED, data__has_key="proposal"
        )
    )
