import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.privacy
import marketplace.kernel.clock
import marketplace.kernel.private_files


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_baseline"),
        ("accounts", "0002_baseline"),
        ("accounts", "0003_company_accounts"),
        ("accounts", "0004_buyers_rights"),
        ("accounts", "0005_consents_and_suspensions"),
        ("accounts", "0006_staff_work"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="company")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                ("country", models.CharField(default="FR", max_length=2, verbose_name="country")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                ("vat_number", models.CharField(blank=True, max_length=20, verbose_name="VAT number")),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="opened on"),
                ),
            ],
            options={
                "verbose_name": "company account",
                "verbose_name_plural": "company accounts",
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name_fr", models.CharField(max_length=60, verbose_name="name in French")),
                ("name_en", models.CharField(max_length=60, verbose_name="name in English")),
                (
                    "synonyms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Other ways of saying it, in any language, separated by commas: a search finds them too.",
                        size=None,
                        verbose_name="synonyms",
                    ),
                ),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["name_fr"],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name_fr", models.CharField(max_length=60, verbose_name="name in French")),
                ("name_en", models.CharField(max_length=60, verbose_name="name in English")),
                (
                    "synonyms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Other ways of saying it, in any language, separated by commas: a search finds them too.",
                        size=None,
                        verbose_name="synonyms",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["name_fr"],
            },
        ),
        migrations.CreateModel(
            name="GroupRight",
            fields=[],
            options={
                "verbose_name": "permission of a group",
                "verbose_name_plural": "permissions of groups",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("auth.group_permissions",),
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("first_name", models.CharField(max_length=60, verbose_name="first name")),
                ("last_name", models.CharField(max_length=60, verbose_name="last name")),
                ("is_buyer", models.BooleanField(default=True, verbose_name="buys")),
                ("is_expert", models.BooleanField(default=False, verbose_name="sells")),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "French"), ("en", "English")],
                        default="fr",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("avatar", models.ImageField(blank=True, upload_to="avatars/%Y/%m/", verbose_name="photo")),
                ("avatar_small", models.ImageField(blank=True, editable=False, upload_to="avatars/%Y/%m/")),
                ("avatar_large", models.ImageField(blank=True, editable=False, upload_to="avatars/%Y/%m/")),
                ("is_staff", models.BooleanField(default=False, verbose_name="staff")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed on"),
                ),
                (
                    "company_role",
                    models.CharField(
                        blank=True,
                        choices=[("owner", "Owner"), ("buyer", "Buyer"), ("accountant", "Accountant")],
                        editable=False,
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "company_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="member since"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="accounts.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="one_account_per_email_whatever_the_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company", None), ("company_role", ""), ("company_since", None)),
                            models.Q(
                                ("company__isnull", False),
                                ("company_role__in", ["owner", "buyer", "accountant"]),
                                ("company_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="member_of_a_company_has_a_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=63, verbose_name="table")),
                ("row_id", models.CharField(max_length=40, verbose_name="row")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed on")),
                ("changes", models.JSONField(default=dict, verbose_name="changes")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit line",
                "verbose_name_plural": "audit lines",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["subject", "row_id", "-at"], name="audit_of_a_row")],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=160, verbose_name="account holder")),
                ("sealed_iban", models.TextField(editable=False)),
                ("country", models.CharField(max_length=2)),
                ("last_four", models.CharField(max_length=4, verbose_name="ends in")),
                ("bic", models.CharField(blank=True, max_length=11, verbose_name="BIC")),
                ("bank", models.CharField(blank=True, max_length=120, verbose_name="bank")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "usable_from",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="can be paid from"),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bank_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account",
                "verbose_name_plural": "bank accounts",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("user",),
                        name="one_bank_account_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BuyerProfile",
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
                        blank=True,
                        choices=[
                            ("consumer", "As a consumer"),
                            ("small_firm", "For a small firm, outside its activity"),
                            ("firm", "For a firm"),
                        ],
                        max_length=10,
                        verbose_name="orders as",
                    ),
                ),
                ("company", models.CharField(blank=True, max_length=120, verbose_name="company")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                ("country", models.CharField(default="FR", max_length=2, verbose_name="country")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                ("vat_number", models.CharField(blank=True, max_length=20, verbose_name="VAT number")),
                ("rating_sum", models.PositiveIntegerField(default=0, editable=False)),
                ("rating_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buyer_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "buyer profile",
                "verbose_name_plural": "buyer profiles",
            },
        ),
        migrations.CreateModel(
            name="ClosureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on"),
                ),
                ("not_before", models.DateTimeField(verbose_name="not before")),
                ("promised_by", models.DateTimeField(verbose_name="promised by")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back on")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closure_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "closure request",
                "verbose_name_plural": "closure requests",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("withdrawn_at", None)),
                        fields=("user",),
                        name="one_open_closure_per_account",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="club_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "member of the club",
                "verbose_name_plural": "members of the club",
                "ordering": ["field", "user"],
            },
        ),
        migrations.CreateModel(
            name="CompanyInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("buyer", "Buyer"), ("accountant", "Accountant")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Awaiting an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="sent on"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="ends on")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered on")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="accounts.company",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a company account",
                "verbose_name_plural": "invitations to company accounts",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("company"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("state", "sent")),
                        name="one_invitation_waiting_an_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "text",
                    models.CharField(
                        choices=[
                            ("terms", "General terms"),
                            ("privacy", "Information on personal data"),
                            ("charter", "Charter of the experts"),
                            ("mandate", "Invoicing mandate"),
                            ("photo", "Use of my photo"),
                            ("portfolio", "Work shown in a portfolio"),
                            ("mails", "Weekly e-mail about saved searches"),
                        ],
                        max_length=10,
                        verbose_name="text",
                    ),
                ),
                ("about", models.CharField(blank=True, editable=False, max_length=40)),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("version", models.CharField(max_length=20, verbose_name="version")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="signed as")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("sign_up", "when the account was created"),
                            ("order", "with an order"),
                            ("page", "on a page of the account"),
                            ("link", "through a link in an e-mail"),
                        ],
                        default="page",
                        max_length=10,
                        verbose_name="given",
                    ),
                ),
                (
                    "ip",
                    models.GenericIPAddressField(
                        blank=True, null=True, verbose_name="address on the network"
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="given on"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["-given_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("user", "text", "version", "about"),
                        name="a_version_is_agreed_to_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on"),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready on")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted on")),
                (
                    "file",
                    models.FileField(
                        blank=True, storage=accounts.models.privacy._private, upload_to="exports/"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "copy of personal data",
                "verbose_name_plural": "copies of personal data",
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="ExpertProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("headline", models.CharField(blank=True, max_length=120, verbose_name="headline")),
                ("bio", models.TextField(blank=True, max_length=4000, verbose_name="presentation")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="skills",
                    ),
                ),
                (
                    "strengths",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=90),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="strengths",
                    ),
                ),
                (
                    "daily_rate_cents",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="indicative day rate"),
                ),
                (
                    "availability",
                    models.CharField(
                        choices=[
                            ("open", "Available"),
                            ("busy", "Few places left"),
                            ("closed", "Takes no new order"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="availability",
                    ),
                ),
                (
                    "contact_from_offers",
                    models.BooleanField(default=False, verbose_name="may be written to from an offer"),
                ),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden by the expert")),
                (
                    "years_of_experience",
                    models.PositiveSmallIntegerField(default=0, verbose_name="years of experience"),
                ),
                (
                    "vat_regime",
                    models.CharField(
                        choices=[
                            ("registered", "Charges VAT at 20 %"),
                            ("franchise", "VAT exempt (small business)"),
                        ],
                        default="registered",
                        max_length=12,
                        verbose_name="VAT regime",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Awaiting approval"),
                            ("approved", "Approved"),
                            ("suspended", "Suspended"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved on")),
                (
                    "barred_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="kept from selling since"),
                ),
                (
                    "waived_until",
                    models.DateField(blank=True, null=True, verbose_name="missing documents excused until"),
                ),
                ("rating_sum", models.PositiveIntegerField(default=0, editable=False)),
                ("rating_count", models.PositiveIntegerField(default=0, editable=False)),
                ("completed_count", models.PositiveIntegerField(default=0, editable=False)),
                ("usual_reply_minutes", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("recommendation_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "standing",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                rating_count=0,
                                then=django.db.models.expressions.CombinedExpression(
                                    models.Value(3000),
                                    "+",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(150),
                                        "*",
                                        django.db.models.functions.comparison.Least(
                                            "recommendation_count", 5
                                        ),
                                    ),
                                ),
                            ),
                            default=django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rating_sum"), "+", models.Value(20)
                                    ),
                                    "*",
                                    models.Value(1000),
                                ),
                                "/",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("rating_count"), "+", models.Value(5)
                                ),
                            ),
                            output_field=models.IntegerField(),
                        ),
                        output_field=models.IntegerField(),
                        verbose_name="standing",
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expert_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sectors",
                    models.ManyToManyField(
                        blank=True, related_name="experts", to="accounts.sector", verbose_name="sectors"
                    ),
                ),
            ],
            options={
                "verbose_name": "expert profile",
                "verbose_name_plural": "expert profiles",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="expert_search"),
                    django.contrib.postgres.indexes.GinIndex(fields=["skills"], name="expert_skills"),
                    models.Index(fields=["-standing", "-completed_count", "-id"], name="expert_listing"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["pending", "approved", "suspended"])),
                        name="expert_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("availability__in", ["open", "busy", "closed"])),
                        name="expert_availability_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareerEntry",
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
                        choices=[("position", "Experience"), ("studies", "Studies and certificates")],
                        default="position",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="position or diploma")),
                ("organisation", models.CharField(max_length=120, verbose_name="company or school")),
                ("started", models.PositiveSmallIntegerField(verbose_name="first year")),
                ("ended", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last year")),
                (
                    "description",
                    models.TextField(blank=True, max_length=800, verbose_name="what you did there"),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="career",
                        to="accounts.expertprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "career entry",
                "verbose_name_plural": "career entries",
                "ordering": [
                    "kind",
                    models.OrderBy(models.F("ended"), descending=True, nulls_first=True),
                    "-started",
                    "pk",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended__isnull", True), ("ended__gte", models.F("started")), _connector="OR"
                        ),
                        name="career_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalEntity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("none", "Not registered yet"),
                            ("micro", "Micro-enterprise"),
                            ("ei", "Sole trader (EI, EIRL)"),
                            ("eurl", "EURL"),
                            ("sarl", "SARL"),
                            ("sasu", "SASU"),
                            ("sas", "SAS"),
                            ("portage", "Umbrella company (portage salarial)"),
                            ("other", "Another form"),
                        ],
                        max_length=10,
                        verbose_name="legal form",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="legal name")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("vat_number", models.CharField(blank=True, max_length=20, verbose_name="VAT number")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                ("country", models.CharField(default="FR", max_length=2, verbose_name="country")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legal_entities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "legal status",
                "verbose_name_plural": "legal statuses",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("user",),
                        name="one_legal_status_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form", "none"), models.Q(("siren", ""), _negated=True), _connector="OR"
                        ),
                        name="a_business_has_a_siren",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                            ("identity", "Identity card or passport"),
                            ("kbis", "Kbis extract"),
                            ("rne", "Extract of the national register (RNE)"),
                            ("creation", "Receipt of registration (business being created)"),
                            ("rib", "Bank details (RIB)"),
                            ("vigilance", "URSSAF certificate of vigilance"),
                            ("tax", "Certificate of tax compliance"),
                            ("insurance", "Professional liability insurance"),
                            ("dpae", "Declaration before hiring (DPAE)"),
                            ("guarantee", "Financial guarantee of the umbrella company"),
                            ("agreement", "Umbrella company agreement"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_review", "In review"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                            ("replaced", "Replaced"),
                        ],
                        default="in_review",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day written on it")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="counts until")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                ("review_due_at", models.DateTimeField(verbose_name="to check before")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreadable", "It cannot be read"),
                            ("incomplete", "A page or a side is missing"),
                            ("out_of_date", "It is out of date"),
                            ("wrong_kind", "It is another document"),
                            ("mismatch", "The name, the SIREN or the dates do not match the account"),
                            ("doubtful", "We doubt that it is genuine"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("refusal_note", models.TextField(blank=True, max_length=600, verbose_name="in our words")),
                ("reminded_at_days", models.SmallIntegerField(blank=True, editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="accounts.legalentity",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["-uploaded_at", "-pk"],
                "indexes": [
                    models.Index(fields=["user", "kind", "-uploaded_at"], name="document_of_expert"),
                    models.Index(
                        condition=models.Q(("state", "in_review")),
                        fields=["uploaded_at"],
                        name="document_in_review",
                    ),
                    models.Index(
                        condition=models.Q(("state", "accepted")),
                        fields=["valid_until"],
                        name="document_runs_out",
                    ),
                    models.Index(fields=["digest"], name="document_digest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["in_review", "accepted", "refused", "expired", "replaced"])
                        ),
                        name="document_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_refused_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "accepted")),
                        fields=("user", "kind"),
                        name="one_accepted_document_a_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_review")),
                        fields=("user", "kind"),
                        name="one_document_in_review_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="opened")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accesses",
                        to="accounts.document",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a document",
                "verbose_name_plural": "looks at documents",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PortfolioPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(max_length=1200, verbose_name="description")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "picture",
                    models.ImageField(blank=True, upload_to="portfolio/%Y/%m/", verbose_name="picture"),
                ),
                ("thumbnail", models.ImageField(blank=True, upload_to="portfolio/%Y/%m/")),
                ("client_name", models.CharField(max_length=120, verbose_name="client")),
                ("client_email", models.EmailField(max_length=254, verbose_name="e-mail of the client")),
                ("order_reference", models.CharField(blank=True, max_length=20, verbose_name="order")),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("asked", "Awaiting the client’s consent"),
                            ("given", "Shown with the client’s consent"),
                            ("refused", "The client prefers that it is not shown"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="consent",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on"),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered on")),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portfolio",
                        to="accounts.expertprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "portfolio piece",
                "verbose_name_plural": "portfolio pieces",
                "ordering": ["-year", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("order_reference", ""), _negated=True),
                        fields=("profile", "order_reference"),
                        name="one_piece_per_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent", "asked"), ("answered_at__isnull", False), _connector="OR"
                        ),
                        name="consent_has_its_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Awaiting an answer"),
                            ("written", "Being read by our team"),
                            ("published", "Shown on the profile"),
                            ("refused", "Not shown"),
                            ("declined", "Declined"),
                            ("expired", "Without answer"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("manager", "Manager"),
                            ("colleague", "Colleague"),
                            ("partner", "Business partner"),
                        ],
                        default="client",
                        max_length=10,
                        verbose_name="how you worked together",
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120, verbose_name="position and company")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="recommendation")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on"),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("next_step_at", models.DateTimeField(blank=True, null=True)),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="written on")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="read on")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="accounts.expertprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["-written_at", "-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "asked")),
                        fields=["next_step_at"],
                        name="recommendation_next_step",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("profile"),
                        django.db.models.functions.text.Lower("email"),
                        name="one_recommendation_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["written", "published", "refused"]), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("label", models.CharField(editable=False, max_length=80, verbose_name="list")),
                ("query", models.CharField(editable=False, max_length=500, verbose_name="filters")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with the team")),
                ("created_at", models.DateTimeField(default=marketplace.kernel.clock.now, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved filter",
                "verbose_name_plural": "saved filters",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["label"], name="saved_filter_of_list")],
            },
        ),
        migrations.CreateModel(
            name="StaffVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "began_at",
                    models.DateTimeField(default=marketplace.kernel.clock.now, verbose_name="began on"),
                ),
                ("until", models.DateTimeField(verbose_name="ends on")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended on")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits_had",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="seen as",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits_made",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member of the team",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit as somebody else",
                "verbose_name_plural": "visits as somebody else",
                "ordering": ["-began_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("staff", models.F("person")), _negated=True),
                        name="nobody_visits_themselves",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
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
                            ("fraud", "False identity, false papers or fraud"),
                            ("abuse", "Insults, harassment or discrimination"),
                            ("order", "Order of a court or an authority"),
                            ("outside", "Dealing or asking to be paid outside the site"),
                            ("charter", "Breach of the charter or the terms"),
                            ("quality", "Work not delivered, again and again"),
                            ("refusals", "Orders refused one after the other"),
                            ("copy", "Copies the work of somebody else"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="reasons")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("running", "Running"),
                            ("dropped", "Given up before it began"),
                            ("ended", "Over"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided"),
                ),
                ("takes_effect_at", models.DateTimeField(verbose_name="takes effect")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                (
                    "review_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="to look at again"),
                ),
                ("reply", models.TextField(blank=True, max_length=4000, verbose_name="reply")),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="replied")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="our answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="over on")),
                (
                    "closing_words",
                    models.TextField(blank=True, max_length=1000, verbose_name="why it was lifted"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ["-decided_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["announced", "running"])),
                        fields=("user",),
                        name="one_suspension_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["announced", "running", "dropped", "ended"])),
                        name="suspension_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("ends_at__isnull", False),
                            ("review_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="suspension_never_runs_without_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="suspension_has_reasons"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="note")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="time_off",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "time off",
                "verbose_name_plural": "time off",
                "ordering": ["starts_on", "pk"],
                "indexes": [models.Index(fields=["expert", "ends_on"], name="time_off_of_expert")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="time_off_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VatPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("registered", "Charges VAT at 20 %"),
                            ("franchise", "VAT exempt (small business)"),
                        ],
                        max_length=12,
                        verbose_name="VAT regime",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vat_periods",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "VAT regime",
                "verbose_name_plural": "VAT regimes",
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "since"), name="one_vat_regime_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                            ("draft", "Being written"),
                            ("club", "Before the club"),
                            ("committee", "Before the committee"),
                            ("admitted", "Admitted"),
                            ("refused", "Not admitted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[("experience", "By experience"), ("age", "By age")],
                        max_length=10,
                        verbose_name="criterion",
                    ),
                ),
                (
                    "years_of_experience",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="years of experience"
                    ),
                ),
                ("attested", models.BooleanField(default=False, verbose_name="attested on honour")),
                ("track_record", models.TextField(blank=True, max_length=4000, verbose_name="experience")),
                ("motivation", models.TextField(blank=True, max_length=2000, verbose_name="wish to pass on")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="waits until")),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decider",
                    models.CharField(
                        blank=True,
                        choices=[("club", "The club"), ("committee", "The committee")],
                        max_length=10,
                        verbose_name="decided by",
                    ),
                ),
                ("reasons", models.TextField(blank=True, max_length=4000, verbose_name="reasons")),
                ("appeal", models.TextField(blank=True, max_length=2000, verbose_name="appeal")),
                ("appealed_at", models.DateTimeField(blank=True, null=True, verbose_name="appealed")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "due_at"], name="application_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "club", "committee"])),
                        fields=("user",),
                        name="one_open_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["draft", "club", "committee"]), _negated=True),
                            ("due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="application_never_waits_without_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "club", "committee", "admitted", "refused"])
                        ),
                        name="application_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "For"), ("against", "Against"), ("recused", "Does not vote")],
                        max_length=10,
                        verbose_name="vote",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("cast_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="cast")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="accounts.application",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "verbose_name_plural": "votes",
                "ordering": ["cast_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "member"), name="one_vote_a_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rank",
            fields=[],
            options={
                "verbose_name": "account in a group",
                "verbose_name_plural": "accounts in groups",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.user_groups",),
        ),
        migrations.CreateModel(
            name="OwnRight",
            fields=[],
            options={
                "verbose_name": "permission of an account",
                "verbose_name_plural": "permissions of accounts",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.user_user_permissions",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="company_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."vat_number" IS DISTINCT FROM (NEW."vat_number"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['name', 'vat_number'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="5660404e36078a09069b0b3a88b41fd5bc1fe985",
                    operation="UPDATE",
                    pgid="pgtrigger_company_audited_8029f",
                    table="accounts_company",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupright",
            trigger=pgtrigger.compiler.Trigger(
                name="group_audited_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'auth_group', changed.group_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('permissions', jsonb_build_array(NULL, jsonb_agg(named.name ORDER BY named.name)))\n    FROM changed JOIN (SELECT p.id, c.app_label || '.' || p.codename AS name FROM auth_permission AS p JOIN django_content_type AS c ON c.id = p.content_type_id) AS named ON named.id = changed.permission_id\n    GROUP BY changed.group_id;\n    RETURN NULL;\n",
                    hash="824badbd7bef8f19bb37ead3143327d636711b0f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_group_audited_added_d9a12",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="auth_group_permissions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupright",
            trigger=pgtrigger.compiler.Trigger(
                name="group_audited_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'auth_group', changed.group_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('permissions', jsonb_build_array(jsonb_agg(named.name ORDER BY named.name), NULL))\n    FROM changed JOIN (SELECT p.id, c.app_label || '.' || p.codename AS name FROM auth_permission AS p JOIN django_content_type AS c ON c.id = p.content_type_id) AS named ON named.id = changed.permission_id\n    GROUP BY changed.group_id;\n    RETURN NULL;\n",
                    hash="b002b4ce6888f63f6948a427c782a17bdb6199aa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_group_audited_removed_af7ed",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="auth_group_permissions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditline",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;",
                    hash="74e4218cc1d560fbeab38e7460f3612c6ca2ef9a",
                    operation="DELETE OR UPDATE",
                    pgid="pgtrigger_audit_kept_ed8cd",
                    table="accounts_auditline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="user_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."company_role" IS DISTINCT FROM (NEW."company_role") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_buyer" IS DISTINCT FROM (NEW."is_buyer") OR OLD."is_expert" IS DISTINCT FROM (NEW."is_expert") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['is_active', 'is_staff', 'is_superuser', 'is_buyer', 'is_expert', 'closed_at', 'company_id', 'company_role'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="28d970dc7e69d3bed1e164f96139680fd0ad8688",
                    operation="UPDATE",
                    pgid="pgtrigger_user_audited_b16f9",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="consent_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="af19b43150d5cdb63795d57dfda3a8d7cc5c7cbb",
                    operation="DELETE",
                    pgid="pgtrigger_consent_kept_0c1ad",
                    table="accounts_consent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="consent_unaltered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="eb1c9ea36c8928e221561a220d9d67f2e347bc76",
                    operation="UPDATE",
                    pgid="pgtrigger_consent_unaltered_19e93",
                    table="accounts_consent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="consent_signer_unaltered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN ((OLD."name" IS DISTINCT FROM (NEW."name") AND NOT (NEW."name" = \'\')) OR (OLD."ip" IS DISTINCT FROM (NEW."ip") AND NEW."ip" IS NOT NULL))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d1dc9361183954480b7775f9c54a85bdab86b079",
                    operation="UPDATE",
                    pgid="pgtrigger_consent_signer_unaltered_8d94e",
                    table="accounts_consent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="documentaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="access_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;",
                    hash="2f48b7e483ac78ba9f20f991b7e133d2d2281581",
                    operation="DELETE OR UPDATE",
                    pgid="pgtrigger_access_kept_bc68e",
                    table="accounts_documentaccess",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="document_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."refusal" IS DISTINCT FROM (NEW."refusal") OR OLD."refusal_note" IS DISTINCT FROM (NEW."refusal_note") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['state', 'issued_on', 'ends_on', 'valid_until', 'refusal', 'refusal_note'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="289702f7d3a066a941ef4aa2f11bece35fcc940e",
                    operation="UPDATE",
                    pgid="pgtrigger_document_audited_41dcb",
                    table="accounts_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="profile_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."barred_since" IS DISTINCT FROM (NEW."barred_since") OR OLD."is_hidden" IS DISTINCT FROM (NEW."is_hidden") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."vat_regime" IS DISTINCT FROM (NEW."vat_regime") OR OLD."waived_until" IS DISTINCT FROM (NEW."waived_until"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['status', 'barred_since', 'waived_until', 'vat_regime', 'is_hidden'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="5716fa98588f77ad3af0fcf1c58d992136a15f59",
                    operation="UPDATE",
                    pgid="pgtrigger_profile_audited_2c87f",
                    table="accounts_expertprofile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suspension",
            trigger=pgtrigger.compiler.Trigger(
                name="suspension_audited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."ground" IS DISTINCT FROM (NEW."ground") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."takes_effect_at" IS DISTINCT FROM (NEW."takes_effect_at") OR OLD."words" IS DISTINCT FROM (NEW."words"))',
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT TG_TABLE_NAME, NEW.id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_object_agg(after.key, jsonb_build_array(before.value, after.value))\n    FROM jsonb_each(to_jsonb(NEW)) AS after\n    JOIN jsonb_each(to_jsonb(OLD)) AS before ON before.key = after.key\n    WHERE after.value IS DISTINCT FROM before.value AND after.key = ANY(ARRAY['state', 'takes_effect_at', 'ends_at', 'words', 'ground'])\n    HAVING count(*) > 0;\n    RETURN NEW;\n",
                    hash="411a3311b96c198ff142136a58df78a223e102f0",
                    operation="UPDATE",
                    pgid="pgtrigger_suspension_audited_86d5c",
                    table="accounts_suspension",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rank",
            trigger=pgtrigger.compiler.Trigger(
                name="rank_audited_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'accounts_user', changed.user_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('groups', jsonb_build_array(NULL, jsonb_agg(named.name ORDER BY named.name)))\n    FROM changed JOIN (SELECT id, name FROM auth_group) AS named ON named.id = changed.group_id\n    GROUP BY changed.user_id;\n    RETURN NULL;\n",
                    hash="6835c8797c347b6d2371ad0e0da8f77c48d976cb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_rank_audited_added_896d4",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="accounts_user_groups",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rank",
            trigger=pgtrigger.compiler.Trigger(
                name="rank_audited_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'accounts_user', changed.user_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('groups', jsonb_build_array(jsonb_agg(named.name ORDER BY named.name), NULL))\n    FROM changed JOIN (SELECT id, name FROM auth_group) AS named ON named.id = changed.group_id\n    GROUP BY changed.user_id;\n    RETURN NULL;\n",
                    hash="13e5f2fa6f87ea8674b5110becfd7a89449f970f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_rank_audited_removed_c8b0e",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="accounts_user_groups",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ownright",
            trigger=pgtrigger.compiler.Trigger(
                name="right_audited_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'accounts_user', changed.user_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('permissions', jsonb_build_array(NULL, jsonb_agg(named.name ORDER BY named.name)))\n    FROM changed JOIN (SELECT p.id, c.app_label || '.' || p.codename AS name FROM auth_permission AS p JOIN django_content_type AS c ON c.id = p.content_type_id) AS named ON named.id = changed.permission_id\n    GROUP BY changed.user_id;\n    RETURN NULL;\n",
                    hash="d5704d5ee488bc6a1f91208d3cdeef89f373703e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_right_audited_added_f5319",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="accounts_user_user_permissions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ownright",
            trigger=pgtrigger.compiler.Trigger(
                name="right_audited_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO accounts_auditline (subject, row_id, actor_id, at, changes)\n    SELECT 'accounts_user', changed.user_id::text, NULLIF(current_setting('jalon.actor', true), '')::bigint, clock_timestamp(),\n           jsonb_build_object('permissions', jsonb_build_array(jsonb_agg(named.name ORDER BY named.name), NULL))\n    FROM changed JOIN (SELECT p.id, c.app_label || '.' || p.codename AS name FROM auth_permission AS p JOIN django_content_type AS c ON c.id = p.content_type_id) AS named ON named.id = changed.permission_id\n    GROUP BY changed.user_id;\n    RETURN NULL;\n",
                    hash="71cdfa3b198257b86272a05d4001cadb6d93f8df",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_right_audited_removed_23f27",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="accounts_user_user_permissions",
                    when="AFTER",
                ),
            ),
        ),
    ]
