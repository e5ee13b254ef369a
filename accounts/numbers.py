"""Numbers that a firm is known by, as people type them and as registers write them."""

import re

import stdnum
from django.forms import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren as sirens


def siren_of(typed: str) -> str:
    """The nine digits of a SIREN, or those a SIRET begins with; empty for nothing. Raises ``ValidationError``."""
    number = re.sub(r"\D", "", typed)
    if not typed.strip():
        return ""
    if len(number) not in (9, 14) or not sirens.is_valid(number[:9]):
        raise ValidationError(
            _("This SIREN does not exist. Check its nine digits; a SIRET is fine too."), code="siren"
        )
    return number[:9]


def vat_number_of(typed: str) -> str:
    """A VAT number without spaces, its check digits verified where its country has some; empty for nothing.

    Raises ``ValidationError``.
    """
    number = re.sub(r"[\s.\-]", "", typed).upper()
    if not number:
        return ""
    checker = stdnum.get_cc_module(number[:2].lower(), "vat") if number[:2].isalpha() else None
    try:
        if checker is not None:
            checker.validate(number)
        elif not re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,13}", number):
            raise NumberError
    except NumberError:
        raise ValidationError(
            _("This VAT number is not right. Check it, or leave the field empty."), code="vat_number"
        ) from None
    return number


def disagree(siren: str, vat_number: str) -> bool:
    """Whether a French VAT number is that of another firm than the SIREN."""
    return bool(siren) and vat_number.startswith("FR") and vat_number[4:] != siren
