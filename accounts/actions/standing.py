"""Keep in step with the documents whether an expert takes new business."""

from django.db import transaction
from django.utils import translation

from accounts.models import ExpertProfile, User
from accounts.outbox import tell
from accounts.queries import Act
from accounts.queries.standing import obstacles_in_law
from marketplace.kernel import clock


@transaction.atomic
def refresh_standing(user: User, *, quietly: bool = False) -> bool:
    """Bar an expert from new business, or let them back, as their documents say today. Returns whether barred.

    Nobody asks for it and nobody forgives it: a document accepted, refused or run out calls this. Running orders and
    earned money are not touched. The expert is told once of each change.
    """
    profile = (
        ExpertProfile.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user")
        .filter(user=user)
        .first()
    )
    if profile is None:
        return False
    with translation.override(profile.user.language):
        reasons = [o for o in obstacles_in_law(profile, clock.today()) if Act.PUBLISH in o.blocks]
    barred = bool(reasons)
    if barred == (profile.barred_since is not None):
        return barred
    now = clock.now()
    profile.barred_since = now if barred else None
    profile.save(update_fields=["barred_since"])
    if profile.is_approved and not quietly:
        tell(
            profile.user,
            "selling_barred" if barred else "selling_restored",
            key=f"standing:{profile.pk}:{now.isoformat()}",
            url_name="documents",
            reasons=" ".join(reason.words for reason in reasons),
        )
    return barred
