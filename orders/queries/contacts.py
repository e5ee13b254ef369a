"""The exchanges of a contact, as an order's thread shows them."""

from accounts.models import User
from messaging.models import Contact
from orders.queries.threads import Entry, Window, message_entries, window_of


def contact_thread(
    contact: Contact, reader: User, *, is_party: bool, before: str = ""
) -> tuple[Window, list[Entry]]:
    """The latest messages, or those before a given one, with their days; "Read" under what the other has seen."""
    known = (reader, contact.other(reader)) if is_party else ()
    seen = window_of(contact.conversation_id, known, before=before)
    place = contact.conversation.participants.filter(user=contact.other(reader)).first() if is_party else None
    read_until = place.last_read_at if place else None
    return seen, message_entries(seen, reader, "party" if is_party else "staff", read_until=read_until)
