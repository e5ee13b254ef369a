"""Tell buyers of the certificates the law wants them to hold, at the start and every six months."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import translation

from accounts.companies import readers
from accounts.outbox import tell
from accounts.queries.standing import in_words
from accounts.queries.vigilance import Contract, pack_of, period
from marketplace.kernel import clock


@transaction.atomic
def remind_of_certificates(contracts: Sequence[Contract]) -> bool:
    """Offer the file of a pair to its buyer once for each six months, or ask its expert for what is missing.

    ``contracts`` are those of one buyer and one expert, the oldest first. Returns whether somebody was told.
    """
    first, largest = contracts[0], max(contracts, key=lambda contract: contract.ht_cents)
    buyer, expert = first.buyer, first.expert
    number = period(first.signed_on, clock.today())
    pack = pack_of(expert)
    names = {
        "title": largest.title,
        "reference": largest.reference,
        "expert": expert.display_name,
        "buyer": buyer.display_name,
    }
    told = False
    clients = readers(buyer, largest.company_id)
    if pack.is_complete:
        for person in clients:
            told |= tell(
                person,
                "vigilance_renewal" if number else "vigilance_due",
                key=f"vigilance:{expert.pk}:{first.signed_on.isoformat()}:{number}",
                url_name=largest.url_name,
                url_args=largest.url_args,
                **names,
            )
        return told
    for person, other, kind, url_name, url_args in (
        *((person, expert, "vigilance_missing", largest.url_name, largest.url_args) for person in clients),
        (expert, buyer, "vigilance_asked", "documents", ()),
    ):
        with translation.override(person.language):
            missing = " ".join(in_words(item) for item in pack.missing)
        told |= tell(
            person,
            kind,
            key=f"vigilance:{other.pk}:{first.signed_on.isoformat()}:{number}:missing",
            url_name=url_name,
            url_args=url_args,
            missing=missing,
            **names,
        )
    return told
