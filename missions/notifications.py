"""Who is told what about quotes and missions, and in which words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from messaging import actions as messaging
from messaging.words import Topic, Words, register
from missions.models import Instalment, Mission, Quote

_SEE_QUOTE = _("Read the quote")
_SEE = _("Open the mission")

WORDS: dict[str, tuple[Any, Any, Any]] = {
    "quote_received": (
        _("%(expert)s sends you a quote: %(amount)s before VAT"),
        _("“%(title)s”. You accept it before %(answer_due)s; nothing is charged until then."),
        _SEE_QUOTE,
    ),
    "quote_replaced": (
        _("%(expert)s sends a new version of the quote"),
        _("“%(title)s”, %(amount)s before VAT. The former version can no longer be accepted."),
        _SEE_QUOTE,
    ),
    "quote_accepted": (
        _("%(client)s accepts your quote"),
        _(
            "“%(title)s” becomes a mission. Wait for the first instalment before you start: we tell you at once."
        ),
        _SEE,
    ),
    "quote_refused": (_("%(client)s refuses your quote"), _("“%(title)s”. %(reason)s"), _SEE_QUOTE),
    "quote_withdrawn": (
        _("%(expert)s withdraws a quote"),
        _("“%(title)s” can no longer be accepted. You owe nothing."),
        _SEE_QUOTE,
    ),
    "quote_expired": (
        _("A quote has expired"),
        _("“%(title)s” was not accepted in time. The expert can send another one."),
        _SEE_QUOTE,
    ),
    "quote_blocked": (
        _("Your quote cannot be accepted: documents to renew"),
        _("%(client)s wanted to accept “%(title)s”. Bring your legal status and documents up to date."),
        _SEE_QUOTE,
    ),
    "instalment_asked": (
        _("Instalment to pay: %(amount)s"),
        _("“%(title)s”, instalment %(n)s, before %(answer_due)s."),
        _("Pay the instalment"),
    ),
    "instalment_paid_first": (
        _("First instalment received: you can start"),
        _("%(client)s has paid %(amount)s for “%(title)s”. It is yours once you start the mission."),
        _SEE,
    ),
    "instalment_paid": (
        _("Instalment received: %(amount)s"),
        _("%(client)s has paid instalment %(n)s of “%(title)s”."),
        _SEE,
    ),
    "instalment_released": (
        _("%(net)s credited to your balance"),
        _("Instalment %(n)s of “%(title)s” is yours. It may be withdrawn in a few days."),
        _SEE,
    ),
    "mission_started": (
        _("%(expert)s starts the mission"),
        _("“%(title)s” is under way. You follow its progress on its page."),
        _SEE,
    ),
    "mission_suspended": (
        _("%(expert)s suspends the work"),
        _("An instalment of “%(title)s” is late. Its payment starts the work again."),
        _SEE,
    ),
    "mission_review": (
        _("%(expert)s hands over the end review"),
        _(
            "Read the review of “%(title)s” and validate it before %(answer_due)s: without an answer it counts as validated."
        ),
        _SEE,
    ),
    "mission_contested": (
        _("%(client)s refuses the end review"),
        _("Our team reads your files on “%(title)s” and answers both of you. %(reason)s"),
        _SEE,
    ),
    "mission_upheld": (
        _("Our team finds the mission done as agreed"),
        _("The end review of “%(title)s” counts as validated."),
        _SEE,
    ),
    "mission_silent": (
        _("The end review counts as validated"),
        _("“%(title)s”: nobody answered within the time agreed. It is over once every instalment is paid."),
        _SEE,
    ),
    "mission_completed": (
        _("Mission completed"),
        _("“%(title)s” is over: the end review is validated and everything is paid."),
        _SEE,
    ),
    "mission_cancelled": (
        _("Mission cancelled: the first instalment did not come"),
        _("“%(title)s” never began. Nobody owes anything."),
        _SEE,
    ),
    "mission_stopped": (
        _("Mission ended early"),
        _("“%(title)s” is over, as you both agreed. Refund to the client: %(refund)s."),
        _SEE,
    ),
    "ending_proposed": (
        _("%(proposer)s proposes to end the mission early"),
        _(
            "“%(title)s” would end at %(percent)s%% done. See what it comes to and answer before %(answer_due)s; otherwise the mission goes on."
        ),
        _SEE,
    ),
    "ending_refused": (
        _("The early end is refused"),
        _("“%(title)s” goes on as agreed. Our team can help you find common ground."),
        _SEE,
    ),
    "ending_lapsed": (
        _("No answer to your proposal to end early"),
        _("“%(title)s” goes on as agreed. You can write to our team."),
        _SEE,
    ),
    "reminder_instalment": (
        _("Reminder: an instalment of %(amount)s waits"),
        _("“%(title)s”, instalment %(n)s. Once it is late, the expert may suspend the work."),
        _("Pay the instalment"),
    ),
}
PROGRESS: dict[str, tuple[Any, Any, Any]] = {
    "mission_note": (_("A new note on the mission"), _("The other party writes about “%(title)s”."), _SEE),
    "mission_resumed": (_("The work goes on"), _("“%(title)s” is under way again."), _SEE),
}

for _kind, _words in WORDS.items():
    register(_kind, Words(*_words))
for _kind, _words in PROGRESS.items():
    register(_kind, Words(*_words), topic=Topic.PROGRESS)


def tell(
    person: User,
    kind: str,
    *,
    quote: Quote | None = None,
    mission: Mission | None = None,
    instalment: Instalment | None = None,
    key: str = "",
    due_at: datetime | None = None,
    **data: Any,
) -> None:
    """Tell someone of what happened, once for each ``key``. The page it leads to follows from what it concerns."""
    of = quote or (mission.quote if mission else None)
    assert of is not None  # noqa: S101 - every word here is about one of them
    params: dict[str, Any] = {
        "title": of.title,
        "expert": of.expert.first_name,
        "client": of.client.first_name,
        "amount_cents": instalment.ttc_cents if instalment else of.total_ht_cents,
        "reason": "",
        **data,
    }
    if "percent" in data and mission is not None:
        params["proposer"] = mission.other(person).first_name
    if instalment is not None:
        params["n"] = instalment.number
        due_at = due_at or instalment.due_at
    if kind in ("quote_received", "quote_replaced"):
        due_at = of.expires_at
    if kind == "mission_review" and mission is not None:
        due_at = mission.review_due_at
    if due_at is not None:
        params["answer_due_at"] = due_at.isoformat()
    if kind in ("instalment_asked", "reminder_instalment") and instalment is not None:
        target, subject = ("instalment_payment", instalment.public_id), f"instalment:{instalment.pk}"
    elif mission is not None:
        target = ("mission", mission.public_id)
        subject = f"instalment:{instalment.pk}" if instalment else f"mission:{mission.pk}"
    else:
        target, subject = ("quote", of.public_id), f"quote:{of.pk}"
    readers = of.readers() if person.pk == of.client_id else [person]
    for reader in readers:
        messaging.notify(
            reader,
            key=key or f"{subject}:{kind}",
            kind=kind,
            params=params,
            url_name=target[0],
            url_args=[target[1]],
        )
