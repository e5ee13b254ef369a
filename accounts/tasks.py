"""The clock of this app."""

import logging
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from accounts import actions, rules
from accounts.actions import recommendations
from accounts.actions.vigilance import remind_of_certificates as remind_pair
from accounts.models import Application, Document, ExpertProfile, Suspension, User
from accounts.queries import vigilance
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

logger = logging.getLogger(__name__)


@shared_task
def forget_old_sessions() -> None:
    """Delete the sessions that have run out, with what was kept of the devices they were opened on."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(living), created_at__lt=clock.now() - timedelta(hours=1)).delete()


@shared_task
def remind_of_recommendations() -> int:
    """Write again to those who were asked for a recommendation, then give up. Returns how many were touched."""
    return recommendations.remind_or_give_up()


def _each(rows: QuerySet[Any], act: Callable[[Any], object], limit: int = 5_000) -> int:
    """Act on every row once; one that fails is logged and does not stop the rest. Returns how many acts said yes."""
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:limit]):
        try:
            row = rows.model._default_manager.filter(pk=pk).first()
            done += bool(row is not None and act(row))
        except Refusal as refusal:
            logger.info("%s %s left as it is: %s", rows.model.__name__, pk, refusal)
        except Exception:
            logger.exception("%s %s could not be swept", rows.model.__name__, pk)
    return done


@shared_task
def sweep_documents() -> int:
    """A day passes over the documents: reminders, ends, effects on selling, files no longer kept. Safe to repeat."""
    today, now = clock.today(), clock.now()
    done = _each(
        Document.objects.in_force(today).filter(valid_until__lte=today + rules.EXPIRING_WITHIN),
        actions.remind_of_expiry,
    )
    ended = Document.objects.run_out(today)
    touched = Document.objects.filter(state__in=[Document.State.ACCEPTED, Document.State.EXPIRED])
    people = set(touched.filter(valid_until__lt=today).values_list("user_id", flat=True))
    done += _each(ended, actions.expire_document)
    profiles = ExpertProfile.objects.filter(user__is_active=True)
    changed = profiles.filter(user_id__in=people) | profiles.filter(waived_until__lt=today, barred_since=None)
    _each(changed, lambda profile: actions.refresh_standing(profile.user))
    _each(
        Document.objects.filter(
            state=Document.State.REFUSED, decided_at__lt=now - rules.REFUSED_FILE_KEPT
        ).exclude(file=""),
        actions.drop_file,
    )
    _each(User.objects.filter(vat_periods__since=today), actions.apply_vat)
    _each(Document.objects.in_review().filter(review_due_at__lt=now), actions.press_for_review)
    return done


@shared_task
def remind_of_certificates() -> int:
    """Offer the buyers of large contracts the certificates of their expert, at the start and every six months."""
    done = 0
    for contracts in vigilance.large_pairs():
        try:
            done += remind_pair(contracts)
        except Exception:
            logger.exception("certificates of %s could not be offered", contracts[0].reference)
    return done


@shared_task
def sweep_applications() -> int:
    """Count the votes that are due, press the committee, remind of drafts, close what was left. Safe to repeat."""
    return _each(Application.objects.open().filter(due_at__lte=clock.now()), actions.move_application_on)


@shared_task
def sweep_suspensions() -> int:
    """Begin and end the suspensions that are due, and bring those without an end to our team. Safe to repeat."""
    return _each(Suspension.objects.due(clock.now()), actions.move_suspension_on)
