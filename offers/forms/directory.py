"""What visitors look for among experts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import trades
from accounts.queries.directory import SENIORITIES, Wanted
from marketplace.kernel.fields import EurosField

MAX_SEARCH_LENGTH = 120


class DirectoryForm(forms.Form):
    """The filters of the directory. What makes no sense is left out rather than refused: an address may be old."""

    SORTS = (
        ("", _("Best match")),
        ("rating", _("Best rated")),
        ("orders", _("Most orders")),
        ("years", _("Most experienced")),
        ("rate", _("Rate, lowest first")),
        ("new", _("Newest")),
    )
    YEARS = (
        ("", _("Any experience")),
        ("5", _("5 years and more")),
        ("10", _("10 years and more")),
        ("20", _("20 years and more")),
        ("30", _("30 years and more")),
    )

    q = forms.CharField(required=False)
    skill = forms.CharField(required=False)
    sector = forms.CharField(required=False)
    years = forms.ChoiceField(choices=YEARS, required=False)
    rate = EurosField(max_cents=10**8, required=False)
    language = forms.CharField(required=False)
    available = forms.BooleanField(required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)

    def __init__(self, data: Any) -> None:
        self.skills, self.languages = trades.used()
        self.sectors = trades.sectors()
        super().__init__(
            {name: data.get(name, "").replace("\x00", "") for name in self.base_fields},
            use_required_attribute=False,
        )
        self.full_clean()

    def clean_skill(self) -> str:
        """The skill under its curated name, whichever of its names the address holds."""
        asked = self.cleaned_data["skill"]
        known = trades.known_skill(asked) if asked else None
        if known:
            return known.name_fr
        return asked if asked in self.skills else ""

    def clean_sector(self) -> trades.Word | None:
        return next((each for each in self.sectors if each.slug == self.cleaned_data["sector"]), None)

    def clean_language(self) -> str:
        asked: str = self.cleaned_data["language"]
        return asked if asked in self.languages else ""

    @property
    def text(self) -> str:
        return " ".join(self.data["q"].split())[:MAX_SEARCH_LENGTH]

    def wanted(self, text: str | None = None) -> Wanted:
        """What is asked; ``text`` instead of what was typed, once it is set right."""
        asked = self.cleaned_data
        sector = asked.get("sector")
        return Wanted(
            text=self.text if text is None else text,
            skill=asked.get("skill", ""),
            sector_id=sector.pk if sector else None,
            min_years=SENIORITIES.get(asked.get("years", ""), 0),
            max_rate_cents=asked.get("rate"),
            language=asked.get("language", ""),
            is_available=asked.get("available", False),
            sort=asked.get("sort", ""),
        )

    @property
    def asked(self) -> dict[str, str]:
        """What is in force, as an address carries it."""
        kept = {
            "q": self.text,
            "skill": self.cleaned_data.get("skill") or "",
            "sector": sector.slug if (sector := self.cleaned_data.get("sector")) else "",
            "years": self.cleaned_data.get("years") or "",
            "rate": self.data["rate"] if self.cleaned_data.get("rate") is not None else "",
            "language": self.cleaned_data.get("language") or "",
            "available": "1" if self.cleaned_data.get("available") else "",
            "sort": self.cleaned_data.get("sort") or "",
        }
        return {name: value for name, value in kept.items() if value}
