"""What is kept for a time the law sets, and forgotten when that time is over."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from accounts import actions as accounts
from accounts.models import BankAccount, Document
from marketplace.kernel import clock
from orders.models import Order

NEVER_SOLD = timedelta(days=183)
"""Six months after the account closed (Regulation (EU) 2022/2065, art. 30)."""
SOLD = timedelta(days=5 * 365)
"""Five years after the account closed: civil claims (Code civil, art. 2224) and the duty of vigilance."""
BANK_DETAILS = timedelta(days=396)
"""Thirteen months: the time in which a payment can be contested (Code monétaire et financier, art. L133-24)."""


def forget_files_of_documents(limit: int = 500) -> int:
    """Delete the files of documents of closed accounts whose time is over; what was checked, and when, stays.

    Refused files of accounts still open go with the daily look at documents (`accounts.tasks.sweep_documents`).
    """
    now = clock.now()
    sold = Exists(Order.objects.filter(expert=OuterRef("user"), paid_at__isnull=False))
    over = Q(~sold, user__closed_at__lte=now - NEVER_SOLD) | Q(user__closed_at__lte=now - SOLD)
    count = 0
    for document in Document.objects.filter(over).exclude(file="").order_by("pk")[:limit]:
        accounts.drop_file(document)
        count += 1
    return count


def forget_bank_details() -> int:
    """Erase the numbers of accounts that nobody is paid on any more."""
    before = clock.now() - BANK_DETAILS
    over = Q(replaced_at__lte=before) | Q(user__closed_at__lte=before)
    return BankAccount.objects.filter(over).exclude(sealed_iban="").update(sealed_iban="", holder="")
