from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Counts and usual prices of a category are read from an index alone; lists stay writable while it is made."""

    atomic = False

    dependencies = [("offers", "0002_films")]

    operations = [
        AddIndexConcurrently(
            model_name="searchentry",
            index=models.Index(fields=["category_id", "kind", "price_cents", "offer"], name="entry_shelves"),
        ),
    ]
