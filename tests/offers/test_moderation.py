"""From the expert's wish to sell to our team's yes, no, or not any more."""

import pytest
from django.urls import reverse

from messaging.models import Mail, Notification
from offers import actions
from offers.models import Offer, SearchEntry
from tests import factories

LONG = (
    "Nous préparons ensemble un dossier complet, chiffré et relu, que votre banque lit en dix minutes. " * 4
)


@pytest.fixture
def draft(expert):
    return factories.make_offer(expert, published=False, title="Dossier de financement bancaire")


@pytest.fixture
def desk(client_of, expert):
    return client_of(expert)


def button(offer, name):
    return reverse(f"admin:offers_offer_{name}", args=[offer.pk])


def status(offer):
    return Offer.objects.get(pk=offer.pk).status


def told(offer, kind):
    return Notification.objects.filter(user=offer.expert, kind=kind).count()


def test_a_first_offer_waits_for_our_team_and_cannot_be_found_meanwhile(desk, client, address, draft):
    page = desk.post(address("offer_publish", draft.pk), follow=True).content.decode()

    assert "Our team reads it within one working day" in page
    assert "In review" in page
    assert address("offer_publish", draft.pk) not in page
    assert status(draft) == Offer.Status.IN_REVIEW
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert not SearchEntry.objects.filter(offer=draft).exists()


def test_staff_find_it_waiting_and_put_it_on_sale(desk, client_of, staff, client, address, draft):
    actions.submit(draft)
    office = client_of(staff)

    home = office.get(reverse("admin:index")).content.decode()
    queue = office.get(reverse("admin:offers_offer_changelist"), {"reading": "first"}).content.decode()
    office.post(button(draft, "admit"), {"reason": "Offre claire."})

    assert "reading=first" in home
    assert draft.title in queue
    assert status(draft) == Offer.Status.PUBLISHED
    assert told(draft, "offer_admitted") == 1
    assert Mail.objects.filter(recipient=draft.expert.email).exists()
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert SearchEntry.objects.filter(offer=draft).exists()


# B25
def test_staff_send_it_back_with_a_reason_its_expert_reads_and_answers(
    desk, client_of, staff, address, draft
):
    actions.submit(draft)
    office = client_of(staff)

    office.post(button(draft, "refuse"), {"reason": ""})
    assert status(draft) == Offer.Status.IN_REVIEW, "no refusal without a reason"
    office.post(button(draft, "refuse"), {"reason": "Dites combien de pages <b>vous</b> remettez."})

    page = desk.get(address("offer_edit", draft.pk)).content.decode()
    assert status(draft) == Offer.Status.REFUSED
    assert "Dites combien de pages &lt;b&gt;vous&lt;/b&gt; remettez." in page
    assert told(draft, "offer_refused") == 1
    desk.post(address("offer_publish", draft.pk))
    assert status(draft) == Offer.Status.IN_REVIEW, "it is read again"


def test_what_our_team_took_off_sale_only_our_team_puts_back(desk, client_of, staff, address, offer):
    office = client_of(staff)
    office.post(button(offer, "pause"), {"reason": "Texte copié d’un confrère."})

    page = desk.post(address("offer_publish", offer.pk), follow=True).content.decode()
    assert "Texte copié d’un confrère." in page
    assert status(offer) == Offer.Status.PAUSED
    assert told(offer, "offer_held_back") == 1
    actions.edit_offer(Offer.objects.get(), terms={"title": "Business plan refait à neuf"})
    assert status(offer) == Offer.Status.PAUSED

    office.post(button(offer, "restore"), {"reason": "Réglé."})
    assert status(offer) == Offer.Status.PUBLISHED
    assert told(offer, "offer_given_back") == 1


def test_a_pause_of_ones_own_is_lifted_by_oneself(desk, address, offer):
    desk.post(address("offer_pause", offer.pk))
    assert status(offer) == Offer.Status.PAUSED
    desk.post(address("offer_publish", offer.pk))
    assert status(offer) == Offer.Status.PUBLISHED


def test_an_offer_changed_since_it_was_read_is_shown_to_staff_and_stays_on_sale(client_of, staff, offer):
    office = client_of(staff)
    queue = reverse("admin:offers_offer_changelist")
    assert offer.title not in office.get(queue, {"reading": "changed"}).content.decode()

    actions.edit_offer(offer, terms={"description": "Autre chose, tout à fait."})
    assert status(offer) == Offer.Status.PUBLISHED
    assert offer.title in office.get(queue, {"reading": "changed"}).content.decode()
    office.post(button(offer, "read"), {"reason": "Lu."})
    assert offer.title not in office.get(queue, {"reading": "changed"}).content.decode()


