"""What experts are told of their offers."""

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register

register(
    "offer_admitted",
    Words(
        _("Your offer is on sale"),
        _("Our team has read “%(title)s”: buyers find it from now on."),
        _("See my offer"),
    ),
)
register(
    "offer_refused",
    Words(
        _("Your offer needs a change"),
        _(
            "Our team cannot put “%(title)s” on sale as it is: %(reason)s Nothing is lost: change it and send it again."
        ),
        _("Change my offer"),
    ),
)
register(
    "offer_held_back",
    Words(
        _("Our team took your offer off sale"),
        _("“%(title)s” is no longer on sale: %(reason)s Orders already placed go on."),
        _("See my offer"),
    ),
)
register(
    "offer_given_back",
    Words(
        _("Your offer is on sale again"),
        _("Our team put “%(title)s” back on sale."),
        _("See my offer"),
    ),
)
