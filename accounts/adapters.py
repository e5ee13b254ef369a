"""How signing in and up is wired to our accounts: names, roles, languages and the mails about them."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import devices
from accounts.models import User
from marketplace.kernel.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already your address."),
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or choose a new password."
        ),
        "email_taken": _("This address cannot be used. Choose another one."),
        "enter_current_password": _("This is not your current password. Type it again."),
        "incorrect_code": _("This code is not right. Copy the one from the latest e-mail."),
        "incorrect_password": _("This is not your password. Type it again."),
        "invalid_login": _("This sign-in is not valid. Start again."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "rate_limited": _("You asked a moment ago. Wait a little, then try again."),
        "same_as_current": _("This is already your address."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the names as typed and the language of the page. The roles follow in ``SignupForm.signup``."""
        user.language = _spoken(translation.get_language())
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that knows where each person works, in their language."""
        language = request.user.language if request.user.is_authenticated else translation.get_language()
        with translation.override(_spoken(language)):
            return reverse(settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **rest: Any) -> HttpResponse:
        """Write to somebody who signs in on a device this account has not been seen on."""
        seen_before = UserSession.objects.filter(user=user).exists()
        response = super().post_login(request, user, signup=signup, **rest)
        if not devices.knows(request, user):
            if seen_before and not signup:
                self.send_notification_mail("account/email/new_device", user)
            devices.remember(request, response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_settings")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their language, with links on our own address whatever the request claims."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = _spoken(user.language if user else translation.get_language())
        links = {name: _our_link(value, language) for name, value in context.items() if name.endswith("_url")}
        with translation.override(language):
            super().send_mail(
                template_prefix,
                email,
                {
                    **context,
                    **links,
                    "recipient": user,
                    "site_name": settings.SITE_NAME,
                    "site_url": settings.SITE_URL,
                },
            )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("This account has a second factor: remove it before you change the address."),
        "cannot_delete_authenticator": _("This account must keep its second factor."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
        "incorrect_code": _("This code is not right. Wait for the next one, then type it again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff may change their factor, never be left without one."""
        user = authenticator.user
        if not (settings.STAFF_SECOND_FACTOR and user.is_staff):
            return True
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        others = type(authenticator).objects.filter(user=user, type__in=kinds).exclude(pk=authenticator.pk)
        return authenticator.type not in kinds or others.exists()


def _spoken(language: str | None) -> str:
    """The nearest language that people may choose."""
    code = (language or "")[:2]
    return code if code in User.Language.values else User.Language.FRENCH


def _our_link(url: str, language: str) -> str:
    """The same page on the site's own address, in a language."""
    return settings.SITE_URL + translate_url(urlsplit(url).path, language)
