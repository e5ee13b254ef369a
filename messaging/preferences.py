"""How each person hears by mail of each topic, and the links that stop one without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from messaging.models import MailPreference
from messaging.words import Topic

Choice = MailPreference.Choice
SALT = "messaging.unsubscribe"
OPTIONAL = [topic for topic in Topic if not topic.is_mandatory]
"""Topics a person may choose about."""


def choice_of(user: User, topic: Topic) -> Choice:
    """How someone hears of a topic. What is mandatory is told at once, whatever is written."""
    if topic.is_mandatory:
        return Choice.AT_ONCE
    chosen = user.mail_preferences.filter(topic=topic).values_list("choice", flat=True).first()
    return Choice(chosen) if chosen in Choice.values else Choice.AT_ONCE


def offered(topic: Topic) -> list[tuple[str, str]]:
    """The choices there are for a topic, in the active language."""
    return [
        (choice.value, str(choice.label))
        for choice in Choice
        if topic.may_be_stopped or choice != Choice.NEVER
    ]


def choices_of(user: User) -> dict[str, str]:
    """What someone chose for each optional topic, by its name."""
    chosen = dict(user.mail_preferences.values_list("topic", "choice"))
    return {topic.value: chosen.get(topic.value, Choice.AT_ONCE.value) for topic in OPTIONAL}


def unsubscribe_url(user: User, topic: Topic | None = None) -> str:
    """An address that stops a topic, or the daily mail: it works signed out, and names nobody."""
    token = signing.dumps([str(user.public_id), topic.value if topic else ""], salt=SALT, compress=False)
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def read(token: str) -> tuple[User, list[Topic]] | None:
    """Whom and what a link stops: one topic, or all that come in the daily mail. ``None`` for a forged one.

    Links do not age: a mail is opened years later, and stopping it does no harm.
    """
    try:
        public_id, name = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(public_id=public_id).first()
    if user is None or (name and name not in Topic.values):
        return None
    if name:
        topic = Topic(name)
        return (user, [topic]) if topic.may_be_stopped else None
    daily = user.mail_preferences.filter(choice=Choice.DAILY).values_list("topic", flat=True)
    return user, [topic for topic in OPTIONAL if topic.may_be_stopped and topic.value in set(daily)]
