"""Public pages: staff write a new version; none is ever changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.editions import earliest_effect
from marketplace.kernel.staff import ReadOnly, link, moment, words
from messaging import actions, markdown, pages
from messaging.models import Page, PageVersion


class PageVersionForm(forms.ModelForm):
    """A new text for a page in one language. Markdown: ``## part``, ``### question``, lists, links, tables."""

    takes_effect_on = forms.DateField(
        label=gettext_lazy("Applies from"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy(
            "Terms only. Everybody is told by mail at once, and has fifteen days to read them. Left empty: the first "
            "day possible."
        ),
    )
    at_once = forms.BooleanField(
        label=gettext_lazy("Applies at once, without notice"),
        required=False,
        help_text=gettext_lazy(
            "Terms only: a law or a danger asks for it, or only the spelling changes. Say which in the note. A version "
            "that was announced is then given up."
        ),
    )

    class Meta:
        model = PageVersion
        fields = ("page", "language", "title", "lead", "source", "note")
        widgets = {"source": forms.Textarea({"rows": 40, "class": "vLargeTextField"})}
        help_texts = {
            "source": gettext_lazy(
                "Markdown. “## ” begins a part, “### ” a question of the FAQ. Figures and addresses go in braces, "
                "for example {acceptance_days}, {operator_name} or {contact_url}: they are written in when the "
                "version is published."
            ),
            "note": gettext_lazy("For the team."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, at_once = cleaned.get("takes_effect_on"), cleaned.get("at_once")
        if at_once and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say why these terms apply without notice."))
        elif day and not at_once and day < timezone.localtime(earliest_effect()).date():
            self.add_error("takes_effect_on", _("New terms leave everybody fifteen days to read them."))
        known = pages.figures(cleaned.get("language") or "fr")
        for name in ("lead", "source"):
            try:
                markdown.fill(cleaned.get(name, ""), known)
            except markdown.UnknownFigure as unknown:
                self.add_error(
                    name,
                    ValidationError(
                        _("There is no figure named {%(name)s}. Known: %(known)s.")
                        % {"name": unknown, "known": ", ".join(sorted(known))}
                    ),
                )
        return cleaned


@admin.register(PageVersion)
class PageVersionAdmin(ReadOnly, admin.ModelAdmin):
    """The versions of the public pages. “Add” publishes a new one, which begins as the one in force."""

    form = PageVersionForm
    add_form_template = "admin/change_form.html"
    list_display = (
        words("get_page_display", gettext_lazy("page"), sort="page"),
        words("get_language_display", gettext_lazy("language"), sort="language"),
        words("number", gettext_lazy("version")),
        words("title", gettext_lazy("title")),
        link("author", gettext_lazy("author"), sort="author__last_name"),
        moment("published_at", gettext_lazy("published on")),
        moment("takes_effect_at", gettext_lazy("applies from")),
    )
    list_filter = ("page", "language")
    list_select_related = ("author",)
    search_fields = ("title", "body")
    ordering = ("page", "language", "-number")
    readonly_fields = (
        words("get_page_display", gettext_lazy("page")),
        words("get_language_display", gettext_lazy("language")),
        words("number", gettext_lazy("version")),
        words("title", gettext_lazy("title")),
        words("lead", gettext_lazy("lead")),
        link("author", gettext_lazy("author")),
        moment("published_at", gettext_lazy("published on")),
        moment("takes_effect_at", gettext_lazy("applies from")),
        words("note", gettext_lazy("what changed")),
        "read",
        "text",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(user.has_perm("messaging.add_pageversion"))

    def get_fields(self, request: HttpRequest, obj: PageVersion | None = None) -> Any:
        return (
            (*PageVersionForm.Meta.fields, "takes_effect_on", "at_once")
            if obj is None
            else self.readonly_fields
        )

    def get_readonly_fields(self, request: HttpRequest, obj: PageVersion | None = None) -> Any:
        return () if obj is None else self.readonly_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The text in force of the page and language asked for in the address."""
        page, language = request.GET.get("page", Page.FAQ), request.GET.get("language", "fr")
        if page not in Page.values or language not in ("fr", "en"):
            return {}
        now = pages.current(Page(page), language)
        return {
            "page": page, "language": language, "title": now.title, "lead": now.lead, "source": now.source,
        }  # fmt: skip

    def save_model(self, request: HttpRequest, obj: PageVersion, form: Any, change: bool) -> None:
        said = form.cleaned_data
        published = actions.publish_page(
            Page(said["page"]),
            language=said["language"],
            title=said["title"],
            lead=said["lead"],
            source=said["source"],
            note=said["note"],
            takes_effect_on=said["takes_effect_on"],
            at_once=said["at_once"],
            author=request.user,  # type: ignore[arg-type]
        )
        obj.__dict__.update(published.__dict__)

    @admin.display(description=gettext_lazy("as people read it"))
    def read(self, version: PageVersion) -> SafeString:
        again = f"../../add/?page={version.page}&language={version.language}"
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            version.get_absolute_url(),
            _("Open"),
            again,
            _("Write a new version"),
        )

    @admin.display(description=gettext_lazy("text"))
    def text(self, version: PageVersion) -> SafeString:
        return format_html('<pre class="staff-text">{}</pre>', version.source)
