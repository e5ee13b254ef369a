"""A small Stripe that remembers: pages, charges with their fees, refunds, transfers, payouts, disputes, accounts.

It keeps idempotency keys, refuses what the library's types would not allow, loses an answer when told to, and
writes a signed message for everything that happens, delivered when, how often and in the order a test wants.
"""

import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import stripe

from tests.payments.stripe_stand_in import forms, schema
from tests.payments.stripe_stand_in.schema import Refused

SECRETS = {"platform": "whsec_platform", "connect": "whsec_connect", "accounts": "whsec_accounts"}
PATHS = {
    "platform": "/webhooks/stripe/",
    "connect": "/webhooks/stripe/connect/",
    "accounts": "/webhooks/stripe/accounts/",
}


def card_fee(cents: int) -> int:
    """1.5 % and 25 cents."""
    return (cents * 15 + 500) // 1000 + 25


class StandIn:
    """The state behind the server, and what happens on Stripe's side."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.rows: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, tuple[str, int, Any]] = {}
        self.messages: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []
        self.numbers = 0
        self.losing = 0
        self.failing = 0
        self.balances: dict[str, int] = {"": 0}
        self.settings: dict[str, str] = {}
        self.random = random.Random(7)

    # --- What a test does from outside ------------------------------------------------------------------------

    def lose_answers(self, count: int) -> None:
        """The next calls that change something are carried out, and their answers never arrive."""
        self.losing = count

    def break_down(self, count: int) -> None:
        """The next calls get 500 and do nothing."""
        self.failing = count

    def one(self, kind: str) -> dict[str, Any]:
        (row,) = self.all(kind)
        return row

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows.values() if row["object"] == kind]

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

    # --- What a request does ----------------------------------------------------------------------------------

    def answer(
        self, verb: str, path: str, params: dict[str, Any], headers: dict[str, str], *, typed: bool
    ) -> tuple[int, Any]:
        with self.lock:
            self.calls.append((verb, path))
            if self.failing:
                self.failing -= 1
                return 500, {"error": {"type": "api_error", "message": "We are having a bad day."}}
            account = headers.get("stripe-account", "")
            key = headers.get("idempotency-key", "") if verb == "post" else ""
            said = json.dumps([path, account, params], sort_keys=True)
            if key in self.keys:
                known, status, body = self.keys[key]
                if known != said:
                    return 400, _error(
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters.",
                    )
                return status, body
            try:
                schema.check(verb, path, params, typed=typed)
                status, body = 200, self._act(verb, path, params, account)
            except Refused as refused:
                status, body = 400, _error("invalid_request_error", str(refused), param=refused.param)
            except KeyError as missing:
                status, body = (
                    404,
                    _error("invalid_request_error", f"No such object: {missing}", code="resource_missing"),
                )
            body = json.loads(json.dumps(body))
            if key:
                self.keys[key] = (said, status, body)
            return status, body

    def _act(self, verb: str, path: str, params: dict[str, Any], account: str) -> Any:
        parts = path.strip("/").split("/")[1:]
        expand = params.pop("expand", [])
        match (verb, *parts):
            case ("post", "customers"):
                return self._new("customer", "cus", **params)
            case ("get", "customers"):
                return self._list(row for row in self.all("customer") if row["email"] == params.get("email"))
            case ("post", "checkout", "sessions"):
                return self._open_page(params)
            case ("get", "checkout", "sessions"):
                intent = params.get("payment_intent")
                return self._list(
                    row for row in self.all("checkout.session") if intent in (None, row["payment_intent"])
                )
            case ("get", "checkout", "sessions", found):
                return self._expanded(self.rows[found], expand)
            case ("post", "checkout", "sessions", found, "expire"):
                session = self.rows[found]
                if session["status"] != "open":
                    raise Refused("", "Only open sessions can be expired.")
                session["status"] = "expired"
                self._tell("checkout.session.expired", session)
                return session
            case ("post", "payment_intents", found, "cancel"):
                self.rows[found]["status"] = "canceled"
                return self.rows[found]
            case (
                "get",
                "charges" | "payment_intents" | "refunds" | "disputes" | "transfers" | "payouts",
                found,
            ):
                return self.rows[found]
            case ("post", "refunds"):
                return self._refund(params)
            case ("get", "refunds"):
                return self._list(
                    row for row in self.all("refund") if row["payment_intent"] == params["payment_intent"]
                )
            case ("post", "transfers"):
                return self._transfer(params)
            case ("get", "transfers"):
                return self._list(
                    row for row in self.all("transfer") if row["transfer_group"] == params["transfer_group"]
                )
            case ("post", "transfers", found, "reversals"):
                return self._reverse(self.rows[found], params)
            case ("get", "transfers", found, "reversals"):
                return self._list(row for row in self.all("transfer_reversal") if row["transfer"] == found)
            case ("post", "payouts"):
                return self._pay_out(params, account)
            case ("get", "payouts"):
                return self._list(row for row in self.all("payout") if row["account"] == account)
            case ("post", "disputes", found):
                self.rows[found]["evidence"] = params["evidence"]
                self.rows[found]["status"] = "under_review"
                return self.rows[found]
            case ("get", "balance"):
                cents = self.balances.get(account, 0)
                return {
                    "object": "balance",
                    "livemode": False,
                    "available": [{"amount": cents, "currency": "eur"}],
                    "pending": [{"amount": 0, "currency": "eur"}],
                }
            case ("get", "balance_transactions"):
                return self._list(self.all("balance_transaction"))
            case ("post", "balance_settings"):
                self.settings[account] = params["payments"]["payouts"]["schedule"]["interval"]
                return {"object": "balance_settings", "payments": params["payments"]}
            case ("post", "core", "accounts"):
                return self._open_account(params)
            case ("get", "core", "accounts"):
                return {"data": self.all("v2.core.account"), "next_page_url": None, "previous_page_url": None}
            case ("get", "core", "accounts", found):
                return self.rows[found]
            case ("post", "core", "account_links"):
                self.rows[params["account"]]
                url = f"https://connect.stripe.test/setup/{params['account']}"
                return {
                    "object": "v2.core.account_link",
                    "account": params["account"],
                    "url": url,
                    "use_case": params["use_case"],
                }
        raise Refused("", f"The stand-in does not know {verb} {path}")

    def _open_page(self, params: dict[str, Any]) -> Any:
        total = sum(
            int(line["price_data"]["unit_amount"]) * int(line["quantity"]) for line in params["line_items"]
        )
        if total < 50:
            raise Refused("line_items", "The total must be at least 0.50 euros.")
        wait = int(params["expires_at"]) - time.time()
        if not 1_800 <= wait <= 86_400:
            raise Refused("expires_at", "The page must stay open for 30 minutes to 24 hours.")
        if params["allowed_payment_method_types"] == ["customer_balance"] and "customer" not in params:
            raise Refused("customer", "A bank transfer needs a customer.")
        data = params.get("payment_intent_data", {})
        session = self._new(
            "checkout.session",
            "cs_test",
            status="open",
            payment_status="unpaid",
            amount_total=total,
            currency="eur",
            client_reference_id=params.get("client_reference_id"),
            customer=params.get("customer"),
            metadata=params.get("metadata", {}),
            methods=params["allowed_payment_method_types"],
            payment_intent=None,
            intent_data=data,
        )
        session["url"] = f"https://checkout.stripe.test/c/pay/{session['id']}"
        return session

    def _page(self, session_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        session = self.rows[session_id]
        if session["payment_intent"] is None:
            intent = self._new(
                "payment_intent",
                "pi",
                amount=session["amount_total"],
                currency="eur",
                status="requires_payment_method",
                latest_charge=None,
                last_payment_error=None,
                next_action=None,
                transfer_group=session["intent_data"].get("transfer_group"),
                metadata=session["intent_data"].get("metadata", {}),
            )
            session["payment_intent"] = intent["id"]
        return session, self.rows[session["payment_intent"]]

    def _charge(self, session: dict[str, Any], intent: dict[str, Any], method: str) -> None:
        charge = self._new(
            "charge",
            "ch",
            amount=intent["amount"],
            currency="eur",
            status="succeeded",
            payment_intent=intent["id"],
            transfer_group=intent["transfer_group"],
            payment_method_details={"type": method},
        )
        fee = 50 if method == "customer_balance" else card_fee(intent["amount"])
        charge["balance_transaction"] = self._move("charge", intent["amount"], fee, charge["id"])
        intent |= {
            "status": "succeeded",
            "latest_charge": charge["id"],
            "last_payment_error": None,
            "next_action": None,
        }
        session["payment_status"] = "paid"
        self._tell("charge.updated", charge)

    def _refund(self, params: dict[str, Any]) -> Any:
        intent, cents = self.rows[params["payment_intent"]], int(params["amount"])
        gone = sum(
            row["amount"]
            for row in self.all("refund")
            if row["payment_intent"] == intent["id"] and row["status"] not in ("failed", "canceled")
        )
        if intent["status"] != "succeeded" or gone + cents > intent["amount"]:
            raise Refused("amount", "Refund amount is greater than unrefunded amount on charge.")
        refund = self._new(
            "refund",
            "re",
            amount=cents,
            currency="eur",
            status="succeeded",
            payment_intent=intent["id"],
            charge=intent["latest_charge"],
            metadata=params.get("metadata", {}),
        )
        self._move("refund", -cents, 0, refund["id"])
        self._tell("refund.updated", refund)
        return refund

    def _transfer(self, params: dict[str, Any]) -> Any:
        charge, cents = self.rows[params["source_transaction"]], int(params["amount"])
        account = self.rows[params["destination"]]
        capability = account["configuration"]["recipient"]["capabilities"]["stripe_balance"][
            "stripe_transfers"
        ]
        if capability["status"] != "active":
            raise Refused("destination", "Your destination account needs to have the transfers capability.")
        used = sum(row["amount"] for row in self.all("transfer") if row["source_transaction"] == charge["id"])
        if used + cents > charge["amount"]:
            raise Refused("amount", "The sum of transfers cannot exceed the source charge's amount.")
        transfer = self._new(
            "transfer",
            "tr",
            amount=cents,
            amount_reversed=0,
            currency="eur",
            destination=account["id"],
            source_transaction=charge["id"],
            transfer_group=charge["transfer_group"],
            metadata=params.get("metadata", {}),
        )
        self._move("transfer", -cents, 0, transfer["id"])
        self.balances[account["id"]] = self.balances.get(account["id"], 0) + cents
        self._tell("transfer.created", transfer)
        return transfer

    def _reverse(self, transfer: dict[str, Any], params: dict[str, Any]) -> Any:
        cents, account = int(params["amount"]), transfer["destination"]
        if cents > transfer["amount"] - transfer["amount_reversed"] or cents > self.balances[account]:
            raise Refused("amount", "The connected account has too little to take this back.")
        transfer["amount_reversed"] += cents
        reversal = self._new(
            "transfer_reversal",
            "trr",
            amount=cents,
            currency="eur",
            transfer=transfer["id"],
            metadata=params.get("metadata", {}),
        )
        self.balances[account] -= cents
        self._move("transfer_refund", cents, 0, reversal["id"])
        self._tell("transfer.reversed", transfer)
        return reversal

    def _pay_out(self, params: dict[str, Any], account: str) -> Any:
        cents = int(params["amount"])
        if cents > self.balances.get(account, 0):
            raise Refused("amount", "You have insufficient funds in your Stripe account.")
        self.balances[account] -= cents
        payout = self._new(
            "payout",
            "po",
            amount=cents,
            currency="eur",
            status="pending",
            account=account,
            arrival_date=int(time.time()) + 2 * 86_400,
            failure_code=None,
            failure_message=None,
            metadata=params.get("metadata", {}),
        )
        self._tell("payout.created", payout, account=account)
        return payout

    def _open_account(self, params: dict[str, Any]) -> Any:
        return self._new(
            "v2.core.account",
            "acct",
            contact_email=params["contact_email"],
            display_name=params["display_name"],
            metadata=params.get("metadata", {}),
            closed=False,
            configuration={
                "recipient": {
                    "capabilities": {
                        "stripe_balance": {"stripe_transfers": {"status": "pending", "status_details": []}}
                    }
                }
            },
            requirements={"entries": [{"description": "identity.individual.id_numbers"}]},
        )

    # --- Common -----------------------------------------------------------------------------------------------

    def _new(self, kind: str, prefix: str, **fields: Any) -> dict[str, Any]:
        self.numbers += 1
        row = {
            "id": f"{prefix}_{self.numbers:06d}",
            "object": kind,
            "created": int(time.time()),
            "livemode": False,
            **fields,
        }
        self.rows[row["id"]] = row
        return row

    def _move(self, kind: str, cents: int, fee: int, source: str) -> str:
        line = self._new(
            "balance_transaction",
            "txn",
            type=kind,
            amount=cents,
            fee=fee,
            net=cents - fee,
            currency="eur",
            source=source,
        )
        self.balances[""] += cents - fee
        return str(line["id"])

    def _list(self, rows: Any) -> dict[str, Any]:
        return {"object": "list", "data": list(rows), "has_more": False, "url": "/v1/list"}

    def _expanded(self, session: dict[str, Any], expand: list[str]) -> dict[str, Any]:
        shown = dict(session)
        if expand and shown["payment_intent"]:
            intent = shown["payment_intent"] = dict(self.rows[shown["payment_intent"]])
            if intent["latest_charge"]:
                charge = intent["latest_charge"] = dict(self.rows[intent["latest_charge"]])
                if charge.get("balance_transaction"):
                    charge["balance_transaction"] = self.rows[charge["balance_transaction"]]
        return shown

    def _instructions(self, intent: dict[str, Any], remaining: int) -> dict[str, Any]:
        return {
            "type": "display_bank_transfer_instructions",
            "display_bank_transfer_instructions": {
                "amount_remaining": remaining,
                "currency": "eur",
                "reference": f"REF{intent['id'][-6:]}",
                "type": "eu_bank_transfer",
                "financial_addresses": [
                    {
                        "type": "iban",
                        "supported_networks": ["sepa"],
                        "iban": {
                            "iban": "FR7630006000011234567890189",
                            "bic": "AGRIFRPP",
                            "country": "FR",
                            "account_holder_name": "Jalon",
                        },
                    }
                ],
            },
        }

    def _tell(self, kind: str, thing: dict[str, Any], account: str = "") -> None:
        self.numbers += 1
        event = {
            "id": f"evt_{self.numbers:06d}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "livemode": False,
            "api_version": "2026-10-28.endive",
            "data": {"object": json.loads(json.dumps(thing))},
        }
        if account:
            event["account"] = account
        self.messages.append({"door": "connect" if account else "platform", "event": event})

    def _tell_thin(self, kind: str, account_id: str) -> None:
        self.numbers += 1
        event = {
            "id": f"evt_{self.numbers:06d}",
            "object": "v2.core.event",
            "type": kind,
            "created": "2026-11-22T10:00:00.000Z",
            "livemode": False,
            "context": None,
            "related_object": {
                "id": account_id,
                "type": "v2.core.account",
                "url": f"/v2/core/accounts/{account_id}",
            },
        }
        self.messages.append({"door": "accounts", "event": event})


def _error(kind: str, message: str, **fields: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message, **fields}}


class Server:
    """The stand-in behind an address on this machine."""

    def __init__(self) -> None:
        server = self
        self.state = StandIn()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _serve(self, verb: str) -> None:
                address = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                is_json = "json" in (self.headers.get("Content-Type") or "")
                params = json.loads(body) if is_json and body else forms.read(body or address.query)
                headers = {name.lower(): value for name, value in self.headers.items()}
                state = server.state
                status, answer = state.answer(verb, address.path, params, headers, typed=is_json)
                if verb == "post" and status == 200 and state.losing:
                    state.losing -= 1
                    self.close_connection = True
                    return
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                self._serve("get")

            def do_POST(self) -> None:
                self._serve("post")

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}"

    def reset(self) -> StandIn:
        self.state = StandIn()
        return self.state

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()
