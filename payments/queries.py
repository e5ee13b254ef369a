"""Money as people read it: balances, earnings, and where each cent of a payment went. Amounts are cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigIntegerField, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.compiled import MOMENT, STAND_IN, Compiled
from marketplace.kernel.whole_rows import made, whole_rows
from payments import ledger
from payments.models import Earning, EscrowHold, LedgerAccount, LedgerBalance, LedgerPosting, Payment, Refund
from payments.models.escrow import EarningQuerySet

Viewer = Literal["buyer", "expert", "staff"]


@dataclass(frozen=True)
class Balance:
    """What an expert has with us. ``held`` is what their running orders will bring, commission already taken off."""

    held_cents: int
    clearing_cents: int
    available_cents: int
    next_available_at: datetime | None
    on_the_way_cents: int = 0
    owed_cents: int = 0
    """What the expert owes us after refunds: their next releases pay it first."""


def balance_of(expert: User) -> Balance:
    """An expert's money, in one query."""
    keys = (expert.pk, clock.now(), *_accounts(expert.pk))
    held, clearing_cents, soonest, payable, on_the_way, owed = _BALANCE.rows(*keys)[0]
    return Balance(
        held_cents=held,
        clearing_cents=min(clearing_cents, payable),
        available_cents=max(0, payable - clearing_cents),
        next_available_at=soonest,
        on_the_way_cents=on_the_way,
        owed_cents=owed,
    )


def _accounts(expert: int) -> tuple[str, str, str]:
    """The codes of the accounts of an expert: what we owe them, what is on its way, what they owe us."""
    return ledger.payable(expert).code, ledger.in_transit(expert).code, ledger.receivable(expert).code


def _money(expert: int, now: datetime, *codes: str) -> QuerySet[User, tuple[Any, ...]]:
    held = EscrowHold.objects.open().filter(payee=expert).order_by().values("payee")
    clearing = Earning.objects.filter(expert=expert).clearing(now).order_by().values("expert")
    net = Sum(F("net_cents") - F("recouped_cents") - F("returned_cents"))
    return User.objects.filter(pk=expert).values_list(
        _or_zero(held.annotate(sum=Sum("net_cents")).values("sum")),
        _or_zero(clearing.annotate(sum=net).values("sum")),
        Subquery(clearing.annotate(soonest=Min("available_at")).values("soonest")),
        *(
            _or_zero(LedgerBalance.objects.filter(account__code=code).values("balance_cents"))
            for code in codes
        ),
    )


def _or_zero(cents: QuerySet[Any, Any]) -> Coalesce:
    """One amount of another table; PostgreSQL sums cents into a decimal, which is made whole again."""
    return Coalesce(Cast(Subquery(cents), BigIntegerField()), 0)


_BALANCE = Compiled(_money, STAND_IN, MOMENT, *_accounts(STAND_IN))


def experts_in_debt() -> QuerySet[LedgerAccount]:
    """The accounts of experts who owe us, each with ``since``, the day of its first posting."""
    first = LedgerPosting.objects.filter(account=OuterRef("pk")).order_by("pk")
    return LedgerAccount.objects.filter(
        code__startswith="expert_receivable:", balance__balance_cents__gt=0
    ).annotate(since=Subquery(first.values("transaction__occurred_at")[:1]))


def earnings_of(expert: User) -> EarningQuerySet:
    """What each release brought an expert, newest first, with the payment it came from."""
    return (
        Earning.objects.filter(expert=expert).select_related("hold__payment").order_by("-released_at", "-pk")
    )


