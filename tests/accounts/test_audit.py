"""Who changed what: lines that the database writes whatever the way, and that nobody alters."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from accounts.models import AuditLine, ExpertProfile, User
from offers.models import Offer


def test_a_change_in_bulk_leaves_a_line_with_old_and_new_values(offer):  # B65
    Offer.objects.filter(pk=offer.pk).update(price_cents=offer.price_cents + 100, rating_count=3)

    line = AuditLine.objects.filter(subject="offers_offer", row_id=str(offer.pk)).latest("pk")
    assert line.changes == {"price_cents": [offer.price_cents, offer.price_cents + 100]}
    assert line.actor is None


def test_a_change_of_nothing_leaves_no_line(offer):
    before = AuditLine.objects.count()

    offer.save()
    Offer.objects.update(rating_count=4)

    assert AuditLine.objects.count() == before


def test_what_staff_do_bears_their_name_and_the_next_change_does_not(offer, staff, client_of):  # B65
    profile = offer.expert.expert_profile
    client_of(staff).post(
        reverse("admin:accounts_expertprofile_suspend", args=[profile.pk]), {"reason": "Attestation fausse."}
    )
    User.objects.filter(pk=offer.expert.pk).update(is_active=False)

    line = AuditLine.objects.filter(subject="accounts_expertprofile", row_id=str(profile.pk)).latest("pk")
    assert (line.actor, line.changes) == (staff, {"status": ["approved", "suspended"]})
    after = AuditLine.objects.filter(subject="accounts_user", row_id=str(offer.expert.pk)).latest("pk")
    assert (after.actor, after.changes) == (None, {"is_active": [True, False]})
    assert ExpertProfile.objects.get(pk=profile.pk).status == "suspended"
    page = client_of(staff).get(reverse("admin:accounts_auditline_changelist"), {"q": profile.pk})
    assert "approved → suspended" in page.content.decode()


def test_lines_are_neither_altered_nor_deleted(offer):
    Offer.objects.update(title="Un autre titre, bien plus long")

    for act in (lambda: AuditLine.objects.update(subject="x"), lambda: AuditLine.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            act()
    assert AuditLine.objects.filter(subject="offers_offer").exists()
