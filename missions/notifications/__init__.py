"""Who is told what about quotes and missions, and in which words."""

from missions.notifications import words as words
from missions.notifications.telling import tell as tell
from missions.notifications.telling import tell_of_nda as tell_of_nda
