"""Put offers on sale and take them off: what their experts ask, and what our team decides."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import Act, legal_standing
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from offers import queries
from offers.actions.writing import refuse_deleted
from offers.models import Offer
from offers.queries import twins


@transaction.atomic
def submit(offer: Offer) -> Offer:
    """Ask for an offer to be on sale, as its expert.

    The first time, and after a refusal, our team reads it before; later it is back on sale at once. Raises
    ``Refusal`` until the expert is admitted, while our team keeps it off sale, and for a near copy of another.
    """
    offer = offer.locked()
    refuse_deleted(offer)
    _refuse_unless_admitted(offer)
    if offer.paused_by_staff:
        raise Refusal(
            _("Our team took this offer off sale: “%(reason)s” Write to us when that is settled.")
            % {"reason": offer.staff_reason}
        )
    twin = twins.of_same_expert(offer.expert_id, title=offer.title, text=offer.description, without=offer.pk)
    if twin:
        raise Refusal(
            _(
                "This offer is %(percent)s%% alike “%(title)s”, which you already have. Say what makes it "
                "different, or delete one of the two."
            )
            % {"percent": twin.percent, "title": twin.title}
        )
    if offer.is_sent_to_team:
        offer.status = Offer.Status.IN_REVIEW
        offer.submitted_at = clock.now()
        offer.save(update_fields=["status", "submitted_at"])
        return offer
    return _sell(offer)


@transaction.atomic
def publish(offer: Offer) -> Offer:
    """Put an offer on sale as it stands, read by our team. Raises ``Refusal`` until the expert may sell."""
    offer = offer.locked()
    refuse_deleted(offer)
    _refuse_unless_admitted(offer)
    offer.reviewed_version = offer.version
    offer.paused_by_staff, offer.staff_reason = False, ""
    return _sell(offer)


@transaction.atomic
def admit(offer: Offer) -> Offer:
    """Our team has read a submitted offer and puts it on sale; its expert is told."""
    if offer.locked().status != Offer.Status.IN_REVIEW:
        raise Refusal(_("This offer does not wait to be read: nothing was changed."))
    offer = publish(offer)
    _tell(offer, "offer_admitted")
    return offer


@transaction.atomic
def refuse(offer: Offer, *, reason: str) -> Offer:
    """Our team sends a submitted offer back with a reason that its expert reads; nothing is lost."""
    offer = offer.locked()
    if offer.status != Offer.Status.IN_REVIEW:
        raise Refusal(_("This offer does not wait to be read: nothing was changed."))
    offer.status, offer.staff_reason = Offer.Status.REFUSED, reason
    offer.save(update_fields=["status", "staff_reason"])
    _tell(offer, "offer_refused", reason=reason)
    return offer


@transaction.atomic
def mark_read(offer: Offer) -> Offer:
    """Our team has read the changes of an offer on sale and has nothing to say."""
    offer = offer.locked()
    offer.reviewed_version = offer.version
    offer.save(update_fields=["reviewed_version"])
    return offer


@transaction.atomic
def pause(offer: Offer) -> Offer:
    """Take an offer off sale for a while, as its expert; running orders go on."""
    offer = offer.locked()
    refuse_deleted(offer)
    if offer.status != Offer.Status.PUBLISHED:
        raise Refusal(_("This offer is not on sale: there is nothing to pause."))
    offer.status = Offer.Status.PAUSED
    offer.save(update_fields=["status"])
    transaction.on_commit(queries.forget)
    return offer


@transaction.atomic
def hold_back(offer: Offer, *, reason: str) -> Offer:
    """Our team takes an offer off sale; only our team can put it back. Its expert is told why."""
    offer = pause(offer)
    offer.paused_by_staff, offer.staff_reason = True, reason
    offer.save(update_fields=["paused_by_staff", "staff_reason"])
    _tell(offer, "offer_held_back", reason=reason)
    return offer


@transaction.atomic
def give_back(offer: Offer) -> Offer:
    """Our team puts back on sale what it had taken off; its expert is told."""
    if not offer.locked().paused_by_staff:
        raise Refusal(_("Our team did not take this offer off sale: nothing was changed."))
    offer = publish(offer)
    _tell(offer, "offer_given_back")
    return offer


@transaction.atomic
def delete(offer: Offer) -> Offer:
    """Take an offer away for good. Orders keep their own copy of its terms."""
    offer = offer.locked()
    offer.status = Offer.Status.DELETED
    offer.save(update_fields=["status"])
    offer.drafts.all().delete()
    transaction.on_commit(queries.forget)
    return offer


def _sell(offer: Offer) -> Offer:
    offer.status = Offer.Status.PUBLISHED
    offer.published_at = offer.published_at or clock.now()
    offer.save(
        update_fields=["status", "published_at", "reviewed_version", "paused_by_staff", "staff_reason"]
    )
    transaction.on_commit(queries.forget)
    return offer


def _refuse_unless_admitted(offer: Offer) -> None:
    if not offer.expert.expert_profile.is_approved:
        raise Refusal(_("Our team must approve your profile before your offers go on sale."))
    standing = legal_standing(offer.expert)
    if not standing.may_publish:
        raise Refusal(" ".join(standing.reasons(Act.PUBLISH)))


def _tell(offer: Offer, kind: str, **params: Any) -> None:
    expert: User = offer.expert
    messaging.notify(
        expert,
        key=f"offer:{offer.pk}:{kind}:{clock.now().isoformat()}",
        kind=kind,
        params={"title": offer.title, **params},
        url_name="offer_edit",
        url_args=[offer.pk],
    )
