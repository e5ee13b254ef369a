"""Portfolios: each piece of work with the consent of its client."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import portfolio
from accounts.consents import wording
from accounts.models import (
    ExpertProfile,
    PortfolioPiece,
    User,
)
from marketplace.kernel.errors import Refusal
from messaging.models import Mail
from tests import factories
from tests.factories import make_expert

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def fresh(expert: User) -> ExpertProfile:
    return ExpertProfile.objects.select_related("user").get(user=expert)


def piece_words(**changes: str) -> dict[str, str]:
    return {
        "title": "Plan de financement d’une boulangerie",
        "description": "Deux scénarios, un prêt obtenu.",
        "year": "2024",
        "client_name": "Maison Perrin",
        "client_email": "perrin@exemple.fr",
        **changes,
    }


def test_a_piece_is_public_once_its_client_agrees_and_no_longer(  # B35
    client_of: ClientOf, client: Client, expert: User
) -> None:
    address = fresh(expert).get_absolute_url()
    image = factories.an_image((900, 600))
    image.name = "plan.webp"
    response = client_of(expert).post(reverse("profile_portfolio"), {**piece_words(), "image": image})
    assert response.status_code == 302
    piece = PortfolioPiece.objects.get()
    assert piece.thumbnail
    assert "Maison Perrin" not in client.get(address).content.decode()
    assert Mail.objects.filter(recipient="perrin@exemple.fr").count() == 1

    link = reverse("portfolio_consent", args=[portfolio.token_of(piece)])
    assert client.get(link).status_code == 200
    piece.refresh_from_db()
    assert piece.consent == "asked"  # opening the link decides nothing
    client.post(link, {"answer": "yes"})
    assert "Maison Perrin" in client.get(address).content.decode()
    client.post(link, {"answer": "no"})
    assert "Maison Perrin" not in client.get(address).content.decode()
    piece.refresh_from_db()
    assert piece.answered_at is not None


def test_changing_a_piece_asks_its_client_again(client_of: ClientOf, expert: User) -> None:
    fields = {name: value for name, value in piece_words().items() if name != "year"}
    piece = portfolio.add(fresh(expert), {**fields, "year": 2024})
    portfolio.answer(piece, agrees=True)
    client_of(expert).post(
        reverse("profile_portfolio_piece", args=[piece.public_id]), piece_words(title="Autre titre")
    )
    piece.refresh_from_db()
    assert (piece.title, piece.consent) == ("Autre titre", "asked")
    with pytest.raises(Refusal):
        portfolio.remind(piece)
    assert Mail.objects.filter(recipient="perrin@exemple.fr").count() == 2


@pytest.mark.parametrize(
    "changes",
    [{"year": "3000"}, {"title": ""}, {"client_email": "perrin"}, {"description": "Voir www.moi.fr"}],
)
def test_a_mistaken_piece_asks_nobody(client_of: ClientOf, expert: User, changes: dict[str, str]) -> None:
    assert client_of(expert).post(reverse("profile_portfolio"), piece_words(**changes)).status_code == 422
    assert not PortfolioPiece.objects.exists()
    assert not Mail.objects.filter(recipient__startswith="perrin").exists()


def test_experts_do_not_consent_for_their_clients(client_of: ClientOf, expert: User) -> None:
    response = client_of(expert).post(
        reverse("profile_portfolio"), piece_words(client_email=expert.email.upper())
    )
    assert response.status_code == 422
    assert not PortfolioPiece.objects.exists()


def test_a_finished_order_leads_to_the_portfolio_and_asks_its_buyer(  # B35
    client_of: ClientOf, completed_order: Any, stranger: User
) -> None:
    order = completed_order
    page = client_of(order.expert).get(reverse("order", args=[order.public_id])).content.decode()
    token = portfolio.order_token(
        expert=order.expert, client=order.buyer, reference=order.reference, title=order.title
    )
    address = reverse("profile_portfolio") + "?order="
    assert address in page
    assert (
        address not in client_of(order.buyer).get(reverse("order", args=[order.public_id])).content.decode()
    )

    words = {name: value for name, value in piece_words().items() if name != "client_email"}
    other = make_expert("Paul", "Mercier")
    assert (
        client_of(other).post(address + token, words).status_code == 422
    )  # another expert must give an address
    for _ in range(2):
        client_of(order.expert).post(address + token, words)
    piece = PortfolioPiece.objects.get()
    assert (piece.client, piece.order_reference, piece.consent) == (order.buyer, order.reference, "asked")
    assert Mail.objects.filter(recipient=order.buyer.email, text__contains=piece.title).count() == 1


def test_a_client_without_an_account_leaves_the_words_they_agreed_to(
    client: Client, expert: User
) -> None:  # B35, A18
    piece = portfolio.add(fresh(expert), {**piece_words(), "year": 2024})
    link = reverse("portfolio_consent", args=[portfolio.token_of(piece)])

    client.post(link, {"answer": "yes"})
    piece.refresh_from_db()
    assert (piece.agreed_version, piece.agreed_digest) == wording("portfolio", "fr")
    assert piece.agreed_language == "fr"

    client.post(link, {"answer": "no"})
    piece.refresh_from_db()
    assert (piece.agreed_version, piece.agreed_digest, piece.agreed_language) == ("", "", "")
