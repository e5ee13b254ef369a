"""What one party asks the other to change in a running order."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="cancel_cause",
            field=models.CharField(
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
                ],
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="orderevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("placed", "Order placed"),
                    ("transfer_awaited", "Bank transfer awaited"),
                    ("payment_declined", "Payment declined"),
                    ("paid", "Payment received"),
                    ("brief_completed", "Brief completed"),
                    ("started", "Work started"),
                    ("delivered", "Deliverable handed over"),
                    ("revision_requested", "Revision requested"),
                    ("extension_proposed", "Later date proposed"),
                    ("extension_agreed", "Later date agreed"),
                    ("cancel_requested", "Cancellation requested"),
                    ("settlement_proposed", "Settlement proposed"),
                    ("change_refused", "Request refused"),
                    ("change_withdrawn", "Request withdrawn"),
                    ("change_expired", "Request left unanswered"),
                    ("delivery_accepted", "Deliverable accepted"),
                    ("cancelled", "Order cancelled"),
                    ("refunded", "Payment refunded"),
                    ("disputed", "Dispute opened"),
                    ("resolved", "Dispute resolved"),
                    ("reminded", "Reminder sent"),
                    ("reviewed", "Review published"),
                    ("message", "Message sent"),
                ],
                max_length=20,
            ),
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="orders.order"
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
    ]
