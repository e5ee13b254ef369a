"""What the frame of the expert's pages shows beside its links."""

from typing import Any

from django import template
from django.template.context import Context

from accounts.queries import standing_counts
from marketplace import dashboard_queries
from messaging.changes import pending

register = template.Library()


@register.simple_tag(takes_context=True)
def dashboard_counts(context: Context) -> dict[str, Any]:
    """How many orders wait for the person who looks, their offers, and their unread messages."""
    user = context["user"]
    if not user.is_authenticated or not user.is_expert:
        return {}
    counted = context.get("counts") or dashboard_queries.counts(user)
    return {**counted, **standing_counts(user), "messages": context.get("unread_messages", 0)}


@register.inclusion_tag("accounts/changes_banner.html", takes_context=True)
def changes_banner(context: Context) -> dict[str, Any]:
    """The announced terms that the person who looks has not agreed to."""
    user = context.get("user")
    return {"changes": pending(user) if user is not None and user.is_authenticated else []}
