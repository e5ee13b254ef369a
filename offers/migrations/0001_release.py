import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

from offers.sql import read


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("offers", "0001_baseline"),
        ("offers", "0002_films"),
        ("offers", "0003_shelves"),
    ]

    dependencies = [
        ("accounts", "0001_release"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = french);
            ALTER TEXT SEARCH CONFIGURATION french_unaccent
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION french_unaccent",
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name_fr", models.CharField(max_length=80, verbose_name="name in French")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                (
                    "description_fr",
                    models.CharField(blank=True, max_length=300, verbose_name="description in French"),
                ),
                (
                    "description_en",
                    models.CharField(blank=True, max_length=300, verbose_name="description in English"),
                ),
                ("icon", models.CharField(default="briefcase", max_length=40, verbose_name="icon")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                        choices=[("job", "Deliverable"), ("call", "Call"), ("question", "Question")],
                        default="job",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("paused", "Paused"),
                            ("refused", "Refused"),
                            ("deleted", "Deleted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(max_length=90, verbose_name="title")),
                ("slug", models.SlugField(max_length=100)),
                ("description", models.TextField(max_length=8000, verbose_name="description")),
                (
                    "includes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what the buyer receives",
                    ),
                ),
                ("faq", models.JSONField(blank=True, default=list, verbose_name="frequent questions")),
                ("price_cents", models.PositiveBigIntegerField(verbose_name="price")),
                (
                    "delivery_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="delivery time in days"),
                ),
                (
                    "call_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="length of the call in minutes"
                    ),
                ),
                ("revisions", models.PositiveSmallIntegerField(default=1, verbose_name="revisions included")),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="keywords",
                    ),
                ),
                ("opening_message", models.TextField(max_length=2000, verbose_name="opening message")),
                (
                    "ip_clause",
                    models.CharField(
                        choices=[
                            ("full_assignment", "All rights are assigned to the buyer"),
                            ("licence", "The buyer receives a licence of use"),
                        ],
                        default="full_assignment",
                        max_length=15,
                        verbose_name="rights in the deliverable",
                    ),
                ),
                (
                    "ip_terms",
                    models.TextField(blank=True, max_length=1000, verbose_name="terms of the licence"),
                ),
                ("video_url", models.URLField(blank=True, verbose_name="video")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("reviewed_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "staff_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="reason given by our team"),
                ),
                (
                    "paused_by_staff",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="taken off sale by our team"
                    ),
                ),
                ("cover", models.ImageField(blank=True, editable=False, upload_to="offers/%Y/%m/")),
                ("rating_sum", models.PositiveIntegerField(default=0, editable=False)),
                ("rating_count", models.PositiveIntegerField(default=0, editable=False)),
                ("completed_count", models.PositiveIntegerField(default=0, editable=False)),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="offers.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["-published_at", "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="offer_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="offer_title_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(
                        condition=models.Q(("status", "in_review")),
                        fields=["submitted_at", "id"],
                        name="offer_to_review",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["-completed_count", "-id"],
                        name="offer_listing",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["category", "-completed_count", "-id"],
                        name="offer_category_listing",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price_cents__gte", 500), ("price_cents__lte", 5000000)),
                        name="offer_price_within_limits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "in_review", "published", "paused", "refused", "deleted"],
                            )
                        ),
                        name="offer_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "call"), _negated=True),
                            ("call_minutes__isnull", False),
                            _connector="OR",
                        ),
                        name="call_has_a_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AddOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                ("price_cents", models.PositiveBigIntegerField(verbose_name="price")),
                (
                    "days",
                    models.SmallIntegerField(default=0, verbose_name="days added, or saved when negative"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="add_ons", to="offers.offer"
                    ),
                ),
            ],
            options={
                "verbose_name": "add-on",
                "verbose_name_plural": "add-ons",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price_cents__gt", 0), ("price_cents__lte", 5000000)),
                        name="add_on_price_within_limits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("boxes", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offer_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="offers.offer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("expert", "offer"), name="one_draft_an_offer", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Favourite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favourites",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offers.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "favourite",
                "verbose_name_plural": "favourites",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("offer__isnull", False)),
                        fields=("user", "offer"),
                        name="offer_kept_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("expert__isnull", False)),
                        fields=("user", "expert"),
                        name="expert_kept_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expert__isnull", True), ("offer__isnull", False)),
                            models.Q(("expert__isnull", False), ("offer__isnull", True)),
                            _connector="OR",
                        ),
                        name="favourite_is_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferFilm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="films/%Y/%m/", verbose_name="film")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("seconds", models.PositiveSmallIntegerField(verbose_name="length in seconds")),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                (
                    "poster",
                    models.ImageField(blank=True, upload_to="films/%Y/%m/", verbose_name="still picture"),
                ),
                ("captions", models.TextField(blank=True, verbose_name="captions")),
                (
                    "captions_language",
                    models.CharField(
                        blank=True,
                        choices=[("fr", "French"), ("en", "English")],
                        max_length=5,
                        verbose_name="language of the captions",
                    ),
                ),
                ("rights_confirmed_at", models.DateTimeField(verbose_name="rights confirmed on")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent on"),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="film", to="offers.offer"
                    ),
                ),
            ],
            options={
                "verbose_name": "film of an offer",
                "verbose_name_plural": "films of offers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("captions", ""), ("captions_language", "")),
                            models.Q(
                                models.Q(("captions", ""), _negated=True),
                                models.Q(("captions_language", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="captions_have_a_language",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "image",
                    models.ImageField(height_field="height", upload_to="offers/%Y/%m/", width_field="width"),
                ),
                ("thumbnail", models.ImageField(blank=True, upload_to="offers/%Y/%m/")),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("original", models.ImageField(blank=True, upload_to="offers/%Y/%m/")),
                ("focus_x", models.PositiveSmallIntegerField(default=50)),
                ("focus_y", models.PositiveSmallIntegerField(default=50)),
                ("zoom", models.PositiveSmallIntegerField(default=100)),
                ("renditions", models.JSONField(default=dict, editable=False)),
                ("render_due_at", models.DateTimeField(editable=False, null=True)),
                ("rights_confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "alt",
                    models.CharField(blank=True, max_length=160, verbose_name="description of the image"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="images", to="offers.offer"
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("render_due_at__isnull", False)),
                        fields=["render_due_at"],
                        name="image_to_render",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=160, verbose_name="what you need")),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="precision")),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "Text"), ("file", "File")],
                        default="text",
                        max_length=5,
                        verbose_name="answered by",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="needed to begin")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="offers.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
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
                        choices=[("offers", "Offers"), ("experts", "Experts")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("query", models.CharField(max_length=500)),
                ("label", models.CharField(max_length=160, verbose_name="name")),
                ("is_mailed", models.BooleanField(default=True, verbose_name="weekly e-mail")),
                ("seen_until", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="kept on"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_mailed", True)),
                        fields=["seen_until"],
                        name="saved_search_to_mail",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind", "query"), name="search_kept_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="Two or more, separated by commas: “BP, business plan, plan d’affaires”.",
                        size=None,
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "group of synonyms",
                "verbose_name_plural": "groups of synonyms",
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("folded", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=40)),
                ("is_phrase", models.BooleanField(default=False)),
                ("uses", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="term_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["folded"], name="term_prefix", opclasses=["varchar_pattern_ops"]),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(default="Europe/Paris", max_length=60, verbose_name="time zone"),
                ),
                ("notice_hours", models.PositiveSmallIntegerField(default=24, verbose_name="minimum notice")),
                (
                    "buffer_minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="pause after each call"),
                ),
                (
                    "horizon_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="how far ahead buyers may book"
                    ),
                ),
                (
                    "expert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_calendar",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hours for calls",
                "verbose_name_plural": "hours for calls",
            },
        ),
        migrations.CreateModel(
            name="WeeklyHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("start", models.TimeField(verbose_name="from")),
                ("end", models.TimeField(verbose_name="to")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="offers.callcalendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "weekly hours",
                "verbose_name_plural": "weekly hours",
                "ordering": ["weekday", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))), name="hours_end_after_they_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="hours_on_a_day_of_the_week"
                    ),
                    models.UniqueConstraint(
                        fields=("calendar", "weekday", "start"), name="one_range_a_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("start", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("end", models.TimeField(blank=True, null=True, verbose_name="to")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="offers.callcalendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "day that differs",
                "verbose_name_plural": "days that differ",
                "ordering": ["date", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end__isnull", True), ("start__isnull", True)),
                            models.Q(
                                ("end__isnull", False),
                                ("start__isnull", False),
                                ("start__lt", models.F("end")),
                            ),
                            _connector="OR",
                        ),
                        name="day_closed_or_open_for_a_while",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("start__isnull", True)),
                        fields=("calendar", "date"),
                        name="a_day_is_closed_once",
                    ),
                    models.UniqueConstraint(fields=("calendar", "date", "start"), name="one_opening_a_start"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="offers.offer",
                    ),
                ),
                ("category_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("price_cents", models.BigIntegerField()),
                ("delivery_days", models.SmallIntegerField()),
                ("stars", models.SmallIntegerField()),
                ("rating_count", models.IntegerField()),
                ("available", models.BooleanField()),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("score", models.SmallIntegerField()),
                ("published_at", models.DateTimeField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="entry_vector"
                    ),
                    models.Index(fields=["-score", "-offer"], name="entry_score"),
                    models.Index(fields=["category_id", "-score", "-offer"], name="entry_category_score"),
                    models.Index(fields=["price_cents", "-offer"], name="entry_price"),
                    models.Index(
                        fields=["category_id", "kind", "price_cents", "offer"], name="entry_shelves"
                    ),
                    models.Index(fields=["-stars", "-rating_count", "-offer"], name="entry_stars"),
                    models.Index(fields=["delivery_days", "price_cents", "-offer"], name="entry_delivery"),
                    models.Index(fields=["-published_at", "-offer"], name="entry_newest"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="category",
            trigger=pgtrigger.compiler.Trigger(
                name="category_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."description_fr" IS DISTINCT FROM (NEW."description_fr") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_fr" IS DISTINCT FROM (NEW."name_fr") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['slug', 'name_fr', 'name_en', 'description_fr', 'description_en'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="d39cd5e2da83da3d9eb777376e07281a34a00561",
                    operation="UPDATE",
                    pgid="pgtrigger_category_audited_60496",
                    table="offers_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="offer_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."delivery_days" IS DISTINCT FROM (NEW."delivery_days") OR OLD."ip_clause" IS DISTINCT FROM (NEW."ip_clause") OR OLD."ip_terms" IS DISTINCT FROM (NEW."ip_terms") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."paused_by_staff" IS DISTINCT FROM (NEW."paused_by_staff") OR OLD."price_cents" IS DISTINCT FROM (NEW."price_cents") OR OLD."revisions" IS DISTINCT FROM (NEW."revisions") OR OLD."staff_reason" IS DISTINCT FROM (NEW."staff_reason") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['status', 'title', 'kind', 'category_id', 'price_cents', 'delivery_days', 'revisions', 'ip_clause', 'ip_terms', 'paused_by_staff', 'staff_reason'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="a39721c4384840e507c0876d3a4c48bcd7b055f6",
                    operation="UPDATE",
                    pgid="pgtrigger_offer_audited_d40ce",
                    table="offers_offer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(read("finding.sql"), read("finding_undone.sql")),
        migrations.RunSQL(read("films.sql"), migrations.RunSQL.noop),
    ]
