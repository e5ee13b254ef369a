"""Who may act on an order."""

from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.errors import Refusal


def only(person: User, actor: User) -> None:
    """Raise ``Refusal`` unless it is this person who acts."""
    if person.pk != actor.pk:
        raise Refusal(_("This is for the other party of the order to do."))
