"""A103: interim managers, freelancers and employees who seek extra income may become experts."""

import pytest
from django.urls import reverse

from accounts import queries
from accounts.models import Application, LegalForm
from tests import factories
from tests.accounts.test_legal import BUSINESS

pytestmark = pytest.mark.django_db
REGISTERED = [form for form in LegalForm if form != LegalForm.NONE]


@pytest.fixture
def candidate():
    return factories.make_expert("Nora", "Duval", approved=False)


@pytest.mark.parametrize("form", REGISTERED)
def test_one_applies_under_each_legal_status(candidate, client_of, category, form):
    """A103: the status of a freelancer, a company, or an employee of an umbrella company closes no door."""
    sent = client_of(candidate).post(reverse("legal_status"), {**BUSINESS, "form": form.value})
    application = factories.apply(candidate, category)

    assert sent.status_code == 302
    assert queries.entity_of(candidate).form == form
    assert application.state == Application.State.COMMITTEE


def test_one_applies_before_having_a_legal_status(candidate, category):
    """A103: an employee may be admitted first, and register then."""
    application = factories.apply(candidate, category)

    assert queries.entity_of(candidate) is None
    assert application.state == Application.State.COMMITTEE


@pytest.mark.parametrize(
    ("address", "question", "words"),
    [
        (
            "/faq/",
            "Qui peut vendre ?",
            ("manager de transition", "freelance", "salarié", "complément de revenus", "portage salarial"),
        ),
        (
            "/en/faq/",
            "Who can sell?",
            ("interim manager", "freelancer", "employee", "extra income", "umbrella company"),
        ),
    ],
)
def test_the_frequent_questions_say_who_may_sell(client, address, question, words):
    """A103: in both languages, in the answer to that very question."""
    html = client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    html = html.replace("\N{NARROW NO-BREAK SPACE}", " ")
    answer = html[html.rindex(question) :].split("</details>")[0]

    for word in words:
        assert word in answer.lower(), word
