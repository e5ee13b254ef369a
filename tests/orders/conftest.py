"""Reviews that several files read."""

import pytest

from orders import actions


@pytest.fixture
def lone_review(completed_order, buyer):
    return actions.leave_review(completed_order, author=buyer, rating=4, comment="Clair et précis.")


@pytest.fixture
def both_reviews(lone_review, completed_order, expert):
    actions.leave_review(completed_order, author=expert, rating=5, comment="Des consignes nettes.")
    return completed_order
