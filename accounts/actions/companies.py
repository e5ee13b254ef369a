"""Company accounts: opened, joined by invitation, left. Who belongs to one stands on the account itself.

Every act locks the company first, so that two owners who leave together cannot leave it without one.
"""

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import mail, rules
from accounts.companies import is_only_owner
from accounts.models import Company, CompanyInvitation, CompanyRole, User
from accounts.outbox import tell
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

SALT = "accounts.company"
State = CompanyInvitation.State


@transaction.atomic
def open_company(owner: User, **details: str) -> Company:
    """Open a company account with its first owner. What they bought before stays theirs alone."""
    owner = owner.locked()
    _only_free(owner)
    company = Company.objects.create(created_at=clock.now(), **details)
    _seat(owner, company, CompanyRole.OWNER)
    return company


@transaction.atomic
def change_company(company: Company, *, actor: User, **details: str) -> Company:
    """Change the name and address the next orders are billed to; those placed keep their own copy."""
    company = _owned(company, actor)
    for name, value in details.items():
        setattr(company, name, value)
    company.save(update_fields=list(details))
    return company


@transaction.atomic
def invite_member(company: Company, *, actor: User, email: str, role: str) -> CompanyInvitation:
    """Ask somebody to join, by a mail whose link serves once. Asking again replaces the former link.

    Raises ``Refusal`` for who is a member already, or when too many invitations wait.
    """
    company = _owned(company, actor)
    if company.members.filter(email__iexact=email).exists():
        raise Refusal(_("This person is a member already."))
    company.invitations.filter(state=State.SENT, email__iexact=email).update(
        state=State.WITHDRAWN, answered_at=clock.now()
    )
    now = clock.now()
    if CompanyInvitation.objects.waiting(now).filter(company=company).count() >= rules.COMPANY_INVITATIONS:
        raise Refusal(_("Many invitations wait for an answer: take one back first."))
    invitation = CompanyInvitation.objects.create(
        company=company,
        email=email.lower(),
        role=CompanyRole(role),
        invited_by=actor,
        sent_at=now,
        expires_at=now + rules.COMPANY_INVITATION_LASTS,
    )
    with mail.in_language_of(actor):
        said = mail.Said(
            title=_("%(name)s invites you to the account of %(company)s")
            % {"name": actor.get_full_name(), "company": company.name},
            body=_(
                "You would join as: %(role)s. Sign in or open an account with this very address, then answer. "
                "The link serves once, until %(until)s."
            )
            % {
                "role": str(CompanyRole(role).label).lower(),
                "until": clock.in_words(invitation.expires_at),
            },
            action=_("See the invitation"),
        )
        path = reverse("company_invitation", args=[token_of(invitation)])
        mail.ask_outsider(invitation.email, said, path, sender=actor.get_full_name())
    return invitation


def token_of(invitation: CompanyInvitation) -> str:
    """What the link of the mail carries; signed, so that it cannot be guessed or made up."""
    return signing.dumps(str(invitation.public_id), salt=SALT)


