"""Quotes, the missions that follow them, and their instalments."""

from missions.models.mission import Ending, Instalment, Mission, MissionEvent
from missions.models.quote import Quote, QuoteLine

__all__ = ["Ending", "Instalment", "Mission", "MissionEvent", "Quote", "QuoteLine"]
