from django.db import migrations, models

from offers.sql import read


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="queue_limit",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="orders at once"),
        ),
        migrations.RunSQL(read("queue.sql"), migrations.RunSQL.noop),
    ]
