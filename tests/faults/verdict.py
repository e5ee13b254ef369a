"""What must hold after everything that happened. Prints its lines as JSON: what was looked at, how many, what is wrong.

    python -m tests.faults.verdict [settled]

``settled``: the clock was moved past every deadline, so no order may still wait.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Line = tuple[str, int, list[str]]
"""What was looked at, how many of it, and each thing that is wrong."""


def look(*, settled: bool) -> list[Line]:
    """Every line of the verdict."""
    return [
        _ledger(),
        _orders(settled=settled),
        _placed_once(),
        _money_of_orders(),
        _told_once(),
        _mails(),
        _deadlines(),
        _provider(),
        _withdrawals(settled=settled),
    ]


def _ledger() -> Line:
    from payments import ledger
    from payments.models import LedgerTransaction

    return "the ledger's audit", LedgerTransaction.objects.count(), [str(each) for each in ledger.audit()]


def _orders(*, settled: bool) -> Line:
    from orders.models import Order
    from tests.orders.lives import checks

    wrong = []
    found = list(Order.objects.select_related("payment", "call", "offer", "buyer", "expert"))
    apart = (
        checks.no_order_rests_without_a_person_or_a_timer,
        checks.every_change_of_state_was_recorded_with_who_when_and_why,
        checks.rounds_are_counted_and_an_open_revision_has_its_place,
        checks.a_call_keeps_its_slot_while_it_lives,
    )
    for order in found:
        for check in apart:
            try:
                check(order)
            except Exception as error:
                wrong.append(f"{order.reference} {order.state}: {check.__name__} ({error!r:.80})")
        if settled and order.state not in Order.CLOSED:
            began = f"started on {order.started_at:%d %b %H:%M}" if order.started_at else "never started"
            wrong.append(
                f"{order.reference} ({order.kind}, {began}) is still {order.state} after every deadline"
            )
    return "orders in a right state", len(found), wrong


def _placed_once() -> Line:
    """One journey, one order, however often its form was sent."""
    from orders.models import Order

    briefs = Counter(Order.objects.values_list("brief", flat=True))
    return "orders placed once", len(briefs), [f"{b!r}: {n} orders" for b, n in briefs.items() if n > 1]


def _money_of_orders() -> Line:
    """Paid money is held while the order runs, and wholly given to the one or the other when it is over."""
    from orders.models import Order
    from orders.models.money import payments_of

    wrong, count = [], 0
    for order in Order.objects.exclude(paid_at=None):
        count += 1
        holds = [payment.hold for payment in payments_of(order)]
        held = sum(hold.amount_cents for hold in holds)
        gone = sum(hold.refunded_cents + hold.released_cents for hold in holds)
        if held != order.total_cents or gone != (held if order.state in Order.CLOSED else 0):
            wrong.append(f"{order.reference} {order.state}: {held} held, {gone} given of {order.total_cents}")
    return "money of orders where it belongs", count, wrong


def _told_once() -> Line:
    """Every event told, and each notification one mail of its own at most."""
    from messaging.models import Mail, Notification
    from orders.models import OrderEvent

    untold = OrderEvent.objects.filter(announced_at=None)
    wrong = [f"{event.kind} of order {event.order_id} was not told" for event in untold]
    told = Counter(Notification.objects.values_list("user", "key"))
    wrong += [f"{key} told {count} times" for key, count in told.items() if count > 1]
    alike = Counter(Mail.objects.exclude(key__startswith="direct:").values_list("recipient", "key"))
    wrong += [f"{key} written {count} times" for key, count in alike.items() if count > 1]
    return "notifications told once", sum(told.values()), wrong


def _mails() -> Line:
    """What the mail server was handed. A worker killed between handing over and noting it hands over again."""
    from messaging.models import Mail

    wrong = [f"mail {mail.pk} was not sent: {mail.error}" for mail in Mail.objects.filter(sent_at=None)]
    book = Path(os.environ["JALON_FAULTS_FOLDER"], "mails")
    lines = book.read_text().splitlines() if book.exists() else []
    handed = Counter(line.split("\t")[0] for line in lines)
    tried = dict(Mail.objects.values_list("pk", "attempts"))
    for identifier, count in handed.items():
        attempts = tried.get(int(identifier.strip("<").split(".")[0]), 0)
        if count > attempts:
            wrong.append(f"{identifier} was handed over {count} times in {attempts} attempts")
    missing = len(tried) - len(handed)
    if missing > 0:
        wrong.append(f"{missing} mails noted as sent were never handed over")
    twice = sum(count > 1 for count in handed.values())
    name = "mails handed over" + (f" ({twice} twice, under the same Message-ID)" if twice else " once")
    return name, len(handed), wrong


def _deadlines() -> Line:
    from orders import timers

    standings = timers.standings()
    wrong = [f"{each.timer.name}: {each.due} due since {each.oldest}" for each in standings if each.is_late]
    wrong += [f"{each.timer.name} does not run" for each in standings if each.is_silent]
    return "deadlines met by their timers", len(standings), wrong


def _provider() -> Line:
    """Nothing asked of the provider without an answer, nothing it said unread, and its view of the money is ours."""
    from payments.models import Discrepancy, GatewayCall, InboundEvent, Refund
    from payments.sandbox.models import SandboxRefund, SandboxSession

    wrong = [
        f"{c.kind} {c.key} is {c.state}: {c.error}"
        for c in GatewayCall.objects.exclude(settled_at__isnull=False)
    ]
    unread = InboundEvent.objects.exclude(state=InboundEvent.State.PROCESSED)
    wrong += [f"event {event.pk} is {event.state}" for event in unread]
    wrong += [f"discrepancy {each.pk}: {each.kind}" for each in Discrepancy.objects.filter(settled_at=None)]
    wrong += [
        f"refund {refund.pk} is {refund.state}"
        for refund in Refund.objects.filter(state__in=Refund.UNDER_WAY)
    ]
    for session in SandboxSession.objects.filter(state="paid"):
        from payments.models import Payment

        if not Payment.objects.filter(gateway_id=session.token).exclude(received_at=None).exists():
            wrong.append(f"the bank took {session.amount_cents} for {session.label} and we do not know")
    ours = sum(Refund.objects.filter(state=Refund.State.SUCCEEDED).values_list("amount_cents", flat=True))
    theirs = sum(SandboxRefund.objects.filter(state="succeeded").values_list("amount_cents", flat=True))
    if ours != theirs:
        wrong.append(f"refunds: {ours} here, {theirs} at the provider")
    return "the provider and we agree", GatewayCall.objects.count(), wrong


def _withdrawals(*, settled: bool) -> Line:
    """Each withdrawal left once; at the end there are some."""
    from payments.models import Withdrawal
    from payments.sandbox.models import SandboxPayout

    sent = Counter(SandboxPayout.objects.values_list("reference", flat=True))
    wrong = [f"withdrawal {ref} was paid out {count} times" for ref, count in sent.items() if count > 1]
    open_ones = Withdrawal.objects.exclude(state__in=["paid", "failed", "cancelled"])
    wrong += [f"withdrawal {each.pk} is still {each.state}" for each in open_ones]
    count = Withdrawal.objects.count()
    if settled and not count:
        wrong.append("nobody could withdraw")
    return "withdrawals paid out once", count, wrong


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    said: Any = look(settled="settled" in arguments)
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
