import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import marketplace.kernel.clock
import marketplace.kernel.private_files


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("missions", "0001_baseline"),
        ("missions", "0002_amendments_reports_ndas_rulings"),
    ]

    dependencies = [
        ("accounts", "0001_release"),
        ("messaging", "0001_release"),
        ("payments", "0001_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for the client"),
                            ("replaced", "Replaced by a newer version"),
                            ("withdrawn", "Withdrawn"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                            ("accepted", "Accepted"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("context", models.TextField(blank=True, verbose_name="context")),
                ("deliverables", models.TextField(verbose_name="deliverables")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="end")),
                (
                    "confidential",
                    models.BooleanField(default=False, verbose_name="with a confidentiality agreement"),
                ),
                ("total_ht_cents", models.PositiveBigIntegerField(verbose_name="total before VAT, in cents")),
                ("vat_bp", models.PositiveIntegerField(verbose_name="VAT in basis points")),
                (
                    "commission_bp",
                    models.PositiveIntegerField(default=1500, verbose_name="commission in basis points"),
                ),
                ("percents", models.JSONField(verbose_name="instalments in percent")),
                ("seller", models.JSONField(default=dict, verbose_name="who sells")),
                ("buyer", models.JSONField(default=dict, verbose_name="who buys")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                (
                    "sent_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="sent on"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted on")),
                (
                    "accepted_name",
                    models.CharField(blank=True, max_length=120, verbose_name="accepted in the name of"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="messaging.conversation",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="missions.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "quote",
                "verbose_name_plural": "quotes",
                "ordering": ["-sent_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "sent")), fields=["expires_at"], name="quote_to_expire"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "version"), name="one_quote_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(("total_ht_cents__gt", 0)), name="quote_has_a_price"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expert", models.F("client")), _negated=True),
                        name="quote_between_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="quote_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("accepted_at__isnull", False), models.Q(("accepted_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="quote_accepted_by_whom_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
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
                            ("unpaid", "Waiting for the first instalment"),
                            ("ready", "Ready to start"),
                            ("running", "Active"),
                            ("suspended", "Suspended"),
                            ("review", "End review"),
                            ("contested", "Examined by our team"),
                            ("settling", "Waiting for the closing balance"),
                            ("completed", "Completed"),
                            ("stopped", "Ended early"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="unpaid",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("total_ht_cents", models.PositiveBigIntegerField(verbose_name="total before VAT, in cents")),
                ("vat_bp", models.PositiveIntegerField(verbose_name="VAT in basis points")),
                ("commission_bp", models.PositiveIntegerField(verbose_name="commission in basis points")),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="agreed on"),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started on")),
                ("suspended_at", models.DateTimeField(blank=True, null=True, verbose_name="suspended on")),
                ("suspended_seconds", models.PositiveBigIntegerField(default=0, editable=False)),
                ("ends_on", models.DateField(verbose_name="expected end")),
                (
                    "review_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="end review to answer by"),
                ),
                (
                    "contested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="brought to our team on"),
                ),
                ("alarmed_days", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "dormancy_warned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="silence noticed on"),
                ),
                (
                    "dormancy_raised_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="silence brought to our team on"
                    ),
                ),
                (
                    "validated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="end review validated on"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                ("expert_review", models.TextField(blank=True, verbose_name="end review by the expert")),
                ("client_review", models.TextField(blank=True, verbose_name="end review by the client")),
                (
                    "client_rating",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rating"),
                ),
                (
                    "validated_by_silence",
                    models.BooleanField(default=False, verbose_name="validated by silence"),
                ),
                (
                    "refunded_cents",
                    models.PositiveBigIntegerField(default=0, verbose_name="refunded, in cents"),
                ),
                (
                    "commission_back_cents",
                    models.PositiveBigIntegerField(default=0, verbose_name="commission given back, in cents"),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_bought",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought to our team by",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions_led",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mission",
                        to="missions.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("review_due_at__isnull", False)),
                        fields=["review_due_at"],
                        name="mission_review_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expert", models.F("client")), _negated=True),
                        name="mission_between_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("client_rating", None),
                            models.Q(("client_rating__gte", 1), ("client_rating__lte", 5)),
                            _connector="OR",
                        ),
                        name="mission_rating_one_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissionEvent",
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
                            ("agreed", "Quote accepted"),
                            ("asked", "Instalment asked"),
                            ("paid", "Instalment paid"),
                            ("started", "Mission started"),
                            ("note", "Progress note"),
                            ("suspended", "Work suspended"),
                            ("resumed", "Work resumed"),
                            ("reviewed", "End review handed over"),
                            ("contested", "End review refused"),
                            ("ending_proposed", "Early end proposed"),
                            ("ending_refused", "Early end refused"),
                            ("stopped", "Mission ended early"),
                            ("completed", "Mission completed"),
                            ("cancelled", "Mission cancelled"),
                            ("goes_on", "Mission confirmed as going on"),
                            ("team_asked", "Brought to our team"),
                            ("team_left", "Taken back from our team"),
                            ("ruled", "Decision of our team"),
                            ("amendment_sent", "Amendment proposed"),
                            ("amended", "Amendment signed"),
                            ("reported", "Activity report sent"),
                            ("report_validated", "Activity report validated"),
                            ("regime", "VAT regime of the expert changed"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("data", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="on")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="missions.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a mission",
                "verbose_name_plural": "events of missions",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QuoteLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=160, verbose_name="label")),
                ("quantity_hundredths", models.PositiveIntegerField(verbose_name="quantity in hundredths")),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "day"), ("hour", "hour"), ("flat", "flat price")],
                        default="day",
                        max_length=4,
                        verbose_name="unit",
                    ),
                ),
                (
                    "unit_price_cents",
                    models.PositiveBigIntegerField(verbose_name="unit price before VAT, in cents"),
                ),
                ("total_cents", models.PositiveBigIntegerField(verbose_name="total before VAT, in cents")),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="missions.quote"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a quote",
                "verbose_name_plural": "lines of quotes",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quote", "position"), name="one_line_a_position_of_a_quote"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity_hundredths__gt", 0),
                            ("total_cents__gt", 0),
                            ("unit_price_cents__gt", 0),
                        ),
                        name="quote_line_has_a_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("month", models.DateField(verbose_name="month")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for the client"),
                            ("validated", "Validated"),
                            ("refused", "Sent back"),
                        ],
                        default="sent",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("halves", models.JSONField(default=dict, verbose_name="half-days by date")),
                ("words", models.TextField(verbose_name="what was done")),
                (
                    "sent_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="sent on"),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be validated by")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered on")),
                ("by_silence", models.BooleanField(default=False, verbose_name="validated by silence")),
                ("answer", models.TextField(blank=True, verbose_name="what is wrong")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="missions.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity report",
                "verbose_name_plural": "activity reports",
                "ordering": ["-month"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "sent")), fields=["due_at"], name="report_to_validate"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mission", "month"), name="one_report_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="report_of_a_whole_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="percent")),
                ("ht_cents", models.PositiveBigIntegerField(verbose_name="before VAT, in cents")),
                ("vat_cents", models.PositiveBigIntegerField(verbose_name="VAT, in cents")),
                ("vat_bp", models.PositiveIntegerField(default=0, verbose_name="VAT in basis points")),
                (
                    "commission_ht_cents",
                    models.PositiveBigIntegerField(default=0, verbose_name="commission before VAT, in cents"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "To come"),
                            ("asked", "To be paid"),
                            ("held", "Held until validation"),
                            ("released", "Paid to the expert"),
                            ("refunded", "Refunded"),
                            ("cancelled", "No longer due"),
                        ],
                        default="planned",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked on")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="to be paid by")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded on")),
                ("paid_at", models.DateTimeField(blank=True, null=True, verbose_name="paid on")),
                (
                    "released_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="paid to the expert on"),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalment",
                        to="payments.payment",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="missions.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["mission", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["due_at"], name="instalment_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mission", "number"), name="one_instalment_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "cancelled"]),
                            ("payment__isnull", False),
                            _connector="OR",
                        ),
                        name="instalment_has_its_own_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("percent_done", models.PositiveSmallIntegerField(verbose_name="percent done")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for an answer"),
                            ("accepted", "Agreed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Left unanswered"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="proposed on"),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be answered by")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endings",
                        to="missions.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal to end a mission early",
                "verbose_name_plural": "proposals to end missions early",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("mission",),
                        name="one_open_ending_a_mission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent_done__lte", 100)), name="ending_at_most_wholly_done"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a signature"),
                            ("signed", "Signed by both"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced by a newer version"),
                            ("lapsed", "Left unanswered"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("words", models.TextField(verbose_name="what changes")),
                (
                    "former_ht_cents",
                    models.PositiveBigIntegerField(verbose_name="former total before VAT, in cents"),
                ),
                (
                    "total_ht_cents",
                    models.PositiveBigIntegerField(verbose_name="new total before VAT, in cents"),
                ),
                ("vat_bp", models.PositiveIntegerField(verbose_name="VAT in basis points")),
                ("former_ends_on", models.DateField(verbose_name="former end")),
                ("ends_on", models.DateField(verbose_name="new end")),
                ("plan", models.JSONField(default=list, verbose_name="instalments to come")),
                ("proposed_name", models.CharField(max_length=120, verbose_name="proposed in the name of")),
                (
                    "proposed_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="proposed on"),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be signed by")),
                (
                    "signed_name",
                    models.CharField(blank=True, max_length=120, verbose_name="signed in the name of"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed on")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="missions.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["number", "version"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["due_at"],
                        name="amendment_to_lapse",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mission", "number", "version"), name="one_amendment_a_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("mission",),
                        name="one_open_amendment_a_mission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("signed_at__isnull", False),
                                models.Q(("signed_name", ""), _negated=True),
                                models.Q(("signed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_signed_by_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissionRuling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("uphold", "The work is done as agreed: the end review counts as validated"),
                            ("stop", "The mission ends here, paid for the part done"),
                            ("go_on", "The mission goes on as agreed"),
                        ],
                        editable=False,
                        max_length=6,
                        verbose_name="decision",
                    ),
                ),
                (
                    "percent_done",
                    models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="percent done"),
                ),
                ("reason", models.TextField(editable=False, verbose_name="reason")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=marketplace.kernel.clock.now, editable=False, verbose_name="written on"
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
                    "mission",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="missions.mission",
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
                "verbose_name": "ruling on a mission",
                "verbose_name_plural": "rulings on missions",
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("carried_out_at", None), ("dropped_at", None)),
                        fields=("mission",),
                        name="one_mission_ruling_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="mission_four_eyes_are_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "stop"), ("percent_done__lte", 100)),
                            models.Q(models.Q(("outcome", "stop"), _negated=True), ("percent_done", None)),
                            _connector="OR",
                        ),
                        name="mission_ruling_says_how_much_is_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nda",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for the expert"),
                            ("accepted", "Accepted by both"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("is_ours", models.BooleanField(default=False, verbose_name="with our words")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                (
                    "proposed_name",
                    models.CharField(max_length=120, verbose_name="accepted for the company by"),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="proposed on"),
                ),
                (
                    "accepted_name",
                    models.CharField(blank=True, max_length=120, verbose_name="accepted by the expert as"),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted on")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ndas",
                        to="messaging.contact",
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
                "verbose_name": "confidentiality agreement",
                "verbose_name_plural": "confidentiality agreements",
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("accepted_at__isnull", False), models.Q(("accepted_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="nda_accepted_by_whom_and_when",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("contact",),
                        name="one_open_nda_a_contact",
                    ),
                ],
            },
        ),
    ]
