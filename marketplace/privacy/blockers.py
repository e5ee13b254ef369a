"""What still ties a person to the product: an account cannot close over somebody else's money or work."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.companies import is_only_owner
from accounts.models import User
from marketplace.kernel.money import format_money
from missions.models import Mission
from orders.models import Order
from payments.models import Refund
from payments.queries import balance_of


@dataclass(frozen=True)
class Blocker:
    """One thing to settle first, and the page where it is settled."""

    words: str
    url: str


def blockers(user: User) -> list[Blocker]:
    """Everything that must end before the account can; empty when it may close."""
    found = []
    company = user.company
    others = company.members.filter(is_active=True).exclude(pk=user.pk) if company else User.objects.none()
    if company and others.exists() and is_only_owner(user):
        what = _("You are the only owner of %(company)s: give this role to another member first.")
        found.append(Blocker(what % {"company": company.name}, reverse("company")))
    live = Order.objects.filter(Q(buyer=user) | Q(expert=user))
    missions = Mission.objects.filter(Q(client=user) | Q(expert=user))
    if company and others.exists():  # what they placed for their company goes on with it
        live = live.filter(Q(expert=user) | Q(for_company=None))
        missions = missions.filter(Q(expert=user) | Q(quote__conversation__for_company=None))
    elif company:
        live |= Order.objects.filter(for_company=company)
        missions |= Mission.objects.filter(quote__conversation__for_company=company)
    live = live.exclude(state__in=Order.CLOSED)
    for order in live.order_by("number"):
        what = _("Order %(reference)s is under way.") % {"reference": order.reference}
        found.append(Blocker(what, order.get_absolute_url()))
    for mission in missions.exclude(state__in=Mission.OVER).select_related("quote"):
        what = _("Mission %(reference)s is under way.") % {"reference": mission.reference}
        found.append(Blocker(what, mission.get_absolute_url()))
    if user.is_expert:
        balance = balance_of(user)
        left = balance.available_cents + balance.clearing_cents
        if left > 0:
            words = _("Your balance holds %(amount)s: withdraw it first.") % {"amount": format_money(left)}
            found.append(Blocker(words, reverse("dashboard_earnings")))
    owed = Refund.objects.filter(hold__payment__payer=user).exclude(state=Refund.State.SUCCEEDED).count()
    if owed:
        words = ngettext(
            "%(count)s refund is on its way to you.", "%(count)s refunds are on their way to you.", owed
        )
        found.append(Blocker(words % {"count": owed}, reverse("buyer_orders")))
    return found
