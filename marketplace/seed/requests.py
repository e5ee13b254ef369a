"""Custom requests in each state, and a company that wrote to an expert, through the real actions."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from marketplace.demo.requests import CONTACT, REQUESTS, Asked
from marketplace.kernel import clock
from messaging import actions as messaging
from offers.models import Offer
from orders.actions import requesting
from orders.models import CustomRequest
from orders.queries import matching


def load(offers: Mapping[str, Offer], buyers: Mapping[str, User], team: User) -> int:
    """Load them once. Returns how many requests."""
    if CustomRequest.objects.exists() or not offers:
        return 0
    companies = list(buyers.values())
    sold = list(offers.values())
    for index, asked in enumerate(REQUESTS):
        _live(asked, companies[index % min(2, len(companies))], sold[index * 7 % len(sold)], team)
    _talk(companies[0], sold[0].expert)
    return len(REQUESTS)


def _live(asked: Asked, buyer: User, near: Offer, team: User) -> None:
    request = requesting.ask(
        buyer=buyer,
        category=near.category,
        title=asked.title,
        need=asked.need,
        budget_cents=asked.budget_cents,
        wanted_on=timezone.localdate(clock.now()) + timedelta(days=asked.days),
        is_confidential=asked.is_confidential,
    )
    if asked.story == "submitted":
        return
    experts = [item.profile.user for item in matching.suggestions(request, limit=3)]
    invited = requesting.invite(request, actor=team, experts=experts)
    for place, invitation in enumerate(invited):
        if place == 0:
            requesting.accept_terms(invitation, actor=invitation.expert, number=1)
            continue
        requesting.counter(
            invitation,
            actor=invitation.expert,
            number=1,
            price_cents=asked.budget_cents * (90 + 15 * place) // 100,
            delivery_days=max(3, asked.days - 4 * place),
            revisions=1 + place,
            scope=asked.need,
            note="Je peux commencer dès la semaine prochaine.",
        )
    if asked.story == "countered" and len(invited) > 1:
        requesting.counter(
            invited[1],
            actor=buyer,
            number=2,
            price_cents=asked.budget_cents,
            delivery_days=asked.days,
            revisions=2,
            scope=asked.need,
            note="Notre budget est ferme ; nous pouvons vous laisser plus de temps.",
        )
    if asked.story == "withdrawn":
        requesting.withdraw_request(request, actor=buyer)


def _talk(company: User, expert: User) -> None:
    if company.is_expert:
        return
    first, answer, last = CONTACT
    contact = messaging.make_contact(
        company=company, expert=expert, subject="Mission de contrôle de gestion", body=first
    )
    messaging.write_in_contact(contact, author=expert, body=answer)
    messaging.write_in_contact(contact, author=company, body=last)
