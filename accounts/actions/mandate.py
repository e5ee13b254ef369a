"""Sign the invoicing mandate."""

from accounts.actions.consents import agree
from accounts.models import Consent, User


def sign_mandate(user: User, *, name: str, language: str, ip: str | None = None) -> Consent:
    """Let us draw up one's invoices: the version, the digest of the words shown, the name typed, the moment. Once."""
    return agree(user, Consent.Text.MANDATE, name=name, language=language, ip=ip)
