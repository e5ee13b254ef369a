import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_buyer_ratings"),
        ("accounts", "0003_time_off"),
        ("accounts", "0004_profiles"),
        ("accounts", "0005_trust"),
        ("accounts", "0006_leaving"),
        ("accounts", "0007_contacts"),
        ("accounts", "0008_invoicing_mandate"),
        ("accounts", "0009_audit"),
    ]

    dependencies = [
        ("accounts", "0001_baseline"),
        ("offers", "0001_baseline"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="field",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offers.category",
                verbose_name="field",
            ),
        ),
        migrations.AddField(
            model_name="clubmember",
            name="field",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offers.category",
                verbose_name="field",
            ),
        ),
        migrations.AddConstraint(
            model_name="clubmember",
            constraint=models.UniqueConstraint(fields=("user", "field"), name="one_seat_a_field"),
        ),
    ]
