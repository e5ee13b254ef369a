"""An expert declines a talk that leads to no mission: without penalty, and with a word."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from messaging.models import Contact
from missions.models import Mission, Quote


@transaction.atomic
def decline_talk(contact: Contact, *, actor: User, body: str) -> Contact:
    """Close a talk with the expert's last word.

    Raises ``Refusal`` while a quote waits or a mission runs: those have their own ways to end.
    """
    contact = contact.locked()
    if Quote.objects.filter(conversation=contact.conversation_id, state=Quote.State.SENT).exists():
        raise Refusal(_("Your quote still waits for an answer here: withdraw it first."))
    running = Mission.objects.filter(quote__conversation=contact.conversation_id)
    if running.exclude(state__in=Mission.OVER).exists():
        raise Refusal(_("A mission runs here: it has its own ways to end."))
    return messaging.decline_contact(contact, actor=actor, body=body)
