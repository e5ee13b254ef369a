"""Where calls are held: a port with one door, and the two ways the product comes with.

``settings.CALL_ROOMS`` names the class. It is asked inside the transaction that books the call, so it must not call
the network: a provider that needs to prepare a room does it when somebody opens the address.
"""

import secrets
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Room:
    """How to reach one call: an address to open, or a number to dial with its code. Nobody else can guess either."""

    url: str = ""
    phone: str = ""
    code: str = ""


class CallRooms(Protocol):
    """Whoever can give each call a place of its own."""

    def open(self, reference: str) -> Room:
        """A new room for the call of an order; ``reference`` is for people who read lists, never a secret."""
        ...


class LinkRooms:
    """A room on a video service where a name is enough, such as Jitsi Meet: the name holds 128 random bits."""

    def open(self, reference: str) -> Room:
        name = f"{settings.CALL_ROOM_PREFIX}-{secrets.token_urlsafe(16).replace('_', '-')}"
        return Room(url=settings.CALL_ROOM_URL.format(room=name))


class PhoneRooms:
    """A conference bridge: one number for all, and eight digits that only this call's two people know."""

    def open(self, reference: str) -> Room:
        return Room(phone=settings.CALL_PHONE_NUMBER, code=f"{secrets.randbelow(10**8):08d}")


def rooms() -> CallRooms:
    """The provider in use."""
    provider: CallRooms = import_string(settings.CALL_ROOMS)()
    return provider
