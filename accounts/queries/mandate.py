"""Whether an expert lets us draw up their invoices."""

from accounts import mandate
from accounts.models import Consent, User


def mandate_signature(user: User) -> Consent | None:
    """The latest signature of the invoicing mandate, whichever its version: it holds until another is signed."""
    return Consent.objects.live().filter(user=user, text=Consent.Text.MANDATE).first()


def is_current(signature: Consent | None) -> bool:
    """Whether the words signed are those in force."""
    return signature is not None and signature.version == mandate.VERSION
