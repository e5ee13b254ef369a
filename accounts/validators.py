"""What a password must contain, said before it is typed."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MixedCharactersValidator:
    """At least a lower-case letter, an upper-case letter, a digit and a special character."""

    def validate(self, password: str, user: object = None) -> None:
        missing = []
        if not re.search(r"[a-zà-ÿ]", password):
            missing.append(_("a lower-case letter"))
        if not re.search(r"[A-ZÀ-Þ]", password):
            missing.append(_("an upper-case letter"))
        if not re.search(r"\d", password):
            missing.append(_("a digit"))
        if not re.search(r"[^\w\s]|_", password):
            missing.append(_("a special character"))
        if missing:
            raise ValidationError(
                _("The password still needs %(missing)s.") % {"missing": ", ".join(missing)},
                code="password_characters",
            )

    def get_help_text(self) -> str:
        return _("Mix upper and lower case letters, digits and special characters.")
