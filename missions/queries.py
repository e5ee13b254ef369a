"""Reads on quotes and missions."""

from django.db.models import QuerySet

from accounts.companies import readers
from accounts.models import User
from messaging.models import Contact, Conversation
from missions import amounts
from missions.models import Instalment, Mission


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
    paid = [row.part for row in mission.instalments.all() if row.state in Instalment.PAID]
    return amounts.ending(
        mission.total_ht_cents,
        percent_done=percent_done,
        paid=paid,
        vat_bp=mission.vat_bp,
        commission_bp=mission.commission_bp,
    )
