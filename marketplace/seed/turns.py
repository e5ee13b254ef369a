"""What turns an order of the demo world on its way: an item sent or missing, a refusal, what two parties agree on."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from marketplace.demo.files import deliverable
from marketplace.demo.stories import Turn
from marketplace.kernel import clock
from orders import actions
from orders.models import Order, OrderRequirement
from payments import escrow
from payments.models import Payment


def take_turn(order: Order, told: Turn) -> None:
    """What one party did that changed the course of the order."""
    items = list(order.checklist.all())
    match told.kind:
        case "supplied":
            item = items[told.item]
            actions.supply(
                order,
                actor=order.buyer,
                answers={item.pk: told.text},
                files={item.pk: made(told.files, order.title, given=True)},
            )
        case "waited":
            actions.wait_for_item(order, actor=order.expert, requirement=items[told.item])
        case "asked":
            actions.ask_for_item(order, actor=order.expert, label=told.text)
        case "refused":
            price = told.euros * 100 or None
            actions.refuse_revision(order, actor=order.expert, reason=told.text, price_cents=price)
        case _:
            _agree(Order.objects.get(pk=order.pk), told)


def supply_needed(order: Order) -> None:
    """The buyer sends what is needed to begin, as most do before the expert starts."""
    for item in order.checklist.missing():  # type: ignore[attr-defined]
        name = f"{slugify(item.label)[:40].rstrip('-')}.pdf"
        takes_files = item.kind == OrderRequirement.Kind.FILE
        actions.supply(
            order,
            actor=order.buyer,
            answers={}
            if takes_files
            else {item.pk: "Tout est dans mes consignes. Demandez-moi s’il manque un point."},
            files={item.pk: made((name,), order.title, given=True)} if takes_files else {},
        )


def _agree(order: Order, told: Turn) -> None:
    """What the two parties asked of each other."""
    buyer, expert = order.buyer, order.expert
    match told.kind:
        case "extra":
            actions.propose_extra(
                order,
                actor=expert,
                title=told.title,
                price_cents=told.euros * 100,
                days=told.days,
                message=told.text,
            )
        case "extra_paid":
            extra = actions.accept_extra(order.extras.get(), actor=buyer)
            if extra.payment is not None:
                receive(extra.payment, f"demo_{extra.public_id}")
            actions.confirm_extra(extra)
        case "later" if order.due_at is not None:
            later = order.due_at + timedelta(days=told.days)
            actions.propose_extension(order, actor=expert, due_at=later, message=told.text)
        case "ending":
            actions.request_cancellation(order, actor=buyer, reason=told.text)
        case "split":
            actions.propose_settlement(order, actor=buyer, refund_cents=told.euros * 100, message=told.text)
        case "agreed":
            asked = order.changes.get(state="open")
            other = expert if asked.proposed_by_id == buyer.pk else buyer
            actions.accept_change(asked, actor=other)
        case _:
            raise ValueError(told.kind)


def receive(payment: Payment, gateway_id: str) -> None:
    """The gateway reports the whole amount."""
    escrow.receive(payment, amount_cents=payment.amount_cents, gateway_id=gateway_id, occurred_at=clock.now())


def made(names: tuple[str, ...], title: str, given: bool = False) -> list[SimpleUploadedFile]:
    """Files of these names, as somebody would choose them in a form."""
    return [SimpleUploadedFile(name, deliverable(name, title, given)) for name in names]
