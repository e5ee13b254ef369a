import django.db.models.deletion
from django.db import migrations, models


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
        ("accounts", "0001_release"),
        ("offers", "0001_release"),
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
