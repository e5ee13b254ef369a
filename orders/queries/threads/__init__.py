"""The exchanges of an order: messages and events in one thread, oldest first, in the words of who looks."""

from orders.queries.threads.events import ASKED, said
from orders.queries.threads.kinds import QUIET, as_token, is_shown, token
from orders.queries.threads.lines import Entry, FileRow, file_rows
from orders.queries.threads.pages import PAGE, Window, window, window_of
from orders.queries.threads.weaving import entries, message_entries

__all__ = [
    "ASKED",
    "PAGE",
    "QUIET",
    "Entry",
    "FileRow",
    "Window",
    "as_token",
    "entries",
    "file_rows",
    "is_shown",
    "message_entries",
    "said",
    "token",
    "window",
    "window_of",
]
