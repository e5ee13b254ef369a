"""Random lives of orders: whoever acts, in whatever order, the invariants hold after every step."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.orders.lives.machine import OrderLife
from tests.orders.lives.world import cast

LIVES = int(os.environ.get("LIVES", "20"))
"""How many lives a run goes through, always the same ones. In the environment: other lives, thousands for a deep search."""
STEPS = int(os.environ.get("STEPS", "20"))
PHASES = [Phase.explicit, Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])]
"""A life that fails is told whole, at once; with ``SHRINK=1`` the shortest that fails is looked for, which takes minutes."""


@pytest.mark.django_db
def test_random_lives_of_jobs_calls_and_questions_keep_the_invariants():
    OrderLife.people = cast()
    run_state_machine_as_test(
        OrderLife,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="LIVES" not in os.environ,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
