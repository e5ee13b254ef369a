"""Everything that happens to a dispute. The order is always locked first: `orders.actions` holds the door to its money."""

from disputes.actions.absences import contest_absence as contest_absence
from disputes.actions.absences import say_absent as say_absent
from disputes.actions.answering import alarm as alarm
from disputes.actions.answering import answer as answer
from disputes.actions.answering import ask as ask
from disputes.actions.answering import assign as assign
from disputes.actions.answering import close_answer as close_answer
from disputes.actions.answering import close_question as close_question
from disputes.actions.answering import remind_to_answer as remind_to_answer
from disputes.actions.answering import reply as reply
from disputes.actions.answering import write_note as write_note
from disputes.actions.appealing import appeal as appeal
from disputes.actions.appealing import correct as correct
from disputes.actions.appealing import decide_appeal as decide_appeal
from disputes.actions.appealing import may_be_corrected as may_be_corrected
from disputes.actions.opening import is_disputable as is_disputable
from disputes.actions.opening import keep_held as keep_held
from disputes.actions.opening import open_dispute as open_dispute
from disputes.actions.opening import show as show
from disputes.actions.opening import withdraw as withdraw
from disputes.actions.ruling import RulingPreview as RulingPreview
from disputes.actions.ruling import confirm as confirm
from disputes.actions.ruling import give_up as give_up
from disputes.actions.ruling import needs_second as needs_second
from disputes.actions.ruling import preview_ruling as preview_ruling
from disputes.actions.ruling import rule as rule
