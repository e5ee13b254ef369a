"""Errands that bring experts' money to them: their account, transfers up to what they earned, payouts."""

import logging
from collections import Counter
from datetime import date, timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import translation
from django.utils.translation import gettext

from accounts import queries as accounts
from accounts.models import ExpertProfile, User
from marketplace.kernel import clock
from payments import calls, checkouts, ledger, payouts, rails
from payments.calls import Answer, Errand
from payments.gateways import GatewayUnavailable, PayoutState, PayoutStatus, gateway
from payments.models import Earning, GatewayCall, PayeeAccount, Withdrawal
from payments.models.calls import GatewayCallQuerySet
from payments.paypal import payouts as paypal
from payments.telling import after_commit

logger = logging.getLogger(__name__)
Kind = GatewayCall.Kind

WAIT_FOR_MONEY = timedelta(hours=1)
ASK_PAYPAL_EVERY = timedelta(hours=1)
MAY_BE_CLAIMED_FOR = timedelta(days=3)
"""How long a PayPal address without an account may wait for one, before its money goes back to the balance."""


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def level_transfer(earning_id: int) -> None:
    """Bring what lies on the expert's account at the provider to what this earning is worth to them.

    One transfer, then perhaps reversals; never a second call while the fate of the first is unknown.
    """
    call = _next_call(earning_id)
    if call is not None:
        calls.carry_out(call)


@transaction.atomic(durable=True)
def _next_call(earning_id: int) -> GatewayCall | None:
    earning = (
        Earning.objects.select_for_update(no_key=True, of=("self",))
        .select_related("hold__payment")
        .get(pk=earning_id)
    )
    if earning.transfer_due_at is None:
        return None
    subject = f"earning:{earning.pk}"
    former = GatewayCall.objects.filter(subject=subject, kind__in=[Kind.TRANSFER, Kind.TRANSFER_REVERSAL])
    unsettled = former.filter(state__in=GatewayCall.OPEN).first()
    if unsettled is not None:
        return unsettled
    payee = PayeeAccount.objects.filter(expert_id=earning.expert_id).first()
    if payee is None or not payee.is_ready:
        payouts.postpone_transfer(earning.pk)
        return None
    payment, target = earning.hold.payment, earning.kept_cents
    if earning.transferred_cents < target or not earning.transfer_id:
        if target:
            number = former.filter(kind=Kind.TRANSFER).count() + 1
            payload = {
                "earning": earning.pk,
                "checkout": payment.gateway_id,
                "account": payee.gateway_id,
                "amount_cents": target - earning.transferred_cents,
                "reference": str(payment.public_id),
            }
            key = f"payment:{payment.public_id}:transfer" + (f":{number}" if number > 1 else "")
            return calls.ask(Kind.TRANSFER, key, payload, subject=subject)
    elif earning.transferred_cents > target:
        there = ledger.balance(rails.connect(earning.expert_id))
        if there <= 0:
            payouts.postpone_transfer(earning.pk)
            return None
        number = former.filter(kind=Kind.TRANSFER_REVERSAL).count() + 1
        transfer_id, left = _to_reverse(earning, former)
        payload = {
            "earning": earning.pk,
            "transfer": transfer_id,
            "amount_cents": min(earning.transferred_cents - target, there, left),
        }
        key = f"payment:{payment.public_id}:reversal:{number}"
        return calls.ask(Kind.TRANSFER_REVERSAL, key, payload, subject=subject)
    Earning.objects.filter(pk=earning.pk).update(transfer_due_at=None)
    return None


def _to_reverse(earning: Earning, former: GatewayCallQuerySet) -> tuple[str, int]:
    """The latest transfer of an earning of which something is still there, and how much, in cents."""
    done = former.filter(state=GatewayCall.State.DONE)
    back: Counter[str] = Counter()
    for call in done.filter(kind=Kind.TRANSFER_REVERSAL):
        back[call.payload["transfer"]] += call.payload["amount_cents"]
    for call in done.filter(kind=Kind.TRANSFER).order_by("-pk"):
        left = call.payload["amount_cents"] - back[call.object_id]
        if left > 0:
            return call.object_id, left
    return earning.transfer_id, earning.transferred_cents


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def send_withdrawal(withdrawal_id: int) -> None:
    """Send one withdrawal once, however often this runs; of one under way, ask what became of it."""
    withdrawal = Withdrawal.objects.get(pk=withdrawal_id)
    if not withdrawal.is_under_way or withdrawal.rail not in Withdrawal.AUTOMATIC:
        return
    if withdrawal.state == Withdrawal.State.SENT:
        if withdrawal.rail == Withdrawal.Rail.PAYPAL_PAYOUTS:
            _ask_paypal(withdrawal)
            return
        payouts.book(withdrawal, gateway().look_up_payout(withdrawal.gateway_id, withdrawal.gateway_account))
        return
    if _is_held(withdrawal) or not _money_is_there(withdrawal):
        Withdrawal.objects.filter(pk=withdrawal.pk).update(next_attempt_at=clock.now() + WAIT_FOR_MONEY)
        return
    Withdrawal.objects.filter(pk=withdrawal.pk).update(attempts=F("attempts") + 1)
    payload = {
        "withdrawal": withdrawal.pk,
        "amount_cents": withdrawal.amount_cents,
        "reference": str(withdrawal.public_id),
        "label": withdrawal.reference,
    }
    kind = Kind.PAYOUT
    if withdrawal.rail == Withdrawal.Rail.PAYPAL_PAYOUTS:
        kind = Kind.PAYPAL_PAYOUT
        with translation.override(withdrawal.expert.language):
            subject = gettext("You are paid by %(site)s") % {"site": settings.SITE_NAME}
        payload |= {"receiver": withdrawal.destination, "subject": subject}
    else:
        payload["account"] = withdrawal.gateway_account
    calls.carry_out(calls.ask(kind, withdrawal.key, payload, subject=f"withdrawal:{withdrawal.pk}"))


