"""Stand-ins for what is outside payments: a listener that remembers, a provider that may be down."""

from collections.abc import Sequence
from typing import ClassVar

from payments.gateways import GatewayUnavailable
from payments.sandbox.gateway import SandboxGateway


class Listener:
    """Hears facts and remembers them; refuses to listen as long as ``deaf`` is true."""

    heard: ClassVar[list[tuple[str, int]]] = []
    deaf: ClassVar[bool] = False

    def _hear(self, fact: str, key: int) -> None:
        if type(self).deaf:
            raise RuntimeError("not listening")
        self.heard.append((fact, key))

    def payment_received(self, payment_id: int) -> None:
        self._hear("received", payment_id)

    def payment_failed(self, payment_id: int) -> None:
        self._hear("failed", payment_id)

    def transfer_awaited(self, payment_id: int) -> None:
        self._hear("transfer awaited", payment_id)

    def refund_settled(self, refund_id: int) -> None:
        self._hear("refund settled", refund_id)

    def charged_back(self, chargeback_id: int) -> None:
        self._hear("charged back", chargeback_id)

    def evidence(self, payment_id: int) -> dict[str, str]:
        return {"service_date": "2026-11-20", "uncategorized_text": "Delivered and accepted."}

    def invoicing(self, payment_ids: Sequence[int]) -> dict[int, dict[str, object]]:
        return {}


class MoodyGateway(SandboxGateway):
    """The sandbox, unreachable for the next ``down`` calls, and counting those that went through."""

    down: ClassVar[int] = 0
    answered: ClassVar[list[str]] = []

    def _answer(self, call: str) -> None:
        if MoodyGateway.down:
            MoodyGateway.down -= 1
            raise GatewayUnavailable
        self.answered.append(call)

    def open_checkout(self, request, *, idempotency_key):
        self._answer("open_checkout")
        return super().open_checkout(request, idempotency_key=idempotency_key)

    def look_up(self, gateway_id):
        self._answer("look_up")
        return super().look_up(gateway_id)

    def expire_checkout(self, gateway_id):
        self._answer("expire_checkout")
        return super().expire_checkout(gateway_id)

    def refund(self, gateway_id, amount_cents, *, reference, idempotency_key):
        self._answer("refund")
        return super().refund(gateway_id, amount_cents, reference=reference, idempotency_key=idempotency_key)

    def look_up_refund(self, gateway_id):
        self._answer("look_up_refund")
        return super().look_up_refund(gateway_id)
