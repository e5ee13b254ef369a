"""When the two do not agree, or say nothing: our team, silence, and missions given up before their start."""

from datetime import timedelta

import pytest

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Conversation, Notification
from missions import actions, leaving
from missions.models import Ending, Instalment, Mission, MissionEvent, MissionRuling
from payments import ledger
from payments.models import Refund
from tests import factories
from tests.missions.conftest import LINES, pay, terms

State = Mission.State


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).exists()


@pytest.fixture
def second(db):
    return factories.make_user("Paul", "Roy", is_staff=True, is_superuser=True)


@pytest.fixture
def contested(running, buyer, expert):
    proposal = actions.propose_ending(running, actor=buyer, percent_done=10, reason="Projet arrêté")
    actions.answer_ending(proposal, actor=expert, agrees=False)
    return actions.ask_team(running, actor=buyer, words="Nous ne nous entendons pas.")


def stop_at(percent):
    return actions.Verdict("stop", "Un tiers est fait.", percent)


def test_our_team_is_asked_only_once_the_parties_have_tried(running, buyer, stranger):
    for actor in (buyer, stranger):
        with pytest.raises(Refusal):
            actions.ask_team(running, actor=actor, words="Décidez")
    running.refresh_from_db()
    assert running.state == State.RUNNING


def test_a_ruling_ends_the_mission_at_its_percent_once_and_by_four_eyes(
    contested, buyer, expert, staff, second, balance
):
    # E58
    before = balance(expert)
    actions.rule(contested, actor=staff, verdict=stop_at(20))
    assert balance(expert) == before
    with pytest.raises(Refusal):
        actions.rule(contested, actor=second, verdict=stop_at(50))
    with pytest.raises(Refusal):
        actions.confirm_ruling(contested, actor=staff)

    actions.confirm_ruling(contested, actor=second)

    contested.refresh_from_db()
    assert contested.state == State.STOPPED
    assert contested.refunded_cents == Refund.objects.get().amount_cents == 600_00
    assert ledger.balance(ledger.COMMISSION) == 150_00
    assert balance(expert) == 1_200_00 - 180_00
    for actor in (staff, second):
        with pytest.raises(Refusal):
            actions.rule(contested, actor=actor, verdict=stop_at(0))
    assert told(buyer, "mission_ruled_stop")
    assert told(expert, "mission_ruled_stop")


@pytest.mark.parametrize(
    "verdict",
    [
        actions.Verdict("stop", "Trop.", 101),
        actions.Verdict("stop", "Rien."),
        actions.Verdict("stop", " ", 20),
        actions.Verdict("uphold", "Fini."),
    ],
)
def test_an_unfit_ruling_is_refused(contested, staff, verdict):
    with pytest.raises(Refusal):
        actions.rule(contested, actor=staff, verdict=verdict)
    assert not MissionRuling.objects.exists()


def test_a_party_never_rules_and_a_decision_given_up_makes_room_for_another(contested, buyer, staff, second):
    with pytest.raises(Refusal):
        actions.rule(contested, actor=buyer, verdict=stop_at(0))
    actions.rule(contested, actor=staff, verdict=stop_at(20))
    actions.give_up_ruling(contested, actor=second)
    with pytest.raises(Refusal):
        actions.confirm_ruling(contested, actor=second)

    actions.rule(contested, actor=staff, verdict=actions.Verdict("go_on", "Le travail avance."))
    actions.confirm_ruling(contested, actor=second)

    contested.refresh_from_db()
    assert contested.state == State.RUNNING


def test_whoever_asked_our_team_may_take_it_back_and_both_may_still_agree(contested, buyer, expert):
    with pytest.raises(Refusal):
        actions.take_back(contested, actor=expert)
    mission = actions.take_back(contested, actor=buyer)
    assert mission.state == State.RUNNING
    mission = actions.ask_team(mission, actor=expert, words="Toujours pas d'accord.")
    proposal = actions.propose_ending(mission, actor=expert, percent_done=30, reason="Compromis")

    assert actions.answer_ending(proposal, actor=buyer, agrees=True).state == State.STOPPED


def test_the_team_is_alarmed_once_a_step_of_a_mission_that_waits(contested, staff):
    assert actions.alarm_team() == 0
    Mission.objects.update(contested_at=clock.now() - timedelta(days=8))

    assert actions.alarm_team() == 1
    assert actions.alarm_team() == 0
    assert told(staff, "mission_alarm")
    contested.refresh_from_db()
    assert contested.state == State.CONTESTED, "nothing decides by itself"


def test_an_expert_whose_instalment_is_late_is_told_and_may_ask_our_team(running, expert, buyer):
    # E56
    actions.ask_second(running, actor=expert)
    with pytest.raises(Refusal):
        actions.ask_team(running, actor=expert, words="Impayé")
    running.instalments.filter(number=2).update(due_at=clock.now() - timedelta(minutes=1))
    actions.tell_late()
    actions.tell_late()
    assert Notification.objects.filter(user=expert, kind="instalment_late_expert").count() == 1
    assert told(buyer, "instalment_late_client")

    mission = actions.ask_team(running, actor=expert, words="Impayé malgré deux relances.")
    pay(mission, 2)

    assert mission.instalments.get(number=2).state == Instalment.State.HELD, "held while our team decides"


