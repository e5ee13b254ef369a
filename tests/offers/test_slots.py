"""Hours as the expert's wall clock shows them, moments as the whole world counts them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts.models import TimeOff
from marketplace.kernel import clock, zones
from offers import calendar_actions, openings, slots
from offers.models import CallCalendar
from tests import factories

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
ENGLISH = "/en"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def hours(expert, now, *, week=None, days=(), zone="Europe/Paris", minutes=60, **terms):
    """The free moments of an expert, by their own rules, as of a moment."""
    calendar_actions.set_hours(
        expert,
        week=week or {},
        time_zone=zone,
        **{"notice_hours": 0, "buffer_minutes": 0, "horizon_days": 10, **terms},
    )
    for day in days:
        calendar_actions.add_day(expert, **day)
    with clock.at(now):
        return openings.free(expert, minutes=minutes)


# --- Clocks that change ---


def test_ten_in_the_morning_stays_ten_in_the_morning_when_summer_begins(expert):
    """E47: stored in UTC, said in the expert's zone: 10:00 in Paris is 9:00 UTC in winter and 8:00 in summer."""
    found = hours(expert, utc(2026, 3, 27), week={5: [(time(10), time(11))], 6: [(time(10), time(11))]})

    assert found[:2] == [utc(2026, 3, 28, 9), utc(2026, 3, 29, 8)]
    assert {at.astimezone(PARIS).time() for at in found} == {time(10)}


def test_ten_in_the_morning_stays_ten_in_the_morning_when_winter_begins(expert):
    found = hours(expert, utc(2026, 10, 23), week={5: [(time(10), time(11))], 6: [(time(10), time(11))]})

    assert found[:2] == [utc(2026, 10, 24, 8), utc(2026, 10, 25, 9)]
    assert {at.astimezone(PARIS).time() for at in found} == {time(10)}


def test_no_slot_falls_in_the_hour_that_spring_skips(expert):
    """E47: a slot in the missing hour is never offered. From one to four there are two real hours that night."""
    found = hours(expert, utc(2026, 3, 28, 12), week={6: [(time(1), time(4))]}, horizon_days=2)

    assert [at.astimezone(PARIS).strftime("%H:%M") for at in found] == ["01:00", "01:30", "03:00"]
    assert found == [utc(2026, 3, 29, 0), utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1)]
    assert not any(at.astimezone(PARIS).hour == 2 for at in found)


def test_the_hour_that_autumn_repeats_is_offered_as_the_two_hours_it_is(expert):
    found = hours(expert, utc(2026, 10, 24, 12), week={6: [(time(1), time(4))]}, horizon_days=2)

    assert len(found) == len(set(found)) == 7, "four real hours, a call of one every half-hour"
    assert found[-1] + timedelta(hours=1) == utc(2026, 10, 25, 3), "four in the morning, winter time"


def test_hours_that_begin_in_the_missing_hour_begin_after_the_jump(expert):
    found = hours(expert, utc(2026, 3, 28, 12), week={6: [(time(2, 30), time(5))]}, horizon_days=2)

    assert found[0] == utc(2026, 3, 29, 1)
    assert found[0].astimezone(PARIS).time() == time(3)


def test_the_buyer_elsewhere_reads_the_same_moments_on_their_own_days(expert):
    """Between the two changes of clocks, New York is five hours from Paris instead of six."""
    found = hours(
        expert,
        utc(2026, 3, 12),
        week={weekday: [(time(9), time(10))] for weekday in range(7)},
        horizon_days=20,
    )

    with clock.at(utc(2026, 3, 12)):
        days = openings.by_day(found, "America/New_York", days=30)

    clocks = {day.date: day.slots[0].clock for day in days}
    assert clocks[date(2026, 3, 28)] == "04:00", "nine in Paris, still in winter"
    assert clocks[date(2026, 3, 29)] == "03:00", "nine in Paris, in summer"


def test_a_late_evening_in_paris_is_the_next_day_in_tokyo(expert):
    found = hours(expert, utc(2026, 11, 23), week={0: [(time(22), time(23))]})

    day = openings.by_day(found, "Asia/Tokyo")[0]

    assert (day.date, day.slots[0].clock) == (date(2026, 11, 24), "06:00")


def test_an_expert_elsewhere_opens_their_own_mornings(expert):
    found = hours(expert, utc(2026, 11, 23), week={1: [(time(9), time(10))]}, zone="America/Montreal")

    assert found[0] == utc(2026, 11, 24, 14)


def test_zones_are_named_as_they_stand_at_the_moment():
    assert zones.named("Europe/Paris", utc(2026, 1, 1)) == "Paris (UTC+1)"
    assert zones.named("Europe/Paris", utc(2026, 7, 1)) == "Paris (UTC+2)"
    assert zones.named("Asia/Kolkata", utc(2026, 1, 1)) == "Kolkata (UTC+5:30)"
    assert zones.named("America/New_York", utc(2026, 1, 1)) == "New York (UTC\u22125)"
    assert zones.or_paris("../etc/passwd") == "Europe/Paris"


# --- Days that differ ---


def test_several_ranges_a_day_and_nothing_between_them(expert):
    found = hours(
        expert, utc(2026, 11, 23), week={0: [(time(9), time(10)), (time(14), time(15))]}, horizon_days=1
    )

    assert [at.astimezone(PARIS).hour for at in found] == [9, 14]


