import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import marketplace.kernel.private_files


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("disputes", "0001_baseline"),
        ("disputes", "0002_claims"),
    ]

    dependencies = [
        ("accounts", "0001_release"),
        ("orders", "0001_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("unsuitable", "The deliverable is still judged unsuitable after several tries"),
                            ("rework_refused", "The expert refuses to rework the deliverable"),
                            ("too_slow", "The expert is too slow"),
                            ("late", "The first deliverable is late"),
                            ("no_cancelling", "The other party refuses to cancel the order"),
                            ("abuse", "The other party's behaviour is abusive"),
                            ("absence", "The parties disagree on who came to the call"),
                            ("not_promised", "The work is not what the order promised"),
                            ("files", "Files are missing or cannot be opened"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="ground",
                    ),
                ),
                ("statement", models.TextField(editable=False, max_length=5000, verbose_name="statement")),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refund", "The whole amount goes back to the buyer"),
                            ("share", "The amount is shared"),
                            ("payment", "The expert is paid"),
                            ("rework", "The work goes on, with a new date"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="wished outcome",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="opened"
                    ),
                ),
                ("before", models.JSONField(default=dict, editable=False)),
                (
                    "answer",
                    models.TextField(blank=True, editable=False, max_length=5000, verbose_name="answer"),
                ),
                (
                    "answer_wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refund", "The whole amount goes back to the buyer"),
                            ("share", "The amount is shared"),
                            ("payment", "The expert is paid"),
                            ("rework", "The work goes on, with a new date"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="outcome wished by the other party",
                    ),
                ),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="answered")),
                ("answer_due_at", models.DateTimeField(editable=False, null=True, verbose_name="answer due")),
                ("answer_remind_at", models.DateTimeField(editable=False, null=True)),
                ("answer_reminded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answer_closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="answer missed"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                ("alarmed_days", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refund", "The buyer is paid back in full"),
                            ("share", "The amount is shared"),
                            ("payment", "The expert is paid in full"),
                            ("relaunch", "The work goes on, with a new date"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("new_due_at", models.DateTimeField(editable=False, null=True, verbose_name="new date")),
                (
                    "refund_cents",
                    models.PositiveBigIntegerField(editable=False, null=True, verbose_name="refund"),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason")),
                ("ruled_at", models.DateTimeField(editable=False, null=True, verbose_name="ruled")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "ordering": ["-opened_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ruled_at", None), ("withdrawn_at", None)),
                        fields=["opened_at"],
                        name="dispute_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "unsuitable",
                                    "rework_refused",
                                    "too_slow",
                                    "late",
                                    "no_cancelling",
                                    "abuse",
                                    "absence",
                                    "not_promised",
                                    "files",
                                ],
                            )
                        ),
                        name="dispute_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reason", ""), ("refund_cents", None), ("ruled_at", None), ("ruled_by", None)
                            ),
                            models.Q(
                                ("refund_cents__isnull", False),
                                ("ruled_at__isnull", False),
                                ("ruled_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_whole_or_absent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ruled_at", None), ("withdrawn_at", None)),
                        fields=("order",),
                        name="one_open_dispute_per_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("statement", models.TextField(editable=False, max_length=5000, verbose_name="statement")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="asked on"
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided on")),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "dispute",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="disputes.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of evidence",
                "verbose_name_plural": "pieces of evidence",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("refund", "The buyer is paid back in full"),
                            ("share", "The amount is shared"),
                            ("payment", "The expert is paid in full"),
                            ("relaunch", "The work goes on, with a new date"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("refund_cents", models.PositiveBigIntegerField(editable=False, verbose_name="refund")),
                (
                    "rights_pass",
                    models.BooleanField(
                        default=True, editable=False, verbose_name="the rights pass to the buyer"
                    ),
                ),
                ("new_due_at", models.DateTimeField(editable=False, null=True, verbose_name="new date")),
                ("reason", models.TextField(editable=False, verbose_name="reason")),
                ("on_appeal", models.BooleanField(default=False, editable=False, verbose_name="on appeal")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="written on"
                    ),
                ),
                (
                    "carried_out_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="carried out on"),
                ),
                ("dropped_at", models.DateTimeField(editable=False, null=True, verbose_name="given up on")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "ruling",
                "verbose_name_plural": "rulings",
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("carried_out_at", None), ("dropped_at", None)),
                        fields=("dispute",),
                        name="one_ruling_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="four_eyes_are_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(max_length=5000, verbose_name="note")),
                ("is_shared", models.BooleanField(default=False, verbose_name="read by both parties")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="disputes.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "note of staff",
                "verbose_name_plural": "notes of staff",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StaffQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField(max_length=5000, verbose_name="question")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(verbose_name="answer due")),
                ("answer", models.TextField(blank=True, max_length=5000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="disputes.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a party",
                "verbose_name_plural": "questions to parties",
                "ordering": ["asked_at", "pk"],
            },
        ),
    ]
