from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="buyerprofile",
            name="rating_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="buyerprofile",
            name="rating_sum",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
