"""The way from a finished order to the portfolio."""

from django import template
from django.urls import reverse

from accounts.actions import portfolio
from accounts.models import User

register = template.Library()


@register.simple_tag
def portfolio_address(expert: User, client: User, reference: str, title: str, company: str = "") -> str:
    """Where the expert adds this work to their portfolio: its client is the one who is asked."""
    token = portfolio.order_token(
        expert=expert, client=client, reference=reference, title=title, client_name=company
    )
    return f"{reverse('profile_portfolio')}?order={token}#piece"
