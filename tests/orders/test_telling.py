"""Every event of an order is told to someone in their words, or is silent for a reason that is written down."""

import pytest

from messaging import words
from messaging.models import Mail, Notification
from orders import actions, notifications, tasks
from orders.models import OrderEvent
from orders.notifications.telling import SILENT, TELLERS, silent, tells

Kind = OrderEvent.Kind


def test_every_kind_of_event_is_told_or_deliberately_silent():
    assert set(TELLERS) | set(SILENT) == set(Kind.values), "say who is told, or why nobody is"
    assert not set(TELLERS) & set(SILENT)
    assert all(SILENT.values()), "a silence has its reason"


@pytest.mark.parametrize("kind", [Kind.PAID, Kind.PLACED])
def test_a_kind_is_told_by_one_module_alone(kind):
    with pytest.raises(ValueError, match="told twice"):
        tells(kind)(lambda event, params: iter(()))
    with pytest.raises(ValueError, match="told twice"):
        silent(kind, "again")


def test_a_silent_event_tells_nobody_and_is_done_with(placed_order):
    event = placed_order.events.get(kind=Kind.PLACED)

    notifications.announce(event.pk)

    event.refresh_from_db()
    assert event.announced_at is not None
    assert not Notification.objects.exists()


def test_the_forgotten_event_is_told_by_the_sweep_once(started_order, expert, buyer, monkeypatch):
    """The worker died after the commit and before the row: the sweep tells, however often it runs."""
    Notification.objects.all().delete()
    Mail.objects.all().delete()
    actions.say(started_order, author=expert, body="Je commence.")
    event = started_order.events.filter(kind=Kind.MESSAGE).latest("pk")
    OrderEvent.objects.filter(pk=event.pk).update(announced_at=None)
    from marketplace.kernel import clock

    later = clock.now() + tasks.timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    for _run in range(3):
        tasks.announce_forgotten()

    told = Notification.objects.filter(key=f"order_event:{event.pk}")
    assert [row.user for row in told] == [buyer], "the author is not told of their own words"
    assert words.render("message_received", told.get().params).body == "Je commence."
    assert Mail.objects.filter(key__startswith=f"order_event:{event.pk}:").count() == 1
