"""The delays and thresholds of admission, documents and bank details. Dates count in days of Paris."""

from datetime import timedelta

# Admission

MIN_YEARS_OF_EXPERIENCE = 30
MIN_AGE = 50
"""Either suffices. Age is an attestation that staff may ask to see proof of, never a birth date that is kept."""
CLUB_QUORUM = 3
"""Votes for or against, recusals apart, without which the committee decides."""
CLUB_TIME = timedelta(days=7)
COMMITTEE_TIME = timedelta(days=7)
APPEAL_TIME = timedelta(days=30)
"""How long a refused candidate may appeal, once."""
APPLY_AGAIN_AFTER = timedelta(days=180)
DRAFT_REMINDER = timedelta(days=7)
DRAFT_KEPT = timedelta(days=60)

# Texts people agreed to

TEXT_NOTICE = timedelta(days=15)
"""Between the mail that brings new terms and their effect (regulation (EU) 2019/1150, article 3 (2))."""

# Suspensions

SUSPENSION_NOTICE = timedelta(days=7)
"""Between the reasons and the effect, for every ground that is not grave: the time to reply."""
SUSPENSION_REVIEW = timedelta(days=30)
"""How often our team looks again at a suspension without an end."""

# Documents

EXPIRY_REMINDERS = (30, 14, 7, 1)
"""Days before the last day of a document on which its expert is reminded."""
EXPIRING_WITHIN = timedelta(days=30)
REVIEW_GRACE = timedelta(days=7)
"""How long a document that ran out still counts when its renewal was uploaded in time and waits for us."""
REVIEW_TIME = timedelta(days=2)
"""How soon our team checks an upload."""
MAX_PDF_PAGES = 60
MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
MAX_ISSUE_AGE = timedelta(days=92)
"""An extract of the register is at most three months old when it is uploaded."""
CREATION_RECEIPT_LASTS = timedelta(days=90)
REFUSED_FILE_KEPT = timedelta(days=30)
WAIVER_LASTS = timedelta(days=30)

# The archive

ARCHIVED_AFTER = timedelta(days=396)
"""Thirteen months after the last word or the end of the work, the time in which a payment can be contested: from then
on only those who may open the archive read it."""

# Money

BANK_COOLING = timedelta(hours=72)
"""How long new bank details rest before they are paid: time for their owner to see the warning."""

# The client's duty of vigilance (Code du travail, D8222-5 and R8222-1)

VIGILANCE_FROM_CENTS = 5_000_00
"""Excluding VAT, for the whole of a contract."""
VIGILANCE_EVERY_MONTHS = 6

# Company accounts

COMPANY_INVITATION_LASTS = timedelta(days=14)
COMPANY_INVITATIONS = 20
"""Invitations of one company account that may wait for an answer at once."""
