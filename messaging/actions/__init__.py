"""Open a conversation, say something in it, read it, close it; tell people what happened."""

from messaging.actions.choosing import choose_mail, stop_mail
from messaging.actions.talking import already_said, close, mark_read, send_message, start_conversation
from messaging.actions.telling import notify, read_about, read_notifications, send_digest

__all__ = [
    "already_said",
    "choose_mail",
    "close",
    "mark_read",
    "notify",
    "read_about",
    "read_notifications",
    "send_digest",
    "send_message",
    "start_conversation",
    "stop_mail",
]