def _ask_paypal(withdrawal: Withdrawal) -> None:
    """What became of a payout by PayPal; one that nobody claims for some days is taken back."""
    now = clock.now()
    Withdrawal.objects.filter(pk=withdrawal.pk).update(next_attempt_at=now + ASK_PAYPAL_EVERY)
    reference = str(withdrawal.public_id)
    found = paypal.look_up(withdrawal.gateway_id, reference=reference)
    waits_since = withdrawal.sent_at or withdrawal.created_at
    if found.unclaimed_item and waits_since + MAY_BE_CLAIMED_FOR <= now:
        payload = {
            "withdrawal": withdrawal.pk,
            "batch": withdrawal.gateway_id,
            "item": found.unclaimed_item,
            "reference": reference,
        }
        key, subject = f"{withdrawal.key}:return", f"withdrawal:{withdrawal.pk}"
        calls.carry_out(calls.ask(Kind.PAYPAL_RETURN, key, payload, subject=subject))
    else:
        payouts.book(withdrawal, found.status)


def _is_held(withdrawal: Withdrawal) -> bool:
    """Whether its expert was suspended since they asked: what was not sent yet waits until the suspension ends."""
    return ExpertProfile.objects.filter(
        user=withdrawal.expert_id, status=ExpertProfile.Status.SUSPENDED
    ).exists()


def _money_is_there(withdrawal: Withdrawal) -> bool:
    """Whether the expert's account at the provider holds what is to leave it, beside what is leaving already."""
    if withdrawal.rail != Withdrawal.Rail.CONNECT:
        return True
    leaving = (
        Withdrawal.objects.filter(
            expert_id=withdrawal.expert_id, rail=Withdrawal.Rail.CONNECT, state=Withdrawal.State.SENT
        ).aggregate(total=Sum("amount_cents"))["total"]
        or 0
    )
    return ledger.balance(rails.connect(withdrawal.expert_id)) - leaving >= withdrawal.amount_cents


def open_payee(expert: User) -> PayeeAccount:
    """The expert's account at the provider, opened if need be. Calls the network.

    Raises ``GatewayUnavailable``.
    """
    known = PayeeAccount.objects.filter(expert=expert).first()
    if known is not None:
        return known
    payload = {
        "user": expert.pk,
        "reference": str(expert.public_id),
        "email": expert.email,
        "name": expert.get_full_name(),
        "is_company": _is_company(expert),
    }
    call = calls.ask(Kind.PAYEE, f"expert:{expert.pk}:account", payload, subject=f"user:{expert.pk}")
    calls.carry_out(call)
    return PayeeAccount.objects.get(expert=expert)


def _is_company(expert: User) -> bool:
    entity = accounts.entity_of(expert)
    return entity is not None and entity.form in entity.COMPANIES


# --- How each call is made ------------------------------------------------------------------------------------


def _send_payee(call: GatewayCall) -> Answer:
    return Answer(gateway().create_payee(checkouts.person_of(call.payload), idempotency_key=call.key))


def _find_payee(call: GatewayCall) -> Answer | None:
    found = gateway().find_payee(checkouts.person_of(call.payload), idempotency_key=call.key)
    return Answer(found) if found else None


def _book_payee(call: GatewayCall) -> None:
    account, _created = PayeeAccount.objects.get_or_create(
        expert_id=call.payload["user"], defaults={"gateway_id": call.object_id}
    )
    schedule = calls.ask(
        Kind.PAYOUT_SCHEDULE, f"expert:{account.expert_id}:manual", {"account": account.gateway_id}
    )
    after_commit(calls.perform_call, schedule.pk)


def _send_schedule(call: GatewayCall) -> Answer:
    gateway().pay_by_hand_only(call.payload["account"])
    return Answer(call.payload["account"])