def silent_for(mission, days):
    past = clock.now() - timedelta(days=days)
    MissionEvent.objects.update(created_at=past)
    Conversation.objects.update(last_message_at=past)
    mission.quote.__class__.objects.update(starts_on=clock.local_day(past))


# B17
def test_a_silent_mission_is_asked_about_at_60_days_and_brought_to_the_team_at_90(
    running, buyer, expert, staff
):
    silent_for(running, 59)
    assert actions.watch_silence() == 0
    silent_for(running, 61)
    assert [actions.watch_silence(), actions.watch_silence()] == [1, 0]
    assert told(buyer, "mission_silence")
    silent_for(running, 91)
    assert actions.watch_silence() == 0, "the month to answer is never cut short"
    Mission.objects.update(dormancy_warned_at=clock.now() - timedelta(days=30))
    assert [actions.watch_silence(), actions.watch_silence()] == [1, 0]
    assert told(expert, "mission_asleep")
    running.refresh_from_db()
    assert actions.is_ruled_on(running)

    mission = actions.keep_going(running, actor=expert)
    assert not actions.is_ruled_on(mission)
    assert actions.watch_silence() == 0


def test_a_note_breaks_the_silence(running, buyer):
    silent_for(running, 61)
    actions.watch_silence()
    actions.note(running, actor=buyer, words="Nous reprenons lundi.")

    actions.watch_silence()

    running.refresh_from_db()
    assert running.dormancy_warned_at is None


def test_a_paid_mission_that_never_starts_is_refunded_after_three_months(mission, buyer, expert, balance):
    pay(mission, 1)
    silent_for(mission, 95)
    actions.watch_silence()
    Mission.objects.update(dormancy_warned_at=clock.now() - timedelta(days=31))

    assert actions.watch_silence() == 1

    mission.refresh_from_db()
    assert mission.state == State.CANCELLED
    assert Refund.objects.get().amount_cents == 1_800_00
    assert balance(expert) == 0
    assert told(buyer, "mission_never_started")


def test_before_the_start_either_gives_up_and_everything_goes_back(mission, buyer, expert, balance):
    pay(mission, 1)

    mission = actions.call_off(mission, actor=buyer, words="Projet reporté")

    assert (mission.state, mission.refunded_cents) == (State.CANCELLED, 1_800_00)
    assert balance(expert) == 0
    assert told(expert, "mission_called_off")
    with pytest.raises(Refusal):
        actions.call_off(mission, actor=expert, words="Encore")
    assert Refund.objects.count() == 1


def test_once_started_a_mission_is_ended_early_not_given_up(running, buyer):
    with pytest.raises(Refusal):
        actions.call_off(running, actor=buyer, words="Arrêt")
    assert not Refund.objects.exists()
    assert not Ending.objects.exists()


def test_our_team_hears_once_of_an_expert_who_leaves_mission_after_mission(
    talk, expert, buyer, staff, client_of
):  # E61, K49
    def leave(number):
        quote = actions.write(talk, expert=expert, terms=terms(title=f"Mission {number}"), lines=LINES)
        mission = actions.accept(
            quote, actor=buyer, name="Thomas Girard", digest=quote.digest, siren="303265045"
        )
        actions.call_off(mission, actor=expert, words="Une autre mission m'occupe.")

    leave(1)
    leave(2)
    ended = actions.write(talk, expert=expert, terms=terms(title="Mission 3"), lines=LINES)
    running = actions.accept(ended, actor=buyer, name="Thomas Girard", digest=ended.digest, siren="303265045")
    pay(running, 1)
    running = actions.start(running, actor=expert)
    assert leaving.watch_leaving() == 0, "two are not a habit"
    proposal = actions.propose_ending(running, actor=expert, percent_done=30, reason="Je change de métier.")
    assert leaving.watch_leaving() == 0, "nothing was agreed yet"

    actions.answer_ending(proposal, actor=buyer, agrees=True)

    assert [leaving.watch_leaving(), leaving.watch_leaving()] == [1, 1]
    assert told(staff, "missions_left_often")
    assert Notification.objects.filter(user=staff, kind="missions_left_often").count() == 1
    assert leaving.left_by_habit().count() == 3
    (queue,) = [
        row for row in client_of(staff).get("/admin/").context["waiting"] if row.url.endswith("=left")
    ]
    assert client_of(staff).get(queue.url).context["cl"].result_count == queue.count == 3
    expert.expert_profile.refresh_from_db()
    assert expert.expert_profile.status == "approved", "nobody is suspended by a count"
    with clock.at(clock.now() + timedelta(days=181)):
        assert leaving.leaving_often() == set()
