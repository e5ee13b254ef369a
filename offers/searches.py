"""Searches as addresses carry them, read again and put into words."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import languages
from accounts.queries import trades
from accounts.queries.directory import Wanted
from marketplace.kernel.money import format_money
from offers import queries
from offers.forms.catalogue import CatalogueForm
from offers.forms.directory import DirectoryForm
from offers.models import SavedSearch
from offers.queries.finding import Criteria


def criteria_of(asked: Any) -> Criteria:
    return CatalogueForm(asked, shelves=queries.categories()).criteria


def wanted_of(asked: Any) -> Wanted:
    return DirectoryForm(asked).wanted()


def directory_words(form: DirectoryForm) -> dict[str, str]:
    """Each filter of the directory in force, in words."""
    asked, chosen = form.asked, form.cleaned_data
    words = {
        "q": lambda: _("“%(text)s”") % {"text": form.text},
        "skill": lambda: trades.shown([chosen["skill"]])[0],
        "sector": lambda: chosen["sector"].name,
        "years": lambda: str(dict(DirectoryForm.YEARS)[chosen["years"]]),
        "rate": lambda: _("Up to %(price)s a day") % {"price": format_money(chosen["rate"])},
        "language": lambda: languages.shown(chosen["language"]),
        "available": lambda: _("Available now"),
    }
    return {name: word() for name, word in words.items() if name in asked}


def read(kind: str, query: Any) -> tuple[dict[str, str], str]:
    """A search that somebody wants to keep: its filters alone, and a name for it."""
    if kind == SavedSearch.Kind.EXPERTS:
        directory = DirectoryForm(query)
        kept = {name: value for name, value in directory.asked.items() if name != "sort"}
        return kept, " · ".join(directory_words(directory).values()) or _("All the experts")
    form = CatalogueForm(query, shelves=queries.categories())
    kept = {
        name: value
        for name in form.fields
        if name != "sort" and name not in form.errors and (value := form.data.get(name, ""))
    }
    category = form.cleaned_data.get("category")
    words = [
        _("“%(text)s”") % {"text": form.text} if form.text else "",
        category.name if category else "",
        *(
            str(dict(field.choices).get(form.cleaned_data.get(name), ""))
            for name, field in form.fields.items()
            if name in kept and name != "q" and hasattr(field, "choices")
        ),
        *(
            words % {"price": format_money(cents)}
            for name, words in (("min", _("From %(price)s")), ("max", _("Up to %(price)s")))
            if isinstance(cents := form.cleaned_data.get(name), int)
        ),
    ]
    return kept, " · ".join(filter(None, words)) or _("All the offers")
