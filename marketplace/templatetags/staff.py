"""What the pages of the administration show besides Django's own."""

from typing import Any

from django import template

from marketplace.staff import filters

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_filters(context: Any, label: str = "") -> list[filters.Kept]:
    """The filters that whoever looks may use on a list, or on all of them."""
    return list(filters.kept(context["request"].user, label))


@register.simple_tag(takes_context=True)
def filtered_query(context: Any) -> str:
    """The filters of the address in force; empty when there are none."""
    return filters.query_of(context["request"].GET.urlencode())
