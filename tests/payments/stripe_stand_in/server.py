"""A small Stripe that remembers: pages, charges with their fees, refunds, transfers, payouts, disputes, accounts.

It keeps idempotency keys, refuses what the library's types would not allow, loses an answer when told to, and
writes a signed message for everything that happens, delivered when, how often and in the order a test wants.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.payments.stripe_stand_in import forms, schema
from tests.payments.stripe_stand_in.desk import Desk
from tests.payments.stripe_stand_in.outside import SECRETS, Outside
from tests.payments.stripe_stand_in.schema import Refused

__all__ = ["SECRETS", "Server", "StandIn"]


class StandIn(Outside, Desk):
    """The state behind the server: what tests do to it, and what requests do."""

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
                status, body = 200, self.act(verb, path, params, account)
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
                if address.path.startswith(("/c/pay/", "/setup/")):
                    return self._send(200, "text/html", server.state.page(address.path).encode())
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                is_json = "json" in (self.headers.get("Content-Type") or "")
                params = json.loads(body) if is_json and body else forms.read(body or address.query)
                headers = {name.lower(): value for name, value in self.headers.items()}
                state = server.state
                status, answer = state.answer(verb, address.path, params, headers, typed=is_json)
                if verb == "post" and status == 200 and state.losing:
                    state.losing -= 1
                    self.close_connection = True
                    return None
                return self._send(status, "application/json", json.dumps(answer).encode())

            def _send(self, status: int, kind: str, content: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
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
