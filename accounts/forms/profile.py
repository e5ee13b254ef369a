"""What an expert types for the public to read."""

import re
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.forms.signup import name_field, plain_name
from accounts.models import CareerEntry, ExpertProfile, PortfolioPiece, Recommendation, Sector
from marketplace.kernel import clock, uploads
from marketplace.kernel.fields import EurosField, LinesField

MAX_LANGUAGES = 8
MAX_SKILLS = 15
MAX_SECTORS = 6
MAX_STRENGTHS = 5
MAX_DAYS_OFF = 366
MIN_RATE_CENTS = 100_00
MAX_RATE_CENTS = 10_000_00

no_contact = RegexValidator(
    r"https?:|www\.|@\w|[<>]|(?:\+\d{2}|\b0)(?:[\s.\-]?\d){8,}",
    message=_("Leave out links, addresses and telephone numbers."),
    code="contact_details",
    inverse_match=True,
    flags=re.IGNORECASE,
)
"""Words the public reads carry no way around the platform."""


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


class PresentationForm(forms.ModelForm):
    """Who the expert is, in a line and in a page."""

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
    years_of_experience = forms.IntegerField(
        label=_("Years of experience"),
        min_value=0,
        max_value=60,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    class Meta:
        model = ExpertProfile
        fields = ("headline", "bio", "city", "years_of_experience")


class SkillsForm(forms.ModelForm):
    """What the expert knows: skills and sectors from the curated lists, strengths and languages in their words."""

    skills = WordsField(
        label=_("Skills"),
        max_items=MAX_SKILLS,
        item_length=60,
        help_text=_("Three to fifteen, separated by commas. Buyers search by these words."),
        error_messages={"required": _("Name what you know how to do.")},
    )
    sectors = forms.ModelMultipleChoiceField(
        label=_("Sectors"),
        queryset=Sector.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those you know from inside; six at most."),
    )
    strengths = LinesField(
        label=_("Strengths"),
        max_items=MAX_STRENGTHS,
        max_item_length=90,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What people who worked with you would say, one a line; five at most."),
    )
    languages = WordsField(
        label=_("Languages"),
        max_items=MAX_LANGUAGES,
        item_length=40,
        required=False,
        help_text=_("Those you work in, separated by commas."),
    )

    class Meta:
        model = ExpertProfile
        fields = ("skills", "sectors", "strengths", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = [languages.shown(name) for name in self.instance.languages]

    def clean_languages(self) -> list[str]:
        return list(dict.fromkeys(languages.stored(name) for name in self.cleaned_data["languages"]))

    def clean_sectors(self) -> Any:
        chosen = self.cleaned_data["sectors"]
        if len(chosen) > MAX_SECTORS:
            raise forms.ValidationError(
                _("Choose %(n)s sectors at most: those where you know the most.") % {"n": MAX_SECTORS},
                code="too_many",
            )
        return chosen


class RateForm(forms.ModelForm):
    """What a day costs, as a reference."""

    daily_rate_cents = EurosField(
        label=_("Indicative day rate, excluding tax"),
        min_cents=MIN_RATE_CENTS,
        max_cents=MAX_RATE_CENTS,
        required=False,
        help_text=_(
            "A reference that buyers see; it binds nobody. Each offer and each quote has its own price."
        ),
    )

    class Meta:
        model = ExpertProfile
        fields = ("daily_rate_cents",)


class CareerForm(forms.ModelForm):
    """A position held, or a diploma."""

    started = forms.IntegerField(
        label=_("First year"), min_value=1950, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    ended = forms.IntegerField(
        label=_("Last year"),
        min_value=1950,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Leave empty if it goes on."),
    )

    class Meta:
        model = CareerEntry
        fields = ("kind", "title", "organisation", "started", "ended", "description")
        labels = {
            "kind": _("Kind"),
            "title": _("Position or diploma"),
            "organisation": _("Company or school"),
            "description": _("What you did there"),
        }
        widgets = {"kind": forms.RadioSelect, "description": forms.Textarea({"rows": 4})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        started, ended, this_year = cleaned.get("started"), cleaned.get("ended"), clock.now().year
        if started and started > this_year:
            self.add_error("started", _("This year is still to come."))
        if ended and ended > this_year + 5:
            self.add_error("ended", _("This year is too far away."))
        if started and ended and ended < started:
            self.add_error("ended", _("The last year is before the first one."))
        return cleaned


class AvailabilityForm(forms.ModelForm):
    """Whether new orders are welcome."""

    class Meta:
        model = ExpertProfile
        fields = ("availability",)
        labels = {"availability": _("Your availability")}
        widgets = {"availability": forms.RadioSelect}


class TimeOffForm(forms.Form):
    """An absence, from a day to a day, both included."""

    starts_on = forms.DateField(
        label=_("First day off"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    ends_on = forms.DateField(label=_("Last day off"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    note = forms.CharField(
        label=_("Note"),
        max_length=120,
        required=False,
        help_text=_("Buyers read it, for example “On holiday, back on Monday”."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        today = timezone.localdate(clock.now())
        if last and last < today:
            self.add_error("ends_on", _("These days are past."))
        if first and last:
            if last < first:
                self.add_error("ends_on", _("The last day is before the first one."))
            elif (last - first).days >= MAX_DAYS_OFF:
                self.add_error("ends_on", _("An absence lasts a year at most."))
            elif (first - today).days > 2 * MAX_DAYS_OFF:
                self.add_error("starts_on", _("This is too far away: two years at most."))
        return cleaned


class RecommendationRequestForm(forms.Form):
    """Whom to ask for a recommendation."""

    name = name_field(_("Name of the person"), "off", _("Enter the name of the person."))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={
            "required": _("Enter their e-mail address."),
            "invalid": _("Enter a whole address, for example name@example.com."),
        },
    )
    relation = forms.ChoiceField(
        label=_("How you worked together"), choices=Recommendation.Relation.choices, initial="client"
    )
    words = forms.CharField(
        label=_("A word to them"),
        max_length=400,
        required=False,
        validators=[no_contact],
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Remind them of what you did together. It goes into our e-mail."),
    )


class RecommendationForm(forms.ModelForm):
    """What somebody says of an expert."""

    name = name_field(_("Your name"), "name", _("Enter your name."))
    role = forms.CharField(
        label=_("Your position and company"),
        max_length=120,
        validators=[plain_name],
        widget=forms.TextInput({"autocomplete": "organization-title"}),
        error_messages={"required": _("Say who you are, for example “Managing director, Ateliers Morel”.")},
    )
    text = forms.CharField(
        label=_("Your recommendation"),
        min_length=40,
        max_length=1_000,
        validators=[no_contact],
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "What you did together, how it went, what you would come back for. From 40 to 1,000 characters."
        ),
        error_messages={
            "required": _("Write a few sentences."),
            "min_length": _("Write a little more: 40 characters at least."),
        },
    )

    class Meta:
        model = Recommendation
        fields = ("name", "role", "relation", "text")
        labels = {"relation": _("How you worked together")}


class PortfolioForm(forms.ModelForm):
    """A piece of work to show, and the client who must agree."""

    year = forms.IntegerField(
        label=_("Year"), min_value=1980, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    image = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        error_messages={"empty": _("This file is empty. Choose another image.")},
    )

    class Meta:
        model = PortfolioPiece
        fields = ("title", "description", "year", "client_name", "client_email")
        labels = {
            "title": _("Title"),
            "description": _("What you did, and what it changed"),
            "client_name": _("Client"),
            "client_email": _("E-mail address of the client"),
        }
        help_texts = {
            "title": _("For example “Financing plan of a bakery”."),
            "client_name": _("As it will be shown."),
            "client_email": _("We ask them for their consent. It is never shown."),
        }
        widgets = {"description": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, has_client: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "description", "client_name"):
            self.fields[name].validators.append(no_contact)
        if has_client:
            del self.fields["client_email"]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > clock.now().year:
            raise forms.ValidationError(_("This year is still to come."), code="future")
        return year

    def clean_image(self) -> dict[str, ContentFile]:
        """The picture and its thumbnail written anew; nothing when none was chosen."""
        upload = self.cleaned_data["image"]
        if not upload:
            return {}
        return {
            "picture": uploads.reencode_image(upload, size=(1200, 800), minimum=(600, 400)),
            "thumbnail": uploads.reencode_image(upload, size=(600, 400)),
        }

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "image"}
