"""What movements and documents are called when experts read them."""

from django.utils.translation import gettext as _

from payments.models import LedgerTransaction, Statement
from payments.reporting.accounts import Entry

Kind = LedgerTransaction.Kind


def of_kind(kind: str) -> str:
    """The name of a document."""
    return str(Statement.Kind(kind).label)


def of_entry(entry: Entry) -> str:
    """What a movement was, for the person whose account it is."""
    names = {
        Kind.RELEASE: _("Accepted order"),
        Kind.REFUND_CLAWBACK: _("Refund to the buyer"),
        Kind.DISPUTE_LOST: _("Taken back by the buyer’s bank"),
        Kind.DISPUTE_HOLD: _("Set aside while the buyer’s bank decides"),
        Kind.DISPUTE_UNHOLD: _("No longer set aside"),
        Kind.COMMISSION_ADJUST: _("Commission given back"),
        Kind.GOODWILL: _("Given by us"),
        Kind.WITHDRAWAL_REQUESTED: _("Withdrawal"),
        Kind.WITHDRAWAL_FAILED: _("Withdrawal returned"),
    }
    known = Kind(entry.kind)
    return names.get(known) or str(known.label)
