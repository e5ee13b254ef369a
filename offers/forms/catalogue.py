"""What visitors look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.fields import EurosField
from offers.models import Offer
from offers.queries import Shelf
from offers.queries.finding import STARS, Criteria

MAX_SEARCH_LENGTH = 120


class _Shared(dict[str, forms.Field]):
    """Fields that no form changes, so that each need not have its own."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Shared":
        return self


class CatalogueForm(forms.Form):
    """The filters of the catalogue. What makes no sense is left out rather than refused: an address may be old."""

    SORTS = (
        ("", _("Our ranking")),
        ("rating", _("Best rated")),
        ("price", _("Price, lowest first")),
        ("-price", _("Price, highest first")),
        ("delivery", _("Fastest delivery")),
        ("new", _("Newest")),
    )
    DELAYS = (
        ("", _("Any delivery time")),
        ("1", _("Within 24 hours")),
        ("3", _("3 days at most")),
        ("7", _("7 days at most")),
        ("14", _("14 days at most")),
    )

    RATINGS = (
        ("", _("Any rating")),
        ("450", _("4.5 stars and more")),
        ("400", _("4 stars and more")),
        ("300", _("3 stars and more")),
    )

    q = forms.CharField(required=False)
    category = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=Offer.Kind.choices, required=False)
    min = EurosField(max_cents=10**11, required=False)
    max = EurosField(max_cents=10**11, required=False)
    delivery = forms.ChoiceField(choices=DELAYS, required=False)
    rating = forms.ChoiceField(choices=[(str(stars), stars) for stars in STARS], required=False)
    language = forms.CharField(required=False, max_length=40)
    available = forms.ChoiceField(choices=[("1", "1")], required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)

    def __init__(self, data: Any, *, shelves: list[Shelf], shelf: Shelf | None = None) -> None:
        self.shelves, self.shelf = shelves, shelf
        super().__init__(
            {name: data.get(name, "") for name in self.base_fields}, use_required_attribute=False
        )
        self.full_clean()

    def clean_category(self) -> Shelf | None:
        slug = self.cleaned_data["category"]
        return self.shelf or next((shelf for shelf in self.shelves if shelf.slug == slug), None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("min"), data.get("max")
        if low is not None and high is not None and high < low:
            self.add_error("max", _("The maximum is below the minimum."))
        return data

    @property
    def text(self) -> str:
        """What is searched, without characters the database refuses."""
        return " ".join(self.data["q"].replace("\x00", " ").split())[:MAX_SEARCH_LENGTH]

    @property
    def orders(self) -> list[tuple[str, Any]]:
        """The orders to choose from; the usual one is the best match when words are searched."""
        usual = _("Best match") if self.text else _("Our ranking")
        return [("", usual), *self.SORTS[1:]]

    @property
    def criteria(self) -> Criteria:
        chosen = self.cleaned_data
        category, days = chosen.get("category"), chosen.get("delivery")
        return Criteria(
            text=self.text,
            category_id=category.pk if category else None,
            kind=chosen.get("kind", ""),
            min_cents=chosen.get("min"),
            max_cents=chosen.get("max"),
            days=int(days) if days else None,
            stars=int(chosen["rating"]) if chosen.get("rating") else None,
            language=chosen.get("language", "").replace("\x00", ""),
            available=bool(chosen.get("available")),
            sort=chosen.get("sort", ""),
        )


CatalogueForm.base_fields = _Shared(CatalogueForm.base_fields)
