"""What happens next in an order, in words, for the person who looks. Pure: an order in, sentences out."""

from orders.queries.steps.acts import acts_of, allowed
from orders.queries.steps.coming import next_step, step_of
from orders.queries.steps.line import Milestone, milestones
from orders.queries.steps.words import NextStep, Part, Words, days, delay, first_name, version

__all__ = [
    "Milestone",
    "NextStep",
    "Part",
    "Words",
    "acts_of",
    "allowed",
    "days",
    "delay",
    "first_name",
    "milestones",
    "next_step",
    "step_of",
    "version",
]
