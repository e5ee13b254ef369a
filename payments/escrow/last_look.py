"""Before the clock gives up on a payment the provider is asked: its message may be on its way, or wait to be read."""

import logging
import random
from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache

from marketplace.kernel import clock, rules
from payments.escrow.receiving import refresh
from payments.gateways import UnknownObject
from payments.models import Payment

logger = logging.getLogger(__name__)

AT_ONCE = 100
"""Payments asked about in one run; the others are left for the next."""

ASKING = "payments:asking-about-late-ones"
QUIET_SECONDS = 300
"""One run asks at a time, and after a silence nobody does for so long: workers must not all wait for a dead provider."""


def undecided(payments: Iterable[Payment]) -> set[int]:
    """Of payments whose time has run out, those that must not be given up yet. Calls the network, so never in a transaction.

    Money that came is received on the way, as if its message had just been read. A payment is left as it is while a
    transfer is on its way, or while the provider does not answer; when the time to pay has been over for
    ``rules.PROVIDER_SILENCE`` no answer is expected any more: it is given up, and money that comes after all goes back.
    """
    now = clock.now()
    left: set[int] = set()
    to_ask: list[Payment] = []
    for payment in payments:
        if _has_page(payment):
            to_ask.append(payment)
        elif _is_news(payment, now):
            left.add(payment.pk)
    if not to_ask:
        return left
    if not cache.add(ASKING, True, QUIET_SECONDS):
        return left | {payment.pk for payment in to_ask}
    random.shuffle(to_ask)  # one that never gets an answer is not always the first
    asked, later = to_ask[:AT_ONCE], {payment.pk for payment in to_ask[AT_ONCE:]}
    for number, payment in enumerate(asked):
        try:
            if _is_news(refresh(payment), now):
                left.add(payment.pk)
        except UnknownObject:
            continue
        except RuntimeError:
            raise  # asked within a transaction: a mistake of ours, not a silence of theirs
        except Exception as error:
            logger.warning("no answer about payment %s, out of time: %s", payment.pk, type(error).__name__)
            given_up = now - rules.PROVIDER_SILENCE
            return left | later | {each.pk for each in asked[number:] if each.expires_at > given_up}
    cache.delete(ASKING)
    return left | later


def _has_page(payment: Payment) -> bool:
    return payment.is_payable and bool(payment.gateway_id) and not payment.gateway_id.startswith("bank:")


def _is_news(payment: Payment, now: datetime) -> bool:
    """A transfer was chosen and has its days, which nobody above was told yet."""
    return payment.is_payable and payment.expires_at > now and payment.tell_due_at is not None
