"""The words of the design system that templates speak: icons, money, people, and components with a slot.

Tags that appear many times on a page build their few bytes of HTML here; everything larger is a file of
``templates/components/``, whose first lines name its parameters.
"""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from marketplace.kernel import sizes
from marketplace.kernel.money import format_money

register = template.Library()

AVATAR_PIXELS = {"sm": 28, "md": 40, "lg": 64, "xl": 112}
AVATAR_TINTS = 6


# --- Icons and people -----------------------------------------------------------------------------------------


@cache
def icon_html(name: str, size: str = "", extra: str = "") -> SafeString:
    """One icon of the sprite, invisible to screen readers; ``size`` is ``sm``, ``lg`` or ``xl``."""
    classes = " ".join(filter(None, ["icon", f"icon-{size}" if size else "", extra]))
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, size: str = "", extra: str = "") -> SafeString:
    """``{% icon "lock" %}``, ``{% icon "lock" "sm" %}``, ``{% icon "star" "sm" "icon-filled" %}``."""
    return icon_html(str(name), size, extra)


def avatar_html(name: str, initials: str, url: str, seed: int, size: str) -> SafeString:
    """A photo, or the initials on a tint that stays the same for one person."""
    if url:
        pixels = AVATAR_PIXELS.get(size, 40)
        return format_html(
            '<img class="avatar avatar-{}" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
            size,
            url,
            pixels,
            pixels,
        )
    return format_html(
        '<span class="avatar avatar-{} avatar-tint-{}" aria-hidden="true">{}</span>',
        size,
        seed % AVATAR_TINTS,
        initials or name[:1].upper(),
    )


@register.simple_tag
def avatar(user: Any, size: str = "md") -> SafeString:
    """``{% avatar user "sm|md|lg|xl" %}``: the person's name must stand beside it, the picture is decoration."""
    url = getattr(user, "avatar_small_url", "") if size in ("sm", "md") else ""
    return avatar_html(user.display_name, user.initials, url or user.avatar_url or "", user.pk or 0, size)


@register.simple_tag
def avatar_of(name: str, initials: str, url: str, seed: int, size: str = "md") -> SafeString:
    """The same from loose values, for lists read without user objects."""
    return avatar_html(name, initials or "", url or "", seed or 0, size)


KIND_ICONS = {"job": "package", "call": "phone", "question": "message-circle-question"}


@register.simple_tag
def cover(
    url: str, kind: str = "job", alt: str = "", eager: bool = False, width: int = 800, height: int = 500
) -> SafeString:
    """The picture of an offer, or a panel drawn for its kind. Built here: lists show dozens."""
    if not url:
        kind = kind if kind in KIND_ICONS else "job"
        return format_html(
            '<span class="cover cover-drawn cover-{}" aria-hidden="true"><span class="cover-disc">{}</span></span>',
            kind,
            icon_html(KIND_ICONS[kind]),
        )
    return format_html(
        '<img class="cover" src="{}" alt="{}" width="{}" height="{}" {} decoding="async">',
        url,
        alt,
        str(width),
        str(height),
        mark_safe('fetchpriority="high"' if eager else 'loading="lazy"'),
    )


@register.simple_tag
def rating(score: Any, count: int | None = None) -> SafeString:
    """A star, the average, how many reviews. Built here: lists show dozens."""
    reviews = ""
    if count:
        words = ngettext("review", "reviews", count)
        reviews = format_html(
            ' <span class="rating-count">({}<span class="visually-hidden"> {}</span>)</span>', count, words
        )
    return format_html(
        '<span class="rating">{}<span class="visually-hidden">{} </span><b>{}</b>{}</span>',
        icon_html("star", "sm", "icon-filled star"),
        gettext("Rating:"),
        decimal_mark(score),
        reviews,
    )


@register.simple_tag
def badge(label: str, tone: str = "", icon: str = "") -> SafeString:
    """A pill of one or two words; ``tone`` is neutral, info, ok, warn, bad, viol, accent or brand. Built here: lists show dozens."""
    return format_html(
        '<span class="badge badge-{}">{}{}</span>',
        tone or "neutral",
        icon_html(str(icon), "sm") if icon else "",
        label,
    )


@register.simple_tag
def brand_name() -> str:
    """The name of the product, also inside components that receive no context."""
    return settings.SITE_NAME


