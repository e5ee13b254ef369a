"""Choose how one hears of things by mail."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from messaging import preferences
from messaging.models import MailPreference, Notification
from messaging.words import Topic


@transaction.atomic
def choose_mail(user: User, choices: Mapping[str, str]) -> None:
    """Keep how someone wants to hear of each topic. What is mandatory is left as it is.

    What waited for a daily mail that no longer comes is on the site all the same.
    """
    for topic in preferences.OPTIONAL:
        choice = choices.get(topic.value)
        if choice in dict(preferences.offered(topic)):
            MailPreference.objects.update_or_create(user=user, topic=topic.value, defaults={"choice": choice})
    if not user.mail_preferences.filter(choice=MailPreference.Choice.DAILY).exists():
        waiting = user.notifications.filter(by_mail=Notification.ByMail.DIGEST_DUE)
        waiting.update(by_mail=Notification.ByMail.DIGESTED)


def stop_mail(user: User, topics: Iterable[Topic]) -> None:
    """Stop the mails of some topics; doing it twice changes nothing."""
    choose_mail(user, {topic.value: MailPreference.Choice.NEVER.value for topic in topics})
