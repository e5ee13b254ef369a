"""The order room: what it shows, and how it is gathered."""

from orders.queries.rooms.gathering import room, room_orders
from orders.queries.rooms.shapes import TABS, Room

__all__ = ["TABS", "Room", "room", "room_orders"]
