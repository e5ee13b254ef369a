"""What the team finds in its inbox: messages waiting, answered, and the answers it gives often."""

from datetime import timedelta

from accounts.models import User
from marketplace.demo.contact import CANNED, REQUESTS
from marketplace.kernel import clock
from messaging import actions
from messaging.models import CannedAnswer, ContactAnswer, ContactRequest, FirstMessage


def load_contact(team: User) -> int:
    """Write the texts in force, the canned answers and a few messages, once. Returns how many messages."""
    actions.publish_shipped()
    for canned in CANNED:
        CannedAnswer.objects.get_or_create(title=canned["title"], defaults=canned)
    if ContactRequest.objects.exists():
        return 0
    now = clock.now()
    for asked in REQUESTS:
        sent = now - timedelta(hours=int(asked["hours"]))
        answer = str(asked["answer"])
        kept = ContactRequest.objects.create(
            name=asked["name"],
            email=str(asked["email"]),
            language=asked["language"],
            topic=asked["topic"],
            body=str(asked["body"]),
            created_at=sent,
            state="answered" if answer else "open",
            settled_at=sent + timedelta(hours=3) if answer else None,
            assigned_to=team if answer or asked["taken"] else None,
        )
        if answer:
            ContactAnswer.objects.create(
                request=kept, author=team, body=answer, created_at=sent + timedelta(hours=3)
            )
    return len(REQUESTS)


def read_first_messages(team: User, left: int = 3) -> int:
    """Find the first messages of the demo world fine, but for the latest ones: they wait. Once. Returns how many."""
    if FirstMessage.objects.exclude(state=FirstMessage.State.WAITING).exists():
        return 0
    waiting = list(FirstMessage.objects.waiting().order_by("-created_at")[left:])
    for first in waiting:
        with clock.at(first.created_at + timedelta(hours=2)):
            actions.find_fine(first, actor=team)
    return len(waiting)
