"""Reads on quotes and missions."""

from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.companies import readers
from accounts.models import BuyerProfile, Company, Document, User
from accounts.models.matrix import Kind
from accounts.queries.standing import vat_regime_on
from marketplace.kernel import clock, rules
from messaging.models import Contact, Conversation
from missions import amounts
from missions.models import Ending, Instalment, Mission, Quote


def client_of(conversation: Conversation, expert: User) -> User | None:
    """Who a quote in this conversation would be for: the one other person, when they buy and wrote to the expert.

    Of a company it is whoever began the talk, or an owner once they have left.
    """
    people = [place.user for place in conversation.participants.select_related("user")]
    others = [person for person in people if person.pk != expert.pk]
    if conversation.for_company_id is not None:
        others = _of_company(conversation, expert)
    elif len(people) != 2:
        others = []
    if not others:
        return None
    order = getattr(conversation, "order", None)
    if order is not None and order.expert_id != expert.pk:
        return None  # here the expert is the one who buys
    other = others[0]
    return other if other.is_active and other.is_buyer and not other.is_staff else None


def _of_company(conversation: Conversation, expert: User) -> list[User]:
    begun = getattr(conversation, "contact", None) or getattr(conversation, "order", None)
    if begun is None or begun.expert_id != expert.pk:
        return []
    return readers(begun.company if isinstance(begun, Contact) else begun.buyer, conversation.for_company_id)


def quotable(expert: User) -> QuerySet[Contact]:
    """The conversations a company opened with an expert, in which a quote may be written, the latest first."""
    return (
        Contact.objects.filter(expert=expert, company__is_active=True, company__is_buyer=True)
        .select_related("company", "conversation")
        .order_by("-conversation__last_message_at")
    )


def ending_of(mission: Mission, percent_done: int) -> amounts.Ending:
    """What an end at so many percent done would come to, to the cent."""
    rows = mission.instalments.order_by("number")
    paid = [row.part for row in rows if row.state in Instalment.PAID]
    return amounts.ending(
        mission.total_ht_cents,
        percent_done=percent_done,
        paid=paid,
        commission_bp=mission.commission_bp,
    )


def regime_of(expert: User) -> int:
    """The VAT rate on an expert's work today, in basis points: none under the exemption of small businesses."""
    return rules.VAT_BP if vat_regime_on(expert, clock.today()) == "registered" else 0


def may_ask_team(mission: Mission) -> bool:
    """Whether the parties have tried: an early end refused or unanswered, an instalment late, or a long silence."""
    return (
        mission.dormancy_raised_at is not None
        or mission.endings.filter(state__in=[Ending.State.REFUSED, Ending.State.LAPSED]).exists()
        or any(row.is_late for row in mission.instalments.all())
    )


def billed(quote: Quote) -> Company | BuyerProfile | None:
    """The account whose details the invoices of a mission bear: the company's, or the client's own."""
    house: Company | None = quote.conversation.for_company
    return house or BuyerProfile.objects.filter(user=quote.client_id).first()


def lacks_siren(account: Company | BuyerProfile | None) -> bool:
    """Whether a number is missing that invoices to a French firm must bear (Code de commerce, art. L441-9)."""
    return account is not None and account.country == "FR" and not account.siren


def insurance_of(expert: User) -> dict[str, str]:
    """What the accepted certificate of professional liability says today: insurer, policy, last day; or nothing."""
    paper = (
        Document.objects.in_force(clock.today())
        .filter(user=expert, kind=Kind.INSURANCE)
        .order_by("-valid_until")
        .first()
    )
    if paper is None:
        return {}
    return {
        "insurer": str(paper.details.get("insurer", "")),
        "policy": str(paper.details.get("policy", "")),
        "until": paper.valid_until.isoformat() if paper.valid_until else "",
    }


def months_of(mission: Mission) -> list[date]:
    """The months a report may be sent for, the latest first: from the start to today or to the end."""
    if mission.started_at is None:
        return []
    first = clock.local_day(mission.started_at).replace(day=1)
    month = clock.local_day(mission.closed_at or clock.now()).replace(day=1)
    months = []
    while month >= first:
        months.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return months


def ratings_of(expert: User) -> list[Mission]:
    """What clients said at the end of an expert's missions, the latest first."""
    return list(
        Mission.objects.filter(expert=expert, client_rating__isnull=False, state__in=Mission.OVER)
        .select_related("quote", "client")
        .order_by("-validated_at")[:20]
    )
