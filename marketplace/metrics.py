"""What a monitor reads: whether this process may serve, and figures of the business in Prometheus' own words."""

import hmac
import os
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from marketplace.kernel import clock, replica, rules
from marketplace.kernel.limits import unguessed
from messaging.models import Mail
from orders import timers
from orders.models import Order
from payments.models import BooksReport, Discrepancy, GatewayCall, InboundEvent, Refund, Withdrawal

_migrated = False


# --- Ready --------------------------------------------------------------------------------------------------------


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _cache() -> str:
    try:
        cache.set("readyz", "1", 10)
        return "ok" if cache.get("readyz") == "1" else "forgets"
    except Exception:  # whatever the driver of the cache raises: it is not there
        return "unreachable"


def _migrations() -> str:
    """Read once a process: a migration applied is not taken back while we serve."""
    global _migrated
    if _migrated:
        return "ok"
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    _migrated = not plan
    return f"{len(plan)} to apply" if plan else "ok"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "cache": _cache, "migrations": _migrations}


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when this process may be sent visitors, 503 otherwise; says which of its needs is not met, and no more."""
    found = {name: check() for name, check in CHECKS.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


# --- Figures ------------------------------------------------------------------------------------------------------


class Business(Collector):
    """Figures that say whether people are served; read from the database when asked for."""

    def collect(self) -> Iterator[Gauge]:
        now = clock.now()
        orders = Gauge("jalon_orders", "Orders by state.", labels=["state"])
        counts = dict(Order.objects.order_by().values_list("state").annotate(Count("pk")))
        for state in Order.State.values:
            orders.add_metric([state], counts.get(state, 0))
        yield orders

        due = Gauge("jalon_timer_due", "Rows that a timer should have dealt with by now.", labels=["timer"])
        late = Gauge(
            "jalon_timer_late", "1 while a row has waited for its timer for over 5 min.", labels=["timer"]
        )
        silent = Gauge(
            "jalon_timer_silent", "1 while the clock has not run a timer lately.", labels=["timer"]
        )
        for standing in timers.standings():
            due.add_metric([standing.timer.name], standing.due)
            late.add_metric([standing.timer.name], int(standing.is_late))
            silent.add_metric([standing.timer.name], int(standing.is_silent))
        yield from (due, late, silent)

        owed = Mail.objects.filter(sent_at=None).aggregate(count=Count("pk"), oldest=Min("created_at"))
        waited = (now - owed["oldest"]).total_seconds() if owed["oldest"] else 0
        yield Gauge("jalon_mail_owed", "Mails written and not sent.", value=owed["count"])
        yield Gauge("jalon_mail_owed_oldest_seconds", "Age of the oldest mail not sent.", value=waited)

        calls = Gauge(
            "jalon_gateway_calls_open", "Calls to the payment provider not settled.", labels=["state"]
        )
        counts = dict(
            GatewayCall.objects.filter(state__in=GatewayCall.OPEN)
            .order_by()
            .values_list("state")
            .annotate(Count("pk"))
        )
        for state in GatewayCall.OPEN:
            calls.add_metric([state.value], counts.get(state, 0))
        yield calls
        unread = InboundEvent.objects.exclude(state=InboundEvent.State.PROCESSED).count()
        yield Gauge("jalon_payment_events_unread", "Events of the provider not read yet.", value=unread)
        refused = Refund.objects.filter(state=Refund.State.FAILED).count()
        yield Gauge("jalon_refunds_refused", "Refunds that a bank refused.", value=refused)
        by_hand = Withdrawal.objects.for_staff().count()
        yield Gauge("jalon_withdrawals_by_hand", "Withdrawals that wait for our team.", value=by_hand)

        yield Gauge(
            "jalon_replica_behind_seconds",
            "How far the copy of the database is behind; -1 while it is away, 0 without one.",
            value=_replica(),
        )
        apart = Discrepancy.objects.filter(settled_at=None).count()
        yield Gauge("jalon_discrepancies", "Payments of another amount, not settled.", value=apart)
        report = BooksReport.objects.order_by("-taken_at").first()
        yield Gauge(
            "jalon_books_findings",
            "Findings of the last check of the books; -1 before the first.",
            value=len(report.findings) if report else -1,
        )
        yield Gauge(
            "jalon_books_checked_timestamp_seconds",
            "When the books were last checked; 0 before the first time.",
            value=report.taken_at.timestamp() if report else 0,
        )


def _replica() -> float:
    """How far the copy that visitors read is behind, -1 while it is away or has replayed nothing, 0 without one."""
    if replica.REPLICA not in settings.DATABASES:
        return 0
    try:
        behind = replica.seconds_behind()
    except DatabaseError:
        behind = None
    return -1 if behind is None else behind


def _may_read(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(
        given.encode(), settings.METRICS_TOKEN.encode()
    )


@never_cache
@login_not_required
@require_safe
@unguessed(rules.GUESS_RATE)
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for whoever bears ``METRICS_TOKEN``; for anybody else, and without a token, there is no such page."""
    if not _may_read(request):
        raise Http404
    technical: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        technical = CollectorRegistry()
        MultiProcessCollector(technical)
    business = CollectorRegistry()
    business.register(Business())
    return HttpResponse(
        generate_latest(technical) + generate_latest(business), content_type=CONTENT_TYPE_LATEST
    )
