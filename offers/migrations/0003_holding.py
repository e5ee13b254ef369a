from django.db import migrations

from offers.sql import read


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_queue"),
    ]

    operations = [
        migrations.RunSQL(read("holding.sql"), "DROP FUNCTION offers_holding"),
    ]
