"""What people are told about their data and their account."""

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register

register(
    "data_export_ready",
    Words(
        _("The copy of your data is ready"),
        _("You can download it until %(expires)s; then we delete it."),
        _("Download the copy"),
    ),
)
register(
    "closure_asked",
    Words(
        _("You asked us to close your account"),
        _(
            "It closes after %(not_before)s, once nothing is under way any more, and cannot be opened again. "
            "Until then you can keep it."
        ),
        _("See where it stands"),
    ),
)
register(
    "inactive_account",
    Words(
        _("Your account has not been used for two years"),
        _(
            "Sign in before %(closes)s to keep it. After that day we close it and delete what we need not keep."
        ),
        _("Keep my account"),
    ),
)
