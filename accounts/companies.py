"""What a member of a company account may see and do: the one place that says so.

An order, a request or a talk belongs to the buyer who placed it and, when they did so as a member, to their company
(``for_company``). Its members then hold it too, as their role allows; whoever leaves holds nothing of it any more.

* owner: everything, and the members;
* buyer: orders, requests, talks and missions of the company;
* accountant: what was spent, invoices and documents; no talk, no act.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Company, CompanyRole, User
from marketplace.kernel.errors import Refusal

TALKS = (CompanyRole.OWNER, CompanyRole.BUYER)
"""Roles that order, talk and act."""
BOOKS = (CompanyRole.OWNER, CompanyRole.BUYER, CompanyRole.ACCOUNTANT)
"""Roles that read what was spent, and on what paper."""


def held_by(
    user: Any,
    buyer: str = "buyer",
    company: str = "for_company",
    roles: tuple[CompanyRole, ...] = TALKS,
) -> Q:
    """What a person holds on the buying side: what they bought for themselves, and their company's by their role.

    ``buyer`` and ``company`` are the paths to both from the rows that are filtered. Reads nothing.
    """
    user = getattr(user, "hand", None) or user
    own = Q(**{buyer: user, f"{company}__isnull": True})
    if user.company_id is None or user.company_role not in roles:
        return own
    return own | Q(**{company: user.company_id})


def seated(user: Any, place: str) -> Q:
    """The places a person has in talks: their own, and those they hold for the company they are still a member of.

    ``place`` is the path to a row with ``user`` and ``for_company``.
    """
    still = Q(**{f"{place}for_company__isnull": True})
    if user.company_id is not None and user.company_role in TALKS:
        still |= Q(**{f"{place}for_company": user.company_id})
    return Q(**{f"{place}user": user}) & still


def holds(user: User, buyer_id: int, company_id: int | None, roles: tuple[CompanyRole, ...] = TALKS) -> bool:
    """Whether a person holds one row, by the same rule. Who acts in another's place holds what they hold themselves."""
    user = user.hand or user
    if company_id is None:
        return user.pk == buyer_id
    return user.company_id == company_id and user.company_role in roles


def acting(user: User, buyer: User, company_id: int | None) -> User:
    """Who acts on the buyer's side: a colleague acts in the buyer's place, and every record keeps their hand.

    What an act asks is which side acts, and that stays the buyer; ``hand`` says who it really was.
    """
    if user.pk == buyer.pk or not holds(user, buyer.pk, company_id):
        return user
    buyer.hand = user
    return buyer


def hand_of(actor: User | None) -> User | None:
    """The person behind an actor; the colleague where one acted in the buyer's place."""
    return (actor.hand or actor) if actor else None


def buys_for(user: User) -> Company | None:
    """The company a person buys for from now on; none for who buys for themselves.

    Raises ``Refusal`` for an accountant, who buys nothing.
    """
    if user.company_id is None:
        return None
    if user.company_role not in TALKS:
        raise Refusal(_("Your role in the company account is to read its accounts: ask a buyer or an owner."))
    return user.company


def refuse_colleague(buyer: User, expert: User) -> None:
    """Raise ``Refusal`` where a company would buy from one of its own members."""
    if buyer.company_id is not None and buyer.company_id == expert.company_id:
        raise Refusal(_("This expert is a member of your company account: you cannot buy from yourselves."))


def readers(buyer: User, company_id: int | None) -> list[User]:
    """Whom to tell of the buyer's side: whoever placed it, or the owners once they no longer may."""
    if company_id is None or holds(buyer, buyer.pk, company_id):
        return [buyer]
    return list(
        User.objects.filter(company=company_id, company_role=CompanyRole.OWNER, is_active=True).order_by("pk")
    )


def is_only_owner(user: User) -> bool:
    """Whether a company would be left without an owner."""
    if user.company_id is None or user.company_role != CompanyRole.OWNER:
        return False
    owners = User.objects.filter(company=user.company_id, company_role=CompanyRole.OWNER, is_active=True)
    return not owners.exclude(pk=user.pk).exists()


def keepers_of_books(company_id: int | None) -> list[User]:
    """Owners and accountants of a company: who is told of its invoices."""
    if company_id is None:
        return []
    roles = (CompanyRole.OWNER, CompanyRole.ACCOUNTANT)
    return list(
        User.objects.filter(company=company_id, company_role__in=roles, is_active=True).order_by("pk")
    )
