"""What buyers declare when they order: as whom, and when the work may begin. It decides on their right to withdraw.

Consumers have fourteen days to withdraw from a contract made at a distance, without giving a reason (Code de la
consommation, L221-18), and so has a firm of at most five employees for something outside its main activity (L221-3).
Work that begins sooner needs their express request, and is then paid for the part done (L221-25); the right is lost
once it is done in full, if they knew that it would be (L221-28, 1°). Without such a request they owe nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import BuyerProfile
from marketplace.kernel import clock, workdays
from marketplace.kernel.money import half_up
from orders.models.order import Order

BuyerAs = BuyerProfile.BuyerAs
WITHDRAWAL_DAYS = 14
"""Set by law (Code de la consommation, L221-18): no setting may shorten it."""

VERSION = 1
"""Of the sentences below; a change of words is another version."""
AS_WHOM = {
    BuyerAs.CONSUMER: _("I order as a consumer."),
    BuyerAs.SMALL_FIRM: _(
        "I order for a firm of five employees at most, for something outside its main activity."
    ),
    BuyerAs.FIRM: _("I order for a firm: the right to withdraw within 14 days does not apply."),
}
THE_RIGHT = _("I have 14 days from the payment to withdraw from the contract, without giving a reason.")
AT_ONCE = _(
    "I expressly ask that the work begin before the 14 days are over. If I withdraw meanwhile, I pay for the part already done."
)
LATER = _("The work begins once the 14 days are over.")
WAIVER = _("I know that I lose the right to withdraw once the work has been done in full.")


@dataclass(frozen=True)
class Declared:
    """What a buyer says before ordering, and in which language they read it."""

    buyer_as: str
    at_once: bool = False
    waives: bool = False
    language: str = "fr"

    @property
    def may_withdraw(self) -> bool:
        """Whether the law gives them the right at all."""
        return self.buyer_as != BuyerAs.FIRM

    @property
    def waits(self) -> bool:
        """Whether the work may not begin before the fourteen days are over."""
        return self.may_withdraw and not self.at_once

    @property
    def wording(self) -> str:
        """Every sentence they agreed to, as they read it."""
        said: list[Any] = [AS_WHOM[BuyerAs(self.buyer_as)]]
        if self.may_withdraw:
            said += [THE_RIGHT, AT_ONCE if self.at_once else LATER]
            if self.at_once and self.waives:
                said.append(WAIVER)
        with override(self.language):
            return "\n".join(str(sentence) for sentence in said)


def last_moment(since: datetime) -> datetime:
    """When the right ends: after fourteen whole days, that of the contract not counted, in the time of Paris.

    A last day that is no working day moves to the next one (Code de la consommation, L221-19).
    """
    day = clock.local_day(since) + timedelta(days=WITHDRAWAL_DAYS)
    while not workdays.is_working_day(day):
        day += timedelta(days=1)
    after = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
    return after.astimezone(since.tzinfo)


class BuyerDeclaration(models.Model):
    """What a buyer declared with one order, word for word, and what became of their right to withdraw."""

    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, related_name="declaration", verbose_name=_("order")
    )
    buyer_as = models.CharField(_("orders as"), max_length=10, choices=BuyerAs.choices)
    at_once = models.BooleanField(_("asks that work begin at once"), default=False)
    waives = models.BooleanField(_("knows that full performance ends the right"), default=False)
    language = models.CharField(_("language"), max_length=2)
    version = models.PositiveSmallIntegerField(_("version of the wording"), default=VERSION)
    wording = models.TextField(_("wording"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("declared on"), default=clock.now)

    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    statement = models.TextField(_("words of the withdrawal"), blank=True)
    refund_cents = models.PositiveBigIntegerField(_("refunded, in cents"), null=True, blank=True)
    kept_cents = models.PositiveBigIntegerField(_("due for the part done, in cents"), null=True, blank=True)

    class Meta:
        verbose_name = _("declaration of a buyer")
        verbose_name_plural = _("declarations of buyers")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, refund_cents=None, kept_cents=None)
                | Q(withdrawn_at__isnull=False, refund_cents__isnull=False, kept_cents__isnull=False),
                name="a_withdrawal_says_who_gets_what",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="declaration_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="declaration_unaltered",
                exclude=["withdrawn_at", "statement", "refund_cents", "kept_cents"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} {self.get_buyer_as_display()}"

    @classmethod
    def of(cls, order: Order, declared: Declared, *, at: datetime) -> "BuyerDeclaration":
        """The row of what was declared, not saved yet."""
        wording = declared.wording
        return cls(
            order=order,
            buyer_as=declared.buyer_as,
            at_once=declared.at_once and declared.may_withdraw,
            waives=declared.waives and declared.at_once and declared.may_withdraw,
            language=declared.language,
            wording=wording,
            digest=hashlib.sha256(wording.encode()).hexdigest(),
            made_at=at,
        )

    @property
    def may_withdraw(self) -> bool:
        """Whether the law gives the buyer the right at all."""
        return self.buyer_as != BuyerAs.FIRM

    @property
    def waits(self) -> bool:
        """Whether the work may not begin before the fourteen days are over."""
        return self.may_withdraw and not self.at_once


@dataclass(frozen=True)
class Due:
    """What a withdrawal now comes to, in cents: ``refund + kept`` is the total. ``lost``: the work is done in full."""

    refund_cents: int
    kept_cents: int
    lost: bool = False


def due_now(order: Order, declaration: BuyerDeclaration) -> Due:
    """What the buyer gets back, and what remains due for the part done.

    The part done is that of the delivery time gone by, pauses and disputes left out; all of it once a
    deliverable was handed over or the call was held; none of it before the start, without an express request, and when
    the delivery is late.
    """
    done, whole = _done(order)
    if not declaration.at_once or not done:
        return Due(order.total_cents, 0)
    if done == whole and declaration.waives:
        return Due(0, order.total_cents, lost=True)
    kept = half_up(order.total_cents * done, whole)
    return Due(order.total_cents - kept, kept)


def _done(order: Order) -> tuple[int, int]:
    """The part of the work that is done, as a fraction."""
    if order.first_delivered_at is not None:
        return 1, 1
    if (call := order.booking) is not None:
        return int(call.has_begun), 1
    gone, whole = order.work_time
    if gone >= whole:  # not begun, or late
        return 0, 1
    return max(clock.in_seconds(gone), 0), max(clock.in_seconds(whole), 1)
