import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import marketplace.kernel.clock
import marketplace.kernel.private_files


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("orders", "0001_baseline"),
        ("orders", "0002_company_accounts"),
        ("orders", "0003_buyers_rights"),
        ("orders", "0004_staff_work"),
    ]

    dependencies = [
        ("accounts", "0002_release"),
        ("accounts", "0001_release"),
        ("messaging", "0001_release"),
        ("offers", "0001_release"),
        ("payments", "0001_release"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL("CREATE SEQUENCE orders_number_seq START 24801", "DROP SEQUENCE orders_number_seq"),
        migrations.CreateModel(
            name="DayFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("paid", models.PositiveIntegerField(default=0, verbose_name="orders paid")),
                ("completed", models.PositiveIntegerField(default=0, verbose_name="orders completed")),
                (
                    "cancelled",
                    models.PositiveIntegerField(default=0, verbose_name="orders cancelled after payment"),
                ),
                ("volume_cents", models.BigIntegerField(default=0, verbose_name="volume, in cents")),
                (
                    "commission_cents",
                    models.BigIntegerField(default=0, verbose_name="commission before VAT, in cents"),
                ),
                (
                    "refunded_cents",
                    models.BigIntegerField(default=0, verbose_name="refunds decided, in cents"),
                ),
            ],
            options={
                "verbose_name": "figures of a day",
                "verbose_name_plural": "figures of days",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("timers", models.JSONField()),
                ("delivery_seconds", models.PositiveIntegerField()),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("paid_at", models.DateTimeField(editable=False, null=True)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                ("first_delivered_at", models.DateTimeField(editable=False, null=True)),
                ("delivered_at", models.DateTimeField(editable=False, null=True)),
                ("revision_due_at", models.DateTimeField(editable=False, null=True)),
                ("revision_refused_at", models.DateTimeField(editable=False, null=True)),
                ("acceptance_extended_at", models.DateTimeField(editable=False, null=True)),
                ("question_at", models.DateTimeField(editable=False, null=True)),
                ("paused_at", models.DateTimeField(editable=False, null=True)),
                ("paused_seconds", models.PositiveIntegerField(default=0, editable=False)),
                ("work_from", models.DateTimeField(editable=False, null=True)),
                ("withdraw_until", models.DateTimeField(editable=False, null=True)),
                ("payment_due_at", models.DateTimeField(editable=False, null=True)),
                ("start_due_at", models.DateTimeField(editable=False, null=True)),
                ("acceptance_due_at", models.DateTimeField(editable=False, null=True)),
                ("pause_due_at", models.DateTimeField(editable=False, null=True)),
                ("next_reminder_at", models.DateTimeField(editable=False, null=True)),
                ("reminders_sent", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("number", models.PositiveBigIntegerField(editable=False, unique=True)),
                ("placement_token", models.UUIDField()),
                ("offer_version", models.PositiveIntegerField()),
                (
                    "terms_version",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="general terms accepted"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("job", "Deliverable"), ("call", "Call"), ("question", "Question")],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=90)),
                ("description", models.TextField()),
                (
                    "includes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                (
                    "requirements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                ("opening_message", models.TextField()),
                ("add_ons_offered", models.JSONField(default=list)),
                (
                    "rights",
                    models.CharField(
                        choices=[
                            ("full_assignment", "All rights are assigned to the buyer"),
                            ("licence", "The buyer receives a licence of use"),
                        ],
                        max_length=15,
                    ),
                ),
                ("rights_text", models.TextField(blank=True)),
                ("call_minutes", models.PositiveSmallIntegerField(null=True)),
                ("base_price_cents", models.PositiveBigIntegerField()),
                ("total_cents", models.PositiveBigIntegerField()),
                ("extras_cents", models.PositiveBigIntegerField(default=0, editable=False)),
                ("extras_net_cents", models.PositiveBigIntegerField(default=0, editable=False)),
                ("commission_bp", models.PositiveSmallIntegerField()),
                (
                    "vat_regime",
                    models.CharField(
                        choices=[
                            ("registered", "Charges VAT at 20 %"),
                            ("franchise", "VAT exempt (small business)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("vat_bp", models.PositiveSmallIntegerField()),
                ("revisions_included", models.PositiveSmallIntegerField()),
                ("billing", models.JSONField(default=dict)),
                ("brief", models.TextField(blank=True)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("pending_payment", "Awaiting payment"),
                            ("active", "Active"),
                            ("delivered", "Delivered"),
                            ("completed", "Completed"),
                            ("disputed", "Disputed"),
                            ("resolved", "Resolved"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending_payment",
                        editable=False,
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("revision_round", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("extra_rounds", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("delivered_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("items_missing", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("completed_at", models.DateTimeField(editable=False, null=True)),
                ("accepted_automatically", models.BooleanField(default=False, editable=False)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cancel_cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unpaid", "It was not paid in time."),
                            ("buyer", "The buyer cancelled before work began."),
                            ("declined", "The expert declined it."),
                            ("not_started", "The expert did not start in time."),
                            ("staff", "Our team cancelled it."),
                            ("late", "The delivery was late and the buyer cancelled."),
                            ("agreed", "Both parties agreed to cancel it."),
                            ("settled", "Both parties agreed to share the amount."),
                            ("buyer_silent", "The buyer did not send what was needed."),
                            ("unanswered", "The question was not answered in time."),
                            ("call_buyer", "The buyer cancelled the call in good time."),
                            ("call_expert", "The expert cancelled the call."),
                            ("expert_away", "The expert did not come to the call."),
                            ("withdrawn", "The buyer withdrew from the contract."),
                            ("charged_back", "The buyer's bank took the payment back."),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("cancel_reason", models.TextField(blank=True, editable=False)),
                ("disputed_at", models.DateTimeField(editable=False, null=True)),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                ("refunded_cents", models.PositiveBigIntegerField(editable=False, null=True)),
                ("earned_cents", models.PositiveBigIntegerField(editable=False, null=True)),
                ("rights_pass", models.BooleanField(editable=False, null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="messaging.conversation",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "for_company",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.company",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="offers.offer"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="payments.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "ordering": ["-placed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["buyer", "-placed_at"], name="orders_orde_buyer_i_22f938_idx"),
                    models.Index(fields=["expert", "-placed_at"], name="orders_orde_expert__bfb9e3_idx"),
                    models.Index(
                        condition=models.Q(("state", "pending_payment")),
                        fields=["payment_due_at"],
                        name="due_payment",
                    ),
                    models.Index(
                        condition=models.Q(("started_at__isnull", True), ("state", "active")),
                        fields=["start_due_at"],
                        name="due_start",
                    ),
                    models.Index(
                        condition=models.Q(("state", "delivered")),
                        fields=["acceptance_due_at"],
                        name="due_acceptance",
                    ),
                    models.Index(
                        condition=models.Q(("pause_due_at__isnull", False)),
                        fields=["pause_due_at"],
                        name="due_pause",
                    ),
                    models.Index(
                        condition=models.Q(("next_reminder_at__isnull", False)),
                        fields=["next_reminder_at"],
                        name="due_reminder",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("buyer", "placement_token"), name="one_order_a_checkout"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "pending_payment",
                                    "active",
                                    "delivered",
                                    "completed",
                                    "disputed",
                                    "resolved",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="order_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("buyer", models.F("expert")), _negated=True),
                        name="nobody_buys_from_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_cents__gt", 0)), name="order_has_a_price"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "pending_payment"), _negated=True),
                            ("payment_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="unpaid_has_a_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_at__isnull", True), ("state", "active"), _negated=True),
                            ("start_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="not_started_has_a_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_at__isnull", False), ("state", "active"), _negated=True),
                            ("due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="started_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "delivered"), _negated=True),
                            ("acceptance_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="delivered_has_a_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause_due_at__isnull", True), ("paused_at__isnull", True)),
                            models.Q(
                                ("pause_due_at__isnull", False),
                                ("paused_at__isnull", False),
                                ("state", "active"),
                            ),
                            _connector="OR",
                        ),
                        name="paused_has_a_timer",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliverables",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "deliverable",
                "verbose_name_plural": "deliverables",
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "version"), name="one_deliverable_a_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=90, verbose_name="title")),
                ("need", models.TextField(max_length=8000, verbose_name="need")),
                ("budget_cents", models.PositiveBigIntegerField(verbose_name="budget")),
                ("wanted_on", models.DateField(verbose_name="wanted by")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="confidential")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Being read by our team"),
                            ("open", "With the experts"),
                            ("agreed", "Agreed"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=marketplace.kernel.clock.now)),
                ("expires_at", models.DateTimeField(editable=False)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("alarmed_days", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("reminded_days", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custom_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custom_requests",
                        to="offers.category",
                    ),
                ),
                (
                    "for_company",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custom_requests",
                        to="accounts.company",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custom_request",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "custom request",
                "verbose_name_plural": "custom requests",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["submitted", "open"])),
                        fields=["expires_at"],
                        name="due_custom_request",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order__isnull", False), ("state", "agreed")),
                            models.Q(models.Q(("state", "agreed"), _negated=True), ("order", None)),
                            _connector="OR",
                        ),
                        name="agreed_request_has_its_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["submitted", "open"]),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="closed_request_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliverableFile",
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
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="orders.deliverable",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("declined", "Declined"),
                            ("lapsed", "Not answered"),
                            ("chosen", "Chosen"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("invited_at", models.DateTimeField(default=marketplace.kernel.clock.now)),
                ("answer_due_at", models.DateTimeField(editable=False, null=True)),
                ("remind_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="orders.customrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["invited_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["answer_due_at"], name="due_invitation"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "expert"), name="one_invitation_a_request_and_expert"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("ended_at__isnull", False), _connector="OR"),
                        name="ended_invitation_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
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
                            ("extension", "A later date"),
                            ("cancellation", "A cancellation"),
                            ("settlement", "A settlement"),
                        ],
                        max_length=12,
                    ),
                ),
                ("message", models.TextField(blank=True)),
                ("new_due_at", models.DateTimeField(blank=True, null=True)),
                ("refund_cents", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Left unanswered"),
                            ("closed", "Overtaken by the order"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="orders.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "change request",
                "verbose_name_plural": "change requests",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["answer_due_at"], name="due_answer"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("order",),
                        name="one_open_request_an_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "extension"),
                                ("new_due_at__isnull", False),
                                ("refund_cents__isnull", True),
                            ),
                            models.Q(
                                ("kind", "cancellation"),
                                ("new_due_at__isnull", True),
                                ("refund_cents__isnull", True),
                            ),
                            models.Q(
                                ("kind", "settlement"), ("new_due_at__isnull", True), ("refund_cents__gt", 0)
                            ),
                            _connector="OR",
                        ),
                        name="request_says_what_it_asks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="answered_requests_have_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CancellationRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("buyer", "as a buyer"), ("expert", "as an expert")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("before_start", "Cancelled before work began"),
                            ("late", "The delivery was late"),
                            ("no_show", "Absent from the call"),
                            ("agreed", "Cancelled by agreement"),
                            ("shared", "Ended on a shared amount"),
                            ("unavailable", "No longer available for the work"),
                            ("changed_mind", "The need had changed"),
                            ("unclear", "The request and the offer did not match"),
                            ("silent", "No longer answered"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=3, verbose_name="score")),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="comment")),
                (
                    "first_cause",
                    models.CharField(
                        choices=[
                            ("before_start", "Cancelled before work began"),
                            ("late", "The delivery was late"),
                            ("no_show", "Absent from the call"),
                            ("agreed", "Cancelled by agreement"),
                            ("shared", "Ended on a shared amount"),
                            ("unavailable", "No longer available for the work"),
                            ("changed_mind", "The need had changed"),
                            ("unclear", "The request and the offer did not match"),
                            ("silent", "No longer answered"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                        verbose_name="first cause",
                    ),
                ),
                ("first_score", models.PositiveSmallIntegerField(default=3, verbose_name="first score")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("amendable_until", models.DateTimeField()),
                ("amended_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="reply")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation_records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation_record",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "cancellation record",
                "verbose_name_plural": "cancellation records",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["subject", "side", "-created_at"], name="record_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_score__gte", 1),
                            ("first_score__lte", 5),
                            ("score__gte", 1),
                            ("score__lte", 5),
                        ),
                        name="record_score_within_stars",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["buyer", "expert"])), name="record_side_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amended_at__isnull", False),
                            models.Q(
                                ("cause", models.F("first_cause")),
                                ("comment", ""),
                                ("score", models.F("first_score")),
                            ),
                            _connector="OR",
                        ),
                        name="record_stands_until_amended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_at", None), ("amended_at__isnull", False), _connector="OR"
                        ),
                        name="reply_to_what_was_amended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "Kept until it is paid"),
                            ("booked", "Booked"),
                            ("done", "Over"),
                            ("given_up", "Given up"),
                        ],
                        default="kept",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(editable=False)),
                ("minutes", models.PositiveSmallIntegerField(editable=False)),
                ("pause_minutes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("blocked", django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False)),
                ("buyer_zone", models.CharField(default="Europe/Paris", editable=False, max_length=60)),
                ("expert_zone", models.CharField(default="Europe/Paris", editable=False, max_length=60)),
                ("sequence", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("moved_by_buyer", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("booked_at", models.DateTimeField(editable=False, null=True)),
                ("room_url", models.URLField(blank=True, editable=False, max_length=300)),
                ("room_phone", models.CharField(blank=True, editable=False, max_length=40)),
                ("room_code", models.CharField(blank=True, editable=False, max_length=20)),
                ("buyer_came_at", models.DateTimeField(editable=False, null=True)),
                ("expert_came_at", models.DateTimeField(editable=False, null=True)),
                (
                    "absent",
                    models.CharField(
                        blank=True,
                        choices=[("buyer", "The buyer"), ("expert", "The expert")],
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("absence_declared_at", models.DateTimeField(editable=False, null=True)),
                ("absence_due_at", models.DateTimeField(editable=False, null=True)),
                ("absence_words", models.TextField(blank=True, editable=False)),
                ("next_reminder_at", models.DateTimeField(editable=False, null=True)),
                ("reminders_sent", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="call", to="orders.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_reminder_at__isnull", False)),
                        fields=["next_reminder_at"],
                        name="due_call_reminder",
                    ),
                    models.Index(
                        condition=models.Q(("absence_due_at__isnull", False)),
                        fields=["absence_due_at"],
                        name="due_absence",
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state__in", ["kept", "booked"])),
                        expressions=[("expert", "="), ("blocked", "&&")],
                        name="one_call_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["kept", "booked", "done", "given_up"])),
                        name="call_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="call_lasts"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("absence_declared_at__isnull", True), ("absent", "")),
                            models.Q(
                                models.Q(("absent", ""), _negated=True),
                                ("absence_declared_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="absence_has_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuyerDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "buyer_as",
                    models.CharField(
                        choices=[
                            ("consumer", "As a consumer"),
                            ("small_firm", "For a small firm, outside its activity"),
                            ("firm", "For a firm"),
                        ],
                        max_length=10,
                        verbose_name="orders as",
                    ),
                ),
                ("at_once", models.BooleanField(default=False, verbose_name="asks that work begin at once")),
                (
                    "waives",
                    models.BooleanField(
                        default=False, verbose_name="knows that full performance ends the right"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="version of the wording"),
                ),
                ("wording", models.TextField(verbose_name="wording")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "made_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="declared on"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn on")),
                ("statement", models.TextField(blank=True, verbose_name="words of the withdrawal")),
                (
                    "refund_cents",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="refunded, in cents"),
                ),
                (
                    "kept_cents",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="due for the part done, in cents"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declaration",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration of a buyer",
                "verbose_name_plural": "declarations of buyers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept_cents", None), ("refund_cents", None), ("withdrawn_at", None)),
                            models.Q(
                                ("kept_cents__isnull", False),
                                ("refund_cents__isnull", False),
                                ("withdrawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_withdrawal_says_who_gets_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
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
                            ("placed", "Order placed"),
                            ("transfer_awaited", "Bank transfer awaited"),
                            ("payment_declined", "Payment declined"),
                            ("paid", "Payment received"),
                            ("brief_completed", "Brief completed"),
                            ("started", "Work started"),
                            ("items_supplied", "Items the expert needs sent"),
                            ("paused", "Dates paused"),
                            ("resumed", "Dates running again"),
                            ("delivered", "Deliverable handed over"),
                            ("revision_requested", "Revision requested"),
                            ("round_requested", "Revision beyond the limit asked for"),
                            ("revision_accepted", "Revision taken on"),
                            ("revision_refused", "Revision refused"),
                            ("question_asked", "Question about the deliverable"),
                            ("acceptance_extended", "More time to answer"),
                            ("extension_proposed", "Later date proposed"),
                            ("extension_agreed", "Later date agreed"),
                            ("cancel_requested", "Cancellation requested"),
                            ("settlement_proposed", "Settlement proposed"),
                            ("change_refused", "Request refused"),
                            ("change_withdrawn", "Request withdrawn"),
                            ("change_expired", "Request left unanswered"),
                            ("extra_proposed", "Extra proposed"),
                            ("extra_refused", "Extra refused"),
                            ("extra_withdrawn", "Extra withdrawn"),
                            ("extra_expired", "Extra not paid in time"),
                            ("extra_paid", "Extra added"),
                            ("extra_refunded", "Extra paid back"),
                            ("call_booked", "Call booked"),
                            ("call_moved", "Call moved"),
                            ("call_reminded", "Call announced again"),
                            ("call_forgone", "Call given up too late to be refunded"),
                            ("move_proposed", "Another time proposed"),
                            ("move_refused", "Proposed time refused"),
                            ("move_withdrawn", "Proposed time withdrawn"),
                            ("move_expired", "Proposed time left unanswered"),
                            ("absence_declared", "Absence declared"),
                            ("delivery_accepted", "Deliverable accepted"),
                            ("cancelled", "Order cancelled"),
                            ("refunded", "Payment refunded"),
                            ("contested", "Payment examined by the buyer's bank"),
                            ("disputed", "Dispute opened"),
                            ("dispute_answered", "Dispute answered"),
                            ("dispute_withdrawn", "Dispute withdrawn"),
                            ("relaunched", "Work relaunched by our team"),
                            ("resolved", "Dispute resolved"),
                            ("appealed", "Decision appealed"),
                            ("appeal_decided", "Appeal decided"),
                            ("reminded", "Reminder sent"),
                            ("reviewed", "Review written"),
                            ("review_changed", "Review changed by its author"),
                            ("review_published", "Review published"),
                            ("review_answered", "Review answered"),
                            ("cancellation_rated", "Cancellation judged"),
                            ("cancellation_replied", "Cancellation answered"),
                            ("message", "Message sent"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending_payment", "Awaiting payment"),
                            ("active", "Active"),
                            ("delivered", "Delivered"),
                            ("completed", "Completed"),
                            ("disputed", "Disputed"),
                            ("resolved", "Resolved"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=20,
                    ),
                ),
                ("data", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("announced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="orders.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "order event",
                "verbose_name_plural": "order events",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("announced_at__isnull", True)),
                        fields=["created_at"],
                        name="event_unannounced",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderExtra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=80, verbose_name="name")),
                ("message", models.TextField(blank=True, verbose_name="what it consists of")),
                ("price_cents", models.PositiveBigIntegerField(verbose_name="price")),
                (
                    "days",
                    models.SmallIntegerField(default=0, verbose_name="days added, or saved when negative"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for the buyer"),
                            ("unpaid", "Waiting for the payment"),
                            ("paid", "Part of the order"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Not paid in time"),
                            ("closed", "Overtaken by the order"),
                            ("refunded", "Paid back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extras", to="orders.order"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra",
                        to="payments.payment",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "extra of an order",
                "verbose_name_plural": "extras of orders",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["proposed", "unpaid"])),
                        fields=["due_at"],
                        name="due_extra",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "unpaid"])),
                        fields=("order",),
                        name="one_open_extra_an_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_cents__gt", 0)), name="extra_has_a_price"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["unpaid", "paid", "refunded"]), _negated=True),
                            ("payment__isnull", False),
                            _connector="OR",
                        ),
                        name="extra_has_its_own_payment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["paid", "refunded"]), _negated=True),
                            ("paid_at__isnull", False),
                            _connector="OR",
                        ),
                        name="extra_paid_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=90)),
                ("price_cents", models.PositiveBigIntegerField()),
                ("days", models.SmallIntegerField(default=0)),
                ("is_add_on", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "extra",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="orders.orderextra",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.order"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OrderRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("label", models.CharField(max_length=160, verbose_name="item")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="hint")),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "Words"), ("file", "Files")],
                        default="text",
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("is_required", models.BooleanField(default=True, verbose_name="required")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("named_later", models.BooleanField(default=False)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("supplied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "item the expert needs",
                "verbose_name_plural": "items the expert needs",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "position"), name="one_item_a_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("buyer_item", "Waiting for an item from the buyer"),
                            ("clarification", "Waiting for the buyer to make the question clearer"),
                        ],
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                ("item", models.TextField(verbose_name="what is missing")),
                ("before_start", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supplied", "The buyer sent what was missing"),
                            ("resumed", "The expert resumed"),
                            ("contested", "The buyer says that nothing is missing"),
                            ("ran_out", "Its time ran out"),
                            ("overtaken", "Overtaken by the order"),
                        ],
                        max_length=10,
                        verbose_name="end",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="orders.order"
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="orders.orderrequirement",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "verbose_name_plural": "pauses",
                "ordering": ["begun_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("order",),
                        name="one_pause_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestFile",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="orders.customrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RequirementFile",
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
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="orders.orderrequirement",
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("expert", "the expert"), ("buyer", "the buyer")],
                        default="expert",
                        max_length=6,
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField(verbose_name="rating")),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="comment")),
                ("experienced_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("publish_due_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="reply")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="offers.offer"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="orders.order"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("published_at", None)),
                        fields=["publish_due_at"],
                        name="due_review",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "author"), name="one_review_an_author_an_order"),
                    models.CheckConstraint(
                        condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="rating_within_stars"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["expert", "buyer"])), name="review_about_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_at", None), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="reply_to_what_is_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("good", models.TextField(blank=True, verbose_name="what works")),
                ("wrong", models.TextField(verbose_name="what does not")),
                ("expected", models.TextField(verbose_name="what you expect")),
                (
                    "is_incomplete",
                    models.BooleanField(default=False, verbose_name="files missing or unreadable"),
                ),
                ("is_extra", models.BooleanField(default=False, verbose_name="beyond the rounds included")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("closed", "Overtaken by the order"),
                        ],
                        default="accepted",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("refusal", models.TextField(blank=True, verbose_name="why it was refused")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="expected on")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revision_requests",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "ordering": ["round"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["answer_due_at"],
                        name="due_revision_answer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "round"), name="one_request_a_round"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("order",),
                        name="one_open_revision_an_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), _negated=True),
                            ("answer_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="open_revision_has_a_timer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RightsDeed",
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
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deed", to="orders.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "rights deed",
                "verbose_name_plural": "rights deeds",
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("price_cents", models.PositiveBigIntegerField(verbose_name="price")),
                ("delivery_days", models.PositiveSmallIntegerField(verbose_name="delivery time in days")),
                ("revisions", models.PositiveSmallIntegerField(verbose_name="revisions included")),
                ("scope", models.TextField(max_length=8000, verbose_name="what is delivered")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="message")),
                ("created_at", models.DateTimeField(default=marketplace.kernel.clock.now)),
                ("expert_agreed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="orders.invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms",
                "verbose_name_plural": "terms",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("invitation", "number"), name="one_terms_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(("delivery_days__gt", 0), ("price_cents__gt", 0)),
                        name="terms_have_a_price_and_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimerRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("timer", models.CharField(max_length=40, verbose_name="timer")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="began")),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ended")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
            ],
            options={
                "verbose_name": "run of a timer",
                "verbose_name_plural": "timers",
                "ordering": ["-began_at", "-pk"],
                "indexes": [models.Index(fields=["timer", "-began_at"], name="latest_runs")],
            },
        ),
        migrations.CreateModel(
            name="TrackRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("buyer", "as a buyer"), ("expert", "as an expert")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("completed", models.PositiveIntegerField(default=0, verbose_name="orders completed")),
                ("cancelled", models.PositiveIntegerField(default=0, verbose_name="orders cancelled")),
                (
                    "due",
                    models.PositiveIntegerField(default=0, verbose_name="first deliverables that were due"),
                ),
                (
                    "on_time",
                    models.PositiveIntegerField(default=0, verbose_name="first deliverables on time"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="track_records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "track record",
                "verbose_name_plural": "track records",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "side"), name="one_track_record_a_side"),
                    models.CheckConstraint(
                        condition=models.Q(("on_time__lte", models.F("due"))), name="on_time_among_those_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("message", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Left unanswered"),
                            ("closed", "Overtaken by the order"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="orders.call"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed time",
                "verbose_name_plural": "proposed times",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["answer_due_at"], name="due_move"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("call",), name="one_open_move_a_call"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="answered_moves_have_a_date",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buyerdeclaration",
            trigger=pgtrigger.compiler.Trigger(
                name="declaration_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="b343284e78aa96555676848a1ea70a165a9f4c6c",
                    operation="DELETE",
                    pgid="pgtrigger_declaration_kept_58198",
                    table="orders_buyerdeclaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buyerdeclaration",
            trigger=pgtrigger.compiler.Trigger(
                name="declaration_unaltered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."buyer_as" IS DISTINCT FROM (NEW."buyer_as") OR OLD."at_once" IS DISTINCT FROM (NEW."at_once") OR OLD."waives" IS DISTINCT FROM (NEW."waives") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wording" IS DISTINCT FROM (NEW."wording") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="252463f0efb3dab555ce2a4d99e3c6ebfd9224d6",
                    operation="UPDATE",
                    pgid="pgtrigger_declaration_unaltered_d7c07",
                    table="orders_buyerdeclaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="event_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="50c932d9faf73e7cc26f68ef9a123044ee6ac4d2",
                    operation="DELETE",
                    pgid="pgtrigger_event_kept_bd1ed",
                    table="orders_orderevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="event_unaltered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."hand_id" IS DISTINCT FROM (NEW."hand_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."data" IS DISTINCT FROM (NEW."data") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="29d82b5d1275119c3a1ca91082a0f8af21a3bb66",
                    operation="UPDATE",
                    pgid="pgtrigger_event_unaltered_1af48",
                    table="orders_orderevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
