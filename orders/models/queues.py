"""What the database does by itself when an order joins or leaves those that wait for their expert's work."""

import pgtrigger

shown_in_lists = pgtrigger.Trigger(
    name="order_queues",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
    func="""
    IF (TG_OP = 'INSERT' OR OLD.state IS DISTINCT FROM NEW.state)
        AND EXISTS (SELECT 1 FROM offers_offer WHERE id = NEW.offer_id AND queue_limit IS NOT NULL) THEN
        PERFORM offers_refresh(ARRAY[NEW.offer_id]);
    END IF;
    RETURN NULL;
    """,
)
"""Lists say at once whether an offer that takes few orders at a time can be ordered."""
