"""Reports: what people may report, what is kept, who reads it and what they are told."""

import pytest
from django.urls import reverse

from marketplace.kernel import rules
from messaging import actions
from messaging.models import Message, Notification, Report
from orders import actions as orders
from orders.models import Review
from tests import factories

SAID = {"reason": "misleading", "words": "Le diplôme cité n'existe pas."}


def page(subject, ref):
    return reverse("report", args=[subject, ref])


@pytest.fixture
def kept(client_of, stranger, offer):
    client_of(stranger).post(page("offer", offer.pk), SAID)
    return Report.objects.get()


def test_an_offer_is_reported_once_with_what_was_read(client_of, stranger, offer):  # B33
    client = client_of(stranger)
    assert page("offer", offer.pk) in client.get(offer.get_absolute_url()).content.decode()
    assert client.get(page("offer", offer.pk)).status_code == 200

    for _ in range(2):
        answer = client.post(page("offer", offer.pk), SAID, follow=True)

    kept = Report.objects.get()
    assert (kept.person, kept.label, kept.reason, kept.state) == (
        offer.expert,
        offer.title,
        "misleading",
        "open",
    )
    assert kept.excerpt == offer.description
    assert kept.reference in answer.content.decode()


# B20
def test_a_message_and_a_review_are_reported_by_those_who_read_them(
    client_of, completed_order, buyer, expert, stranger
):  # B33
    other = factories.start(factories.pay(factories.place(buyer, completed_order.offer)))
    orders.say(other, author=expert, body="Payez-moi plutôt hors du site.")
    said = Message.objects.get(body__startswith="Payez")
    orders.leave_review(completed_order, author=buyer, rating=1, comment="Nul.")
    orders.leave_review(completed_order, author=expert, rating=5, comment="Bien.")
    review = Review.objects.get(author=buyer)

    assert client_of(stranger).post(page("message", said.public_id), SAID).status_code == 404
    assert client_of(expert).post(page("message", said.public_id), SAID).status_code == 404, "one's own"
    assert client_of(buyer).post(page("message", said.public_id), SAID).status_code == 302
    assert client_of(expert).post(page("review", review.pk), SAID).status_code == 302

    assert set(Report.objects.values_list("subject", "person")) == {
        ("message", expert.pk),
        ("review", buyer.pk),
    }


@pytest.mark.parametrize("subject", ["user", "offer", "message", "review", "order"])
@pytest.mark.parametrize("ref", ["0", "x", "00000000-0000-4000-8000-000000000000"])
def test_what_does_not_exist_is_not_reported(client_of, stranger, subject, ref):
    assert client_of(stranger).post(page(subject, ref), SAID).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize("bad", [{}, {"reason": "spite"}, {"reason": "other", "words": "  "}])
def test_a_report_without_a_reason_is_said_by_its_field(client_of, stranger, offer, bad):
    answer = client_of(stranger).post(page("offer", offer.pk), bad)

    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_somebody_who_reports_too_much_is_asked_to_write(client_of, stranger, offer, monkeypatch):
    monkeypatch.setattr(rules, "MAX_REPORTS", 0)

    assert client_of(stranger).post(page("offer", offer.pk), SAID).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize(("act", "state"), [("uphold", "upheld"), ("dismiss", "dismissed")])
def test_staff_give_an_outcome_once_and_the_reporter_is_told(kept, client_of, staff, stranger, act, state):
    client = client_of(staff)
    home = client.get(reverse("admin:index"))
    assert "/admin/messaging/report/?state__exact=open" in home.content.decode()
    url = reverse(f"admin:messaging_report_{act}", args=[kept.pk])
    assert client.post(url, {"reason": " "}).status_code == 422

    for answer in ("Nous avons vérifié le diplôme.", "Autre réponse."):
        client.post(url, {"reason": answer})

    kept.refresh_from_db()
    assert (kept.state, kept.outcome, kept.settled_by) == (state, "Nous avons vérifié le diplôme.", staff)
    (told,) = Notification.objects.filter(user=stranger)
    assert told.params["outcome"] == "Nous avons vérifié le diplôme."
    assert not Notification.objects.filter(user=kept.person).exists()


def test_nobody_judges_a_report_about_themselves(kept, client_of, staff):
    Report.objects.filter(pk=kept.pk).update(person=staff)

    client_of(staff).post(
        reverse("admin:messaging_report_dismiss", args=[kept.pk]), {"reason": "Rien à voir."}
    )

    kept.refresh_from_db()
    assert kept.state == "open"


def test_a_report_is_given_to_somebody_and_found_by_its_reference(kept, client_of, staff):
    client = client_of(staff)
    client.post(reverse("admin:messaging_report_assign", args=[kept.pk]), {"to": staff.pk})

    page = client.get(reverse("admin:messaging_report_changelist"), {"q": kept.reference, "whose": "mine"})
    assert [row.pk for row in page.context["cl"].result_list] == [kept.pk]


def test_staff_alone_settle_reports(kept, stranger):
    with pytest.raises(Exception, match=r"\w"):
        actions.settle_report(kept, actor=stranger, upheld=True, outcome="Oui.")
    kept.refresh_from_db()
    assert kept.state == "open"
