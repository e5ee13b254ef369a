"""What experts are told about their money, in which words, under which key."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from messaging import actions as messaging
from messaging.words import Topic, Words, register
from payments.models import BooksReport, Invoice, PayeeAccount, Payment, Withdrawal

register(
    "withdrawal_requested",
    Words(
        title=_("Withdrawal of %(amount)s requested"),
        body=_(
            "It goes to %(destination)s and normally arrives within two or three working days. Not you? Change your password and write to us at once."
        ),
        action=_("Follow the withdrawal"),
    ),
)
register(
    "withdrawal_paid",
    Words(
        title=_("%(amount)s paid to you"),
        body=_("Your withdrawal has left for %(destination)s. Remember to declare what you earn."),
        action=_("See my withdrawals"),
    ),
)
register(
    "withdrawal_failed",
    Words(
        title=_("Your withdrawal of %(amount)s came back"),
        body=_(
            "The amount is on your balance again. Reason given: %(reason)s Check your account details, then ask again."
        ),
        action=_("See my balance"),
    ),
)
register(
    "payee_ready",
    Words(
        title=_("Your account for withdrawals is ready"),
        body=_("You can withdraw what is available on your balance."),
        action=_("See my balance"),
    ),
)
register(
    "payee_restricted",
    Words(
        title=_("Our payment provider needs something from you"),
        body=_("Until you complete your account there, withdrawals wait. Your money stays safe."),
        action=_("Complete my account"),
    ),
)
register(
    "payee_bank_changed",
    Words(
        title=_("Your bank account for withdrawals has changed"),
        body=_("For your safety, withdrawals open again in 72 hours. Not you? Write to us at once."),
        action=_("See my balance"),
    ),
)
register(
    "books_unsound",
    Words(
        title=_("The books need a look"),
        body=_("The nightly check found %(count)s point(s). Stop paying out until they are understood."),
        action=_("See the findings"),
    ),
)
register(
    "fraud_warning",
    Words(
        title=_("Possible fraud on payment %(reference)s"),
        body=_(
            "A bank doubts that the owner of the card paid %(amount)s. A refund now is cheaper than a chargeback later."
        ),
        action=_("See the payment"),
    ),
)


register(
    "company_invoice",
    Words(
        title=_("Invoice %(number)s: %(amount)s"),
        body=_("%(seller)s, for “%(title)s”. It is with the invoices of your company."),
        action=_("See the invoices"),
    ),
    topic=Topic.PROGRESS,
)


def withdrawal_requested(withdrawal: Withdrawal) -> None:
    _of(withdrawal, "requested")


def withdrawal_paid(withdrawal: Withdrawal) -> None:
    _of(withdrawal, "paid")


def withdrawal_failed(withdrawal: Withdrawal) -> None:
    with translation.override(withdrawal.expert.language):
        reason = gettext(withdrawal.failure_reason).rstrip(". ")
    _of(withdrawal, "failed", reason=f"{reason}.")


def payee_ready(account: PayeeAccount) -> None:
    _about(account, "payee_ready")


def payee_restricted(account: PayeeAccount) -> None:
    _about(account, "payee_restricted")


def payee_bank_changed(account: PayeeAccount) -> None:
    _about(account, "payee_bank_changed")


def _of(withdrawal: Withdrawal, step: str, **params: Any) -> None:
    messaging.notify(
        withdrawal.expert,
        key=f"withdrawal:{withdrawal.pk}:{step}",
        kind=f"withdrawal_{step}",
        params={
            "amount_cents": withdrawal.amount_cents,
            "destination": withdrawal.destination,
            "reference": withdrawal.reference,
            **params,
        },
        url_name="withdrawals",
    )


def _about(account: PayeeAccount, kind: str) -> None:
    stamp = account.bank_changed_at or account.checked_at
    messaging.notify(
        account.expert,
        key=f"{kind}:{account.pk}:{stamp.isoformat() if stamp else ''}",
        kind=kind,
        params={},
        url_name="withdrawals",
    )


def invoice_issued(member: User, invoice: Invoice) -> None:
    """Tell an owner or an accountant of a company account; how it reaches them is theirs to choose."""
    messaging.notify(
        member,
        key=f"invoice:{invoice.pk}",
        kind="company_invoice",
        params={
            "number": invoice.number,
            "title": invoice.title,
            "seller": invoice.seller_name,
            "amount_cents": invoice.ttc_cents,
        },
        url_name="invoices",
    )


def books_unsound(member: User, report: BooksReport) -> None:
    messaging.notify(
        member,
        key=f"books:{report.pk}",
        kind="books_unsound",
        params={"count": len(report.findings)},
        url_name="admin:payments_booksreport_change",
        url_args=[report.pk],
    )


def fraud_warning(member: User, payment: Payment, event_id: str) -> None:
    messaging.notify(
        member,
        key=f"fraud:{event_id}",
        kind="fraud_warning",
        params={"reference": payment.reference, "amount_cents": payment.amount_cents},
        url_name="admin:payments_payment_change",
        url_args=[payment.pk],
    )