def _send_transfer(call: GatewayCall) -> Answer:
    asked: Any = call.payload
    return Answer(
        gateway().transfer(
            asked["checkout"],
            asked["account"],
            asked["amount_cents"],
            reference=asked["reference"],
            idempotency_key=call.key,
        )
    )


def _find_transfer(call: GatewayCall) -> Answer | None:
    found = gateway().find_transfer(call.payload["reference"], idempotency_key=call.key)
    return Answer(found) if found else None


def _book_transfer(call: GatewayCall) -> None:
    payouts.book_transfer(call.payload["earning"], call.object_id, call.payload["amount_cents"])


def _postpone(call: GatewayCall) -> None:
    payouts.postpone_transfer(call.payload["earning"])


def _send_reversal(call: GatewayCall) -> Answer:
    asked: Any = call.payload
    return Answer(
        gateway().reverse_transfer(asked["transfer"], asked["amount_cents"], idempotency_key=call.key)
    )


def _find_reversal(call: GatewayCall) -> Answer | None:
    found = gateway().find_reversal(call.payload["transfer"], idempotency_key=call.key)
    return Answer(found) if found else None


def _book_reversal(call: GatewayCall) -> None:
    payouts.book_reversal(call.payload["earning"], call.object_id, call.payload["amount_cents"])


def _send_payout(call: GatewayCall) -> Answer:
    asked: Any = call.payload
    return _payout_answer(
        gateway().pay_out(
            asked["account"],
            asked["amount_cents"],
            reference=asked["reference"],
            label=asked["label"],
            idempotency_key=call.key,
        )
    )


def _find_payout(call: GatewayCall) -> Answer | None:
    found = gateway().find_payout(call.payload["account"], since=call.created_at, idempotency_key=call.key)
    return _payout_answer(found) if found else None


def _payout_answer(status: PayoutStatus) -> Answer:
    return Answer(
        status.gateway_id,
        {
            "state": status.state.value,
            "failure": status.failure,
            "arrives_on": status.arrives_on.isoformat() if status.arrives_on else "",
            "fee_cents": status.fee_cents,
        },
    )


def _book_payout(call: GatewayCall) -> None:
    said = call.answer
    status = PayoutStatus(
        gateway_id=call.object_id,
        reference=call.payload["reference"],
        state=PayoutState(said["state"]),
        failure=said["failure"],
        arrives_on=date.fromisoformat(said["arrives_on"]) if said["arrives_on"] else None,
        fee_cents=said.get("fee_cents", 0),
    )
    payouts.book(Withdrawal.objects.get(pk=call.payload["withdrawal"]), status)


def _refuse_payout(call: GatewayCall) -> None:
    withdrawal = Withdrawal.objects.get(pk=call.payload["withdrawal"]).locked()
    if withdrawal.state == Withdrawal.State.REQUESTED:
        logger.warning("the gateway refused %s: %s", call.key, call.error)
        payouts.settle_failed(withdrawal, payouts.REFUSED)


def _send_paypal(call: GatewayCall) -> Answer:
    return _pay_by_paypal(call, again=False)


def _find_paypal(call: GatewayCall) -> Answer | None:
    # PayPal tells what it knows of a name only to whoever asks for a payout under it.
    if call.sent_at is None or call.sent_at + paypal.NAME_IS_KEPT_FOR < clock.now():
        raise GatewayUnavailable("Too long ago to be asked under the same name: look at our PayPal account.")
    return _pay_by_paypal(call, again=True)


def _pay_by_paypal(call: GatewayCall, *, again: bool) -> Answer:
    asked: Any = call.payload
    return _payout_answer(
        paypal.pay_out(
            reference=asked["reference"],
            receiver=asked["receiver"],
            amount_cents=asked["amount_cents"],
            label=asked["label"],
            subject=asked["subject"],
            again=again,
        )
    )


def _send_return(call: GatewayCall) -> Answer:
    asked: Any = call.payload
    return _payout_answer(
        paypal.take_back(asked["item"], batch_id=asked["batch"], reference=asked["reference"])
    )


calls.register(Kind.PAYEE, Errand(_send_payee, _find_payee, _book_payee, shared=True))
calls.register(Kind.PAYOUT_SCHEDULE, Errand(_send_schedule))
calls.register(Kind.TRANSFER, Errand(_send_transfer, _find_transfer, _book_transfer, _postpone))
calls.register(Kind.TRANSFER_REVERSAL, Errand(_send_reversal, _find_reversal, _book_reversal, _postpone))
calls.register(Kind.PAYOUT, Errand(_send_payout, _find_payout, _book_payout, _refuse_payout))
calls.register(Kind.PAYPAL_PAYOUT, Errand(_send_paypal, _find_paypal, _book_payout, _refuse_payout))
calls.register(Kind.PAYPAL_RETURN, Errand(_send_return, book=_book_payout))
