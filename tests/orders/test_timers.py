"""Staff see what every timer has to do, what it did, and what is late."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock
from orders import tasks, timers
from orders.models import Order, TimerRun
from tests import factories


def standing(name: str) -> timers.Standing:
    return next(each for each in timers.standings() if each.timer.name == name)


def test_every_task_of_the_clock_that_sweeps_orders_is_a_timer(settings):
    swept = {
        entry["task"].rpartition(".")[2]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"].startswith("orders.tasks.")
    }

    assert {timer.name for timer in timers.TIMERS} == swept


def test_a_timer_says_what_is_due_what_is_late_and_what_comes(active_order):
    before = standing("cancel_not_started")
    assert (before.due, before.is_late, before.is_silent) == (0, False, True), "it never ran"
    with time_machine.travel(active_order.start_due_at - timedelta(hours=2), tick=False):
        assert standing("cancel_not_started").soon == 1
    with time_machine.travel(active_order.start_due_at + timedelta(minutes=1), tick=False):
        assert (standing("cancel_not_started").due, standing("cancel_not_started").is_late) == (1, False)
    with time_machine.travel(active_order.start_due_at + timedelta(minutes=6), tick=False):
        assert standing("cancel_not_started").is_late
        tasks.cancel_not_started()
        after = standing("cancel_not_started")
        assert (after.due, after.is_late, after.is_silent, after.last.done) == (0, False, False, 1)


def test_runs_with_nothing_to_do_leave_one_line(db):
    for _time in range(3):
        tasks.expire_unpaid()

    assert TimerRun.objects.filter(timer="expire_unpaid").count() == 1


def test_a_run_that_failed_is_counted(active_order):
    def act(order: Order) -> None:
        raise RuntimeError

    @tasks.recorded
    def failing() -> int:
        return tasks.sweep(Order.objects.start_overdue(clock.now()), act)

    with time_machine.travel(active_order.start_due_at + timedelta(minutes=1), tick=False):
        assert failing() == 0

    assert TimerRun.objects.get(timer="failing").failed == 1
    assert factories.fresh(active_order).state == Order.State.ACTIVE


@pytest.mark.parametrize("who", ["buyer", "stranger"])
def test_the_page_is_for_staff(request, client_of, who):
    page = client_of(request.getfixturevalue(who)).get(reverse("admin:orders_timerrun_changelist"))

    assert page.status_code in (302, 403)


def test_staff_read_every_timer_and_its_last_runs(client_of, staff, started_order):
    tasks.remind()

    page = client_of(staff).get(reverse("admin:orders_timerrun_changelist")).content.decode()

    for timer in timers.TIMERS:
        assert str(timer.label) in page
        assert f"?timer={timer.name}" in page, "its runs alone"
