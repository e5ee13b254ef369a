"""The curated lists of skills and sectors: written by staff, in both languages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import profile as actions
from accounts.models import Sector, Skill
from accounts.queries import trades
from marketplace.kernel.fields import WordsField


class KnownForm(forms.ModelForm):
    synonyms = WordsField(
        label=_("Synonyms"),
        max_items=30,
        max_item_length=60,
        required=False,
        help_text=_(
            "Other ways of saying it, in any language, separated by commas: a search finds them too."
        ),
        widget=forms.TextInput({"class": "vLargeTextField"}),
    )


class KnownAdmin(admin.ModelAdmin):
    form = KnownForm
    list_display = ("name_fr", "name_en", "ways")
    search_fields = ("name_fr", "name_en", "synonyms", "slug")
    prepopulated_fields = {"slug": ("name_fr",)}
    fields = (("name_fr", "name_en"), "slug", "synonyms")

    @admin.display(description=_("synonyms"))
    def ways(self, word: Skill | Sector) -> str:
        return ", ".join(word.synonyms)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The experts who have the word are found under its new names at once."""
        super().save_model(request, obj, form, change)
        actions.word_changed(obj, former=form.initial.get("name_fr", "") if change else "")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        trades.forget()


@admin.register(Skill)
class SkillAdmin(KnownAdmin):
    """What experts know how to do. A word they type is spelled as here when it is known."""


@admin.register(Sector)
class SectorAdmin(KnownAdmin):
    """The lines of business that experts know."""
