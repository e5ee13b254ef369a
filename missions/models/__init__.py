"""Quotes, the missions that follow them, and their instalments."""

from missions.models.amendment import Amendment
from missions.models.mission import Ending, Instalment, Mission, MissionEvent
from missions.models.nda import Nda
from missions.models.quote import Quote, QuoteLine
from missions.models.report import Report, weeks_of
from missions.models.ruling import MissionRuling

__all__ = [
    "Amendment",
    "Ending",
    "Instalment",
    "Mission",
    "MissionEvent",
    "MissionRuling",
    "Nda",
    "Quote",
    "QuoteLine",
    "Report",
    "weeks_of",
]
