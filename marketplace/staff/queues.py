"""What waits for staff, from every app: how many, since when, and where to find them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Application, Document, ExpertProfile, Recommendation
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.staff import QUEUES
from messaging.models import ContactRequest, Mail
from offers.models import Offer
from orders.models import CustomRequest
from payments.models import (
    BankLine,
    Chargeback,
    Discrepancy,
    GatewayCall,
    InboundEvent,
    Payment,
    Refund,
    Withdrawal,
)
from payments.queries import experts_in_debt

READ_WITHIN = timedelta(minutes=5)
"""Mail and payment events are normally dealt with within seconds: older ones need a look."""

UNANSWERED = timedelta(hours=1)
"""How long the payment provider may stay silent about a call."""


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits for staff: how many, since when the oldest, and where to find them."""

    label: Any
    count: int
    oldest: datetime | None
    url: str
    tone: str = "warn"


def what_waits(request: HttpRequest) -> Iterator[Waiting]:
    """Everything a person of the team must look at, as far as they may see it; one query each."""
    late = clock.now() - READ_WITHIN
    kinds: list[tuple[Any, QuerySet[Any], str, str, str]] = [
        (
            _("Disputes to rule on"),
            Dispute.objects.waiting(),
            "opened_at",
            "ruling=waiting&o=5",
            "bad",
        ),
        (
            _("Decisions to confirm"),
            Dispute.objects.to_confirm(),
            "opened_at",
            "ruling=confirm",
            "bad",
        ),
        (
            _("Appeals to judge"),
            Dispute.objects.appealed(),
            "appeal__asked_at",
            "ruling=appealed",
            "bad",
        ),
        (
            _("Custom requests without an agreement"),
            CustomRequest.objects.filter(
                state=CustomRequest.State.OPEN,
                created_at__lt=clock.now() - timedelta(days=rules.REQUESTS.alarms[0]),
            ),
            "created_at",
            "state__exact=open",
            "neutral",
        ),
        (
            _("Documents to check"),
            Document.objects.in_review(),
            "uploaded_at",
            "state__exact=in_review",
            "warn",
        ),
        (
            _("Applications before the committee"),
            Application.objects.for_committee(),
            "submitted_at",
            "state__exact=committee",
            "warn",
        ),
        (
            _("Experts awaiting approval"),
            ExpertProfile.objects.filter(status=ExpertProfile.Status.PENDING, user__is_active=True),
            "user__date_joined",
            "status__exact=pending",
            "neutral",
        ),
        (
            _("Recommendations to read"),
            Recommendation.objects.filter(status=Recommendation.Status.WRITTEN),
            "written_at",
            "status__exact=written",
            "warn",
        ),
        (
            _("Offers to read"),
            Offer.objects.waiting(),
            "submitted_at",
            "reading=first",
            "warn",
        ),
        (
            _("Bank transfers not received"),
            Payment.objects.filter(state=Payment.State.AWAITING_TRANSFER),
            "created_at",
            "state__exact=awaiting_transfer",
            "neutral",
        ),
        (
            _("Payments of another amount, or paid twice"),
            Discrepancy.objects.filter(settled_at=None),
            "noted_at",
            "settled_at__isnull=True",
            "bad",
        ),
        (
            _("Refunds refused by the bank"),
            Refund.objects.filter(state=Refund.State.FAILED),
            "created_at",
            "state__exact=failed",
            "bad",
        ),
        (
            _("Refunds that our team sends"),
            Refund.objects.filter(state=Refund.State.DECIDED, route=Refund.Route.BY_HAND),
            "created_at",
            "state__exact=decided&route__exact=by_hand",
            "warn",
        ),
        (
            _("Payment events not understood"),
            InboundEvent.objects.exclude(state=InboundEvent.State.PROCESSED).filter(received_at__lt=late),
            "received_at",
            "state__in=pending,failed",
            "bad",
        ),
        (
            _("Chargebacks to answer"),
            Chargeback.objects.to_answer(),
            "opened_at",
            "state__in=inquiry,open&evidence_sent_at__isnull=True",
            "bad",
        ),
        (
            _("Experts who owe us"),
            experts_in_debt(),
            "since",
            "debt=owed",
            "warn",
        ),
        (
            _("Bank transfers that belong to nobody yet"),
            BankLine.objects.to_match(),
            "statement__imported_at",
            "payment__isnull=True&returned_at__isnull=True",
            "warn",
        ),
        (
            _("Withdrawals that our team sends"),
            Withdrawal.objects.for_staff(),
            "created_at",
            "state__in=requested,sent&rail__in=sepa,paypal",
            "warn",
        ),
        (
            _("Calls to the payment provider without an answer"),
            GatewayCall.objects.unsettled_since(clock.now() - UNANSWERED),
            "created_at",
            "state__in=new,sent,unknown",
            "bad",
        ),
        (
            _("Messages to the team to answer"),
            ContactRequest.objects.waiting(),
            "created_at",
            "state__exact=open",
            "warn",
        ),
        (
            _("Mails not sent"),
            Mail.objects.filter(sent_at=None, created_at__lt=late),
            "created_at",
            "fate=owed",
            "warn",
        ),
    ]
    kinds += [(queue.label, queue.rows(), queue.since, queue.query, queue.tone) for queue in QUEUES]
    user: Any = request.user
    for label, rows, since, query, tone in kinds:
        meta = rows.model._meta
        if not (
            user.has_perm(f"{meta.app_label}.view_{meta.model_name}")
            or user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
        ):
            continue
        found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
        try:
            url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        except NoReverseMatch:
            url = ""
        yield Waiting(
            label=label,
            count=found["count"],
            oldest=found["oldest"],
            url=f"{url}?{query}" if url and query else url,
            tone=tone if found["count"] else "ok",
        )
