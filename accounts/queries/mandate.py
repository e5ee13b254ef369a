"""Whether an expert lets us draw up their invoices."""

from accounts.models import Consent, User
from accounts.queries.editions import to_sign


def mandate_signature(user: User) -> Consent | None:
    """The latest signature of the invoicing mandate, whichever its version: it holds until another is signed."""
    return Consent.objects.live().filter(user=user, text=Consent.Text.MANDATE).first()


def is_current(signature: Consent | None) -> bool:
    """Whether the words signed are those a signature is asked for today."""
    return signature is not None and signature.version == to_sign(Consent.Text.MANDATE)
