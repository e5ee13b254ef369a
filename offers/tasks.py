"""What this app does while nobody waits."""

from celery import shared_task
from django.db import connection

from offers import keeping, pictures
from offers.queries import vocabulary

BATCH = 2_000


@shared_task
def refresh_places() -> int:
    """Work out again the place of every offer on sale, which changes with time, and who is back or away. In batches."""
    last, done = 0, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT array_agg(id) FROM (SELECT id FROM offers_offer WHERE status = 'published' AND id > %s "
                "ORDER BY id LIMIT %s) AS next",
                [last, BATCH],
            )
            batch = cursor.fetchone()[0]
            if not batch:
                return done
            cursor.execute("SELECT offers_refresh(%s)", [batch])
        last, done = batch[-1], done + len(batch)


@shared_task
def count_terms() -> int:
    """Count again how many offers hold each word that is suggested."""
    return vocabulary.count_terms()


@shared_task
def mail_saved_searches() -> int:
    """Tell people once a week what is new for the searches they keep. Returns how many mails were owed."""
    return keeping.mail_news()


@shared_task
def render_forgotten() -> int:
    """Make the sizes of pictures whose errand a queue lost."""
    return pictures.render_forgotten()
