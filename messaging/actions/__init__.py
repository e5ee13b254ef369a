"""Open a conversation, say something in it, read it, close it; tell people what happened."""

from messaging.actions.talking import already_said, close, mark_read, send_message, start_conversation
from messaging.actions.telling import notify, read_about, read_notifications

__all__ = [
    "already_said",
    "close",
    "mark_read",
    "notify",
    "read_about",
    "read_notifications",
    "send_message",
    "start_conversation",
]
