"""What people are told about quotes and missions, in which words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Topic, Words, register

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
        _("“%(title)s” is over. Refund to the client: %(refund)s."),
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
    "instalment_late_expert": (
        _("An instalment is late"),
        _(
            "“%(title)s”: instalment %(n)s (%(amount)s) was not paid in time. You may suspend the work, which stops its clock, or bring it before our team."
        ),
        _SEE,
    ),
    "instalment_late_client": (
        _("An instalment of %(amount)s is late"),
        _("“%(title)s”, instalment %(n)s: the expert may now suspend the work until it is paid."),
        _SEE,
    ),
    "amendment_proposed": (
        _("%(proposer)s proposes an amendment"),
        _(
            "“%(title)s” would come to %(total)s before VAT. Read and sign it before %(answer_due)s; otherwise nothing changes."
        ),
        _("Read the amendment"),
    ),
    "amendment_signed": (
        _("Amendment signed by both"),
        _("“%(title)s” now comes to %(total)s before VAT. What was paid or asked already stays as it is."),
        _("Read the amendment"),
    ),
    "amendment_refused": (
        _("Your amendment is refused"),
        _("“%(title)s” goes on as agreed. %(reason)s"),
        _("Read the amendment"),
    ),
    "amendment_lapsed": (
        _("Nobody signed your amendment in time"),
        _("“%(title)s” goes on as agreed. You can propose it again."),
        _SEE,
    ),
    "report_sent": (
        _("%(expert)s sends an activity report"),
        _(
            "“%(title)s”: validate it or send it back before %(answer_due)s; without an answer it counts as validated."
        ),
        _("Read the report"),
    ),
    "report_refused": (
        _("%(client)s sends your activity report back"),
        _("“%(title)s”. %(reason)s"),
        _("Read the report"),
    ),
    "nda_proposed": (
        _("%(client)s proposes a confidentiality agreement"),
        _("Read it, then accept or refuse it. It binds you once you have accepted it."),
        _("Read the agreement"),
    ),
    "nda_accepted": (
        _("%(expert)s accepts the confidentiality agreement"),
        _("It binds both of you from now on. You find it in your conversation."),
        _("Read the agreement"),
    ),
    "nda_refused": (
        _("%(expert)s refuses the confidentiality agreement"),
        _("Talk about it in your conversation; you can propose another one."),
        _("Read the agreement"),
    ),
    "mission_before_team": (
        _("%(proposer)s asks our team to decide"),
        _("“%(title)s”: nothing moves until our team has decided, or you have agreed. %(reason)s"),
        _SEE,
    ),
    "mission_taken_back": (
        _("Our team is no longer asked to decide"),
        _("“%(title)s” goes on as agreed."),
        _SEE,
    ),
    "mission_ruled_uphold": (
        _("Our team finds the mission done as agreed"),
        _("The end review of “%(title)s” counts as validated. %(reason)s"),
        _SEE,
    ),
    "mission_balance_dropped": (
        _("The closing balance is asked no more"),
        _(
            "Nobody paid the closing balance of “%(title)s”: our team ends the mission. What is still owed stays "
            "between you. %(reason)s"
        ),
        _SEE,
    ),
    "mission_ruled_stop": (
        _("Our team has decided: the mission ends at %(part)s%% done"),
        _("“%(title)s” is paid for the work done alone. %(reason)s"),
        _SEE,
    ),
    "mission_ruled_go_on": (
        _("Our team has decided: the mission goes on"),
        _("“%(title)s” goes on as agreed. %(reason)s"),
        _SEE,
    ),
    "mission_alarm": (
        _("A mission has waited for a decision for %(days)s days"),
        _("“%(title)s”, %(client)s and %(expert)s."),
        _("Open the file"),
    ),
    "mission_called_off": (
        _("The mission is called off before its start"),
        _("“%(title)s” is cancelled; what was paid goes back in full. %(reason)s"),
        _SEE,
    ),
    "mission_silence": (
        _("Does the mission go on?"),
        _(
            "Nobody has written about “%(title)s” for two months. Say that it goes on, or propose an end; after a month more our team steps in."
        ),
        _SEE,
    ),
    "mission_never_started": (
        _("Mission cancelled: it never started"),
        _("“%(title)s”: what was paid goes back in full."),
        _SEE,
    ),
    "mission_asleep": (
        _("Our team looks into a silent mission"),
        _(
            "“%(title)s” has been silent for three months. Say that it goes on, or propose an end; otherwise our team decides."
        ),
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
    "report_validated": (
        _("Activity report validated"),
        _("“%(title)s”: the days worked are recorded."),
        _("Read the report"),
    ),
    "mission_resumed": (_("The work goes on"), _("“%(title)s” is under way again."), _SEE),
}

for _kind, _words in WORDS.items():
    register(_kind, Words(*_words))
for _kind, _words in PROGRESS.items():
    register(_kind, Words(*_words), topic=Topic.PROGRESS)
