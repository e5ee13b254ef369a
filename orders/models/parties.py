"""The two sides of an order: the expert, and the buyer with whoever buys for the same company."""

from django.conf import settings
from django.db import models

from accounts.companies import acting, holds, readers
from accounts.models import Company, User


class Sides(models.Model):
    """Who is on which side. ``buyer`` is whoever placed it; a colleague acts in their place."""

    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="purchases")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales")
    for_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="orders"
    )
    """The company account whose member placed it: its members hold it too, by their role."""

    class Meta:
        abstract = True

    def party(self, user: User) -> str:
        """``buyer``, ``expert`` or ``staff``: the side from which a person looks."""
        if user.pk == self.expert_id:
            return "expert"
        return "buyer" if holds(user, self.buyer_id, self.for_company_id) else "staff"

    def acting(self, user: User) -> User:
        """Who acts when a person does: themselves, or the buyer, in whose place a colleague acts."""
        return user if user.pk == self.expert_id else acting(user, self.buyer, self.for_company_id)

    def readers(self, user: User) -> list[User]:
        """Whom to tell when somebody is to be told: a buyer who left their company is followed by its owners."""
        return readers(user, self.for_company_id) if user.pk == self.buyer_id else [user]
