"""What may be done with quotes and missions. Each act locks its row first and stands alone in a transaction."""

from missions.actions.agreeing import accept_nda, close_nda, propose_nda
from missions.actions.amending import (
    Change,
    lapse_amendments,
    plan_of,
    propose_amendment,
    refuse_amendment,
    sign_amendment,
    withdraw_amendment,
)
from missions.actions.contested import follow_chargeback
from missions.actions.declining import decline_talk
from missions.actions.ending import (
    answer_ending,
    drop_balance,
    lapse_endings,
    propose_ending,
    withdraw_ending,
)
from missions.actions.paying import cancel_unpaid, confirm_payment, remind_unpaid, tell_late
from missions.actions.quoting import accept, expire_quotes, refuse, withdraw, write
from missions.actions.reporting import answer_report, report, validate_silent_reports
from missions.actions.reviewing import contest, hand_over, validate, validate_unanswered
from missions.actions.ruling import (
    Verdict,
    alarm_team,
    ask_team,
    confirm_ruling,
    give_up_ruling,
    is_ruled_on,
    needs_second,
    rule,
    take_back,
)
from missions.actions.sleeping import call_off, keep_going, watch_silence
from missions.actions.working import ask_second, note, resume, start, suspend

__all__ = [
    "Change",
    "Verdict",
    "accept",
    "accept_nda",
    "alarm_team",
    "answer_ending",
    "answer_report",
    "ask_second",
    "ask_team",
    "call_off",
    "cancel_unpaid",
    "close_nda",
    "confirm_payment",
    "confirm_ruling",
    "contest",
    "decline_talk",
    "drop_balance",
    "expire_quotes",
    "follow_chargeback",
    "give_up_ruling",
    "hand_over",
    "is_ruled_on",
    "keep_going",
    "lapse_amendments",
    "lapse_endings",
    "needs_second",
    "note",
    "plan_of",
    "propose_amendment",
    "propose_ending",
    "propose_nda",
    "refuse",
    "refuse_amendment",
    "remind_unpaid",
    "report",
    "resume",
    "rule",
    "sign_amendment",
    "start",
    "suspend",
    "take_back",
    "tell_late",
    "validate",
    "validate_silent_reports",
    "validate_unanswered",
    "watch_silence",
    "withdraw",
    "withdraw_amendment",
    "withdraw_ending",
    "write",
]
