"""What an expert types for the public to read."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ExpertProfile

MAX_LANGUAGES = 8
MAX_SKILLS = 15


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
