"""The whole case on one page, gathered from what the product already knows: nobody has to collect anything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.template.defaultfilters import striptags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from disputes.models import Dispute
from disputes.queries.reading import Reading, read
from marketplace.kernel import clock
from marketplace.kernel.money import format_money
from messaging.models import Message
from orders.models import Order, OrderExtra
from orders.queries import threads
from orders.queries.threads import Entry, Window
from payments.models import Payment
from payments.queries import MoneyLine, money_timeline


@dataclass(frozen=True)
class CaseFile:
    """What was promised, said, handed over, paid, and what each side did before."""

    reading: Reading
    order: Order
    lines: list[Any]
    entries: list[Entry]
    deliverables: list[Any]
    revisions: list[Any]
    money: list[MoneyLine]
    earlier: list[str]


def gather(dispute: Dispute, viewer: User) -> CaseFile:
    """Everything about a dispute, for one of its parties or for staff."""
    order, reading = dispute.order, read(dispute, viewer)
    side = reading.side
    events = [e for e in order.events.select_related("actor") if threads.is_shown(e, order, side)]
    messages = list(
        Message.objects.filter(conversation_id=order.conversation_id)
        .select_related("author")
        .prefetch_related("attachments")
    )
    deliverables = list(order.deliverables.prefetch_related("files"))
    revisions = list(order.revision_requests.all())
    entries = threads.entries(
        order,
        side,
        viewer,
        Window(messages),
        events,
        files_of={item.version: threads.file_rows(item.files.all()) for item in deliverables},
        requests={request.round: request for request in revisions},
        read_until=None,
    )
    extras = OrderExtra.objects.filter(order=order, payment__isnull=False).values("payment")
    payments = Payment.objects.filter(Q(pk=order.payment_id) | Q(pk__in=extras)).order_by("pk")
    return CaseFile(
        reading=reading,
        order=order,
        lines=list(order.lines.all()),
        entries=entries,
        deliverables=deliverables,
        revisions=revisions,
        money=money_timeline(list(payments), viewer=side),  # type: ignore[arg-type]
        earlier=_earlier(order),
    )


def _earlier(order: Order) -> list[str]:
    """How the orders of each party ended before, in numbers."""
    found = []
    for person, role in ((order.buyer, "buyer"), (order.expert, "expert")):
        theirs = Order.objects.filter(**{role: person}).exclude(pk=order.pk)
        done = theirs.filter(state=Order.State.COMPLETED).count()
        cancelled = theirs.filter(state=Order.State.CANCELLED, paid_at__isnull=False).count()
        disputed = Dispute.objects.filter(order__in=theirs).count()
        found.append(
            _("%(name)s: %(done)s, %(cancelled)s, %(disputed)s.")
            % {
                "name": person.display_name,
                "done": ngettext("%(n)s order completed", "%(n)s orders completed", done) % {"n": done},
                "cancelled": ngettext("%(n)s cancelled", "%(n)s cancelled", cancelled) % {"n": cancelled},
                "disputed": ngettext("%(n)s disputed", "%(n)s disputed", disputed) % {"n": disputed},
            }
        )
    return found


def for_print(case: CaseFile) -> dict[str, Any]:
    """The same as words, for the PDF."""
    order, dispute = case.order, case.reading.dispute
    moment = clock.in_words
    return {
        "site": "Jalon",
        "title": _("Case file"),
        "reference": order.reference,
        "lead": order.title,
        "foot": _("Gathered on %(moment)s. For the parties and our team alone.")
        % {"moment": moment(clock.now())},
        "page_words": _("Page"),
        "facts": [
            [_("Buyer"), order.buyer.display_name],
            [_("Expert"), order.expert.display_name],
            [_("Ground"), str(dispute.get_ground_display())],
            [_("Opened on"), moment(dispute.opened_at)],
            [_("Total"), format_money(order.total_cents, full=True)],
            [_("Decision"), str(dispute.outcome) or "–"],
        ],
        "sides_title": _("What each side says"),
        "sides": [
            {
                "name": side.person.display_name,
                "words": side.statement or _("Nothing was said."),
                "files": ", ".join(piece.name for piece in side.evidence),
            }
            for side in case.reading.sides
        ],
        "promise_title": _("What was agreed"),
        "promise": order.description,
        "brief_title": _("The brief"),
        "brief": order.brief or "–",
        "lines": [[line.title, format_money(line.price_cents, full=True)] for line in case.lines],
        "lines_head": [_("Line"), _("Price")],
        "money_title": _("The money"),
        "money_head": [_("Movement"), _("Date"), _("Amount")],
        "money": [
            [line.label, moment(line.at), format_money(line.amount_cents, full=True)] for line in case.money
        ],
        "earlier_title": _("Their earlier orders"),
        "earlier": case.earlier,
        "thread_title": _("What happened and was written"),
        "thread": [
            {
                "at": moment(entry.at),
                "who": entry.author.display_name if entry.author else "",
                "title": entry.title,
                "text": striptags(entry.text),
                "files": ", ".join(file.name for file in entry.files),
            }
            for entry in case.entries
            if entry.kind != "day"
        ],
    }
