"""Read the first message of an account: find it fine, warn its author, or hand it to the reports."""

from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import reportable
from messaging.actions.reporting import report
from messaging.actions.telling import notify
from messaging.models import FirstMessage, Report

State = FirstMessage.State


@transaction.atomic
def find_fine(first: FirstMessage, *, actor: User) -> FirstMessage:
    """Take a first message off the list: nothing changes and nobody is told."""
    first = _unread(first, actor)
    first.settle(State.FINE, actor, clock.now())
    first.save()
    return first


@transaction.atomic
def warn_author(first: FirstMessage, *, actor: User, warning: str) -> FirstMessage:
    """Tell the author of a first message, in these words, what breaks the rules in it. The message stays as it is."""
    if not warning.strip():
        raise Refusal(_("Give a reason."))
    first = _unread(first, actor)
    first.settle(State.WARNED, actor, clock.now())
    first.warning = warning.strip()
    first.save()
    notify(
        first.author,
        key=f"first_message:{first.pk}",
        kind="first_message_warned",
        params={"sent_at": first.created_at.isoformat(), "reason": first.warning},
        url_name="contact",
    )
    return first


@transaction.atomic
def hand_to_reports(first: FirstMessage, *, actor: User, reason: str, words: str) -> Report:
    """Make a report of a first message, in the name of whoever read it: another person of the team judges it."""
    first = _unread(first, actor)
    ref = str(first.message.public_id)
    found = reportable.find(Report.Subject.MESSAGE, ref, actor)
    if found is None:
        raise Refusal(_("This message cannot be reported."))
    first.report = report(
        replace(found, url=reverse("admin:messaging_message_change", args=[first.message_id])),
        subject=Report.Subject.MESSAGE,
        ref=ref,
        reporter=actor,
        reason=reason,
        words=words,
    )
    first.settle(State.REPORTED, actor, clock.now())
    first.save()
    return first.report


def _unread(first: FirstMessage, actor: User) -> FirstMessage:
    """The row under lock, while nobody has read it. Raises ``Refusal`` for strangers to the team and for its author."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    first = first.locked()
    if first.state != State.WAITING:
        raise Refusal(_("Somebody of the team has read this message already."))
    if actor.pk == first.author_id:
        raise Refusal(_("Somebody else must judge this: it concerns you."))
    return first
