"""What the buying side reads of its spending and its documents, and an expert of what is under way."""

import pytest
from django.urls import reverse

from accounts import actions as accounts
from marketplace import purchase_queries as queries
from marketplace.kernel import clock
from marketplace.privacy.blockers import blockers
from messaging import actions as messaging
from missions import actions as missions
from orders import actions as orders
from orders import deeds
from orders.actions import requesting
from tests import factories
from tests.missions.conftest import LINES, terms
from tests.orders.test_requests import ask


@pytest.fixture
def accepted(delivered_order):
    order = orders.accept_delivery(delivered_order, actor=delivered_order.buyer)
    deeds.make(order)
    return order


def test_spending_by_month_expert_and_category(accepted, buyer, stranger, offer, client_of):
    factories.pay(factories.place(buyer, offer))
    seen = queries.spending(buyer)
    assert (seen.total_cents, seen.month_cents, seen.held_cents) == (240_00, 240_00, 120_00)
    assert [(share.name, share.cents, share.percent) for share in seen.experts] == [
        ("Claire Fontaine", 240_00, 100)
    ]
    assert [share.name for share in seen.categories] == [offer.category.name]
    page = client_of(buyer).get(reverse("purchases")).content.decode()
    assert "Claire Fontaine" in page
    assert accepted.title in page
    assert queries.spending(stranger).total_cents == 0
    assert "Claire" not in client_of(stranger).get(reverse("purchases")).content.decode()


def test_a_statement_has_one_line_a_payment_and_no_formula(accepted, buyer, stranger, client_of):
    month = f"{clock.today():%Y-%m}"
    type(accepted.payment).objects.update(description="=HYPERLINK(1)")
    url = reverse("purchase_statement")
    lines = client_of(buyer).get(url, {"month": month}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(";120;0;Thomas Girard")
    assert ";'=HYPERLINK(1);" in lines[1]
    assert len(client_of(stranger).get(url, {"month": month}).content.decode().splitlines()) == 1
    assert client_of(buyer).get(url, {"month": "hier"}).status_code == 404


def test_documents_are_found_by_kind_month_and_words(accepted, buyer, stranger, client_of):
    page = client_of(buyer)
    url = reverse("purchase_documents")

    def found(**asked):
        return [paper.kind for paper in page.get(url, asked).context["page"]]

    assert "deed" in found()
    assert found(kind="deed") == ["deed"]
    assert found(kind="deed", q="fontaine") == ["deed"]
    assert found(kind="deed", q="introuvable") == []
    assert found(kind="deed", month="2019-01") == []
    assert found(kind="n'importe") == found()
    assert client_of(stranger).get(url).context["page"].object_list == []


def test_an_accountant_reads_figures_and_papers_but_nothing_that_runs(expert, offer, client_of):
    owner = factories.make_user("Odile", "Perrin")
    house = accounts.open_company(owner, name="Perrin & Fils")
    accountant = factories.make_user("Alain", "Perrin")
    invitation = accounts.invite_member(house, actor=owner, email=accountant.email, role="accountant")
    accounts.join_company(invitation, user=accountant)
    owner.refresh_from_db()
    accountant.refresh_from_db()
    order = factories.pay(factories.place(owner, offer))
    page = client_of(accountant).get(reverse("purchases"))
    assert page.context["seen"].total_cents == 120_00
    assert page.context["open"] is None
    assert order.get_absolute_url() not in page.content.decode()
    assert order.get_absolute_url() in client_of(owner).get(reverse("purchases")).content.decode()

    words = " ".join(blocker.words for blocker in blockers(owner))
    assert "Perrin & Fils" in words  # the only owner does not close their account over the others
    accounts.change_role(accountant, actor=owner, role="owner")
    assert blockers(owner) == []  # what they placed goes on with the company


def test_the_pipeline_says_what_waits_for_whom(buyer, expert, staff, category, client_of):
    asked = ask(buyer, category, is_confidential=True)
    invitation = requesting.invite(asked, actor=staff, experts=[expert])[0]
    contact = messaging.make_contact(company=buyer, expert=expert, subject="Un besoin", body="Bonjour.")
    page = client_of(expert)

    def columns():
        return {column.name: column for column in page.get(reverse("pipeline")).context["columns"]}

    before = columns()
    assert (before["invitations"].yours, before["talks"].yours) == (1, 1)
    assert "Girard" not in before["invitations"].cards[0].who
    requesting.accept_terms(invitation, actor=expert, number=1)
    messaging.write_in_contact(contact, author=expert, body="Avec plaisir.")
    after = columns()
    assert (after["invitations"].yours, after["talks"].yours) == (0, 0)
    quote = missions.write(contact.conversation, expert=expert, terms=terms(), lines=LINES)
    assert [card.url for card in columns()["quotes"].cards] == [quote.get_absolute_url()]
    assert columns()["talks"].cards == []  # shown once, as its quote
    missions.accept(quote, actor=buyer, name="Thomas Girard", digest=quote.digest, siren="303265045")
    assert [card.yours for card in columns()["missions"].cards] == [False]
    assert page.get(reverse("pipeline")).status_code == 200
    assert client_of(buyer).get(reverse("pipeline")).status_code == 404
