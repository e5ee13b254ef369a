"""The operator's own bank: references, statements, too little, too much, too late; files of transfers."""

from datetime import timedelta

import pytest
from lxml import etree

from accounts.models import BankAccount
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import bank, escrow, ledger, own_transfers, refunds, withdrawals
from payments.models import BankLine, EscrowHold, Payment, Refund, SepaBatch, Withdrawal
from tests import factories
from tests.payments import cash

pytestmark = pytest.mark.django_db
OURS = "FR7630006000011234567890189"


@pytest.fixture(autouse=True)
def _own_funds(settings):
    settings.OWN_FUNDS, settings.WITHDRAWAL_RAIL = True, "sepa"
    settings.OPERATOR_IBAN, settings.OPERATOR_BIC, settings.OPERATOR_NAME = OURS, "AGRIFRPP", "Jalon SAS"


@pytest.fixture
def wired(buyer, expert):
    """120 € are to come by transfer to our own account."""
    payment = cash.ask(buyer, expert, method="transfer")
    assert cash.checkout(payment) == "/orders/J-24817/"
    return Payment.objects.get(pk=payment.pk)


def csv(*rows):
    return "\n".join(["date;amount;name;iban;reference", *rows]).encode()


def line(amount, reference, day="2026-11-20"):
    return f"{day};{amount};Thomas Girard;FR1420041010050500013M02606;{reference}"


def camt(*entries):
    body = "".join(
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><BookgDt><Dt>2026-11-20</Dt></BookgDt>'
        f"<AcctSvcrRef>R{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{own}</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Nm>Thomas</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for number, (side, amount, own, words) in enumerate(entries)
    )
    return f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>{body}</Stmt></BkToCstmrStmt></Document>'.encode()


def test_each_payment_has_a_reference_of_its_own_with_check_digits(wired):  # B47
    reference = wired.transfer_instructions["reference"]
    assert wired.state == Payment.State.AWAITING_TRANSFER
    assert wired.transfer_instructions["iban"] == OURS
    assert own_transfers.payment_of(f"virement {reference[:6]} {reference[6:].lower()}") == wired
    wrong = reference[:-1] + str((int(reference[-1]) + 1) % 10)
    assert own_transfers.payment_of(wrong) is None


@pytest.mark.parametrize("kind", ["csv", "camt"])
def test_the_right_amount_pays_the_order(wired, staff, kind):
    reference = own_transfers.reference_of(wired)
    content = csv(line("120,00", reference)) if kind == "csv" else camt(("CRDT", "120.00", "", reference))

    bank.import_statement(content, name="releve", actor=staff)

    assert Payment.objects.get().state == Payment.State.RECEIVED
    assert (ledger.balance(ledger.BANK), ledger.balance(ledger.UNMATCHED)) == (120_00, 0)
    assert ledger.balance(ledger.PSP) == 0
    with pytest.raises(Refusal, match="before"):
        bank.import_statement(content, name="releve", actor=staff)


def test_too_little_keeps_waiting_and_too_much_leaves_a_rest(wired, staff):  # E5
    reference = own_transfers.reference_of(wired)
    bank.import_statement(csv(line("50", reference)), name="1", actor=staff)
    wired.refresh_from_db()
    assert wired.transfer_instructions["missing"] == 70_00
    assert not EscrowHold.objects.exists()

    bank.import_statement(csv(line("80", reference, "2026-11-21")), name="2", actor=staff)

    assert EscrowHold.objects.get().amount_cents == 120_00
    rest = BankLine.objects.get(excess_cents__gt=0)
    assert rest.excess_cents == 10_00
    bank.send_back(rest)
    assert (ledger.balance(ledger.BANK), ledger.balance(ledger.UNMATCHED)) == (120_00, 0)
    with pytest.raises(Refusal):
        bank.send_back(rest)


def test_a_transfer_without_reference_waits_for_the_team(wired, staff):
    bank.import_statement(csv(line("120", "facture")), name="1", actor=staff)
    (waiting,) = BankLine.objects.to_match()
    assert ledger.balance(ledger.UNMATCHED) == 120_00

    bank.match(waiting, wired)

    assert Payment.objects.get().state == Payment.State.RECEIVED
    with pytest.raises(Refusal):
        bank.match(waiting, wired)


