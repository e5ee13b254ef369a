"""The ways an expert's money can take to their bank, and which one this installation and this expert use."""

from django.conf import settings

from accounts import queries as accounts
from accounts.models import User
from payments import ledger
from payments.gateways import gateway
from payments.models import LedgerAccount, PayoutPreference, Withdrawal

Rail = Withdrawal.Rail


def rail_of(expert: User) -> str:
    """The way this expert's withdrawals go now."""
    if settings.PAYPAL_WITHDRAWALS:
        chosen = PayoutPreference.objects.filter(expert=expert).first()
        if chosen is not None and chosen.way == PayoutPreference.Way.PAYPAL:
            return Rail.PAYPAL
    if settings.OWN_FUNDS and settings.WITHDRAWAL_RAIL == "sepa":
        return Rail.SEPA
    return Rail.CONNECT if gateway().needs_onboarding else Rail.DIRECT


def source_of(rail: str, expert_id: int) -> ledger.Account:
    """The place of ours that a withdrawal leaves from."""
    match rail:
        case Rail.CONNECT:
            return connect(expert_id)
        case Rail.SEPA:
            return ledger.BANK
        case Rail.PAYPAL | Rail.PAYPAL_PAYOUTS:
            return ledger.PAYPAL
    return ledger.PSP


def connect(expert_id: int) -> ledger.Account:
    """What lies on an expert's account at the provider."""
    return ledger.Account(f"psp:stripe:connect:{expert_id}", LedgerAccount.Kind.ASSET, "5172")


def destination_of(expert: User, rail: str) -> str:
    """What people recognise the destination by; empty when there is none yet."""
    if rail == Rail.PAYPAL:
        chosen = PayoutPreference.objects.filter(expert=expert).first()
        return chosen.paypal_email if chosen else ""
    account = accounts.bank_account_of(expert)
    return account.masked if account else ""
