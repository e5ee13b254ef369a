"""What may be done with quotes and missions. Each act locks its row first and stands alone in a transaction."""

from missions.actions.ending import answer_ending, lapse_endings, propose_ending, withdraw_ending
from missions.actions.paying import cancel_unpaid, confirm_payment, remind_unpaid
from missions.actions.quoting import accept, expire_quotes, refuse, withdraw, write
from missions.actions.reviewing import contest, hand_over, uphold, validate, validate_unanswered
from missions.actions.working import ask_second, note, resume, start, suspend

__all__ = [
    "accept",
    "answer_ending",
    "ask_second",
    "cancel_unpaid",
    "confirm_payment",
    "contest",
    "expire_quotes",
    "hand_over",
    "lapse_endings",
    "note",
    "propose_ending",
    "refuse",
    "remind_unpaid",
    "resume",
    "start",
    "suspend",
    "uphold",
    "validate",
    "validate_unanswered",
    "withdraw",
    "withdraw_ending",
    "write",
]
