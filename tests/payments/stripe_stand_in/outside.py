"""What happens on Stripe's side without a request of ours: people pay, banks refuse, accounts become ready."""

import json
import time
from typing import Any

import stripe

from tests.payments.stripe_stand_in.memory import Memory

SECRETS = {"platform": "whsec_platform", "connect": "whsec_connect", "accounts": "whsec_accounts"}
PATHS = {
    "platform": "/webhooks/stripe/",
    "connect": "/webhooks/stripe/connect/",
    "accounts": "/webhooks/stripe/accounts/",
}


class Outside(Memory):
    """What a test does from outside."""

    def lose_answers(self, count: int) -> None:
        """The next calls that change something are carried out, and their answers never arrive."""
        self.losing = count

    def break_down(self, count: int) -> None:
        """The next calls get 500 and do nothing."""
        self.failing = count

    def page(self, path: str) -> str:
        """One of Stripe's own pages, in a browser: whose it is, and the way back."""
        found = self.rows[path.rpartition("/")[2]]
        back = found.get("return_url") or found["success_url"]
        return (
            f'<!doctype html><title>Stripe</title><h1>{found["id"]}</h1><a id="back" href="{back}">Back</a>'
        )

    def pay(self, session_id: str, method: str = "card") -> None:
        """The buyer pays on the page."""
        with self.lock:
            session, intent = self._page(session_id)
            session["status"] = "complete"
            if method == "customer_balance":
                intent["status"] = "requires_action"
                intent["next_action"] = self._instructions(intent, intent["amount"])
                self._tell("checkout.session.completed", session)
                return
            self._charge(session, intent, method)
            self._tell("checkout.session.completed", session)
            self._tell("payment_intent.succeeded", intent)

    def decline(self, session_id: str) -> None:
        with self.lock:
            _session, intent = self._page(session_id)
            charge = self._new(
                "charge", "ch", amount=intent["amount"], status="failed", payment_intent=intent["id"]
            )
            intent["latest_charge"] = charge["id"]
            intent["last_payment_error"] = {
                "code": "card_declined",
                "message": "Your card was declined.",
                "type": "card_error",
            }
            self._tell("payment_intent.payment_failed", intent)

    def wire(self, session_id: str, cents: int) -> None:
        """A bank transfer for the page arrives."""
        with self.lock:
            session, intent = self._page(session_id)
            left = intent["next_action"]["display_bank_transfer_instructions"]["amount_remaining"] - cents
            if left > 0:
                intent["next_action"] = self._instructions(intent, left)
                self._tell("payment_intent.partially_funded", intent)
                return
            self._charge(session, intent, "customer_balance")
            self._tell("checkout.session.async_payment_succeeded", session)

    def settle_refund(self, refund_id: str, status: str) -> None:
        with self.lock:
            refund = self.rows[refund_id]
            if status == "failed" and refund["status"] == "succeeded":
                self._move("refund_failure", refund["amount"], 0, refund_id)
                refund["failure_reason"] = "expired_or_canceled_card"
            refund["status"] = status
            self._tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def activate(self, account_id: str, status: str = "active") -> None:
        """The expert has told Stripe who they are."""
        with self.lock:
            account = self.rows[account_id]
            account["configuration"]["recipient"]["capabilities"]["stripe_balance"]["stripe_transfers"][
                "status"
            ] = status
            account["requirements"]["entries"] = []
            self._tell_thin("v2.core.account[configuration.recipient].capability_status_updated", account_id)

    def settle_payout(self, payout_id: str, status: str) -> None:
        with self.lock:
            payout = self.rows[payout_id]
            if status == "failed":
                self.balances[payout["account"]] += payout["amount"]
                payout |= {
                    "failure_code": "account_closed",
                    "failure_message": "The bank account has been closed.",
                }
            payout["status"] = status
            self._tell(f"payout.{status}", payout, account=payout["account"])

    def dispute(self, session_id: str, *, inquiry: bool = False, fee: int = 2000) -> str:
        """The buyer contests the payment at their bank."""
        with self.lock:
            _session, intent = self._page(session_id)
            dispute = self._new(
                "dispute",
                "dp",
                amount=intent["amount"],
                currency="eur",
                charge=intent["latest_charge"],
                payment_intent=intent["id"],
                reason="fraudulent",
                status="warning_needs_response" if inquiry else "needs_response",
                balance_transactions=[],
                evidence_details={"due_by": int(time.time()) + 7 * 86_400, "has_evidence": False},
                evidence={},
            )
            self._tell("charge.dispute.created", dispute)
            if not inquiry:
                line = self._move("adjustment", -intent["amount"], fee, dispute["id"])
                dispute["balance_transactions"] = [self.rows[line]]
                self._tell("charge.dispute.funds_withdrawn", dispute)
            return dispute["id"]

    def close_dispute(self, dispute_id: str, status: str) -> None:
        with self.lock:
            dispute = self.rows[dispute_id]
            dispute["status"] = status
            if status == "won":
                line = self._move("adjustment", dispute["amount"], 0, dispute_id)
                dispute["balance_transactions"] = [*dispute["balance_transactions"], self.rows[line]]
                self._tell("charge.dispute.funds_reinstated", dispute)
            self._tell("charge.dispute.closed", dispute)

    def deliver(self, client: Any, *, shuffled: bool = False, twice: bool = False, keep: bool = False) -> int:
        """Send the messages that wait, signed. Returns how many were answered with 200."""
        with self.lock:
            messages = list(self.messages) * (2 if twice else 1)
            if not keep:
                self.messages.clear()
        if shuffled:
            self.random.shuffle(messages)
        answered = 0
        for message in messages:
            body = json.dumps(message["event"])
            answered += self.post(client, body, message["door"]).status_code == 200
        return answered

    def post(self, client: Any, body: str, door: str, secret: str = "") -> Any:
        signature = stripe.WebhookSignature.generate_signature_header(
            body, secret or SECRETS[door], int(time.time())
        )
        return client.post(
            PATHS[door], body, content_type="application/json", headers={"Stripe-Signature": signature}
        )
