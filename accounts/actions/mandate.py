"""Sign the invoicing mandate."""

from accounts.actions.consents import agree
from accounts.models import Consent, User
from accounts.queries.editions import to_sign


def sign_mandate(user: User, *, name: str, language: str, ip: str | None = None) -> Consent:
    """Let us draw up one's invoices: the version, the digest of the words shown, the name typed, the moment. Once."""
    version = to_sign(Consent.Text.MANDATE)
    return agree(user, Consent.Text.MANDATE, name=name, language=language, ip=ip, version=version)