def invitation_by(token: str) -> CompanyInvitation | None:
    """The invitation of a link, whatever its state; none for a link we did not sign."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (
        CompanyInvitation.objects.select_related("company", "invited_by").filter(public_id=public_id).first()
    )


@transaction.atomic
def take_back(invitation: CompanyInvitation, *, actor: User) -> CompanyInvitation:
    """Take an invitation back; its link stops working. Twice changes nothing."""
    company = _owned(invitation.company, actor)
    invitation = company.invitations.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.state == State.SENT:
        _answer(invitation, State.WITHDRAWN)
    return invitation


@transaction.atomic
def join_company(invitation: CompanyInvitation, *, user: User) -> Company:
    """Become a member, as the invitation says. It serves once, for the account with its address."""
    company = invitation.company.locked()
    invitation = _waiting(invitation, user)
    user = user.locked()
    _only_free(user)
    _seat(user, company, CompanyRole(invitation.role))
    _answer(invitation, State.ACCEPTED)
    _tell_owners(company, user, "company_joined", f"company_invitation:{invitation.pk}:joined", but=user)
    return company


@transaction.atomic
def decline_company(invitation: CompanyInvitation, *, user: User) -> CompanyInvitation:
    """Say no to an invitation; its link has then served."""
    company = invitation.company.locked()
    invitation = _waiting(invitation, user)
    _answer(invitation, State.DECLINED)
    _tell_owners(company, user, "company_declined", f"company_invitation:{invitation.pk}:declined")
    return invitation


@transaction.atomic
def change_role(member: User, *, actor: User, role: str) -> User:
    """Give a member another role. A company always keeps an owner. The same role changes nothing."""
    company, member = _member(member, actor)
    if member.company_role == role:
        return member
    if role != CompanyRole.OWNER:
        _only_with_another_owner(member)
    member.company_role = CompanyRole(role)
    member.save(update_fields=["company_role"])
    if member.pk != actor.pk:
        tell(
            member,
            "company_role_changed",
            key=f"company:{company.pk}:role:{member.pk}:{clock.now().timestamp():.0f}",
            url_name="company",
            company=company.name,
            role=CompanyRole(role).label,
        )
    return member


@transaction.atomic
def remove_member(member: User, *, actor: User) -> User:
    """Take a member out, or leave. They see nothing of the company from now on; what they placed stays with it."""
    company = _company_of(member).locked()
    member = member.locked()
    if member.company_id != company.pk:
        return member
    if actor.pk != member.pk:
        _only_owner(company, actor)
    _only_with_another_owner(member)
    member.company, member.company_role, member.company_since = None, "", None
    member.save(update_fields=["company", "company_role", "company_since"])
    if actor.pk != member.pk:
        tell(
            member,
            "company_removed",
            key=f"company:{company.pk}:removed:{member.pk}:{clock.now().timestamp():.0f}",
            url_name="company",
            company=company.name,
        )
    else:
        key = f"company:{company.pk}:left:{member.pk}:{clock.now().timestamp():.0f}"
        _tell_owners(company, member, "company_left", key)
    return member


def _seat(user: User, company: Company, role: CompanyRole) -> None:
    user.company, user.company_role, user.company_since = company, role, clock.now()
    user.is_buyer = True
    user.save(update_fields=["company", "company_role", "company_since", "is_buyer"])


def _only_free(user: User) -> None:
    if user.is_staff:
        raise Refusal(_("An account of our team joins no company."))
    if user.company_id is not None:
        raise Refusal(_("You are a member of a company account already: leave it first."))


def _waiting(invitation: CompanyInvitation, user: User) -> CompanyInvitation:
    invitation = invitation.locked()
    if not invitation.is_waiting:
        raise Refusal(_("This invitation has been answered, taken back, or is over."))
    if user.email.lower() != invitation.email.lower():
        raise Refusal(_("This invitation is for another address: sign in with the one that received it."))
    return invitation


def _answer(invitation: CompanyInvitation, state: str) -> None:
    invitation.state, invitation.answered_at = state, clock.now()
    invitation.save(update_fields=["state", "answered_at"])


def _company_of(member: User) -> Company:
    if member.company is None:
        raise Refusal(_("This person is no longer a member."))
    return member.company


def _owned(company: Company, actor: User) -> Company:
    company = company.locked()
    _only_owner(company, actor)
    return company


def _only_owner(company: Company, actor: User) -> None:
    if not company.members.filter(pk=actor.pk, company_role=CompanyRole.OWNER).exists():
        raise Refusal(_("Only an owner of the company account can do this."))


def _member(member: User, actor: User) -> tuple[Company, User]:
    company = _owned(_company_of(member), actor)
    fresh = company.members.select_for_update(no_key=True, of=("self",)).filter(pk=member.pk).first()
    if fresh is None:
        raise Refusal(_("This person is no longer a member."))
    return company, fresh


def _only_with_another_owner(member: User) -> None:
    if is_only_owner(member):
        raise Refusal(_("A company account keeps an owner: give this role to somebody else first."))


def _tell_owners(company: Company, about: User, kind: str, key: str, *, but: User | None = None) -> None:
    owners = company.members.filter(company_role=CompanyRole.OWNER, is_active=True)
    for owner in owners.exclude(pk=but.pk) if but else owners:
        tell(owner, kind, key=key, url_name="company", name=about.display_name, company=company.name)
