"""Which buttons of staff move money, and that each of them asks for the second factor again."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from payments.models import BankStatement, InboundEvent, SepaBatch

MOVES_MONEY = {
    "disputes.dispute": {"rule", "confirm", "decide_appeal", "correct"},
    "missions.mission": {"rule", "confirm", "drop_balance"},
    "orders.order": {"cancel"},
    "payments.bankline": {"match", "send-back"},
    "payments.booksreport": {"own-money", "paypal"},
    "payments.chargeback": {"lost", "won", "answer"},
    "payments.discrepancy": {"settle"},
    "payments.escrowhold": {"contest", "refund-released"},
    "payments.gatewaycall": {"resend"},
    "payments.refund": {"resend", "by-hand"},
    "payments.sepabatch": {"approve"},
    "payments.withdrawal": {"approve", "paid", "returned"},
}
MOVES_NONE = {
    "accounts.application": {"admit", "refuse"},
    "accounts.expertprofile": {"approve", "suspend", "lift", "excuse"},
    "accounts.recommendation": {"publish", "refuse"},
    "accounts.suspension": {"answer", "lift"},
    "disputes.dispute": {"give_up", "ask", "assign", "note"},
    "messaging.contactrequest": {"answer", "assign", "close", "reopen"},
    "messaging.firstmessage": {"fine", "warn", "report"},
    "messaging.report": {"uphold", "dismiss", "assign"},
    "missions.mission": {"give_up"},
    "offers.offer": {"admit", "refuse", "read", "restore", "pause", "remove"},
    "orders.customrequest": {"invite"},
    "orders.review": {"hide", "show"},
    "payments.booksexport": {"sent"},
    "payments.booksreport": {"again"},
    "payments.chargeback": {"answered"},
    "payments.invoicedispatch": {"again", "settle"},
}
"""A new button stands in one of the two, or the test below fails."""


def buttons(moves_money: bool) -> dict[str, set[str]]:
    found = {
        model._meta.label_lower: {act.name for act in page.acts if act.moves_money == moves_money}
        for model, page in admin.site._registry.items()
        if getattr(page, "acts", ())
    }
    return {label: names for label, names in found.items() if names}


def test_every_button_is_known_to_move_money_or_not():
    assert buttons(True) == MOVES_MONEY
    assert buttons(False) == MOVES_NONE


@pytest.mark.parametrize("given", [[], [{"method": "mfa", "at": 0.0}]], ids=["never", "long ago"])
def test_each_that_moves_money_asks_for_the_second_factor_before_anything(given, rf, settings, monkeypatch):
    settings.STAFF_SECOND_FACTOR = True
    monkeypatch.setattr("marketplace.kernel.staff.get_authentication_records", lambda request, user: given)
    member = User(pk=1, is_staff=True, is_superuser=True, is_active=True)
    for model, page in admin.site._registry.items():
        for act in getattr(page, "acts", ()):
            if not act.moves_money:
                continue
            monkeypatch.setattr(page, "get_object", lambda request, pk, model=model: model(pk=1))
            monkeypatch.setattr(page, "_carry_out", lambda *args, act=act: pytest.fail(act.name))
            request = rf.post("/", {"reason": "Essai.", "confirmed": "1"})
            request.user = member

            answer = page.act_view(request, "1", act)

            assert answer.status_code == 302, (model._meta.label, act.name)
            assert answer["Location"].startswith(reverse("mfa_reauthenticate")), (model._meta.label, act.name)


def test_files_of_the_bank_and_events_read_again_ask_for_it_too(rf, settings, monkeypatch):
    settings.STAFF_SECOND_FACTOR = True
    monkeypatch.setattr("marketplace.kernel.staff.get_authentication_records", lambda request, user: [])
    monkeypatch.setattr("payments.inbox.replay", lambda event: pytest.fail("read again"))
    monkeypatch.setattr("payments.bank.make_batch", lambda **kwargs: pytest.fail("made"))
    monkeypatch.setattr("payments.bank.import_statement", lambda *args, **kwargs: pytest.fail("read in"))
    monkeypatch.setattr("payments.bank.file_of", lambda batch: pytest.fail("taken out"))
    request = rf.post("/", {"_save": "1"})
    request.user = User(pk=1, is_staff=True, is_superuser=True, is_active=True)
    pages = admin.site._registry
    for answer in (
        pages[SepaBatch].add_view(request),
        pages[SepaBatch].file_view(request, 1),
        pages[BankStatement].add_view(request),
        pages[InboundEvent].replay(request, [InboundEvent(pk=1)]),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
