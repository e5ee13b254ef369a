"""What a visitor may see, what asks for an account, and what nobody else is told about an expert."""

import pytest
from django.urls import reverse

from accounts.models import BankAccount, LegalEntity, User
from tests import factories

pytestmark = pytest.mark.django_db


def test_who_browses_needs_no_account(client, offer):
    """K10: the catalogue, an offer, the directory and a profile are open."""
    pages = [
        reverse("catalogue"),
        offer.get_absolute_url(),
        reverse("experts"),
        offer.expert.expert_profile.get_absolute_url(),
    ]

    assert [client.get(page).status_code for page in pages] == [200] * 4


def test_who_contacts_an_expert_signs_in_first_and_comes_back(client, client_of, buyer, offer):
    """K10: writing to an expert and asking for something of one's own need an account."""
    slug = offer.expert.expert_profile.slug
    doors = [
        reverse("expert_contact", args=[slug]),
        reverse("custom_request"),
        reverse("checkout", args=[offer.pk]),
    ]

    for door in doors:
        answer = client.get(door)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={door}"
        assert client.post(door, {"body": "Bonjour"}).status_code == 302
    assert client_of(buyer).get(doors[0]).status_code == 200

    page = client.get(doors[0], follow=True).content.decode()
    form = page[page.index('<form class="form"') :].split("</form>")[0]
    assert f'name="next" value="{doors[0]}"' in form, "the sign-in form carries where they were"
    typed = {"login": buyer.email, "password": factories.PASSWORD, "next": doors[0]}
    assert client.post(reverse("account_login"), typed)["Location"] == doors[0]


def test_others_see_no_more_than_the_profile_shows(client, client_of, stranger, offer):
    """K27: no address of any kind nor account, in the page or in what search engines read."""
    expert = offer.expert
    User.objects.filter(pk=expert.pk).update(avatar="a.webp")  # listed, so that search engines are told
    profile = expert.expert_profile
    entity = LegalEntity.objects.current().get(user=expert)
    account = BankAccount.objects.get(user=expert)
    private = [
        expert.email,
        expert.email.split("@")[0],
        entity.address,
        entity.postal_code,
        account.iban,
        account.masked,
        *("mailto:", "tel:", "iban", "document/"),
        *expert.documents.values_list("name", flat=True),
    ]
    assert all(private)
    for reader in (client, client_of(stranger)):
        for address in (profile.get_absolute_url(), offer.get_absolute_url()):
            page = reader.get(address).content.decode()
            assert profile.headline in page
            assert "application/ld+json" in page
            for hidden in private:
                assert hidden not in page, hidden


def test_the_description_is_prompted_for_in_five_points(client_of, expert):
    """A93: what is offered, examples, what is needed, the exchanges planned, the limit of what is delivered."""
    page = client_of(expert).get(f"/en{reverse('offer_create')}").content.decode()

    for prompt in (
        "What you make and for whom, an example or two, how the exchanges go, and where your work stops.",
        "What the buyer receives",
        "What you need to begin",
    ):
        assert prompt in page, prompt
