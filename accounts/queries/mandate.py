"""Whether an expert lets us draw up their invoices."""

from accounts import mandate
from accounts.models import Signature, User


def mandate_signature(user: User) -> Signature | None:
    """The latest signature of the invoicing mandate, whichever its version: it holds until another is signed."""
    return Signature.objects.filter(user=user, text=Signature.Text.MANDATE).first()


def is_current(signature: Signature | None) -> bool:
    """Whether the words signed are those in force."""
    return signature is not None and signature.version == mandate.VERSION
