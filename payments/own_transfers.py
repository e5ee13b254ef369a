"""References of transfers to the operator's own account: ISO 11649, so that a wrong digit is noticed."""

import re
from typing import Any

from django.conf import settings

from payments.models import Payment

REFERENCE = re.compile(r"RF\d\dP\d{9}")


def are_offered() -> bool:
    """Whether buyers send their transfers to our own bank account."""
    return bool(settings.OWN_FUNDS and settings.OPERATOR_IBAN)


def reference_of(payment: Payment) -> str:
    """``RF`` + two check digits + ``P`` and nine digits: the payment's own."""
    body = f"P{payment.pk:09d}"
    return f"RF{98 - _remainder(f'{body}RF00'):02d}{body}"


def payment_of(words: str) -> Payment | None:
    """The payment that the words of a transfer name, if its check digits are right."""
    for found in REFERENCE.findall(re.sub(r"[^A-Z0-9]", "", words.upper())):
        if _remainder(f"{found[4:]}{found[:4]}") == 1:
            return Payment.objects.filter(pk=int(found[5:])).first()
    return None


def instructions_for(payment: Payment) -> dict[str, Any]:
    return {
        "iban": settings.OPERATOR_IBAN,
        "bic": settings.OPERATOR_BIC,
        "holder": settings.OPERATOR_NAME,
        "reference": reference_of(payment),
        "amount": payment.amount_cents,
    }


def _remainder(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97
