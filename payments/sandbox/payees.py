"""Experts at the sandbox: no account to open, payouts that arrive within the minute."""

from collections.abc import Mapping
from datetime import datetime

from payments.gateways import (
    DisputeStatus,
    Movement,
    PayeeState,
    PayeeStatus,
    PayoutState,
    PayoutStatus,
    Person,
    UnknownObject,
)
from payments.sandbox import actions
from payments.sandbox.models import SandboxPayout


class SandboxPayees:
    """The half of the sandbox that pays experts, straight from its one balance."""

    needs_onboarding = False

    def create_payee(self, person: Person, *, idempotency_key: str) -> str:
        return f"sbx_acct_{person.reference}"

    def find_payee(self, person: Person, *, idempotency_key: str) -> str | None:
        return None

    def onboarding_url(self, account: str, *, refresh_url: str, return_url: str) -> str:
        return return_url

    def pay_by_hand_only(self, account: str) -> None:
        """Nothing ever leaves the sandbox by itself."""

    def look_up_payee(self, account: str) -> PayeeStatus:
        return PayeeStatus(account, account.removeprefix("sbx_acct_"), PayeeState.ACTIVE)

    def transfer(
        self, checkout_id: str, account: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> str:
        return f"sbx_tr_{idempotency_key}"

    def find_transfer(self, reference: str, *, idempotency_key: str) -> str | None:
        return None

    def reverse_transfer(self, transfer_id: str, amount_cents: int, *, idempotency_key: str) -> str:
        return f"sbx_trr_{idempotency_key}"

    def find_reversal(self, transfer_id: str, *, idempotency_key: str) -> str | None:
        return None

    def pay_out(
        self, account: str, amount_cents: int, *, reference: str, label: str, idempotency_key: str
    ) -> PayoutStatus:
        return _status(actions.pay_out(amount_cents, reference=reference, key=idempotency_key))

    def find_payout(self, account: str, *, since: datetime, idempotency_key: str) -> PayoutStatus | None:
        payout = SandboxPayout.objects.filter(idempotency_key=idempotency_key).first()
        return _status(payout) if payout else None

    def look_up_payout(self, gateway_id: str, account: str) -> PayoutStatus:
        payout = SandboxPayout.objects.filter(token=gateway_id).first()
        if payout is None:
            raise UnknownObject(gateway_id)
        return _status(payout)

    def look_up_dispute(self, gateway_id: str) -> DisputeStatus:
        raise UnknownObject(gateway_id)

    def send_evidence(self, gateway_id: str, evidence: Mapping[str, str]) -> None:
        raise UnknownObject(gateway_id)

    def balance(self, account: str = "") -> int | None:
        return None

    def movements(self, since: datetime) -> list[Movement]:
        return []


def _status(payout: SandboxPayout) -> PayoutStatus:
    return PayoutStatus(
        gateway_id=payout.token,
        reference=payout.reference,
        state=PayoutState(payout.state),
        failure=actions.CLOSED_ACCOUNT if payout.state == SandboxPayout.State.FAILED else "",
        arrives_on=(payout.created_at + actions.BANK_TIME).date(),
    )
