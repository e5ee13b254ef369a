"""Who is signed in, read with each page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from marketplace.kernel.compiled import Compiled


class Accounts(AuthenticationBackend):
    """allauth's own, but the account of each request is read by a query written once."""

    def get_user(self, user_id: Any) -> User | None:
        """The account behind a session, or nothing when it is gone or closed."""
        found = _BY_KEY.objects(_BY_KEY.rows(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


_BY_KEY = Compiled(lambda pk: User.objects.filter(pk=pk).order_by())
