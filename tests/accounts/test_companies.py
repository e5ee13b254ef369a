"""Company accounts: joined by mail, left at any time, and what each role sees and does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from accounts import actions, companies
from accounts.models import AuditLine, CompanyInvitation, CompanyRole
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Mail, Notification
from tests import factories

State = CompanyInvitation.State


@pytest.fixture
def owner(db):
    return factories.make_user("Odile", "Perrin")


@pytest.fixture
def house(owner):
    return actions.open_company(owner, name="Perrin & Fils", city="Lyon", postal_code="69002", country="FR")


@pytest.fixture
def stranger(db):
    return factories.make_user("Paul", "Morin")


def join(house, user, role):
    invitation = actions.invite_member(house, actor=house.members.first(), email=user.email, role=role)
    actions.join_company(invitation, user=user)
    user.refresh_from_db()
    return user


def link_of(invitation):
    return reverse("company_invitation", args=[actions.token_of(invitation)])


def test_the_whole_way_in_the_pages(owner, stranger, client_of):
    page = client_of(owner)
    assert page.get(reverse("company")).status_code == 200
    page.post(reverse("company"), {"name": "Perrin & Fils", "country": "FR", "postal_code": "69002"})
    owner.refresh_from_db()
    assert (owner.company.name, owner.company_role) == ("Perrin & Fils", "owner")

    page.post(reverse("company_invite"), {"email": stranger.email.upper(), "role": "accountant"})
    mail = Mail.objects.get(recipient__iexact=stranger.email)
    link = re.search(r"/account/company/join/\S+", mail.text)[0]
    assert stranger.email in page.get(reverse("company")).content.decode()

    guest = client_of(stranger)
    assert "Perrin &amp; Fils" in guest.get(link).content.decode()
    assert client_of(owner).get(link).status_code == 404  # not their address
    assert guest.post(link, {"answer": "accept"}).url == reverse("company")
    stranger.refresh_from_db()
    assert (stranger.company, stranger.company_role) == (owner.company, "accountant")
    assert guest.get(link).status_code == 404  # it has served
    assert Notification.objects.filter(user=owner, kind="company_joined").count() == 1
    assert guest.post(reverse("company_invite"), {"email": "a@b.test", "role": "owner"}).status_code == 404

    page.post(reverse("company_member", args=[stranger.public_id]), {"role": "buyer"})
    stranger.refresh_from_db()
    assert stranger.company_role == "buyer"
    page.post(reverse("company_member", args=[stranger.public_id]), {"act": "remove"})
    stranger.refresh_from_db()
    assert (stranger.company, stranger.company_role) == (None, "")
    assert AuditLine.objects.filter(subject="accounts_user", row_id=str(stranger.pk)).count() >= 3


def test_bad_input_stays_next_to_its_field_and_invites_nobody(house, owner, client_of):
    answer = client_of(owner).post(reverse("company_invite"), {"email": "pas une adresse", "role": "king"})
    assert answer.status_code == 422
    assert set(answer.context["invite_form"].errors) == {"email", "role"}
    assert "pas une adresse" in answer.content.decode()
    answer = client_of(owner).post(reverse("company_invite"), {"email": owner.email, "role": "buyer"})
    assert answer.status_code == 422
    assert not CompanyInvitation.objects.exists()


def test_a_link_expires_serves_once_and_can_be_taken_back(house, owner, stranger):
    def invited():
        return actions.invite_member(house, actor=owner, email=stranger.email, role="buyer")

    late = invited()
    with time_machine.travel(clock.now() + timedelta(days=15)), pytest.raises(Refusal):
        actions.join_company(late, user=stranger)
    back = invited()
    late.refresh_from_db()
    assert late.state == State.WITHDRAWN  # asking again replaces the former link
    actions.take_back(back, actor=owner)
    with pytest.raises(Refusal):
        actions.join_company(back, user=stranger)
    declined = invited()
    actions.decline_company(declined, user=stranger)
    with pytest.raises(Refusal):
        actions.join_company(declined, user=stranger)
    stranger.refresh_from_db()
    assert stranger.company is None
    assert actions.invitation_by(signing.dumps(str(declined.public_id), salt="another")) is None


def test_nobody_joins_twice_nor_for_another_address_nor_as_staff(house, owner, stranger, buyer, staff):
    invitation = actions.invite_member(house, actor=owner, email=stranger.email, role="buyer")
    with pytest.raises(Refusal):
        actions.join_company(invitation, user=buyer)
    with pytest.raises(Refusal):
        actions.open_company(owner, name="Une autre")
    with pytest.raises(Refusal):
        actions.open_company(staff, name="La nôtre")
    actions.open_company(stranger, name="La sienne")
    with pytest.raises(Refusal):
        actions.join_company(invitation, user=stranger)
    invitation.refresh_from_db()
    assert invitation.state == State.SENT


def test_a_company_always_keeps_an_owner(house, owner, stranger):
    for act in (
        lambda: actions.remove_member(owner, actor=owner),
        lambda: actions.change_role(owner, actor=owner, role="buyer"),
    ):
        with pytest.raises(Refusal):
            act()
    owner.refresh_from_db()
    assert owner.company_role == CompanyRole.OWNER
    join(house, stranger, "buyer")
    with pytest.raises(Refusal):  # a buyer makes nobody an owner, themselves included
        actions.change_role(stranger, actor=stranger, role="owner")
    actions.change_role(stranger, actor=owner, role="owner")
    actions.remove_member(owner, actor=owner)
    owner.refresh_from_db()
    assert owner.company is None


def test_only_an_owner_changes_members_and_details(house, owner, stranger, buyer):
    join(house, stranger, "buyer")
    join(house, buyer, "accountant")
    for act in (
        lambda: actions.remove_member(buyer, actor=stranger),
        lambda: actions.change_role(buyer, actor=stranger, role="owner"),
        lambda: actions.invite_member(house, actor=stranger, email="x@example.test", role="owner"),
        lambda: actions.change_company(house, actor=buyer, name="À moi"),
    ):
        with pytest.raises(Refusal):
            act()
    house.refresh_from_db()
    buyer.refresh_from_db()
    assert (house.name, buyer.company_role) == ("Perrin & Fils", "accountant")


def test_whom_to_tell(house, owner, stranger, buyer):
    join(house, stranger, "buyer")
    join(house, buyer, "accountant")
    assert companies.readers(stranger, house.pk) == [stranger]
    assert companies.keepers_of_books(house.pk) == [owner, buyer]
    actions.remove_member(stranger, actor=owner)
    stranger.refresh_from_db()
    assert companies.readers(stranger, house.pk) == [owner]
    assert companies.readers(stranger, None) == [stranger]
