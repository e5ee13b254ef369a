"""Reads across this app's models, as pages need them: what comes next, the order room, a person's orders."""

from orders.queries import calls as calls
from orders.queries.contacts import contact_thread
from orders.queries.lists import OrderRow, buyer_counts, buyer_orders, rows
from orders.queries.rooms import Room, find, room, room_orders
from orders.queries.steps import Milestone, NextStep, Words, allowed, milestones, next_step
from orders.queries.threads import Entry, FileRow, token

__all__ = [
    "Entry",
    "FileRow",
    "Milestone",
    "NextStep",
    "OrderRow",
    "Room",
    "Words",
    "allowed",
    "buyer_counts",
    "buyer_orders",
    "contact_thread",
    "find",
    "milestones",
    "next_step",
    "room",
    "room_orders",
    "rows",
    "token",
]
