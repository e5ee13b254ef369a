"""What staff see and do about offers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.queries import admissions_of
from marketplace.kernel.fields import WordsField
from marketplace.kernel.staff import (
    ReadOnly,
    ReadOnlyRows,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    words,
)
from offers import actions, queries
from offers.models import AddOn, Category, Offer, OfferFilm, OfferImage, Requirement, SynonymGroup
from offers.queries import twins, vocabulary

STATUS_TONES = {
    "draft": "neutral",
    "in_review": "info",
    "published": "ok",
    "paused": "warn",
    "refused": "bad",
    "deleted": "bad",
}


class ToRead(admin.SimpleListFilter):
    """What waits for our team: offers sent to be read, and those changed since."""

    title = _("to read")
    parameter_name = "reading"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("first", _("Before going on sale")), ("changed", _("Changed since we read them"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "first":
                return queryset.waiting().order_by("submitted_at", "pk")
            case "changed":
                return queryset.changed_since_read()
        return queryset


def near_twins(offer: Offer) -> Any:
    """Offers of other experts that look like this one."""
    found = twins.of_others(offer.expert_id, title=offer.title, text=offer.description)
    if not found:
        return "–"
    return format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a> · {} · {}',
        (
            (
                reverse("admin:offers_offer_change", args=[twin.pk]),
                twin.title,
                twin.expert,
                _("title %(title)s%%, description %(text)s%%")
                % {"title": twin.title_percent, "text": twin.text_percent},
            )
            for twin in found
        ),
    )


near_twins.short_description = _("offers that look like it")  # type: ignore[attr-defined]


def admitted_in(offer: Offer) -> Any:
    """The fields in which the expert was admitted, and the experience they spoke of."""
    found = admissions_of(offer.expert)
    if not found:
        return _("no application kept")
    return format_html_join(
        mark_safe("<br>"),
        "{}{}",
        (
            (
                each.field,
                ngettext(
                    " · %(n)d year of experience", " · %(n)d years of experience", each.years_of_experience
                )
                % {"n": each.years_of_experience}
                if each.years_of_experience
                else "",
            )
            for each in found
        ),
    )


admitted_in.short_description = _("expert admitted in")  # type: ignore[attr-defined]


def experience_shown(offer: Offer) -> int:
    """What the profile says."""
    return offer.expert.expert_profile.years_of_experience


experience_shown.short_description = _("years of experience on the profile")  # type: ignore[attr-defined]


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    """The fields of expertise: written by staff, in both languages."""

    list_display = ("name_fr", "name_en", "slug", "position")
    search_fields = ("name_fr", "name_en", "slug")
    prepopulated_fields = {"slug": ("name_fr",)}
    fields = (
        ("name_fr", "name_en"),
        "slug",
        "description_fr",
        "description_en",
        ("icon", "position"),
    )

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        queries.forget()

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        super().delete_model(request, obj)
        queries.forget()


class SynonymForm(forms.ModelForm):
    """Two words or more."""

    words = WordsField(
        label=_("words"),
        max_items=12,
        max_item_length=60,
        help_text=_("Two or more, separated by commas: “BP, business plan, plan d’affaires”."),
    )

    class Meta:
        model = SynonymGroup
        fields = ("words",)

    def clean_words(self) -> list[str]:
        words: list[str] = self.cleaned_data["words"]
        if len(words) < 2:
            raise ValidationError(_("Write two words at least: one alone has no synonym."))
        return words


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    """Words that mean the same in searches: written by staff, followed at once."""

    form = SynonymForm
    list_display = ("__str__",)
    search_fields = ("words__icontains",)

    def save_model(self, request: HttpRequest, obj: SynonymGroup, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        vocabulary.forget_synonyms()

    def delete_model(self, request: HttpRequest, obj: SynonymGroup) -> None:
        super().delete_model(request, obj)
        vocabulary.forget_synonyms()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        vocabulary.forget_synonyms()


class AddOnRows(ReadOnlyRows):
    model = AddOn
    fields = readonly_fields = (
        words("title", _("name")),
        words("description", _("description")),
        words("days", _("days")),
        cents("price_cents", _("price")),
    )


class RequirementRows(ReadOnlyRows):
    model = Requirement
    fields = readonly_fields = (
        words("label", _("what you need")),
        words("hint", _("precision")),
        words("get_kind_display", _("answered by")),
        words("required", _("needed to begin")),
    )


def picture_shown(picture: OfferImage) -> Any:
    """The picture itself, small, leading to the whole."""
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" width="150" height="100" loading="lazy"></a>',
        picture.image.url,
        picture.thumbnail.url if picture.thumbnail else picture.image.url,
        picture.alt,
    )


picture_shown.short_description = _("image")  # type: ignore[attr-defined]


class ImageRows(ReadOnlyRows):
    model = OfferImage
    fields = readonly_fields = (
        picture_shown,
        words("alt", _("description of the image")),
        moment("rights_confirmed_at", _("rights confirmed on")),
    )


def film_shown(film: OfferFilm) -> Any:
    """The film, to be watched where it stands."""
    return format_html('<a href="{}">{}</a>', film.file.url, _("Watch the film"))


film_shown.short_description = _("film")  # type: ignore[attr-defined]


class FilmRows(ReadOnlyRows):
    model = OfferFilm
    fields = readonly_fields = (
        film_shown,
        words("seconds", _("length in seconds")),
        words("get_captions_language_display", _("language of the captions")),
        words("captions", _("captions")),
        moment("rights_confirmed_at", _("rights confirmed on")),
    )


@admin.register(Offer)
class OfferAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Offers belong to their experts: staff read them, and take them off sale with a reason."""

    list_display = (
        "title",
        link("expert", _("expert"), sort="expert__last_name"),
        words("category", _("category")),
        words("get_kind_display", _("kind"), sort="kind"),
        badge("status", _("status"), STATUS_TONES),
        words("completed_count", _("completed orders")),
        cents("price_cents", _("price")),
        moment("published_at", _("published on")),
    )
    list_filter = (ToRead, "status", "kind", "category")
    list_select_related = ("expert", "category")
    search_fields = ("title", "expert__email", "expert__first_name", "expert__last_name")
    ordering = ("-created_at", "-pk")
    inlines = (ImageRows, FilmRows, RequirementRows, AddOnRows)
    acts = (
        StaffAct(
            name="admit",
            label=_("Put on sale"),
            consequence=_("The offer enters the catalogue and its expert is told."),
            done=_("The offer is on sale."),
            perform=lambda offer, actor, answers: actions.admit(offer),
            applies=lambda offer: offer.status == Offer.Status.IN_REVIEW,
        ),
        StaffAct(
            name="refuse",
            label=_("Send back"),
            consequence=_(
                "The expert receives the reason as you write it, changes the offer and sends it again."
            ),
            done=_("The offer is sent back."),
            perform=lambda offer, actor, answers: actions.refuse(offer, reason=answers["reason"]),
            applies=lambda offer: offer.status == Offer.Status.IN_REVIEW,
        ),
        StaffAct(
            name="read",
            label=_("Changes read"),
            consequence=_("The offer stays on sale and leaves the list of those changed since we read them."),
            done=_("The changes are read."),
            perform=lambda offer, actor, answers: actions.mark_read(offer),
            applies=lambda offer: (
                offer.status == Offer.Status.PUBLISHED and offer.reviewed_version != offer.version
            ),
        ),
        StaffAct(
            name="restore",
            label=_("Put back on sale"),
            consequence=_("The offer is in the catalogue again and its expert is told."),
            done=_("The offer is on sale again."),
            perform=lambda offer, actor, answers: actions.give_back(offer),
            applies=lambda offer: offer.status == Offer.Status.PAUSED and offer.paused_by_staff,
        ),
        StaffAct(
            name="pause",
            label=_("Take off sale"),
            consequence=_(
                "The offer leaves the catalogue until our team puts it back. Its expert reads the reason; running orders go on."
            ),
            done=_("The offer is off sale."),
            perform=lambda offer, actor, answers: actions.hold_back(offer, reason=answers["reason"]),
            applies=lambda offer: offer.status == Offer.Status.PUBLISHED,
        ),
        StaffAct(
            name="remove",
            label=_("Delete for good"),
            consequence=_(
                "The offer leaves the catalogue and its expert's list for good. Orders keep their own copy of its terms."
            ),
            done=_("The offer is deleted."),
            perform=lambda offer, actor, answers: actions.delete(offer),
            applies=lambda offer: offer.status != Offer.Status.DELETED,
            dangerous=True,
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    words("title", _("title")),
                    link("expert", _("expert")),
                    words("category", _("category")),
                    admitted_in,
                    experience_shown,
                    words("get_kind_display", _("kind")),
                    badge("status", _("status"), STATUS_TONES),
                    words("staff_reason", _("reason given by our team")),
                    moment("submitted_at", _("sent to be read on")),
                    words("version", _("version")),
                    words("reviewed_version", _("version we read")),
                    near_twins,
                    moment("created_at", _("written on")),
                    moment("published_at", _("published on")),
                )
            },
        ),
        (
            _("Terms"),
            {
                "fields": (
                    cents("price_cents", _("price")),
                    words("delivery_days", _("delivery time in days")),
                    words("call_minutes", _("length of the call in minutes")),
                    words("revisions", _("revisions included")),
                    words("get_ip_clause_display", _("rights in the deliverable")),
                    words("ip_terms", _("terms of the licence")),
                )
            },
        ),
        (
            _("What the public reads"),
            {
                "fields": (
                    words("description", _("description")),
                    words("includes", _("what the buyer receives")),
                    words("keywords", _("keywords")),
                    words("opening_message", _("opening message")),
                    words("video_url", _("video")),
                )
            },
        ),
        (
            _("Success"),
            {
                "fields": (
                    words("completed_count", _("completed orders")),
                    words("rating_avg", _("mean rating")),
                    words("rating_count", _("reviews")),
                )
            },
        ),
    )
    readonly_fields = tuple(field for _title, options in fieldsets for field in options["fields"])
    show_full_result_count = False
