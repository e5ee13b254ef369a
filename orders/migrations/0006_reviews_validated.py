from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_reviews_taken_off"),
    ]

    operations = [
        ValidateConstraint(model_name="review", name="hidden_for_a_reason"),
    ]
