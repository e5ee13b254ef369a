import uuid

import django.db.models.deletion
import django.db.models.expressions
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import marketplace.kernel.clock
import marketplace.kernel.private_files


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("payments", "0001_baseline"),
        ("payments", "0003_company_accounts"),
        ("payments", "0004_reporting"),
    ]

    dependencies = [
        ("accounts", "0001_release"),
        ("accounts", "0001_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="BooksReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "taken_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="taken on"),
                ),
                ("own_funds_cents", models.BigIntegerField(verbose_name="own funds")),
                ("ledger_cents", models.BigIntegerField(verbose_name="at the provider, by our books")),
                (
                    "gateway_cents",
                    models.BigIntegerField(blank=True, null=True, verbose_name="at the provider, by theirs"),
                ),
                ("movements", models.PositiveIntegerField(default=0, verbose_name="movements compared")),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="findings")),
            ],
            options={
                "verbose_name": "check of the books",
                "verbose_name_plural": "checks of the books",
                "ordering": ["-taken_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=80, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asset", "Asset"),
                            ("liability", "Liability"),
                            ("income", "Income"),
                            ("expense", "Expense"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "normal_side",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind__in=["asset", "expense"], then=models.Value("D")),
                            default=models.Value("C"),
                        ),
                        output_field=models.CharField(
                            choices=[("D", "Debit"), ("C", "Credit")],
                            max_length=1,
                            verbose_name="normal side",
                        ),
                    ),
                ),
                (
                    "pcg_code",
                    models.CharField(blank=True, max_length=10, verbose_name="French chart of accounts"),
                ),
                ("may_overdraw", models.BooleanField(default=False, verbose_name="may go below zero")),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
            ],
            options={
                "verbose_name": "ledger account",
                "verbose_name_plural": "ledger accounts",
                "db_table": "ledger_account",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["asset", "liability", "income", "expense"])),
                        name="ledger_account_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerTransaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                ("content_sha256", models.CharField(max_length=64, verbose_name="digest of the content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment_received", "Payment received"),
                            ("psp_fee", "Payment provider's fee"),
                            ("release", "Release to the expert"),
                            ("refund_decided", "Refund decided"),
                            ("refund_succeeded", "Refund carried out"),
                            ("refund_failed", "Refund returned by the bank"),
                            ("refund_clawback", "Refund after the release"),
                            ("transfer", "Transfer to the expert's account at the provider"),
                            ("transfer_reversal", "Transfer taken back"),
                            ("withdrawal_requested", "Withdrawal requested"),
                            ("withdrawal_paid", "Withdrawal paid"),
                            ("withdrawal_failed", "Withdrawal returned"),
                            ("goodwill", "Given by us, to put a decision right"),
                            ("dispute_opened", "Chargeback: money taken"),
                            ("dispute_hold", "Chargeback: expert's share set aside"),
                            ("dispute_unhold", "Chargeback: expert's share given back"),
                            ("dispute_won", "Chargeback won"),
                            ("dispute_lost", "Chargeback lost"),
                            ("commission_adjust", "Commission given back"),
                            ("platform_payout", "Provider to bank"),
                            ("bank_received", "Bank transfer received"),
                            ("bank_matched", "Bank transfer matched"),
                            ("bank_returned", "Bank transfer sent back"),
                        ],
                        max_length=40,
                        verbose_name="kind",
                    ),
                ),
                ("subject", models.CharField(blank=True, db_index=True, max_length=60, verbose_name="about")),
                ("occurred_at", models.DateTimeField(verbose_name="happened on")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded on")),
                ("source", models.JSONField(blank=True, default=dict, verbose_name="source")),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="payments.ledgertransaction",
                        verbose_name="corrects",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger transaction",
                "verbose_name_plural": "ledger transactions",
                "db_table": "ledger_transaction",
            },
        ),
        migrations.CreateModel(
            name="LedgerPosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="payments.ledgeraccount",
                        verbose_name="account",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="payments.ledgertransaction",
                        verbose_name="transaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
                "db_table": "ledger_posting",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents", 0), _negated=True),
                        name="ledger_posting_moves_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayeeAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gateway_id",
                    models.CharField(max_length=120, unique=True, verbose_name="gateway identifier"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "To be completed"),
                            ("active", "Ready"),
                            ("restricted", "Something is missing"),
                            ("rejected", "Refused by the provider"),
                            ("closed", "Closed"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("missing", models.JSONField(blank=True, default=list, verbose_name="missing")),
                (
                    "bank_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="bank account changed on"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="created on"),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked on")),
                (
                    "expert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payee_account",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "expert's account at the provider",
                "verbose_name_plural": "experts' accounts at the provider",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tell_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                ("description", models.CharField(max_length=200, verbose_name="description")),
                ("reference", models.CharField(db_index=True, max_length=40, verbose_name="reference")),
                (
                    "method",
                    models.CharField(
                        choices=[("card", "Card"), ("transfer", "Bank transfer"), ("paypal", "PayPal")],
                        default="card",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("pending", "Awaiting payment"),
                            ("awaiting_transfer", "Awaiting the bank transfer"),
                            ("received", "Received"),
                            ("failed", "Declined"),
                            ("expired", "Expired"),
                        ],
                        default="pending",
                        max_length=20,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "commission_bp",
                    models.PositiveIntegerField(verbose_name="commission rate in basis points"),
                ),
                (
                    "commission_base",
                    models.CharField(
                        choices=[("ttc", "Price including VAT"), ("ht", "Price excluding VAT")],
                        default="ttc",
                        max_length=3,
                        verbose_name="commission base",
                    ),
                ),
                (
                    "vat_bp",
                    models.PositiveIntegerField(
                        default=2000, verbose_name="VAT on the commission in basis points"
                    ),
                ),
                (
                    "seller_vat_bp",
                    models.PositiveIntegerField(
                        default=2000, verbose_name="VAT in the price in basis points"
                    ),
                ),
                (
                    "commission_ht_cents",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="commission agreed as a sum, in cents before VAT"
                    ),
                ),
                (
                    "gateway_id",
                    models.CharField(blank=True, max_length=120, verbose_name="gateway identifier"),
                ),
                ("checkout_url", models.CharField(blank=True, max_length=500, verbose_name="payment page")),
                (
                    "checkout_attempt",
                    models.PositiveIntegerField(default=1, verbose_name="payment page number"),
                ),
                (
                    "transfer_instructions",
                    models.JSONField(blank=True, default=dict, verbose_name="transfer instructions"),
                ),
                (
                    "failure_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the refusal"),
                ),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="declined on")),
                ("expires_at", models.DateTimeField(verbose_name="to be paid by")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received on")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created on")),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments_earned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payee",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments_made",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payer",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "indexes": [
                    models.Index(
                        condition=models.Q(("tell_due_at__isnull", False)),
                        fields=["tell_due_at"],
                        name="payment_to_tell",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="payment_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer", models.F("payee")), _negated=True),
                        name="payment_between_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "awaiting_transfer", "received", "failed", "expired"])
                        ),
                        name="payment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["card", "transfer", "paypal"])),
                        name="payment_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("commission_base__in", ["ttc", "ht"])), name="payment_base_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("commission_bp__lte", 5000)),
                        name="payment_commission_at_most_half",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("commission_ht_cents", None), ("commission_ht_cents__gte", 0), _connector="OR"
                        ),
                        name="payment_commission_never_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "received"), _negated=True),
                            ("received_at__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_received_when",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gateway_id", ""), _negated=True),
                        fields=("gateway_id",),
                        name="payment_gateway_id_unique",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Chargeback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tell_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "gateway_id",
                    models.CharField(max_length=120, unique=True, verbose_name="gateway identifier"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inquiry", "Inquiry"),
                            ("open", "Contested"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("closed", "Inquiry closed"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                (
                    "withdrawn_cents",
                    models.BigIntegerField(default=0, verbose_name="taken by the bank, in cents"),
                ),
                ("fee_cents", models.BigIntegerField(default=0, verbose_name="fee in cents")),
                (
                    "held_cents",
                    models.BigIntegerField(default=0, verbose_name="expert's share set aside, in cents"),
                ),
                ("froze_hold", models.BooleanField(default=False, verbose_name="froze the held payment")),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="reason")),
                ("answer_by", models.DateTimeField(blank=True, null=True, verbose_name="answer by")),
                (
                    "evidence_sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="evidence sent on"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="opened on"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chargebacks",
                        to="payments.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "chargeback",
                "verbose_name_plural": "chargebacks",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["inquiry", "open", "won", "lost", "closed"])),
                        name="chargeback_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Discrepancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wrong_amount", "Another amount than asked"),
                            ("paid_twice", "Paid a second time"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("expected_cents", models.BigIntegerField(verbose_name="expected, in cents")),
                ("received_cents", models.BigIntegerField(verbose_name="received, in cents")),
                ("gateway_id", models.CharField(max_length=120, verbose_name="gateway identifier")),
                ("noted_at", models.DateTimeField(auto_now_add=True, verbose_name="noted on")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled on")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="payments.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "discrepancy",
                "verbose_name_plural": "discrepancies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("payment", "gateway_id", "received_cents"), name="discrepancy_noted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("bank", "Bank transfer"), ("paypal", "PayPal")],
                        default="bank",
                        max_length=6,
                        verbose_name="way",
                    ),
                ),
                (
                    "paypal_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="PayPal address"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="changed on"),
                ),
                (
                    "expert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payout_preference",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "way of being paid",
                "verbose_name_plural": "ways of being paid",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "bank"), models.Q(("paypal_email", ""), _negated=True), _connector="OR"
                        ),
                        name="paypal_has_an_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SepaBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="made on"),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved on")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of transfers",
                "verbose_name_plural": "files of transfers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("created_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="sepa_batch_four_eyes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(
                        storage=marketplace.kernel.private_files.private_storage,
                        upload_to=marketplace.kernel.private_files.unguessable_name,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("month", "Monthly statement"),
                            ("year", "Yearly summary"),
                            ("dac7", "What we declared of you"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "shape",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("csv", "CSV")], max_length=4, verbose_name="file type"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="from")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "made_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="made on"),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("expert", "kind", "first_day", "shape"), name="one_statement_a_period"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxDetails",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("birth_city", models.CharField(blank=True, max_length=80, verbose_name="city of birth")),
                (
                    "birth_country",
                    models.CharField(blank=True, max_length=2, verbose_name="country of birth"),
                ),
                (
                    "tax_country",
                    models.CharField(
                        choices=[
                            ("FR", "France"),
                            ("DE", "Germany"),
                            ("AT", "Austria"),
                            ("BE", "Belgium"),
                            ("BG", "Bulgaria"),
                            ("CY", "Cyprus"),
                            ("HR", "Croatia"),
                            ("DK", "Denmark"),
                            ("ES", "Spain"),
                            ("EE", "Estonia"),
                            ("FI", "Finland"),
                            ("GR", "Greece"),
                            ("HU", "Hungary"),
                            ("IE", "Ireland"),
                            ("IT", "Italy"),
                            ("LV", "Latvia"),
                            ("LT", "Lithuania"),
                            ("LU", "Luxembourg"),
                            ("MT", "Malta"),
                            ("MC", "Monaco"),
                            ("NL", "Netherlands"),
                            ("PL", "Poland"),
                            ("PT", "Portugal"),
                            ("RO", "Romania"),
                            ("GB", "United Kingdom"),
                            ("SK", "Slovakia"),
                            ("SI", "Slovenia"),
                            ("SE", "Sweden"),
                            ("CH", "Switzerland"),
                            ("CZ", "Czechia"),
                        ],
                        default="FR",
                        max_length=2,
                        verbose_name="country of tax residence",
                    ),
                ),
                ("sealed_number", models.TextField(blank=True, editable=False)),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="changed on")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked for on")),
                (
                    "asked_again_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="asked for again on"),
                ),
                (
                    "expert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tax_details",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax details",
                "verbose_name_plural": "tax details",
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                (
                    "rail",
                    models.CharField(
                        choices=[
                            ("connect", "Payout of the provider, from the expert's account there"),
                            ("direct", "Payout of the provider"),
                            ("sepa", "SEPA transfer from our bank"),
                            ("paypal", "PayPal"),
                        ],
                        max_length=8,
                        verbose_name="rail",
                    ),
                ),
                ("destination", models.CharField(max_length=120, verbose_name="destination")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("requested", "Requested"),
                            ("sent", "On its way"),
                            ("paid", "Paid"),
                            ("failed", "Returned"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=10,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "gateway_id",
                    models.CharField(blank=True, max_length=120, verbose_name="gateway identifier"),
                ),
                (
                    "gateway_account",
                    models.CharField(blank=True, max_length=120, verbose_name="account at the provider"),
                ),
                ("is_automatic", models.BooleanField(default=False, verbose_name="automatic")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="next attempt"),
                ),
                (
                    "failure_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the return"),
                ),
                ("arrives_on", models.DateField(blank=True, null=True, verbose_name="expected on")),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="requested on"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent on")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled on")),
                (
                    "bank_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.bankaccount",
                        verbose_name="bank account",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="payments.sepabatch",
                        verbose_name="file of transfers",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "indexes": [
                    models.Index(fields=["expert", "-created_at"], name="withdrawal_of_expert"),
                    models.Index(
                        condition=models.Q(("state__in", ["requested", "sent"])),
                        fields=["next_attempt_at"],
                        name="withdrawal_to_send",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="withdrawal_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "sent", "paid", "failed", "cancelled"])
                        ),
                        name="withdrawal_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gateway_id", ""), _negated=True),
                        fields=("gateway_id",),
                        name="withdrawal_gateway_id_unique",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                (
                    "digest",
                    models.CharField(max_length=64, unique=True, verbose_name="digest of the content"),
                ),
                (
                    "imported_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="read in on"),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read in by",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank statement",
                "verbose_name_plural": "bank statements",
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_key", models.CharField(max_length=64, unique=True, verbose_name="entry")),
                ("booked_on", models.DateField(verbose_name="booked on")),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                ("sender", models.CharField(blank=True, max_length=140, verbose_name="sender")),
                ("sealed_iban", models.TextField(blank=True, editable=False)),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="words of the transfer")),
                ("matched_at", models.DateTimeField(blank=True, null=True, verbose_name="matched on")),
                ("excess_cents", models.BigIntegerField(default=0, verbose_name="to send back, in cents")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="sent back on")),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.bankstatement",
                        verbose_name="bank statement",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_lines",
                        to="payments.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank line",
                "verbose_name_plural": "bank lines",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="bank_line_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("excess_cents__gte", 0), ("excess_cents__lte", models.F("amount_cents"))
                        ),
                        name="bank_line_excess_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BooksExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(
                        storage=marketplace.kernel.private_files.private_storage,
                        upload_to=marketplace.kernel.private_files.unguessable_name,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fec", "Accounting entries (FEC)"),
                            ("dac7", "Declaration of sellers (DAC7)"),
                        ],
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="from")),
                ("last_day", models.DateField(verbose_name="to")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="asked",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                (
                    "asked_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="asked on"),
                ),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="next attempt"),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made on")),
                ("read_until", models.DateTimeField(blank=True, null=True, verbose_name="ledger read until")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent on")),
                ("lines", models.PositiveIntegerField(default=0, verbose_name="lines")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest")),
                ("declared", models.JSONField(blank=True, default=dict, verbose_name="declared")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "export of the books",
                "verbose_name_plural": "exports of the books",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["next_attempt_at"],
                        name="export_to_make",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="export_has_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "ready", "failed"])),
                        name="export_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EscrowHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("held", "Held"),
                            ("frozen", "Frozen"),
                            ("released", "Released"),
                            ("refunded", "Refunded"),
                            ("split", "Released in part"),
                        ],
                        default="held",
                        max_length=10,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                ("released_cents", models.BigIntegerField(default=0, verbose_name="released, in cents")),
                ("refunded_cents", models.BigIntegerField(default=0, verbose_name="refunded, in cents")),
                (
                    "clawed_back_cents",
                    models.BigIntegerField(default=0, verbose_name="given back after the release, in cents"),
                ),
                ("net_cents", models.BigIntegerField(verbose_name="expert's part in cents")),
                (
                    "commission_cents",
                    models.BigIntegerField(verbose_name="commission in cents, VAT included"),
                ),
                (
                    "held_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="held since"),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released on")),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payee",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hold",
                        to="payments.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "escrow hold",
                "verbose_name_plural": "escrow holds",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["held", "frozen"])),
                        fields=["payee"],
                        name="hold_open_of_payee",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refunded_cents__gte", 0),
                            models.Q(
                                models.Q(
                                    ("refunded_cents__lt", models.F("amount_cents")),
                                    ("released_cents", 0),
                                    ("state__in", ["held", "frozen"]),
                                ),
                                models.Q(
                                    ("refunded_cents", 0),
                                    ("released_cents", models.F("amount_cents")),
                                    ("state", "released"),
                                ),
                                models.Q(
                                    ("refunded_cents", models.F("amount_cents")),
                                    ("released_cents", 0),
                                    ("state", "refunded"),
                                ),
                                models.Q(
                                    ("refunded_cents__gt", 0),
                                    (
                                        "released_cents",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("amount_cents"), "-", models.F("refunded_cents")
                                        ),
                                    ),
                                    ("released_cents__gt", 0),
                                    ("state", "split"),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="hold_state_agrees_with_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("commission_cents__gte", 0),
                            (
                                "net_cents",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("amount_cents"), "-", models.F("refunded_cents")
                                    ),
                                    "-",
                                    models.F("commission_cents"),
                                ),
                            ),
                            ("net_cents__gte", 0),
                        ),
                        name="hold_parts_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("clawed_back_cents__gte", 0),
                            ("clawed_back_cents__lte", models.F("released_cents")),
                        ),
                        name="hold_gives_back_what_it_released",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tell_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("amount_cents", models.BigIntegerField(verbose_name="amount in cents")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("gateway", "The way it was paid"),
                            ("by_hand", "Bank transfer by our team"),
                            ("chargeback", "Taken back by the buyer's bank"),
                        ],
                        default="gateway",
                        max_length=10,
                        verbose_name="route",
                    ),
                ),
                ("after_release", models.BooleanField(default=False, verbose_name="after the release")),
                (
                    "from_expert_cents",
                    models.BigIntegerField(default=0, verbose_name="from the expert's balance, in cents"),
                ),
                (
                    "owed_cents",
                    models.BigIntegerField(default=0, verbose_name="owed by the expert, in cents"),
                ),
                (
                    "commission_back_cents",
                    models.BigIntegerField(default=0, verbose_name="commission given back, in cents"),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("decided", "Decided"),
                            ("sent", "Sent"),
                            ("succeeded", "Refunded"),
                            ("failed", "Refused by the bank"),
                        ],
                        default="decided",
                        max_length=10,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "gateway_id",
                    models.CharField(blank=True, max_length=120, verbose_name="gateway identifier"),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="next attempt"),
                ),
                (
                    "failure_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the refusal"),
                ),
                (
                    "bank_reference",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="reference of the bank transfer"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="decided on")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled on")),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.escrowhold",
                        verbose_name="hold",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["decided", "sent"])),
                        fields=["next_attempt_at"],
                        name="refund_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("tell_due_at__isnull", False)),
                        fields=["tell_due_at"],
                        name="refund_to_tell",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="refund_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["decided", "sent", "succeeded", "failed"])),
                        name="refund_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gateway_id", ""), _negated=True),
                        fields=("gateway_id",),
                        name="refund_gateway_id_unique",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Earning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gross_cents", models.BigIntegerField(verbose_name="released, in cents")),
                (
                    "commission_cents",
                    models.BigIntegerField(verbose_name="commission in cents, VAT included"),
                ),
                (
                    "commission_vat_cents",
                    models.BigIntegerField(verbose_name="VAT inside the commission, in cents"),
                ),
                ("net_cents", models.BigIntegerField(verbose_name="expert's part in cents")),
                (
                    "recouped_cents",
                    models.BigIntegerField(default=0, verbose_name="kept for what the expert owed, in cents"),
                ),
                (
                    "returned_cents",
                    models.BigIntegerField(default=0, verbose_name="taken back from the balance, in cents"),
                ),
                (
                    "commission_returned_cents",
                    models.BigIntegerField(default=0, verbose_name="commission given back, in cents"),
                ),
                (
                    "transferred_cents",
                    models.BigIntegerField(
                        default=0, verbose_name="on the expert's account at the provider, in cents"
                    ),
                ),
                ("transfer_id", models.CharField(blank=True, max_length=120, verbose_name="transfer")),
                ("transfer_due_at", models.DateTimeField(blank=True, null=True, verbose_name="transfer due")),
                ("released_at", models.DateTimeField(verbose_name="released on")),
                ("available_at", models.DateTimeField(verbose_name="available from")),
                (
                    "expert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earnings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earning",
                        to="payments.escrowhold",
                        verbose_name="hold",
                    ),
                ),
            ],
            options={
                "verbose_name": "earning",
                "verbose_name_plural": "earnings",
                "indexes": [
                    models.Index(
                        condition=models.Q(("transfer_due_at__isnull", False)),
                        fields=["transfer_due_at"],
                        name="earning_to_transfer",
                    ),
                    models.Index(fields=["expert", "-released_at"], name="earning_of_expert"),
                    models.Index(fields=["expert", "available_at"], name="earning_clearing"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("commission_cents__gte", models.F("commission_vat_cents")),
                            ("commission_vat_cents__gte", 0),
                            (
                                "gross_cents",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("commission_cents"), "+", models.F("net_cents")
                                ),
                            ),
                            ("gross_cents__gt", 0),
                            ("net_cents__gte", 0),
                        ),
                        name="earning_parts_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net_cents__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("recouped_cents"), "+", models.F("returned_cents")
                                ),
                            ),
                            ("recouped_cents__gte", 0),
                            ("returned_cents__gte", 0),
                        ),
                        name="earning_gives_what_it_has",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("customer", "Customer"),
                            ("checkout", "Payment page"),
                            ("checkout_expiry", "Closing of a payment page"),
                            ("refund", "Refund"),
                            ("payee", "Expert's account"),
                            ("payout_schedule", "Payouts by hand"),
                            ("transfer", "Transfer to the expert"),
                            ("transfer_reversal", "Transfer taken back"),
                            ("payout", "Payout"),
                            ("evidence", "Evidence"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                ("subject", models.CharField(blank=True, db_index=True, max_length=60, verbose_name="about")),
                ("payload", models.JSONField(default=dict, verbose_name="content")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "To be sent"),
                            ("sent", "Being asked"),
                            ("unknown", "No answer"),
                            ("done", "Done"),
                            ("failed", "Refused"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "object_id",
                    models.CharField(blank=True, max_length=120, verbose_name="gateway identifier"),
                ),
                ("answer", models.JSONField(blank=True, default=dict, verbose_name="answer")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="next attempt"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="created on"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent on")),
                (
                    "claimed_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="being asked until"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled on")),
            ],
            options={
                "verbose_name": "gateway call",
                "verbose_name_plural": "gateway calls",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["new", "sent", "unknown"])),
                        fields=["next_attempt_at"],
                        name="gateway_call_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "sent", "unknown", "done", "failed"])),
                        name="gateway_call_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayCustomer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gateway_id",
                    models.CharField(max_length=120, unique=True, verbose_name="gateway identifier"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gateway_customer",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "gateway customer",
                "verbose_name_plural": "gateway customers",
            },
        ),
        migrations.CreateModel(
            name="InboundEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=120, unique=True, verbose_name="event identifier")),
                ("kind", models.CharField(max_length=80, verbose_name="kind")),
                ("subject", models.CharField(blank=True, max_length=20, verbose_name="concerns")),
                ("object_id", models.CharField(blank=True, max_length=120, verbose_name="object identifier")),
                ("account", models.CharField(blank=True, max_length=120, verbose_name="expert's account")),
                ("payload", models.JSONField(verbose_name="content")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "To be read"), ("processed", "Done"), ("failed", "Given up")],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="next attempt"),
                ),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="received on")),
                ("processed_at", models.DateTimeField(blank=True, null=True, verbose_name="done on")),
            ],
            options={
                "verbose_name": "gateway event",
                "verbose_name_plural": "gateway events",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["next_attempt_at"],
                        name="inbound_event_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "processed", "failed"])),
                        name="inbound_event_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("root", models.CharField(max_length=12, unique=True, verbose_name="root")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
                ("last_on", models.DateField(verbose_name="date of the last number")),
                (
                    "entity",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoice_series",
                        to="accounts.legalentity",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice series",
                "verbose_name_plural": "invoice series",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity",), name="one_series_a_seller_and_one_of_ours", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invoice", "Invoice"),
                            ("deposit", "Deposit invoice"),
                            ("final", "Final invoice"),
                            ("credit", "Credit note"),
                            ("commission", "Commission invoice"),
                            ("commission_credit", "Credit note on the commission"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=35, unique=True, verbose_name="number")),
                ("position", models.PositiveIntegerField(verbose_name="position in the series")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("supplied_on", models.DateField(verbose_name="supplied on")),
                ("origin", models.CharField(max_length=80, unique=True, verbose_name="act")),
                ("reference", models.CharField(max_length=40, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="what for")),
                ("seller", models.JSONField(verbose_name="seller")),
                ("buyer", models.JSONField(verbose_name="buyer")),
                ("lines", models.JSONField(verbose_name="lines")),
                ("mentions", models.JSONField(verbose_name="mentions")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("vat_bp", models.PositiveIntegerField(verbose_name="VAT rate in basis points")),
                ("ht_cents", models.BigIntegerField(verbose_name="before VAT, in cents")),
                ("vat_cents", models.BigIntegerField(verbose_name="VAT in cents")),
                ("ttc_cents", models.BigIntegerField(verbose_name="with VAT, in cents")),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="created on"),
                ),
                (
                    "buyer_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices_received",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made out to",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="payments.invoice",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "for_company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="accounts.company",
                    ),
                ),
                (
                    "seller_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices_issued",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="payments.invoiceseries",
                        verbose_name="series",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="payments.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-issued_on", "-pk"],
                "indexes": [
                    models.Index(fields=["seller_user", "-issued_on"], name="invoice_of_seller"),
                    models.Index(fields=["buyer_user", "-issued_on"], name="invoice_of_buyer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ttc_cents",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("ht_cents"), "+", models.F("vat_cents")
                                ),
                            ),
                            ("ttc_cents__gt", 0),
                            ("vat_cents__gte", 0),
                        ),
                        name="invoice_parts_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("corrects__isnull", False), ("kind__in", ["credit", "commission_credit"])
                            ),
                            models.Q(
                                models.Q(("kind__in", ["credit", "commission_credit"]), _negated=True),
                                ("corrects", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_credit_note_corrects_an_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["commission", "commission_credit"]), ("seller_user", None)
                            ),
                            models.Q(
                                models.Q(("kind__in", ["commission", "commission_credit"]), _negated=True),
                                ("seller_user__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="we_sell_our_commission_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceDispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "To be sent"),
                            ("200", "Deposited"),
                            ("210", "Refused by the buyer"),
                            ("212", "Collected"),
                            ("213", "Rejected by the platform"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=120, verbose_name="reference of the platform"),
                ),
                ("history", models.JSONField(blank=True, default=list, verbose_name="history")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(
                        blank=True,
                        default=marketplace.kernel.clock.now,
                        null=True,
                        verbose_name="next attempt",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="problem")),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="created on"),
                ),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatch",
                        to="payments.invoice",
                        verbose_name="invoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "electronic invoice",
                "verbose_name_plural": "electronic invoices",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_attempt_at__isnull", False)),
                        fields=["next_attempt_at"],
                        name="dispatch_to_send",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoicePaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        storage=marketplace.kernel.private_files.private_storage,
                        upload_to=marketplace.kernel.private_files.unguessable_name,
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "made_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="made on"),
                ),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="payments.invoice",
                        verbose_name="invoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of an invoice",
                "verbose_name_plural": "documents of invoices",
            },
        ),
        migrations.CreateModel(
            name="LedgerBalance",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="balance",
                        serialize=False,
                        to="payments.ledgeraccount",
                        verbose_name="account",
                    ),
                ),
                ("balance_cents", models.BigIntegerField(verbose_name="balance in cents")),
            ],
            options={
                "verbose_name": "balance",
                "verbose_name_plural": "balances",
                "db_table": "ledger_balance",
            },
        ),
        migrations.CreateModel(
            name="DailyFigures",
            fields=[],
            options={
                "verbose_name": "daily figures",
                "verbose_name_plural": "daily figures",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("payments.ledgertransaction",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoice",
            trigger=pgtrigger.compiler.Trigger(
                name="invoice_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c2a49463f0c4443e5a1bc16215aeae586bee31d9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_invoice_kept_dec65",
                    table="payments_invoice",
                    when="BEFORE",
                ),
            ),
        ),
    ]
