"""What pages of other apps show of quotes and missions."""

from django import template
from django.db.models import QuerySet

from accounts.models import User
from messaging.models import Contact
from missions.models import Mission, Nda, Quote
from missions.queries import ratings_of

register = template.Library()


@register.simple_tag
def quotes_of(contact: Contact, reader: User) -> QuerySet[Quote]:
    """The quotes of a conversation that its reader may open, former versions left out."""
    found = Quote.objects.visible_to(reader).filter(conversation=contact.conversation_id)
    return found.exclude(state=Quote.State.REPLACED)[:10]


@register.simple_tag
def ndas_of(contact: Contact) -> QuerySet[Nda]:
    """The confidentiality agreements of a conversation."""
    return contact.ndas.all()[:10]


@register.simple_tag
def mission_ratings(expert: User) -> list[Mission]:
    """What clients said at the end of an expert's missions."""
    return ratings_of(expert)
