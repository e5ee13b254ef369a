"""What staff and operators see: everything to read, nothing to change by hand, and a loud audit."""

import io

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from payments import checks, escrow, ledger, tasks
from payments.models import Discrepancy, EscrowHold, InboundEvent, LedgerTransaction, Payment, Refund
from payments.outbox import send_refund
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db

MODELS = [
    "payment",
    "discrepancy",
    "escrowhold",
    "earning",
    "refund",
    "inboundevent",
    "ledgeraccount",
    "ledgertransaction",
]


@pytest.fixture
def office(staff, client_of) -> Client:
    return client_of(staff)


@pytest.fixture
def a_little_of_everything(payment, buyer, expert):
    cash.checkout(payment)
    sandbox.pay(SandboxSession.objects.get(), "card")
    hold = escrow.refresh(payment).hold
    escrow.receive(payment, amount_cents=1, gateway_id="other", occurred_at=payment.created_at)
    escrow.refund(hold, 20_00, reason="late")
    escrow.release(hold, clearing=cash.CLEARING)
    InboundEvent.objects.create(
        event_id="evt", kind="checkout.paid", payload={"a": 1}, error="The gateway did not answer."
    )


def admin_url(model: str, page: str, *args) -> str:
    return reverse(f"admin:payments_{model}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_staff_read_everything_and_change_nothing(office, a_little_of_everything, model):
    rows = site.get_model_admin(next(m for m in site._registry if m._meta.label_lower == f"payments.{model}"))
    row = rows.model._default_manager.first()

    assert office.get(admin_url(model, "changelist")).status_code == 200
    page = office.get(admin_url(model, "change", row.pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()

    before = cash.snapshot()
    assert office.get(admin_url(model, "add")).status_code == 403
    assert office.post(admin_url(model, "change", row.pk), {"amount_cents": "1"}).status_code == 403
    assert office.post(admin_url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert cash.snapshot() == before


@pytest.mark.parametrize("model", MODELS)
def test_lists_take_the_same_queries_however_long(
    office, buyer, expert, a_little_of_everything, model, django_assert_max_num_queries
):
    for number in range(5):
        payment = cash.ask(buyer, expert)
        escrow.receive(payment, amount_cents=5, gateway_id=f"x{number}", occurred_at=payment.created_at)
        hold = cash.receive(payment)
        escrow.refund(hold, 1_00, reason="x")
        escrow.release(hold, clearing=cash.CLEARING)

    with django_assert_max_num_queries(12):
        office.get(admin_url(model, "changelist"))


def test_people_who_are_not_staff_do_not_get_in(client_of, buyer, hold):
    assert client_of(buyer).get(admin_url("payment", "changelist")).status_code == 302


def test_staff_have_an_event_read_again(office, payment, errands, django_capture_on_commit_callbacks):
    cash.checkout(payment)
    page = sandbox.pay(SandboxSession.objects.get(), "card")
    event = InboundEvent.objects.create(
        event_id="evt",
        kind="checkout.paid",
        subject="checkout",
        object_id=page.token,
        payload={},
        state="failed",
    )

    with django_capture_on_commit_callbacks(execute=True):
        office.post(
            admin_url("inboundevent", "changelist"), {"action": "replay", "_selected_action": [event.pk]}
        )

    event.refresh_from_db()
    assert event.state == "processed"
    assert Payment.objects.get().state == Payment.State.RECEIVED


def test_staff_send_a_refused_refund_again(office, payment, errands, django_capture_on_commit_callbacks):
    cash.checkout(payment)
    page = sandbox.choose_options(
        SandboxSession.objects.get(), late=False, twice=False, refund_outcome="fail"
    )
    sandbox.pay(page, "card")
    refund = escrow.refund(escrow.refresh(payment).hold, reason="cancelled")
    send_refund(refund.pk)
    sandbox.choose_options(page, late=False, twice=False, refund_outcome="succeed")

    assert office.post(admin_url("refund", "resend", refund.pk), {"reason": ""}).status_code == 422
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            office.post(admin_url("refund", "resend", refund.pk), {"reason": "La banque s'est trompée."})

    assert Refund.objects.get().state == Refund.State.SUCCEEDED
    assert ledger.balance(ledger.PSP) == 0


def test_staff_mark_a_discrepancy_as_settled_with_a_reason(office, a_little_of_everything):
    row = Discrepancy.objects.get()
    before = cash.snapshot()

    office.post(admin_url("discrepancy", "settle", row.pk), {"reason": "Renvoyé à l'acheteur."})

    row.refresh_from_db()
    assert row.settled_at is not None
    assert cash.snapshot() == before


def test_staff_who_may_only_look_have_no_buttons(staff, client_of, a_little_of_everything):
    staff.is_superuser = False
    staff.save()
    staff.user_permissions.set(
        Permission.objects.filter(codename__in=["view_discrepancy", "view_inboundevent"])
    )
    reader = client_of(staff)
    row, event = Discrepancy.objects.get(), InboundEvent.objects.get()

    assert reader.get(admin_url("discrepancy", "change", row.pk)).status_code == 200
    assert reader.post(admin_url("discrepancy", "settle", row.pk), {"reason": "x"}).status_code == 403
    reader.post(admin_url("inboundevent", "changelist"), {"action": "replay", "_selected_action": [event.pk]})
    event.refresh_from_db()
    assert event.error, "not read again"
    refund = Refund.objects.get()
    assert reader.post(admin_url("refund", "resend", refund.pk), {"reason": "x"}).status_code == 403
    assert reader.get(admin_url("payment", "changelist")).status_code == 403


# --- The audit ------------------------------------------------------------------------------------------------


def test_a_clean_ledger_says_so_in_numbers(hold):
    said = io.StringIO()

    call_command("audit_ledger", stdout=said)

    assert said.getvalue() == "ledger clean: 1 transactions, 2 postings\n"
    tasks.audit_ledger()


def tamper(*statements: str) -> None:
    """Write as only the owner of the database can, past every guard."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = 'replica'")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = 'origin'")


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE ledger_posting SET amount_cents = 119 WHERE amount_cents > 0", "does not balance"),
        ("UPDATE ledger_posting SET amount_cents = amount_cents / 2", "altered"),
        ("UPDATE ledger_transaction SET subject = 'payment:0'", "altered"),
        ("DELETE FROM ledger_posting WHERE amount_cents > 0", "fewer than two"),
        ("UPDATE ledger_account SET currency = 'USD' WHERE code LIKE 'psp%'", "mixes currencies"),
        ("UPDATE ledger_balance SET balance_cents = 1", "running balance differs"),
        ("UPDATE ledger_balance SET balance_cents = -1", "overdrawn"),
        ("UPDATE ledger_account SET may_overdraw = true WHERE code LIKE 'escrow%'", "only summed"),
        (
            "UPDATE payments_escrowhold SET state = 'released', released_cents = 12000",
            "a hold differs from its ledger account",
        ),
        ("DELETE FROM payments_escrowhold", "a received payment has no hold"),
        ("DELETE FROM payments_escrowhold", "money is held without a hold"),
    ],
)
def test_the_audit_finds_what_a_hand_in_the_database_did(hold, statement, rule, spoiled_books):
    tamper(statement)

    assert any(rule in finding.rule for finding in ledger.audit()), ledger.audit()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            "UPDATE payments_earning SET net_cents = net_cents + 1, gross_cents = gross_cents + 1",
            "an earning differs",
        ),
        ("UPDATE payments_refund SET amount_cents = 1", "refunds under way differ"),
        ("DELETE FROM payments_refund", "refunds differ from what it gave back"),
    ],
)
def test_the_audit_compares_earnings_and_refunds_with_the_ledger(hold, statement, rule, spoiled_books):
    escrow.refund(hold, 10_00, reason="x")
    escrow.release(hold, clearing=cash.CLEARING)
    tamper(statement)

    assert any(rule in finding.rule for finding in ledger.audit()), ledger.audit()


def test_findings_are_printed_and_the_command_fails(hold, spoiled_books):
    tamper("UPDATE ledger_balance SET balance_cents = 1")
    said = io.StringIO()

    with pytest.raises(SystemExit) as leaving:
        call_command("audit_ledger", stderr=said)

    assert leaving.value.code == 1
    assert f"escrow:payment:{hold.payment_id} (1 instead of 12000)" in said.getvalue()
    with pytest.raises(tasks.LedgerUnsound):
        tasks.audit_ledger()


def test_an_audit_of_nothing_is_clean():
    assert ledger.audit() == []
    assert not LedgerTransaction.objects.exists()
    assert not EscrowHold.objects.exists()


# --- The checks at boot ---------------------------------------------------------------------------------------


def found(settings, **values) -> list[str]:
    for name, value in values.items():
        setattr(settings, name, value)
    return [message.id for message in checks.payment_settings(None)]


def test_the_sandbox_may_be_installed_on_a_developers_machine_only(settings):
    assert found(settings) == []
    assert found(settings, LOCAL_MODE=False) == ["payments.E001", "payments.E002"]
    real = {"PAYMENT_GATEWAY": "payments.stripe_gateway.StripeGateway"}
    assert found(settings, LOCAL_MODE=False, **real) == ["payments.E001"]


def test_a_gateway_needs_a_secret_and_none_is_worth_a_warning(settings):
    assert found(settings, PAYMENT_WEBHOOK_SECRET="") == ["payments.E003"]
    assert found(settings, PAYMENT_GATEWAY="") == ["payments.W001"]


def test_whoever_takes_money_says_who_they_are(settings):
    us = dict.fromkeys(("name", "form", "address", "vat", "director", "email", "phone"), "x")

    def missing(**changed) -> list[str]:
        settings.OPERATOR = {**us, **changed}
        return [message.id for message in checks.operator_settings(None)]

    assert missing(registration="") == [], "a developer's machine needs no name"
    settings.LOCAL_MODE = False
    assert missing(registration="RCS Paris 552 032 534") == []
    assert missing(registration="RCS Paris") == ["payments.E006"]
    assert missing(registration=" ", vat="") == ["payments.E005", "payments.E005"]
