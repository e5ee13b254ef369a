"""What the pages of a quote and of a mission promise in words."""

from datetime import timedelta

import pytest
from django.utils.translation import gettext

from marketplace.kernel import clock
from missions import actions
from missions.actions.quoting import LineTerms
from missions.models import Mission, Quote
from tests.missions.conftest import pay, terms

INSURED = (
    "The expert's professional liability insurance covers this mission; its certificate is shown on request."
)

REFUNDED = (
    "Satisfied or refunded: the first instalment comes back in full if the mission never starts; ended early, a "
    "mission is paid for the work done alone, and what was paid beyond goes back. An end review you refuse with "
    "reasons goes to our team, which mediates, then decides."
)


def plain(text: str) -> str:
    """Without what stands for an apostrophe or for a space that does not break."""
    return " ".join(text.replace("&#x27;", "'").split())


def said(text: str) -> str:
    return plain(gettext(text))


def shown(client, path: str) -> str:
    return plain(client.get(path).content.decode())


@pytest.mark.parametrize(
    "promise",
    [
        "You may meet in person before and during the mission; contract and payments stay on this site.",  # K41, K42
        "You pay each on this site. The first is held until the work starts.",  # K60, K65, K72
        INSURED,  # K67
    ],
)
def test_a_quote_says_where_one_meets_pays_and_is_covered(client_of, quote: Quote, promise: str) -> None:
    assert said(promise) in shown(client_of(quote.client), quote.get_absolute_url())


def test_the_expert_is_told_to_wait_for_the_first_instalment(client_of, mission: Mission) -> None:  # K56
    seller, waits = (
        client_of(mission.expert),
        said("We tell you as soon as it is there. Wait for the first one before you start."),
    )
    assert waits in shown(seller, mission.get_absolute_url())

    pay(mission, 1)

    page = shown(seller, mission.get_absolute_url())
    assert waits not in page
    assert said("The first instalment is held: you can start") in page


@pytest.mark.parametrize(
    "promise",
    [
        INSURED,  # K67
        REFUNDED,  # K70, K71
        "Anything that changes is written here at once, and reaches the other party by mail.",  # K52
    ],
)
def test_a_mission_says_how_it_is_covered_changed_and_judged(
    client_of, mission: Mission, promise: str
) -> None:
    assert said(promise) in shown(client_of(mission.client), mission.get_absolute_url())


def test_missions_of_an_hour_and_of_a_year_run_side_by_side(talk, buyer, expert) -> None:  # K46, K47
    first_day = clock.today() + timedelta(days=7)
    for days, line in (
        (0, LineTerms("Un avis", 100, "hour", 150_00)),
        (365, LineTerms("Un suivi", 4_000, "day", 700_00)),
    ):
        lasting = terms(starts_on=first_day, ends_on=first_day + timedelta(days=days))
        quote = actions.write(talk, expert=expert, terms=lasting, lines=[line])
        accepted = actions.accept(
            quote, actor=buyer, name="Thomas Girard", digest=quote.digest, siren="303265045"
        )
        pay(accepted, 1)
        actions.start(accepted, actor=expert)

    assert Mission.objects.filter(state=Mission.State.RUNNING, quote__conversation=talk).count() == 2