def test_a_late_transfer_goes_back_by_hand(wired, staff):  # E5, E38
    escrow.expire(wired)
    bank.import_statement(csv(line("120", own_transfers.reference_of(wired))), name="1", actor=staff)
    refund = Refund.objects.get()
    assert (refund.route, refund.state) == ("by_hand", "decided")

    refunds.paid_by_hand(refund, reference="VIR 2026-11-22")

    assert Refund.objects.get().state == Refund.State.SUCCEEDED
    assert ledger.balance(ledger.BANK) == 0


@pytest.mark.parametrize("content", [b"", b"<a/>", b"hello", b"date;amount\n2026-01-01;abc", b"\xff\xfe;"])
def test_a_file_that_is_no_statement_is_refused_in_words(staff, content):
    with pytest.raises(Refusal, match="cannot be read"):
        bank.import_statement(content, name="x", actor=staff)
    assert not BankLine.objects.exists()


def test_without_the_licence_there_is_no_bank_of_our_own(buyer, expert, staff, settings):
    settings.OWN_FUNDS = False
    with pytest.raises(Refusal, match="no money of others"):
        bank.import_statement(csv(line("1", "x")), name="x", actor=staff)
    assert "sandbox" in cash.checkout(cash.ask(buyer, expert, method="transfer"))


def test_a_file_of_transfers_needs_two_people_and_is_marked_paid_by_the_bank(hold, expert, staff):
    escrow.release(hold, clearing=timedelta(0))
    withdrawal = withdrawals.request_withdrawal(expert, 80_00)
    batch = bank.make_batch(actor=staff)
    with pytest.raises(Refusal, match="Another member"):
        bank.approve_batch(batch, actor=staff)
    with pytest.raises(Refusal, match="approve this file first"):
        bank.file_of(batch)
    with pytest.raises(Refusal, match="on its way"):
        withdrawals.cancel(withdrawal)
    with pytest.raises(Refusal, match="No withdrawal waits"):
        bank.make_batch(actor=staff)

    other = factories.make_user("Paul", "Renard", is_staff=True, is_superuser=True)
    batch = bank.approve_batch(batch, actor=other)
    root = etree.fromstring(bank.file_of(batch))

    assert root.findtext(".//{*}InstdAmt") == "80.00"
    assert root.findtext(".//{*}CdtrAcct/{*}Id/{*}IBAN") == BankAccount.objects.get(user=expert).iban
    assert root.findtext(".//{*}EndToEndId") == withdrawal.reference
    bank.import_statement(camt(("DBIT", "80.00", withdrawal.reference, "")), name="r", actor=staff)
    assert Withdrawal.objects.get().state == Withdrawal.State.PAID
    assert ledger.balance(ledger.BANK) == -80_00


def test_staff_read_in_a_statement_and_take_the_file_in_the_administration(
    hold, wired, expert, staff, client_of
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(staff)
    upload = SimpleUploadedFile("releve.csv", csv(line("120", own_transfers.reference_of(wired))))
    assert client.post("/admin/payments/bankstatement/add/", {"upload": upload}).status_code == 302
    assert BankLine.objects.get().payment == wired
    assert client.get("/admin/payments/bankline/").status_code == 200
    escrow.release(hold, clearing=timedelta(0))
    withdrawals.request_withdrawal(expert, 80_00)
    assert client.get("/admin/payments/sepabatch/add/").status_code == 200
    assert client.post("/admin/payments/sepabatch/add/").status_code == 302
    batch = SepaBatch.objects.get()
    assert client.get(f"/admin/payments/sepabatch/{batch.pk}/change/").status_code == 200
    assert client.get(f"/admin/payments/sepabatch/{batch.pk}/file/").status_code == 302, "not approved yet"
    batch.approved_by, batch.approved_at = factories.make_user("Paul", "Renard", is_staff=True), clock.now()
    batch.save()
    assert client.get(f"/admin/payments/sepabatch/{batch.pk}/file/")["Content-Type"] == "application/xml"
