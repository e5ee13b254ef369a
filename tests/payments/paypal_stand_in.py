"""A small PayPal that remembers: tokens, batches of payouts, items taken back. It speaks over HTTP, as PayPal does.

It refuses a name twice with the way to the first batch, what its rules do not allow, and tokens it did not give. It
loses an answer, answers too late or has a bad day when told to.
"""

import base64
import itertools
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

CLIENT, SECRET = "AbC-client", "EfG-secret"
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class PayPal:
    """What PayPal knows, and what tests do to it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.batches: dict[str, dict[str, Any]] = {}
        self.tokens: set[str] = set()
        self.asked: list[str] = []
        self.numbers = itertools.count(1)
        self.losing = self.failing = 0
        self.late: threading.Event | None = None
        self.error: tuple[int, str] | None = None
        self.base = ""

    # What tests do

    def batch_of(self, withdrawal: Any) -> dict[str, Any]:
        (found,) = [
            batch
            for batch in self.batches.values()
            if batch["batch_header"]["sender_batch_header"]["sender_batch_id"] == str(withdrawal.public_id)
        ]
        return found

    def settle(self, withdrawal: Any, state: str, error: str = "") -> None:
        """The next thing that happens to a payout: SUCCESS, FAILED, UNCLAIMED, RETURNED…"""
        batch = self.batch_of(withdrawal)
        item = batch["items"][0]
        batch["batch_header"]["batch_status"] = "SUCCESS"
        item["transaction_status"] = state
        if error:
            item["errors"] = {"name": error, "message": "See the documentation.", "details": []}
        if state == "SUCCESS":
            item["payout_item_fee"] = {"currency": "EUR", "value": "0.35"}

    def deny(self, withdrawal: Any) -> None:
        header = self.batch_of(withdrawal)["batch_header"]
        header["batch_status"] = "DENIED"
        header["errors"] = {"name": "INSUFFICIENT_FUNDS", "message": "Insufficient funds.", "details": []}

    # What requests do

    def answer(self, verb: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        with self.lock:
            self.asked.append(f"{verb} {path}")
            if path == "/v1/oauth2/token":
                return self._give_token(body, headers)
            if self.failing:
                self.failing -= 1
                return 503, {"name": "INTERNAL_SERVICE_ERROR", "message": "We are having a bad day."}
            if headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
                return 401, {
                    "error": "invalid_token",
                    "error_description": "Token signature verification failed",
                }
            if verb == "POST" and self.error is not None:
                return self.error[0], {"name": self.error[1], "message": "No.", "details": []}
            said = json.loads(body) if body else {}
            match (verb, *path.strip("/").split("/")[2:]):
                case ("POST", "payouts"):
                    return self._pay_out(said)
                case ("GET", "payouts", batch) if batch in self.batches:
                    return 200, self.batches[batch]
                case ("POST", "payouts-item", item, "cancel"):
                    return self._take_back(item)
            return 404, {"name": "RESOURCE_NOT_FOUND", "message": "The requested resource does not exist"}

    def _give_token(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers.get("authorization") != f"Basic {pair}":
            return 401, {"error": "invalid_client", "error_description": "Client Authentication failed"}
        assert parse_qs(body.decode()) == {"grant_type": ["client_credentials"]}
        token = f"A21-{next(self.numbers)}"
        self.tokens.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 32400}

    def _pay_out(self, said: dict[str, Any]) -> tuple[int, Any]:
        header, (item,) = said["sender_batch_header"], said["items"]
        assert set(said) == {"sender_batch_header", "items"}
        assert set(header) == {"sender_batch_id", "email_subject"}, header
        assert set(item) == {"recipient_type", "receiver", "amount", "note", "sender_item_id"}
        assert item["recipient_type"] == "EMAIL"
        assert len(item["sender_item_id"]) <= 63
        assert item["amount"]["currency"] == "EUR"
        assert re.fullmatch(r"\d+\.\d\d", item["amount"]["value"])
        if not ADDRESS.fullmatch(item["receiver"]):
            return self._refusal(
                "VALIDATION_ERROR", "items[0].receiver", "Receiver is invalid or does not match"
            )
        for number, batch in self.batches.items():
            if batch["batch_header"]["sender_batch_header"] == header:
                link = {"href": f"{self.base}/v1/payments/payouts/{number}", "rel": "self", "method": "GET"}
                return self._refusal(
                    "USER_BUSINESS_ERROR",
                    "SENDER_BATCH_ID",
                    "Batch with given sender_batch_id already exists",
                    link=[link],
                )
        number = f"BATCH{next(self.numbers):08d}"
        batch_header = {
            "payout_batch_id": number,
            "batch_status": "PENDING",
            "sender_batch_header": header,
        }
        self.batches[number] = {
            "batch_header": batch_header,
            "items": [
                {
                    "payout_item_id": f"ITEM{next(self.numbers):08d}",
                    "transaction_status": "PENDING",
                    "payout_batch_id": number,
                    "payout_item": item,
                }
            ],
        }
        return 201, {"batch_header": batch_header}

    def _take_back(self, name: str) -> tuple[int, Any]:
        for batch in self.batches.values():
            item = batch["items"][0]
            if item["payout_item_id"] == name:
                if item["transaction_status"] != "UNCLAIMED":
                    return self._refusal(
                        "ITEM_CANNOT_BE_CANCELLED", "payout_item_id", "Item is not unclaimed"
                    )
                item["transaction_status"] = "RETURNED"
                return 200, item
        return 404, {"name": "RESOURCE_NOT_FOUND", "message": "The requested resource does not exist"}

    def _refusal(self, name: str, field: str, issue: str, **more: Any) -> tuple[int, Any]:
        detail = {"field": field, "location": "body", "issue": issue, **more}
        return 400, {"name": name, "message": "Invalid request - see details", "details": [detail]}


class Server:
    """The stand-in behind an address on this machine."""

    def __init__(self) -> None:
        server = self
        self.state = PayPal()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                state = server.state
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, said = state.answer(self.command, self.path, body, headers)
                if self.command == "POST" and status == 201 and (state.losing or state.late):
                    self.close_connection = True
                    if state.late is not None:
                        state.late.wait(5)
                    state.losing = max(0, state.losing - 1)
                    return
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _serve

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}"

    def reset(self) -> PayPal:
        self.state = PayPal()
        self.state.base = self.address
        return self.state

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()
