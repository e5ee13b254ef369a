"""What a visitor may see, what asks for an account, and what nobody else is told about an expert."""

import pytest
from django.urls import reverse

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


def test_others_see_no_more_than_the_profile_shows(client, client_of, stranger, offer):
    """K27: no address of any kind, in the page or in what search engines read."""
    expert = offer.expert
    profile = expert.expert_profile
    for reader in (client, client_of(stranger)):
        for address in (profile.get_absolute_url(), offer.get_absolute_url()):
            page = reader.get(address).content.decode()
            assert profile.headline in page
            for hidden in (expert.email, expert.email.split("@")[0], "mailto:", "tel:", "iban", "document/"):
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
