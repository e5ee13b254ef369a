"""Sign the invoicing mandate."""

from django.db import transaction

from accounts import mandate
from accounts.models import Signature, User
from marketplace.kernel import clock


@transaction.atomic
def sign_mandate(user: User, *, name: str, language: str) -> Signature:
    """Let us draw up one's invoices: the version, the digest of the words shown, the name typed, the moment. Once."""
    signature, _created = Signature.objects.get_or_create(
        user=user,
        text=Signature.Text.MANDATE,
        version=mandate.VERSION,
        defaults={
            "language": language,
            "digest": mandate.digest(language),
            "name": name,
            "signed_at": clock.now(),
        },
    )
    return signature
