"""Experts at Stripe: connected accounts (Accounts v2), transfers when work is accepted, payouts when they ask.

Separate charges and transfers: a transfer is tied to its charge by ``source_transaction``, so it never waits for
our own balance; the commission is simply not transferred. Fees and losses are the platform's.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import stripe

from payments.gateways import (
    DisputeState,
    DisputeStatus,
    GatewayRefused,
    Movement,
    PayeeState,
    PayeeStatus,
    PayoutState,
    PayoutStatus,
    Person,
)
from payments.stripe.client import answers, client

RECIPIENT: Any = {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
INCLUDE: Any = ["configuration.recipient", "requirements"]


class StripePayees:
    """The half of the gateway that pays experts."""

    needs_onboarding = True

    def create_payee(self, person: Person, *, idempotency_key: str) -> str:
        with answers():
            made = client().v2.core.accounts.create(
                {
                    "contact_email": person.email,
                    "display_name": person.name,
                    "dashboard": "express",
                    "identity": {
                        "country": "FR",
                        "entity_type": "company" if person.is_company else "individual",
                    },
                    "configuration": {"recipient": RECIPIENT},
                    "defaults": {
                        "responsibilities": {
                            "fees_collector": "application",
                            "losses_collector": "application",
                        }
                    },
                    "metadata": {"reference": person.reference, "key": idempotency_key},
                    "include": INCLUDE,
                },
                {"idempotency_key": idempotency_key},
            )
        return made.id

    def find_payee(self, person: Person, *, idempotency_key: str) -> str | None:
        with answers():
            known = client().v2.core.accounts.list({"applied_configurations": ["recipient"], "limit": 100})
            return next(
                (one.id for one in known.auto_paging_iter() if _meta(one, "key") == idempotency_key), None
            )

    def onboarding_url(self, account: str, *, refresh_url: str, return_url: str) -> str:
        with answers():
            link = client().v2.core.account_links.create(
                {
                    "account": account,
                    "use_case": {
                        "type": "account_onboarding",
                        "account_onboarding": {
                            "refresh_url": refresh_url,
                            "return_url": return_url,
                            "collection_options": {
                                "fields": "eventually_due",
                                "future_requirements": "include",
                            },
                        },
                    },
                }
            )
        return link.url

    def pay_by_hand_only(self, account: str) -> None:
        # Raw on purpose: the typed call of 16.1.0 fails while reading an answer without automatic transfer rules.
        with answers():
            client().raw_request(
                "post",
                "/v1/balance_settings",
                payments={"payouts": {"schedule": {"interval": "manual"}}},
                stripe_account=account,
            )

    def look_up_payee(self, account: str) -> PayeeStatus:
        with answers():
            found: Any = client().v2.core.accounts.retrieve(account, {"include": INCLUDE})
        return PayeeStatus(
            gateway_id=found.id,
            reference=_meta(found, "reference"),
            state=_payee_state(found),
            missing=tuple(_missing(found)),
        )

    def transfer(
        self, checkout_id: str, account: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> str:
        charge = self.look_up(checkout_id).charge_id  # type: ignore[attr-defined]
        if not charge:
            raise GatewayRefused("Nothing was paid on this page.")
        with answers():
            made = client().v1.transfers.create(
                {
                    "amount": amount_cents,
                    "currency": "eur",
                    "destination": account,
                    "source_transaction": charge,
                    "metadata": {"reference": reference, "key": idempotency_key},
                },
                {"idempotency_key": idempotency_key},
            )
        return made.id

    def find_transfer(self, reference: str, *, idempotency_key: str) -> str | None:
        with answers():
            made = client().v1.transfers.list({"transfer_group": reference, "limit": 100})
            return next(
                (one.id for one in made.auto_paging_iter() if _meta(one, "key") == idempotency_key), None
            )

    def reverse_transfer(self, transfer_id: str, amount_cents: int, *, idempotency_key: str) -> str:
        with answers():
            made = client().v1.transfers.reversals.create(
                transfer_id,
                {"amount": amount_cents, "metadata": {"key": idempotency_key}},
                {"idempotency_key": idempotency_key},
            )
        return made.id

    def find_reversal(self, transfer_id: str, *, idempotency_key: str) -> str | None:
        with answers():
            made = client().v1.transfers.reversals.list(transfer_id, {"limit": 100})
            return next(
                (one.id for one in made.auto_paging_iter() if _meta(one, "key") == idempotency_key), None
            )

    def pay_out(
        self, account: str, amount_cents: int, *, reference: str, label: str, idempotency_key: str
    ) -> PayoutStatus:
        with answers():
            sent = client().v1.payouts.create(
                {
                    "amount": amount_cents,
                    "currency": "eur",
                    "method": "standard",
                    "statement_descriptor": label[:22],
                    "metadata": {"reference": reference, "key": idempotency_key},
                },
                {"idempotency_key": idempotency_key, **_of_account(account)},
            )
        return _payout_status(sent)

    def find_payout(self, account: str, *, since: datetime, idempotency_key: str) -> PayoutStatus | None:
        created: Any = {"gte": int(since.timestamp()) - 60}
        with answers():
            sent = client().v1.payouts.list({"created": created, "limit": 100}, _of_account(account))
            found = [one for one in sent.auto_paging_iter() if _meta(one, "key") == idempotency_key]
        return _payout_status(found[0]) if found else None

    def look_up_payout(self, gateway_id: str, account: str) -> PayoutStatus:
        with answers():
            return _payout_status(client().v1.payouts.retrieve(gateway_id, {}, _of_account(account)))

    def look_up_dispute(self, gateway_id: str) -> DisputeStatus:
        with answers():
            found: Any = client().v1.disputes.retrieve(gateway_id)
        lines = found.balance_transactions or []
        out = [line for line in lines if line.amount < 0]
        due = getattr(getattr(found, "evidence_details", None), "due_by", None)
        return DisputeStatus(
            gateway_id=found.id,
            checkout_id=str(found.payment_intent or found.charge),
            state=_dispute_state(found.status),
            amount_cents=found.amount,
            withdrawn_cents=-sum(line.amount for line in out),
            fee_cents=sum(line.fee for line in out),
            is_reinstated=any(line.amount > 0 for line in lines),
            reason=found.reason or "",
            answer_by=datetime.fromtimestamp(due, UTC) if due else None,
        )

    def send_evidence(self, gateway_id: str, evidence: Mapping[str, str]) -> None:
        with answers():
            params: Any = {"evidence": dict(evidence), "submit": True}
            client().v1.disputes.update(gateway_id, params)

    def balance(self, account: str = "") -> int | None:
        with answers():
            found = client().v1.balance.retrieve({}, _of_account(account))
        lines: list[Any] = [*found.available, *found.pending]
        return sum(line.amount for line in lines if line.currency == "eur")

    def movements(self, since: datetime) -> list[Movement]:
        with answers():
            lines = client().v1.balance_transactions.list(
                {"created": {"gte": int(since.timestamp())}, "limit": 100}
            )
            return [
                Movement(
                    gateway_id=line.id,
                    kind=line.type,
                    amount_cents=line.amount,
                    fee_cents=line.fee,
                    source_id=str(line.source or ""),
                    at=datetime.fromtimestamp(line.created, UTC),
                )
                for line in lines.auto_paging_iter()
            ]


def _of_account(account: str) -> Any:
    """The options of a call for an expert's account, or for our own when it is empty."""
    return {"stripe_account": account} if account else {}


