"""A company account in the demo world: its owner is the demo buyer, with a colleague who buys and an accountant."""

from collections.abc import Iterable

from accounts import actions
from accounts.models import BuyerProfile, CompanyRole, User


def load(owner: User, members: Iterable[tuple[User, str]]) -> None:
    """Open it once, before anything is bought: what its members buy from then on is the company's."""
    if owner.company_id is not None:
        return
    profile = BuyerProfile.objects.get(user=owner)
    company = actions.open_company(
        owner,
        name=profile.company,
        siren=profile.siren,
        address=profile.address,
        postal_code=profile.postal_code,
        city=profile.city,
    )
    for member, role in members:
        invitation = actions.invite_member(company, actor=owner, email=member.email, role=CompanyRole(role))
        actions.join_company(invitation, user=member)
    owner.refresh_from_db()
