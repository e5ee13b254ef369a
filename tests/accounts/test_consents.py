"""What people agree to is written down, shown to them, in their copy, and taken back as easily as it was given."""

import json
import zipfile

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from accounts import actions, consents
from accounts.actions import portfolio
from accounts.actions.consents import agree
from accounts.models import Consent, DataExport, PortfolioPiece, User
from marketplace.privacy import closing, export
from messaging import actions as messaging
from messaging.models import Page
from offers import keeping
from tests import factories

pytestmark = pytest.mark.django_db
Text = Consent.Text


def live(user):
    return sorted(Consent.objects.live().filter(user=user).values_list("text", flat=True))


def test_opening_an_account_writes_down_the_version_and_the_digest_of_what_was_accepted(client):  # A18
    client.post(
        "/account/signup/",
        {
            "role": "buyer",
            "first_name": "Thomas",
            "last_name": "Girard",
            "email": "t@exemple.test",
            "password1": "Vergers-2026-noix",
        },
    )

    given = {consent.text: consent for consent in Consent.objects.filter(user__email="t@exemple.test")}
    assert sorted(given) == ["privacy", "terms"]
    assert (given["terms"].version, given["terms"].digest) == consents.wording("terms", "fr")
    assert (given["terms"].source, given["terms"].ip) == ("sign_up", "127.0.0.1")


def test_another_version_is_another_consent_and_the_former_stays_as_it_was(buyer, staff):
    first = agree(buyer, Text.TERMS)
    messaging.publish_page(
        Page.TERMS, language="fr", title="Conditions", lead="", source="Autre texte.", author=staff
    )

    second = agree(buyer, Text.TERMS)

    assert (agree(buyer, Text.TERMS), Consent.objects.count()) == (second, 2)
    assert (first.version, second.version) == ("0", "1")
    assert first.digest != second.digest
    for act in (lambda: Consent.objects.update(digest="x"), lambda: Consent.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


def test_a_photo_is_shown_by_consent_and_withdrawing_it_removes_the_photo(expert, client_of):  # E69
    actions.change_photo(expert, factories.a_portrait())
    given = Consent.objects.get(user=expert, text=Text.PHOTO)

    page = client_of(expert).get(reverse("account_privacy")).content.decode()
    assert given.digest in page
    client_of(expert).post(reverse("account_consent_withdrawal", args=[given.public_id]))

    assert not User.objects.get(pk=expert.pk).avatar
    assert Consent.objects.get(pk=given.pk).withdrawn_at is not None


def test_a_client_takes_work_out_of_a_portfolio_from_their_own_page(expert, buyer, client_of):
    piece = portfolio.add(
        expert.expert_profile,
        {
            "title": "Plan de trésorerie",
            "description": "x",
            "year": 2025,
            "client_name": "Girard",
            "client_email": buyer.email.upper(),
        },
    )
    portfolio.answer(piece, agrees=True)
    given = Consent.objects.get(user=buyer)
    assert (given.text, given.label, given.source) == ("portfolio", "Plan de trésorerie", "link")

    client_of(buyer).post(reverse("account_consent_withdrawal", args=[given.public_id]))

    assert PortfolioPiece.objects.get().consent == "refused"
    assert live(buyer) == []


def test_the_weekly_mail_is_a_consent_that_stops_with_it(buyer):
    keeping.save_search(buyer, kind="offers", asked={"q": "bilan"}, label="bilan")
    assert live(buyer) == ["mails"]

    keeping.unsubscribe(buyer)
    assert live(buyer) == []

    keeping.mail_search(buyer.saved_searches.get(), wanted=True)
    assert (live(buyer), Consent.objects.filter(user=buyer).count()) == (["mails"], 2)


def test_what_the_contract_needs_is_not_withdrawn_alone_and_nobody_acts_for_another(
    buyer, stranger, client_of
):
    terms = agree(buyer, Text.TERMS)
    client_of(buyer).post(reverse("account_consent_withdrawal", args=[terms.public_id]))
    assert live(buyer) == ["terms"]

    mails = agree(buyer, Text.MAILS)
    refused = client_of(stranger).post(reverse("account_consent_withdrawal", args=[mails.public_id]))
    assert (refused.status_code, live(buyer)) == (404, ["mails", "terms"])


def test_consents_are_in_the_copy_with_their_digest_and_end_with_the_account(buyer):
    given = agree(buyer, Text.TERMS)
    copy = DataExport.objects.create(user=buyer)
    export.build(copy.pk)
    copy.refresh_from_db()
    with zipfile.ZipFile(copy.file.open("rb")) as archive:
        (row,) = json.loads(archive.read("data/accounts.consent.user.json"))
    assert (row["text"], row["digest"]) == ("terms", given.digest)

    closing.close(buyer)

    assert (live(buyer), Consent.objects.filter(user=buyer).count()) == ([], 1)
