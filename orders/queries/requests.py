"""Custom requests as their pages show them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from orders.models import CustomRequest, Invitation, Terms


@dataclass(frozen=True)
class Row:
    """One negotiation beside the others: the expert, the terms that count, whose turn it is."""

    invitation: Invitation
    terms: Terms
    versions: int

    @property
    def beyond_budget_cents(self) -> int:
        """How much the price is over the budget; under it when negative."""
        return self.terms.price_cents - self.invitation.request.budget_cents

    @property
    def under_budget_cents(self) -> int:
        return -self.beyond_budget_cents

    @property
    def differs_in_scope(self) -> bool:
        """Whether what would be delivered is not word for word the need."""
        return self.terms.scope.strip() != self.invitation.request.need.strip()

    @property
    def may_be_chosen(self) -> bool:
        return self.invitation.is_open and self.terms.may_be_chosen


def compared(request: CustomRequest) -> list[Row]:
    """The negotiations a buyer may see: those in which an expert answered; what may be chosen first, then by price."""
    rows = []
    invitations = request.invitations.select_related("expert__expert_profile").prefetch_related("versions")
    for invitation in invitations:
        invitation.request = request
        terms = invitation.current
        answered = terms.number > 1 or terms.may_be_chosen
        if answered:
            rows.append(Row(invitation, terms, terms.number))
    rows.sort(key=lambda row: (not row.may_be_chosen, row.terms.price_cents, row.invitation.pk))
    return rows


def asked_by(buyer: User) -> QuerySet[CustomRequest]:
    """A buyer's requests, newest first."""
    return CustomRequest.objects.asked_by(buyer).select_related("category", "order")


def received_by(expert: User) -> QuerySet[Invitation]:
    """An expert's invitations: those still open first, then the newest."""
    return (
        Invitation.objects.filter(expert=expert)
        .select_related("request__category", "request__buyer", "request__order")
        .prefetch_related("versions")
        .order_by("ended_at", "-invited_at")
    )


def buyer_name(request: CustomRequest) -> str:
    """The buyer's name as experts read it; empty while it is kept from them."""
    if request.is_confidential and request.state != CustomRequest.State.AGREED:
        return ""
    return request.buyer.display_name