def _payee_state(account: Any) -> PayeeState:
    if getattr(account, "closed", False):
        return PayeeState.CLOSED
    part = account
    for name in (
        "configuration",
        "recipient",
        "capabilities",
        "stripe_balance",
        "stripe_transfers",
        "status",
    ):
        part = getattr(part, name, None)
        if part is None:
            return PayeeState.PENDING
    known = {
        "active": PayeeState.ACTIVE,
        "restricted": PayeeState.RESTRICTED,
        "rejected": PayeeState.REJECTED,
    }
    return known.get(str(part), PayeeState.REJECTED if part == "unsupported" else PayeeState.PENDING)


def _missing(account: Any) -> list[str]:
    entries = getattr(getattr(account, "requirements", None), "entries", None) or []
    return [str(entry.description) for entry in entries if getattr(entry, "description", None)]


def _payout_status(payout: stripe.Payout) -> PayoutStatus:
    state = {"paid": PayoutState.PAID, "failed": PayoutState.FAILED, "canceled": PayoutState.FAILED}
    arrival: date | None = (
        datetime.fromtimestamp(payout.arrival_date, UTC).date() if payout.arrival_date else None
    )
    return PayoutStatus(
        gateway_id=payout.id,
        reference=_meta(payout, "reference"),
        state=state.get(payout.status, PayoutState.PENDING),
        failure=payout.failure_message or payout.failure_code or "",
        arrives_on=arrival,
        amount_cents=payout.amount,
    )


def _dispute_state(status: str) -> DisputeState:
    if status == "warning_closed":
        return DisputeState.CLOSED
    if status.startswith("warning_"):
        return DisputeState.INQUIRY
    return {"won": DisputeState.WON, "lost": DisputeState.LOST}.get(status, DisputeState.OPEN)


def _meta(row: Any, name: str) -> str:
    metadata = getattr(row, "metadata", None)
    return str(metadata[name]) if metadata and name in metadata else ""