@pytest.mark.parametrize(
    ("title", "text", "is_twin"),
    [
        ("Dossier de financements bancaires", "Tout autre chose.", True),
        ("Prêt professionnel clés en main", LONG, True),
        ("Prêt professionnel clés en main", "Tout autre chose, plus court.", False),
    ],
)
def test_a_near_copy_of_ones_own_offer_is_refused_and_explained(desk, address, expert, title, text, is_twin):
    """A102: duplicate or near-identical offers are not allowed."""
    factories.make_offer(expert, title="Dossier de financement bancaire", description=LONG)
    other = factories.make_offer(expert, published=False, title=title, description=text)

    page = desk.post(address("offer_publish", other.pk), follow=True).content.decode()

    assert ("alike “Dossier de financement bancaire”" in page) == is_twin
    assert status(other) == (Offer.Status.DRAFT if is_twin else Offer.Status.IN_REVIEW)


def test_staff_see_which_offers_of_others_look_like_it(client_of, staff, draft):
    copy = factories.make_offer(
        factories.make_expert("Marc", "Delattre"), title="Dossier de financement bancaire !", published=False
    )

    page = client_of(staff).get(reverse("admin:offers_offer_change", args=[copy.pk])).content.decode()

    assert draft.title in page
    assert "100%" in page.replace("\u00a0", "").replace(" %", "%")


def test_the_last_step_says_what_is_missing_and_where_the_offer_stands(desk, address, draft):
    page = desk.get(address("offer_check", draft.pk)).content.decode()

    assert "Three keywords or more" in page
    assert "points of" in page
    assert page.count(f'action="{address("offer_publish", draft.pk)}"') == 1
    assert page.count("Send to our team") == 1


def test_the_list_says_whether_an_offer_goes_to_our_team_or_on_sale(desk, address, draft):
    page = desk.get(address("dashboard_offers")).content.decode()
    assert f"Send “{draft.title}” to our team" in page
    assert f"Put “{draft.title}” on sale" not in page

    Offer.objects.filter(pk=draft.pk).update(status=Offer.Status.PAUSED, reviewed_version=draft.version)

    page = desk.get(address("dashboard_offers")).content.decode()
    assert f"Put “{draft.title}” on sale" in page
    assert f"Send “{draft.title}” to our team" not in page


class TestDrafts:
    """What is typed and not saved is kept, as it is."""

    def test_typing_is_kept_and_found_again(self, desk, address, category):
        desk.post(
            address("offer_preview"),
            {"title": "Un début", "price": "douze", "add_ons-TOTAL_FORMS": "1", "add_ons-0-title": "Option"},
        )

        page = desk.get(address("offer_create")).content.decode()
        listed = desk.get(address("dashboard_offers")).content.decode()

        assert "We kept what you typed" in page
        assert 'value="Un début"' in page
        assert 'value="douze"' in page
        assert 'value="Option"' in page
        assert "An offer you had begun" in listed
        assert not Offer.objects.exists()

    def test_what_is_on_sale_does_not_move_until_saved(self, desk, address, offer):
        desk.post(address("offer_preview"), {"offer": offer.pk, "title": "Titre en cours"})

        offer.refresh_from_db()
        assert offer.title == "Business plan complet"
        assert 'value="Titre en cours"' in desk.get(address("offer_edit", offer.pk)).content.decode()
        desk.post(address("offer_draft"), {"offer": offer.pk})
        assert "Titre en cours" not in desk.get(address("offer_edit", offer.pk)).content.decode()

    def test_saving_ends_the_draft(self, expert, offer):
        actions.keep_draft(expert, offer, {"title": ["x"]})
        actions.edit_offer(offer, terms={"title": "Un titre plus long"})

        assert not offer.drafts.exists()

    def test_a_draft_is_nobody_elses_and_has_a_limit(self, desk, client_of, address, offer):
        other = factories.make_expert("Marc", "Delattre")
        client_of(other).post(address("offer_preview"), {"offer": offer.pk, "title": "Intrus"})
        desk.post(
            address("offer_preview"), {"offer": "9" * 30, "description": "x" * 200_000, "title": "\x00"}
        )

        assert "Intrus" not in desk.get(address("offer_edit", offer.pk)).content.decode()
        assert desk.get(address("offer_create")).status_code == 200