def test_a_closed_day_has_no_slot_and_an_open_sunday_has(expert):
    found = hours(
        expert,
        utc(2026, 11, 23),
        week={weekday: [(time(9), time(10))] for weekday in range(5)},
        days=[
            {"day": date(2026, 11, 24), "closes": True},
            {"day": date(2026, 11, 25), "closes": True, "ranges": [(time(18), time(19))]},
            {"day": date(2026, 11, 29), "ranges": [(time(11), time(12))]},
        ],
        horizon_days=7,
    )

    said = [at.astimezone(PARIS).strftime("%d %H:%M") for at in found]
    assert said == ["23 09:00", "25 18:00", "26 09:00", "27 09:00", "29 11:00"]


def test_a_day_off_closes_even_what_was_opened_for_once(expert):
    """E12: an expert on declared time off takes no new order."""
    TimeOff.objects.create(expert=expert, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 29))

    found = hours(
        expert,
        utc(2026, 11, 23),
        week={weekday: [(time(9), time(10))] for weekday in range(7)},
        days=[{"day": date(2026, 11, 28), "ranges": [(time(11), time(12))]}],
        horizon_days=8,
    )

    assert [at.day for at in found] == [23, 30]


def test_notice_and_horizon_bound_what_is_offered(expert):
    now = utc(2026, 11, 23, 8, 30)
    week = {weekday: [(time(9), time(18))] for weekday in range(7)}

    found = hours(expert, now, week=week, notice_hours=48, horizon_days=3, minutes=30)

    assert found[0] == utc(2026, 11, 25, 8, 30)
    assert found[-1] <= now + timedelta(days=3)


def test_a_call_never_overflows_the_hours(expert):
    found = hours(expert, utc(2026, 11, 23), week={0: [(time(9), time(10))]}, minutes=45, horizon_days=1)

    assert [at.astimezone(PARIS).strftime("%H:%M") for at in found] == ["09:00"]


@pytest.mark.parametrize(
    ("day", "at", "there"),
    [
        (date(2026, 3, 29), time(2, 15), False),
        (date(2026, 3, 29), time(3), True),
        (date(2026, 10, 25), time(2, 15), True),
    ],
)
def test_the_missing_hour_is_known(day, at, there):
    assert slots.exists(day, at, PARIS) is there


# --- The page of the dashboard ---


def typed(**changes):
    return {
        "day_0": "9h-12h30, 14:00–18:00",
        "day_1": "",
        "time_zone": "Europe/Paris",
        "notice_hours": "4",
        "buffer_minutes": "10",
        "horizon_days": "30",
        **changes,
    }


def test_hours_are_written_as_people_write_them(client_of, expert):
    response = client_of(expert).post(reverse("call_hours"), typed())

    calendar = CallCalendar.objects.get(expert=expert)
    assert response.status_code == 302
    assert [(h.weekday, h.start, h.end) for h in calendar.hours.all()] == [
        (0, time(9), time(12, 30)),
        (0, time(14), time(18)),
    ]
    assert (calendar.notice_hours, calendar.buffer_minutes) == (4, 10)


@pytest.mark.parametrize(
    "text", ["whenever", "9-9:10", "18:00–9:00", "9-12, 11-13", "25:00-26:00", "9:00–12:00, ,x"]
)
def test_hours_that_mean_nothing_are_refused_beside_their_day(client_of, expert, text):
    factories.open_hours(expert)

    response = client_of(expert).post(ENGLISH + reverse("call_hours").removeprefix("/en"), typed(day_2=text))

    assert response.status_code == 422
    assert 'id="id_day_2_error"' in response.content.decode()
    assert text.replace("–", "–") in response.content.decode(), "what was typed is kept"
    assert CallCalendar.objects.get(expert=expert).hours.count() == 7, "nothing was changed"


def test_a_day_is_closed_then_as_usual_again(client_of, expert):
    factories.open_hours(expert)
    desk = client_of(expert)
    day = (clock.now() + timedelta(days=3)).date().isoformat()

    desk.post(reverse("call_day"), {"date": day, "kind": "closed", "hours": ""})
    assert expert.call_calendar.days.get().is_closed
    desk.post(reverse("call_day_removal"), {"date": day})

    assert not expert.call_calendar.days.exists()


def test_a_day_opened_in_the_missing_hour_is_refused(client_of, expert):
    """E47: a slot in the missing hour is refused."""
    factories.open_hours(expert)

    with clock.at(utc(2027, 3, 1)):
        response = client_of(expert).post(
            reverse("call_day"), {"date": "2027-03-28", "kind": "besides", "hours": "02:00-03:00"}
        )

    assert response.status_code == 422
    assert not expert.call_calendar.days.exists()


def test_an_offer_of_calls_without_hours_says_so_to_buyers_and_to_its_expert(
    client, client_of, expert, category
):
    offer = factories.make_offer(expert, kind="call", call_minutes=30, category=category)
    page = f"/en{offer.get_absolute_url()}"

    assert "cannot be ordered at the moment" in client.get(page).content.decode()
    assert reverse("call_hours") in client_of(expert).get(offer.get_absolute_url()).content.decode()
    assert reverse("call_hours") in client_of(expert).get(reverse("dashboard_offers")).content.decode()
    factories.open_hours(expert)
    assert "cannot be ordered" not in client.get(page).content.decode()
