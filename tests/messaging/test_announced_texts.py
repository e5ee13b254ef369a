"""New terms, charter and mandate: fifteen days' notice by mail, a banner, agreement written down, or leaving."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse

from accounts import charter, mandate
from accounts.actions.consents import agree
from accounts.actions.mandate import sign_mandate
from accounts.models import Consent, TextEdition
from accounts.queries import editions
from accounts.queries.mandate import is_current, mandate_signature
from marketplace.kernel import clock
from messaging import actions, changes, pages
from messaging.models import Mail, Notification, Page, PageVersion
from tests import factories

pytestmark = pytest.mark.django_db
Text = Consent.Text


def publish(staff, source, **options):
    return actions.publish_page(
        Page.TERMS, language="fr", title="Conditions", lead="", source=source, author=staff, **options
    )


def told(user):
    return list(
        Notification.objects.filter(user=user, kind__startswith="new_").values_list("kind", flat=True)
    )


@pytest.fixture
def announced(staff):
    """Terms in force, and others that come."""
    publish(staff, "Les premières.")
    return publish(staff, "Les nouvelles.")


def test_new_terms_apply_fifteen_whole_days_after_they_are_announced(announced):  # B61
    now = clock.now()

    assert timedelta(days=15) < announced.takes_effect_at - now <= timedelta(days=16)
    assert pages.current(Page.TERMS, "fr").body == "Les premières."
    with clock.at(announced.takes_effect_at - timedelta(seconds=1)):
        assert pages.current(Page.TERMS, "fr").number == 1
    with clock.at(announced.takes_effect_at):
        assert pages.current(Page.TERMS, "fr").number == 2
        assert pages.coming(Page.TERMS, "fr") is None


def test_a_day_that_leaves_no_time_to_read_is_refused_and_nothing_is_published(announced, staff):
    with pytest.raises(ValidationError):
        publish(staff, "Demain.", takes_effect_on=clock.today() + timedelta(days=15))

    assert PageVersion.objects.filter(page=Page.TERMS).count() == 2
    later = publish(staff, "Plus tard.", takes_effect_on=clock.today() + timedelta(days=40))
    assert later.takes_effect_at > announced.takes_effect_at


def test_what_a_law_asks_for_applies_at_once_and_gives_up_what_was_announced(announced, staff, buyer):
    publish(staff, "La loi le veut.", at_once=True)

    assert pages.current(Page.TERMS, "fr").body == "La loi le veut."
    assert changes.pending(buyer) == []
    with clock.at(announced.takes_effect_at):
        assert pages.current(Page.TERMS, "fr").number == 3


def test_other_pages_change_at_once(staff):
    for source in ("Un.", "Deux."):
        actions.publish_page(Page.ABOUT, language="fr", title="Nous", lead="", source=source, author=staff)
    assert pages.current(Page.ABOUT, "fr").body == "Deux."


def test_everybody_concerned_is_told_once_by_mail_whatever_they_chose(announced, buyer, expert, staff):  # B61
    gone = factories.make_user("Jean", "Parti")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False, closed_at=clock.now())

    assert (actions.announce_changes(limit=1), actions.announce_changes(), actions.announce_changes()) == (
        1,
        1,
        0,
    )

    assert told(buyer) == told(expert) == ["new_terms"]
    assert told(gone) == told(staff) == []
    assert Mail.objects.filter(recipient__in=[buyer.email, expert.email]).count() == 2
    with clock.at(announced.takes_effect_at):
        assert actions.announce_changes() == 0


def test_the_banner_stays_until_one_agrees_and_the_log_keeps_the_version(announced, client_of, buyer):
    client, here = client_of(buyer), reverse("text_changes")
    orders = client.get("/en" + reverse("buyer_orders")).content.decode()
    assert "General terms: a new version applies from" in orders
    page = client.get("/en" + here).content.decode()
    assert "/terms/versions/2/" in page
    assert reverse("account_privacy") + "#close" in page, "who refuses may leave"

    client.post(here)
    client.post(here)

    given = Consent.objects.get(user=buyer, text=Text.TERMS, version="2")
    assert given.ip == "127.0.0.1"
    assert "/terms/versions/2/" in client.get(reverse("account_privacy")).content.decode(), "read again"
    assert "Nothing waits for your agreement" in client.get("/en" + here).content.decode()
    assert "a new version" not in client.get("/en" + reverse("buyer_orders")).content.decode()


def test_the_page_of_the_terms_says_what_comes_and_what_is_not_in_force_yet(announced, client):
    now, coming = (client.get(path).content.decode() for path in ("/terms/", "/terms/versions/2/"))
    assert "Les premières." in now
    assert "/terms/versions/2/" in now
    assert "Les nouvelles." in coming
    assert "en vigueur depuis" in now
    assert "en vigueur depuis" not in coming


def test_an_order_keeps_the_version_in_force_and_writes_down_the_agreement(announced, buyer, offer):
    order = factories.place(buyer, offer)

    assert order.terms_version == 1
    given = Consent.objects.get(user=buyer, text=Text.TERMS)
    assert (given.version, given.source) == ("1", Consent.Source.ORDER)


def test_a_form_without_reason_or_time_publishes_nothing(client_of, staff, announced):
    client, form = client_of(staff), reverse("admin:messaging_pageversion_add")
    typed = {"page": "terms", "language": "fr", "title": "CG", "lead": "", "source": "Autres.", "note": ""}
    for mistake in ({"at_once": "on"}, {"takes_effect_on": (clock.today() + timedelta(days=3)).isoformat()}):
        assert client.post(form, {**typed, **mistake}).status_code == 200
    assert PageVersion.objects.filter(page=Page.TERMS).count() == 2


# --- What comes with a release: the charter and the mandate


@pytest.fixture
def new_mandate(monkeypatch):
    """A release that brings another mandate."""
    later = ((("Ce que couvre le mandat"), ("Tout ce que je vends.")),)
    monkeypatch.setattr(mandate, "EDITIONS", {mandate.VERSION: mandate.ARTICLES, "2027-03": later})


def test_a_release_changes_what_was_signed_only_after_its_notice(
    client_of, expert, buyer, new_mandate
):  # B56, B61
    agree(expert, Text.MANDATE, name="Claire Fontaine", version=mandate.VERSION)

    assert (actions.announce_changes(), actions.announce_changes()) == (1, 0)

    edition = TextEdition.objects.get()
    assert edition.takes_effect_at > clock.now() + timedelta(days=15)
    assert (told(expert), told(buyer)) == (["new_mandate"], [])
    assert editions.in_force(Text.MANDATE) == mandate.VERSION
    assert [change.text for change in changes.pending(expert)] == [Text.MANDATE]
    page = client_of(expert).get(reverse("invoicing_mandate")).content.decode()
    assert "Tout ce que je vends." in page

    with clock.at(edition.takes_effect_at):
        assert editions.in_force(Text.MANDATE) == "2027-03"
        assert mandate_signature(expert) is not None, "the one signed holds until another is"
        sign_mandate(expert, name=expert.get_full_name(), language="fr")
        assert is_current(mandate_signature(expert))
        assert changes.pending(expert) == []


def test_where_nobody_signed_another_edition_it_applies_at_once(new_mandate):
    actions.announce_changes()
    assert editions.in_force(Text.MANDATE) == "2027-03"
    for act in (lambda: TextEdition.objects.update(version="x"), lambda: TextEdition.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


def test_experts_sign_the_charter_that_comes(client_of, expert, monkeypatch):  # K17
    agree(expert, Text.CHARTER, name=expert.get_full_name())
    later = (("Je reste", "Je reste ici."),)
    monkeypatch.setattr(charter, "EDITIONS", {charter.VERSION: charter.ARTICLES, "2027-03": later})
    actions.announce_changes()
    client, here = client_of(expert), reverse("experts_charter")

    assert "Je reste ici." in client.get(here).content.decode()
    assert client.post(here, {"name": "Un Autre", "agreed": "on"}).status_code == 422
    assert changes.pending(expert) != []
    client.post(here, {"name": expert.get_full_name(), "agreed": "on"})

    signed = Consent.objects.get(user=expert, text=Text.CHARTER, version="2027-03")
    assert signed.digest == charter.digest("fr", "2027-03")
    assert changes.pending(expert) == []