def monthly_net(expert: User, months: int = 12) -> list[tuple[date, int]]:
    """What an expert earned in each of the last months, this one included, oldest first: first day and net cents."""
    paris = ZoneInfo(settings.TIME_ZONE)
    this_month = timezone.localtime(clock.now(), paris).date().replace(day=1)
    count = this_month.year * 12 + this_month.month - 1
    firsts = [date((count - back) // 12, (count - back) % 12 + 1, 1) for back in range(months - 1, -1, -1)]
    start = datetime(firsts[0].year, firsts[0].month, 1, tzinfo=paris)
    by_day = {month.date(): int(net) for month, net in _MONTHS.rows(expert.pk, start)}
    return [(first, by_day.get(first, 0)) for first in firsts]


_MONTHS = Compiled(
    lambda expert, start: (
        Earning.objects.filter(expert=expert, released_at__gte=start)
        .annotate(month=TruncMonth("released_at", tzinfo=ZoneInfo(settings.TIME_ZONE)))
        .values("month")
        .annotate(net=Sum("net_cents"))
        .order_by("month")
        .values_list("month", "net")
    ),
    *(STAND_IN, MOMENT),
)


@dataclass(frozen=True)
class MoneyLine:
    """One thing that happened to a payment's money: what came in is positive, where it is now negative."""

    kind: Literal["received", "held", "released", "commission", "vat", "refunded", "returned"]
    label: str
    amount_cents: int
    at: datetime
    payment: Payment
    note: str = ""

    @property
    def shown_cents(self) -> int:
        """The amount without its sign, for a page whose words already say which way it went."""
        return abs(self.amount_cents)


def money_timeline(payments: Iterable[Payment], *, viewer: Viewer = "expert") -> list[MoneyLine]:
    """Where the money of these payments came from and where it is now, in the order it happened. One query.

    The lines sum to zero, whoever looks: what came in equals what is held, was released, kept and given back.
    Buyers see one line for what was released; experts and staff see the commission and its VAT apart.
    """
    holds = _HOLDS.objects(_HOLDS.rows_of([payment.pk for payment in payments]))
    lines = [line for hold in holds for line in _lines_of(hold, made(Refund, hold.refund_rows), viewer)]
    return sorted(lines, key=lambda line: (line.kind == "held", line.at))


_HOLDS = Compiled(
    lambda pk: (
        EscrowHold.objects.filter(payment__in=[pk])
        .select_related("payment", "earning")
        .annotate(
            refund_rows=whole_rows(Refund.objects.filter(hold=OuterRef("pk")).order_by("created_at", "pk"))
        )
    )
)


def _lines_of(hold: EscrowHold, refunds: list[Refund], viewer: Viewer) -> list[MoneyLine]:
    payment = hold.payment
    received_at = payment.received_at or hold.held_at
    lines = [MoneyLine("received", _received_words(viewer), hold.amount_cents, received_at, payment)]
    for refund in refunds:
        lines.append(
            MoneyLine(
                "refunded",
                _refunded_words(viewer),
                -refund.amount_cents,
                refund.created_at,
                payment,
                note=_refund_note(refund),
            )
        )
        if refund.after_release:
            lines += _returned(refund, payment, viewer)
    earning: Earning | None = getattr(hold, "earning", None)
    if earning is not None and viewer == "buyer":
        lines.append(
            MoneyLine("released", _("Paid to the expert"), -earning.gross_cents, earning.released_at, payment)
        )
    elif earning is not None:
        words = _("Credited to your balance") if viewer == "expert" else _("Credited to the expert")
        vat = earning.commission_vat_cents
        commission = earning.commission_cents - vat
        lines += [
            MoneyLine("commission", _("Commission, before VAT"), -commission, earning.released_at, payment),
            MoneyLine("vat", _("VAT on the commission"), -vat, earning.released_at, payment),
            MoneyLine("released", words, -earning.net_cents, earning.released_at, payment),
        ]
    if hold.remaining_cents:
        lines.append(
            MoneyLine(
                "held",
                _("Frozen while our team examines the order")
                if hold.state == EscrowHold.State.FROZEN
                else _("Held until the work is accepted"),
                -hold.remaining_cents,
                received_at,
                payment,
            )
        )
    return [line for line in lines if line.amount_cents]


def _returned(refund: Refund, payment: Payment, viewer: Viewer) -> list[MoneyLine]:
    """Where the money of a refund after the release came from."""
    commission, at = refund.commission_back_cents, refund.created_at
    if viewer == "buyer":
        return [MoneyLine("returned", _("Taken back from the expert"), refund.amount_cents, at, payment)]
    words = _("Taken back from you") if viewer == "expert" else _("Taken back from the expert")
    return [
        MoneyLine("returned", words, refund.amount_cents - commission, at, payment),
        MoneyLine("returned", _("Commission given back"), commission, at, payment),
    ]


def _received_words(viewer: Viewer) -> str:
    return _("You paid") if viewer == "buyer" else _("Paid by the buyer")


def _refunded_words(viewer: Viewer) -> str:
    return _("Refunded to you") if viewer == "buyer" else _("Refunded to the buyer")


def _refund_note(refund: Refund) -> str:
    if refund.state in Refund.UNDER_WAY:
        return _("On its way to the bank")
    if refund.state == Refund.State.FAILED:
        return _("Refused by the bank: our team is looking into it")
    return ""


def open_discrepancies() -> int:
    """How many payments staff should look into: odd amounts that nothing has put right, and refunds refused."""
    return (
        Payment.objects.filter(Q(discrepancies__settled_at=None) & Q(discrepancies__isnull=False))
        .distinct()
        .count()
        + Refund.objects.filter(state=Refund.State.FAILED).count()
    )
