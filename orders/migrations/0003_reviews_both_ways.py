"""Reviews both ways, published together; those already written were public and stay so."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


def keep_what_was_public(apps, schema_editor):
    Order = apps.get_model("orders", "Order")
    Review = apps.get_model("orders", "Review")
    ended = Order.objects.filter(pk=models.OuterRef("order")).values(
        at=Coalesce("completed_at", "resolved_at", "placed_at")
    )
    Review.objects.update(
        published_at=F("created_at"), publish_due_at=F("created_at"), experienced_at=models.Subquery(ended)
    )


FREEZE_THE_TIME_TO_CHANGE = """
    UPDATE orders_order SET timers = jsonb_build_object('review_edit', 14 * 86400) || timers
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0002_buyer_ratings"),
        ("orders", "0002_change_requests"),
    ]

    operations = [
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
                    ("reviewed", "Review written"),
                    ("review_changed", "Review changed by its author"),
                    ("review_published", "Review published"),
                    ("review_answered", "Review answered"),
                    ("message", "Message sent"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="about",
            field=models.CharField(
                choices=[("expert", "the expert"), ("buyer", "the buyer")], default="expert", max_length=6
            ),
        ),
        migrations.AddField(
            model_name="review", name="changed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="review", name="experienced_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="review", name="publish_due_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="review", name="published_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="review", name="replied_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="review",
            name="reply",
            field=models.TextField(blank=True, default="", max_length=5000, verbose_name="reply"),
            preserve_default=False,
        ),
        migrations.RunPython(keep_what_was_public, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(FREEZE_THE_TIME_TO_CHANGE, migrations.RunSQL.noop, elidable=True),
        # The rows just written leave deferred checks behind, which forbid altering the table until they are made
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(model_name="review", name="experienced_at", field=models.DateTimeField()),
        migrations.AlterField(model_name="review", name="publish_due_at", field=models.DateTimeField()),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=Q(("published_at", None)), fields=["publish_due_at"], name="due_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=Q(("about__in", ["expert", "buyer"])), name="review_about_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=Q(("replied_at", None), ("published_at__isnull", False), _connector="OR"),
                name="reply_to_what_is_read",
            ),
        ),
    ]
