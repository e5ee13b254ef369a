"""What notifications say about talks between a company and an expert."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from messaging.words import Topic, Words, register

register(
    "contact_message",
    Words(_("New message from %(author)s"), _("%(excerpt)s"), pgettext_lazy("button", "Answer")),
    topic=Topic.MESSAGE,
)
register(
    "contact_declined",
    Words(
        _("%(author)s cannot help you this time"),
        _(
            "“%(excerpt)s” Other experts of the field may: look among them, or describe your need to our team."
        ),
        _("Read the answer"),
    ),
    topic=Topic.MESSAGE,
)
register(
    "contact_resumed",
    Words(
        _("%(author)s takes up your conversation again"),
        _("You may both write there again."),
        _("Open the conversation"),
    ),
    topic=Topic.MESSAGE,
)
