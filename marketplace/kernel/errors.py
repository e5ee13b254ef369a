"""How a rule says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed


class Refusal(Exception):
    """A rule says no. The message is translated and written for the person who asked."""


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    """Turn a refused act into a sentence on the next page; anything else is a bug and surfaces."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except (TransitionNotAllowed, ConcurrentTransition):
        messages.error(
            request,
            _("This is no longer possible: the order has changed since you opened the page."),
        )
