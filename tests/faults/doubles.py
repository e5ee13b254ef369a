"""Things of the world outside that fail when a switch says so: the provider, the mail server."""

import errno
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from payments.gateways import GatewayUnavailable
from payments.sandbox.gateway import SandboxGateway
from tests.faults import switches

NETWORK = (
    *("open_checkout", "find_checkout", "look_up", "expire_checkout", "refund", "find_refund"),
    *("look_up_refund", "pay_out", "find_payout", "look_up_payout"),
)
SLOW_SECONDS = 2.0


class UnsteadyGateway(SandboxGateway):
    """The sandbox over a bad line: `slow`, `dropped` before it heard us, or `silent` after it did what we asked."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        fault = switches.read("gateway") if name in NETWORK else ""
        if not fault:
            return found

        def over_a_bad_line(*args: Any, **options: Any) -> Any:
            if fault == "dropped":
                raise GatewayUnavailable("the line was dropped")
            answer = found(*args, **options)
            if fault == "silent":
                raise GatewayUnavailable("the answer was lost")
            time.sleep(SLOW_SECONDS)
            return answer

        return over_a_bad_line


class PostOffice(BaseEmailBackend):
    """Takes every mail and writes its identifier and recipient down, one line each, in the order they came."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if switches.read("mail") == "down":
            raise ConnectionRefusedError(errno.ECONNREFUSED, "the mail server is away")
        with Path(os.environ[switches.FOLDER], "mails").open("a") as book:
            for message in email_messages:
                book.write(f"{message.extra_headers.get('Message-ID')}\t{message.to[0]}\n")
        return len(email_messages)
