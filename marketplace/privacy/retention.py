"""What is kept for a time the law sets, and forgotten when that time is over."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts import actions as accounts
from accounts.models import BankAccount, Consent, Document
from disputes.models import Appeal, Dispute, Evidence, StaffNote, StaffQuestion
from marketplace.kernel import clock
from messaging.models import (
    Attachment,
    ContactAnswer,
    ContactRequest,
    Conversation,
    FirstMessage,
    Mail,
    Message,
)
from missions.models import Mission
from orders.models import (
    Call,
    CallMove,
    ChangeRequest,
    CustomRequest,
    Deliverable,
    DeliverableFile,
    Order,
    OrderExtra,
    OrderRequirement,
    Pause,
    RequestFile,
    RevisionRequest,
    Terms,
)
from orders.models.requirements import RequirementFile
from payments.models import TaxDetails

NEVER_SOLD = timedelta(days=183)
"""Six months after the account closed (Regulation (EU) 2022/2065, art. 30)."""
SOLD = timedelta(days=5 * 365)
"""Five years after the account closed: civil claims (Code civil, art. 2224) and the duty of vigilance."""
BANK_DETAILS = timedelta(days=396)
"""Thirteen months: the time in which a payment can be contested (Code monétaire et financier, art. L133-24)."""

WORK = timedelta(days=5 * 365)
"""Five years after an order ended: its messages and files (Code civil, art. 2224)."""
CONSUMERS_WORK = timedelta(days=10 * 365)
"""Ten years for an order of a consumer, made on line (Code de la consommation, art. L213-1)."""
QUESTIONS_TO_US = timedelta(days=3 * 365)
"""Three years after our answer: what people wrote from the contact page."""
LOGS = timedelta(days=365)
"""A year: who opened what (délibération CNIL 2021-122 on logs)."""
MAILS = LOGS
"""The mails we sent, as long as the journals."""
TRADE = timedelta(days=3_653)
"""Ten years: contracts, as the papers that invoices lean on (Code de commerce, art. L123-22)."""
TAX_DETAILS = timedelta(days=3_653)
"""Ten years at most after the declaration they served (Directive (EU) 2021/514, annex V, section IV)."""

SAID: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Order, "", ("brief", "cancel_reason")),
    (Deliverable, "order__", ("note",)),
    (OrderRequirement, "order__", ("answer",)),
    (RevisionRequest, "order__", ("good", "wrong", "expected", "refusal")),
    (ChangeRequest, "order__", ("message",)),
    (OrderExtra, "order__", ("message",)),
    (Pause, "order__", ("item", "reason")),
    (Call, "order__", ("absence_words",)),
    (CallMove, "call__order__", ("message",)),
    (CustomRequest, "order__", ("need",)),
    (Terms, "invitation__request__order__", ("scope", "note")),
    (Dispute, "order__", ("statement", "answer")),
    (Appeal, "dispute__order__", ("statement",)),
    (StaffQuestion, "dispute__order__", ("body", "answer")),
    (StaffNote, "dispute__order__", ("body",)),
)
"""Where the parties of an order speak, and how each table leads to it. A ruling's own reasons stay: the ledger
leans on them."""


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


def forget_signers() -> int:
    """Take name and address off what people agreed to, five years after they left; what was agreed to stays."""
    over = Consent.objects.filter(user__closed_at__lte=clock.now() - SOLD).exclude(name="", ip=None)
    return over.update(name="", ip=None)


def forget_bank_details() -> int:
    """Erase the numbers of accounts that nobody is paid on any more."""
    before = clock.now() - BANK_DETAILS
    over = Q(replaced_at__lte=before) | Q(user__closed_at__lte=before)
    return BankAccount.objects.filter(over).exclude(sealed_iban="").update(sealed_iban="", holder="")


def forget_old_talk(limit: int = 200) -> int:
    """Delete the messages, notes, statements and files of orders and conversations whose time is over. Returns how many threads.

    What the order says of price, dates and parties stays: invoices and the ledger lean on it for ten years.
    """
    now = clock.now()
    ended = Coalesce("order__resolved_at", "order__completed_at", "order__cancelled_at")
    threads = Conversation.objects.alias(ended=ended).filter(
        Q(order__isnull=True, last_message_at__lte=now - WORK)
        | Q(order__state__in=Order.CLOSED, ended__lte=now - CONSUMERS_WORK)
        | Q(order__state__in=Order.CLOSED, ended__lte=now - WORK) & ~Q(order__billing__company="")
    )
    said = Exists(Message.objects.filter(conversation=OuterRef("pk")).exclude(body=""))
    given = Exists(DeliverableFile.objects.filter(deliverable__order__conversation=OuterRef("pk")))
    argued = Exists(Dispute.objects.filter(order__conversation=OuterRef("pk")).exclude(statement=""))
    at_work = Mission.objects.filter(quote__conversation=OuterRef("pk")).exclude(
        state__in=Mission.OVER, closed_at__lte=now - WORK
    )
    over = threads.filter(said | given | argued).exclude(Exists(at_work))
    found = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in found:
        _forget_thread(pk)
    return len(found)


@transaction.atomic
def _forget_thread(pk: int) -> None:
    delete_files(Attachment.objects.filter(message__conversation=pk), "file", "preview")
    delete_files(DeliverableFile.objects.filter(deliverable__order__conversation=pk), "file")
    delete_files(RequirementFile.objects.filter(requirement__order__conversation=pk), "file")
    delete_files(RequestFile.objects.filter(request__order__conversation=pk), "file")
    delete_files(Evidence.objects.filter(dispute__order__conversation=pk), "file")
    FirstMessage.objects.filter(message__conversation=pk).delete()
    Message.objects.filter(conversation=pk).update(body="", contact_details=[])
    for model, order, columns in SAID:
        rows = model._default_manager.filter(**{f"{order}conversation": pk})
        rows.update(**dict.fromkeys(columns, ""))


def forget_old_requests(limit: int = 200) -> int:
    """Empty the requests that led to no order, with what was proposed and their files, five years after their end."""
    over = CustomRequest.objects.filter(order=None, closed_at__lte=clock.now() - WORK).exclude(need="")
    found = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        delete_files(RequestFile.objects.filter(request__in=found), "file")
        Terms.objects.filter(invitation__request__in=found).update(scope="", note="")
        CustomRequest.objects.filter(pk__in=found).update(need="")
    return len(found)


def delete_files(rows: QuerySet[Any], *columns: str, keeping_rows: bool = False) -> int:
    """Delete private files once it is certain, with the rows that hold them unless those are kept. Returns how many."""
    names = [getattr(row, column).name for row in rows for column in columns if getattr(row, column)]
    if keeping_rows:
        rows.update(**dict.fromkeys(columns, ""))
    else:
        rows.delete()
    for name in names:
        transaction.on_commit(partial(storages["private"].delete, name))
    return len(names)


def forget_letters() -> int:
    """Delete what people asked us three years ago, and the mails of a year ago. Returns how many rows went."""
    now = clock.now()
    old = ContactRequest.objects.filter(settled_at__lte=now - QUESTIONS_TO_US)
    ContactAnswer.objects.filter(request__in=old).delete()
    letters, _by_table = old.delete()
    mails, _by_table = Mail.objects.filter(sent_at__lte=now - MAILS).delete()
    return letters + mails


def forget_tax_details() -> int:
    """Erase the birth and tax number of experts whose account closed so long ago that no declaration needs them."""
    over = TaxDetails.objects.filter(expert__closed_at__lte=clock.now() - TAX_DETAILS, born_on__isnull=False)
    return over.update(sealed_number="", born_on=None, birth_city="", birth_country="")
