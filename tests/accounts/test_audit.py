"""Who changed what: lines that the database writes whatever the way, and that nobody alters."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from accounts.models import AuditLine, ExpertProfile, User
from marketplace.kernel.audit import ACTOR
from marketplace.roles import keep_roles
from offers.models import Offer

NO_ROWS = {"buyer_profile-TOTAL_FORMS": "0", "buyer_profile-INITIAL_FORMS": "0"}


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
        reverse("admin:accounts_expertprofile_suspend", args=[profile.pk]),
        {"ground": "fraud", "at_once": "on", "lasts": "7", "reason": "Attestation fausse."},
    )
    User.objects.filter(pk=offer.expert.pk).update(is_active=False)

    line = AuditLine.objects.filter(subject="accounts_expertprofile", row_id=str(profile.pk)).latest("pk")
    assert (line.actor, line.changes) == (staff, {"status": ["approved", "suspended"]})
    after = AuditLine.objects.filter(subject="accounts_user", row_id=str(offer.expert.pk)).latest("pk")
    assert (after.actor, after.changes) == (None, {"is_active": [True, False]})
    assert ExpertProfile.objects.get(pk=profile.pk).status == "suspended"
    page = client_of(staff).get(reverse("admin:accounts_auditline_changelist"), {"q": profile.pk})
    assert "approved → suspended" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_behind_a_pool_the_name_leaves_with_the_transaction(offer, staff, client_of, settings):
    settings.DATABASE_POOLED = True
    profile = offer.expert.expert_profile
    client_of(staff).post(
        reverse("admin:accounts_expertprofile_suspend", args=[profile.pk]),
        {"ground": "fraud", "at_once": "on", "lasts": "7", "reason": "Attestation fausse."},
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [ACTOR])
        assert cursor.fetchone()[0] in ("", None)
    User.objects.filter(pk=offer.expert.pk).update(is_active=False)
    line = AuditLine.objects.filter(subject="accounts_expertprofile", row_id=str(profile.pk)).latest("pk")
    assert (line.actor, line.changes) == (staff, {"status": ["approved", "suspended"]})
    after = AuditLine.objects.filter(subject="accounts_user", row_id=str(offer.expert.pk)).latest("pk")
    assert after.actor is None


def test_who_gains_or_loses_a_role_or_a_permission_is_written_down(staff, buyer, client_of):  # B65
    keep_roles()
    finance = Group.objects.get(name="finance")
    (right,) = Permission.objects.filter(codename="change_dispute")
    lines = AuditLine.objects.filter(subject="accounts_user", row_id=str(buyer.pk))
    page = reverse("admin:accounts_user_change", args=[buyer.pk])
    form = {"email": buyer.email, "first_name": "T", "last_name": "G", "language": "fr", "is_active": "on"}

    client_of(staff).post(page, {**form, "groups": [finance.pk], **NO_ROWS})
    assert [(line.actor, line.changes) for line in lines] == [(staff, {"groups": [None, ["finance"]]})]
    buyer.user_permissions.add(right)
    buyer.groups.clear()
    finance.permissions.remove(*finance.permissions.filter(codename="change_refund"))

    assert [line.changes for line in lines.all()[:2]] == [
        {"groups": [["finance"], None]},
        {"permissions": [None, ["disputes.change_dispute"]]},
    ]
    group = AuditLine.objects.filter(subject="auth_group", row_id=str(finance.pk)).latest("pk")
    assert group.changes == {"permissions": [["payments.change_refund"], None]}
    shown = client_of(staff).get(reverse("admin:accounts_auditline_changelist"), {"q": str(buyer.pk)})
    assert "finance" in shown.content.decode()


def test_lines_are_neither_altered_nor_deleted(offer):
    Offer.objects.update(title="Un autre titre, bien plus long")

    for act in (lambda: AuditLine.objects.update(subject="x"), lambda: AuditLine.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            act()
    assert AuditLine.objects.filter(subject="offers_offer").exists()
