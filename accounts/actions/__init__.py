"""What people do with their account, and what staff decide about it."""

from accounts.actions.legal import change_bank_account as change_bank_account
from accounts.actions.legal import declare_entity as declare_entity
from accounts.actions.legal import declare_vat as declare_vat
from accounts.actions.people import approve_expert as approve_expert
from accounts.actions.people import become_expert as become_expert
from accounts.actions.people import bill_to as bill_to
from accounts.actions.people import change_photo as change_photo
from accounts.actions.people import rename as rename
from accounts.actions.people import speak as speak
from accounts.actions.people import suspend_expert as suspend_expert
from accounts.actions.people import take_roles as take_roles
from accounts.actions.privacy import ask_for_copy as ask_for_copy
from accounts.actions.privacy import ask_to_close as ask_to_close
from accounts.actions.privacy import stay as stay
from accounts.actions.profile import present as present
from accounts.actions.standing import refresh_standing as refresh_standing
