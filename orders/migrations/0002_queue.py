import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_queue"),
        ("orders", "0001_release"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_queues",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (TG_OP = 'INSERT' OR OLD.state IS DISTINCT FROM NEW.state)\n        AND EXISTS (SELECT 1 FROM offers_offer WHERE id = NEW.offer_id AND queue_limit IS NOT NULL) THEN\n        PERFORM offers_refresh(ARRAY[NEW.offer_id]);\n    END IF;\n    RETURN NULL;\n    ",
                    hash="acda78746c024b6f34d086e892b490c315681c1a",
                    operation='INSERT OR UPDATE OF "state"',
                    pgid="pgtrigger_order_queues_671ee",
                    table="orders_order",
                    when="AFTER",
                ),
            ),
        ),
    ]
