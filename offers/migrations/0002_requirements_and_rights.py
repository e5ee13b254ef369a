"""What is needed to begin becomes rows, and the clause on rights takes its lasting name and values."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_initial")]

    operations = [
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="offers.offer"
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.RunSQL(
            """
            INSERT INTO offers_requirement (offer_id, label, hint, kind, required, position)
            SELECT offer.id, need.label, '', 'text', false, need.place - 1
            FROM offers_offer offer, unnest(offer.requirements) WITH ORDINALITY AS need (label, place);
            SET CONSTRAINTS ALL IMMEDIATE
            """,
            "SET CONSTRAINTS ALL IMMEDIATE",
        ),
        migrations.RemoveField(model_name="offer", name="requirements"),
        migrations.AlterField(
            model_name="requirement",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="requirements", to="offers.offer"
            ),
        ),
        migrations.RenameField(model_name="offer", old_name="rights", new_name="ip_clause"),
        migrations.RenameField(model_name="offer", old_name="rights_text", new_name="ip_terms"),
        migrations.AlterField(
            model_name="offer",
            name="ip_clause",
            field=models.CharField(
                choices=[
                    ("full_assignment", "All rights are assigned to the buyer"),
                    ("licence", "The buyer receives a licence of use"),
                ],
                default="full_assignment",
                max_length=15,
                verbose_name="rights in the deliverable",
            ),
        ),
        migrations.RunSQL(
            "UPDATE offers_offer SET ip_clause = 'full_assignment' WHERE ip_clause = 'full'",
            "UPDATE offers_offer SET ip_clause = 'full' WHERE ip_clause = 'full_assignment'",
        ),
    ]