# --- Money and figures ----------------------------------------------------------------------------------------


@register.filter
def money(cents: int | str | None, mode: str = "") -> str:
    """``{{ cents|money }}``: whole euros lose their decimals; ``money:"full"`` keeps them, for columns."""
    if cents is None or cents == "":
        return ""
    return format_money(int(cents), full=mode == "full")


@register.filter
def file_size(size: int | None) -> str:
    """Bytes as people say them, in thousands: ``1.1 MB``; never under one kB."""
    return sizes.in_words(size)


FILE_KINDS = {
    "pdf": "pdf",
    **dict.fromkeys(("xls", "xlsx", "ods", "csv"), "sheet"),
    **dict.fromkeys(("ppt", "pptx", "odp", "key"), "slides"),
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "avif", "gif", "svg"), "image"),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), "archive"),
    **dict.fromkeys(("doc", "docx", "odt", "txt", "md", "rtf"), "text"),
}


def _ending(name: str) -> str:
    return str(name).rpartition(".")[2].lower() if "." in str(name) else ""


@register.filter
def file_kind(name: str) -> str:
    """The family of a file, guessed from its name: it chooses the tile's colour and icon."""
    kinds = set(FILE_KINDS.values()) | {"file"}
    return name if name in kinds else FILE_KINDS.get(_ending(name), "file")


@register.filter
def file_type(name: str) -> str:
    """The ending of a file name, as people write it: ``PDF``."""
    return _ending(name).upper()


@register.filter
def bar_top(percent: int) -> int:
    """Where the top of a bar stands, in per cent from the top of the plot."""
    return 100 - int(percent)


@register.filter
def decimal_mark(value: Any) -> str:
    """A score with one decimal, in the reader's language: ``4.9``."""
    return formats.number_format(value, decimal_pos=1) if value not in (None, "") else ""


@register.filter
def percent_of(part: Any, whole: Any) -> int:
    """A share of a whole as a whole number from 0 to 100."""
    return max(0, min(100, round(100 * (part or 0) / whole))) if whole else 0


# --- Drawing a component --------------------------------------------------------------------------------------


def _drawn(template_name: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(get_template(template_name).render(context))


# --- Forms ----------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """``{% field form.price suffix="€" %}``: a form field with options; ``components/field.html`` lists them."""
    return _drawn("components/field.html", {"field": bound, **options})


# --- Pages of a list ------------------------------------------------------------------------------------------


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """The pages to show, with an ellipsis for each gap: first, last, and two on either side of the current one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, name: str = "page") -> str:
    """The address of another page of the same list: the current query, with this page."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is None:
        return f"?{name}={number}"
    query.pop(name, None)
    if number != 1:
        query[name] = str(number)
    return f"?{query.urlencode()}"


# --- Components with a slot -----------------------------------------------------------------------------------


def _slot(tag: str, template_name: str) -> None:
    """Register ``{% tag option=… %}…{% endtag %}``: the component receives its options and the body as ``content``."""

    def render(content: str, **options: Any) -> SafeString:
        return _drawn(template_name, {"content": mark_safe(content), **options})

    render.__name__ = tag
    register.simple_block_tag(render, name=tag, end_name=f"end{tag}")


def _item(tag: str, template_name: str, *positional: str) -> None:
    """Register ``{% tag value … option=… %}``: one item of a component, its first options given by position."""

    def render(*values: Any, **options: Any) -> SafeString:
        return _drawn(template_name, {**dict(zip(positional, values, strict=False)), **options})

    render.__name__ = tag
    register.simple_tag(render, name=tag)


for _name in (
    "card",
    "empty_state",
    "key_values",
    "kpis",
    "menu",
    "dialog",
    "tabs",
    "breadcrumbs",
    "steps",
    "how_line",
    "task_list",
):
    _slot(_name, f"components/{_name}.html")

_item("tab", "components/tab.html", "label", "url", "count")
_item("crumb", "components/crumb.html", "label", "url")
_item("step", "components/step.html", "label", "state", "note")
_item("how_step", "components/how_step.html", "title", "text")
_item("key_value", "components/key_value.html", "label", "value", "total")
_item("kpi", "components/kpi.html", "label", "figure", "note")
_item("task", "components/task.html", "title", "url", "hint")
_item("notice", "components/notice.html", "tone", "title", "text")
