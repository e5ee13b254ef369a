"""What the stand-in remembers, and the messages it writes of it."""

import json
import random
import threading
import time
from typing import Any


def card_fee(cents: int) -> int:
    """1.5 % and 25 cents."""
    return (cents * 15 + 500) // 1000 + 25


class Memory:
    """Rows by identifier, balances, and signed-to-be messages that wait."""

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
        self.hosted = "https://connect.stripe.test"
        """Where its own pages are."""

    def one(self, kind: str) -> dict[str, Any]:
        (row,) = self.all(kind)
        return row

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows.values() if row["object"] == kind]

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
