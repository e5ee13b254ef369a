"""What people type about themselves. Signing in has its own module, `entrance_forms`, that needs this one."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.countries import COUNTRIES
from accounts.models import BuyerProfile, ExpertProfile, User
from marketplace.kernel import uploads

PHOTO_SIZE = (256, 256)
MIN_PHOTO_SIZE = (128, 128)
MAX_LANGUAGES = 8
MAX_SKILLS = 15

plain_name = RegexValidator(
    r"[<>/\\@{}\[\]\x00-\x1f]|www\.|https?:",
    message=_("Write a name without symbols or links."),
    code="not_a_name",
    inverse_match=True,
    flags=re.IGNORECASE,
)
"""Names go into mails to other people: they carry no link."""


def name_field(label: Any, autocomplete: str, missing: Any) -> forms.CharField:
    """A first or last name, with what to say when it is missing."""
    return forms.CharField(
        label=label,
        max_length=60,
        validators=[plain_name],
        widget=forms.TextInput({"autocomplete": autocomplete}),
        error_messages={"required": missing},
    )


class SignupForm(forms.Form):
    """What a new account says besides its address and password. The library's sign-up form derives from it."""

    class Role:
        BUYER, EXPERT, BOTH = "buyer", "expert", "both"

    ROLES = (
        (Role.BUYER, _("I am looking for an expert")),
        (Role.EXPERT, _("I am an independent expert")),
        (Role.BOTH, _("Both")),
    )

    role = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Role.BUYER,
        error_messages={
            "required": _("Choose what brings you here."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )
    first_name = name_field(_("First name"), "given-name", _("Enter your first name."))
    last_name = name_field(_("Last name"), "family-name", _("Enter your last name."))

    def role_cards(self) -> Iterator[dict[str, Any]]:
        """The roles as choice cards: value, id, icon, title, text, checked."""
        pictures = {
            self.Role.BUYER: ("shopping-bag", _("I order deliverables, calls and answers.")),
            self.Role.EXPERT: ("briefcase", _("I publish offers. The team reads my profile before I sell.")),
            self.Role.BOTH: ("users", _("One account for both sides.")),
        }
        for option in self["role"]:
            icon, text = pictures[option.data["value"]]
            yield {
                "value": option.data["value"],
                "id": option.id_for_label,
                "icon": icon,
                "title": option.choice_label,
                "text": text,
                "checked": option.data["selected"],
            }

    def signup(self, request: HttpRequest, user: User) -> None:
        """Open the sides of the market that were asked for."""
        role = self.cleaned_data["role"]
        actions.take_roles(user, buys=role != self.Role.EXPERT, sells=role != self.Role.BUYER)


class IdentityForm(forms.ModelForm):
    """How a person is called, and in which language we write to them."""

    first_name = name_field(_("First name"), "given-name", _("Enter your first name."))
    last_name = name_field(_("Last name"), "family-name", _("Enter your last name."))
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The language of the pages and of our e-mails."),
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code in User.Language.values],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")


class PhotoForm(forms.Form):
    """A portrait, kept as a square picture of 256 pixels."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        error_messages={
            "required": _("Choose an image first."),
            "empty": _("This file is empty. Choose another image."),
        },
    )

    def clean_photo(self) -> ContentFile:
        """The picture written anew: only its pixels remain."""
        return uploads.reencode_image(self.cleaned_data["photo"], size=PHOTO_SIZE, minimum=MIN_PHOTO_SIZE)


class BillingForm(forms.ModelForm):
    """Whom the next orders are made out to."""

    country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, widget=forms.Select({"autocomplete": "billing country"})
    )

    class Meta:
        model = BuyerProfile
        fields = ("company", "address", "postal_code", "city", "country", "vat_number")
        help_texts = {
            "vat_number": _("With its country code, for example FR 32 123456789. Companies only."),
        }
        widgets = {
            "company": forms.TextInput({"autocomplete": "billing organization"}),
            "address": forms.TextInput({"autocomplete": "billing street-address"}),
            "postal_code": forms.TextInput({"autocomplete": "billing postal-code"}),
            "city": forms.TextInput({"autocomplete": "billing address-level2"}),
            "vat_number": forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        }

    def clean_vat_number(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["vat_number"]).upper()
        if number and not re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,13}", number):
            raise forms.ValidationError(
                _("Write the VAT number with its two-letter country code, for example FR32123456789."),
                code="vat_number",
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code = cleaned.get("postal_code", "")
        if cleaned.get("country") == "FR" and code and not re.fullmatch(r"\d{5}", code.replace(" ", "")):
            self.add_error("postal_code", _("A French postal code has five digits."))
        return cleaned


class WordsField(forms.CharField):
    """A short list typed on one line, its items parted by commas."""

    def __init__(self, *, max_items: int, item_length: int, **options: Any) -> None:
        super().__init__(**options)
        self.max_items, self.item_length = max_items, item_length

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        kept: dict[str, str] = {}
        for part in re.split(r"[,;\n]", text):
            if item := part.strip():
                kept.setdefault(item.casefold(), item)
        items = list(kept.values())
        if len(items) > self.max_items:
            raise forms.ValidationError(
                _("There are more than %(n)s: keep the most important ones.") % {"n": self.max_items},
                code="too_many",
            )
        if long := next((item for item in items if len(item) > self.item_length), None):
            raise forms.ValidationError(
                _("“%(item)s” is too long: separate the items with commas.") % {"item": long[:40]},
                code="too_long",
            )
        return items


class ExpertProfileForm(forms.ModelForm):
    """What the public reads about an expert."""

    headline = forms.CharField(
        label=_("Headline"),
        max_length=120,
        help_text=_("Your trade in one line, for example “Transition finance director”."),
    )
    bio = forms.CharField(
        label=_("Presentation"),
        max_length=4_000,
        min_length=80,
        help_text=_(
            "Your experience, your method, the results you are proud of. From 80 to 4,000 characters."
        ),
        widget=forms.Textarea({"rows": 8}),
        error_messages={
            "min_length": _("Write a little more: a presentation has at least 80 characters."),
        },
    )
    city = forms.CharField(
        label=_("City"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    languages = WordsField(
        label=_("Languages"),
        max_items=MAX_LANGUAGES,
        item_length=40,
        required=False,
        help_text=_("Those you work in, separated by commas."),
    )
    skills = WordsField(
        label=_("Skills"),
        max_items=MAX_SKILLS,
        item_length=60,
        required=False,
        help_text=_("Fifteen at most, separated by commas."),
    )
    years_of_experience = forms.IntegerField(
        label=_("Years of experience"),
        min_value=0,
        max_value=60,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    class Meta:
        model = ExpertProfile
        fields = ("headline", "bio", "city", "languages", "skills", "years_of_experience", "vat_regime")
        help_texts = {"vat_regime": _("Applies to your next orders.")}
        widgets = {"vat_regime": forms.RadioSelect}
