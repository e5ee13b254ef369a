import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("accounts", "0004_buyers_rights"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="signature", name="signature_kept"),
        migrations.RemoveConstraint(model_name="signature", name="a_version_is_signed_once"),
        migrations.RenameModel("Signature", "Consent"),
        migrations.RenameField("consent", "signed_at", "given_at"),
        migrations.AddField(
            model_name="consent",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunSQL(
            "UPDATE accounts_consent SET public_id = gen_random_uuid()", migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name="consent",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
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
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ["-decided_at", "-pk"],
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
        migrations.AlterModelOptions(
            name="consent",
            options={
                "ordering": ["-given_at", "-pk"],
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="about",
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name="consent",
            name="ip",
            field=models.GenericIPAddressField(blank=True, null=True, verbose_name="address on the network"),
        ),
        migrations.AddField(
            model_name="consent",
            name="label",
            field=models.CharField(blank=True, max_length=200, verbose_name="about"),
        ),
        migrations.AddField(
            model_name="consent",
            name="source",
            field=models.CharField(
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
        migrations.AddField(
            model_name="consent",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn on"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="given_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="given on"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="name",
            field=models.CharField(blank=True, max_length=120, verbose_name="signed as"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="text",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="consent",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
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
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("user", "text", "version", "about"),
                name="a_version_is_agreed_to_once",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="lifted by",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspensions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="expert",
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
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["announced", "running"])),
                fields=("user",),
                name="one_suspension_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["announced", "running", "dropped", "ended"])),
                name="suspension_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), _negated=True),
                    ("ends_at__isnull", False),
                    ("review_due_at__isnull", False),
                    _connector="OR",
                ),
                name="suspension_never_runs_without_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="suspension_has_reasons"
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
    ]
