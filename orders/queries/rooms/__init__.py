"""The order room: what it shows, and how it is gathered."""

from orders.queries.rooms.gathering import room
from orders.queries.rooms.reading import find, room_orders
from orders.queries.rooms.shapes import TABS, Room

__all__ = ["TABS", "Room", "find", "room", "room_orders"]
