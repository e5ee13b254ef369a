"""The clause on rights frozen in an order takes the same values as that of offers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_reviews_both_ways"), ("offers", "0002_requirements_and_rights")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="rights",
            field=models.CharField(
                choices=[
                    ("full_assignment", "All rights are assigned to the buyer"),
                    ("licence", "The buyer receives a licence of use"),
                ],
                max_length=15,
            ),
        ),
        migrations.RunSQL(
            "UPDATE orders_order SET rights = 'full_assignment' WHERE rights = 'full'",
            "UPDATE orders_order SET rights = 'full' WHERE rights = 'full_assignment'",
        ),
    ]
