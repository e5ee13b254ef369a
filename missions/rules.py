"""The limits and delays of quotes and missions. A quote freezes the rates it was written under."""

from datetime import timedelta

INSTALMENTS = (30, 30, 40)
"""Percent of a quote paid at its acceptance, at mid-mission and at the end review."""
QUOTE_VALID_DAYS = 15
MAX_QUOTE_VALID_DAYS = 90
MAX_LINES = 12
MAX_QUANTITY = 10_000
MIN_TOTAL_CENTS = 100_00
MAX_TOTAL_CENTS = 500_000_00
"""Of a quote, VAT excluded."""
PAYMENT = timedelta(days=14)
"""How long a client has to pay an instalment before the expert may suspend the work."""
FIRST_PAYMENT = timedelta(days=15)
"""How long the first instalment is waited for: unpaid, the mission never begins."""
PAYMENT_REMINDER = timedelta(days=7)
LATE_TOLD = timedelta(days=1)
"""How long after the day it was due the sweep still tells that an instalment is late."""
PAYMENT_OPEN = timedelta(days=365)
"""How long the payment page of a later instalment stays open, late or not."""
REVIEW = timedelta(days=14)
"""An end review that the client leaves unanswered so long counts as validated."""
STOP_ANSWER = timedelta(days=7)
"""How long a proposal to end early waits for its answer."""
CLEARING = timedelta(days=3)
"""How long what an instalment brought clears before it may be withdrawn."""
AMENDMENT_VALID = timedelta(days=15)
"""How long an amendment waits for the signature of the other party."""
REPORT = timedelta(days=7)
"""An activity report that the client leaves unanswered so long counts as validated."""
DORMANCY_WARNING = timedelta(days=60)
"""Without a message or an event for so long, both parties are asked whether the mission goes on."""
DORMANCY = timedelta(days=90)
"""And for so long: what never started is refunded, what runs comes before our team."""
ALARMS = (3, 7, 15)
"""Days a mission has waited for our team's decision after which the team is alarmed."""
EARLY_ENDS = 3
EARLY_ENDS_WINDOW = timedelta(days=180)
"""So many missions left by their expert before the end, within so long, are brought to our team."""
FOUR_EYES_CENTS = 1_000_00
"""From this total on, VAT excluded, a second member of the team confirms a decision."""
