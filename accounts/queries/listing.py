"""What an expert needs before the public finds them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import ExpertProfile


@dataclass(frozen=True)
class ListingStep:
    """One thing an expert needs before the public finds them; ``url_name`` is where to do it, if it is theirs to do."""

    label: Any
    hint: Any
    is_done: bool
    url_name: str = ""


def listing_steps(profile: ExpertProfile) -> list[ListingStep]:
    """What an expert needs to be listed and to sell, done or not, in the order of doing."""
    return [
        ListingStep(
            label=_("A photo"),
            hint=_("A profile without a photo is not listed."),
            is_done=bool(profile.user.avatar),
            url_name="profile_photo",
        ),
        ListingStep(
            label=_("A headline and a presentation"),
            hint=_("They are the first thing a buyer reads."),
            is_done=bool(profile.headline and profile.bio),
            url_name="profile_presentation",
        ),
        *(
            [
                ListingStep(
                    label=_("Your profile is hidden"),
                    hint=_("You hid it yourself. Show it again when you are ready."),
                    is_done=False,
                    url_name="profile_availability",
                )
            ]
            if profile.is_hidden
            else []
        ),
        ListingStep(
            label=_("The approval of our team"),
            hint=_("We read every profile before it can sell. You can prepare your offers meanwhile."),
            is_done=profile.is_approved,
        ),
    ]
