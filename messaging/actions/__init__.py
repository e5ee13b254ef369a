"""Open a conversation, say something in it, read it, close it; tell people what happened; answer the public."""

from messaging.actions.answering import answer_request as answer_request
from messaging.actions.answering import ask_team as ask_team
from messaging.actions.answering import assign_request as assign_request
from messaging.actions.answering import close_request as close_request
from messaging.actions.answering import reopen_request as reopen_request
from messaging.actions.choosing import choose_mail as choose_mail
from messaging.actions.choosing import stop_mail as stop_mail
from messaging.actions.meeting import contact_between as contact_between
from messaging.actions.meeting import make_contact as make_contact
from messaging.actions.meeting import write_in_contact as write_in_contact
from messaging.actions.publishing import publish_page as publish_page
from messaging.actions.publishing import publish_shipped as publish_shipped
from messaging.actions.reporting import assign_report as assign_report
from messaging.actions.reporting import report as report
from messaging.actions.reporting import settle_report as settle_report
from messaging.actions.talking import already_said as already_said
from messaging.actions.talking import close as close
from messaging.actions.talking import mark_read as mark_read
from messaging.actions.talking import reopen as reopen
from messaging.actions.talking import send_message as send_message
from messaging.actions.talking import start_conversation as start_conversation
from messaging.actions.telling import notify as notify
from messaging.actions.telling import read_about as read_about
from messaging.actions.telling import read_notifications as read_notifications
from messaging.actions.telling import send_digest as send_digest
