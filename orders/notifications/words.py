"""What each kind of notification says, apart from those that belong to a stage with a module of its own."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from messaging.words import Topic, Words, register

register(
    "order_placed_by_transfer",
    Words(
        _("We are waiting for your transfer"),
        _(
            "Send %(total)s with the reference %(reference)s before %(payment_due)s. "
            "The order begins when the money arrives."
        ),
        _("See the transfer details"),
    ),
)
register(
    "payment_declined",
    Words(
        _("Your payment was declined"),
        _("Nothing was charged for “%(title)s”. You can try again or choose another way to pay."),
        _("Try again"),
    ),
)
register(
    "order_paid_buyer",
    Words(
        _("Payment received"),
        _(
            "We hold %(total)s until you accept the deliverable of “%(title)s”. "
            "%(expert)s must start before %(start_due)s; until then you can cancel freely."
        ),
        _("Open the order"),
    ),
)
register(
    "order_paid_expert",
    Words(
        _("New order from %(buyer)s"),
        _(
            "“%(title)s” is paid: %(total)s are held. Read the brief, then start before %(start_due)s or decline."
        ),
        _("Read the brief"),
    ),
)
register(
    "brief_completed",
    Words(_("%(buyer)s completed the brief"), _("Read what changed for “%(title)s”."), _("Read the brief")),
    topic=Topic.PROGRESS,
)
register(
    "order_started",
    Words(
        _("%(expert)s has started"),
        _("The deliverable of “%(title)s” is expected before %(due)s."),
        _("Follow the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "order_delivered",
    Words(
        _("Deliverable received"),
        _(
            "%(expert)s has delivered “%(title)s”. Check it, then accept it or ask for a revision "
            "before %(acceptance_due)s; after that it is accepted by itself."
        ),
        _("Check the deliverable"),
    ),
)
register(
    "revision_requested",
    Words(
        _("%(buyer)s asks for a revision"),
        _("Read the instructions for “%(title)s” and deliver a new version."),
        _("Read the instructions"),
    ),
)
register(
    "extension_proposed",
    Words(
        _("%(expert)s proposes a later date"),
        _(
            "“%(title)s” would be handed over before %(new_due)s. Answer before %(answer_due)s: without your "
            "agreement, the date stays %(due)s. %(reason)s"
        ),
        _("Answer the request"),
    ),
)
register(
    "extension_agreed",
    Words(
        _("%(buyer)s accepts the later date"),
        _("“%(title)s” is now expected before %(due)s."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "cancel_requested",
    Words(
        _("%(author)s asks to cancel the order"),
        _(
            "Answer for “%(title)s” before %(answer_due)s. Without an answer, the order is cancelled and the buyer "
            "paid back in full, unless a deliverable has been handed over. %(reason)s"
        ),
        _("Answer the request"),
    ),
)
register(
    "settlement_proposed",
    Words(
        _("%(author)s proposes a settlement"),
        _(
            "“%(title)s” would end with %(refund)s back to the buyer and %(net)s net to the expert. "
            "Answer before %(answer_due)s; without your agreement, the order goes on. %(reason)s"
        ),
        _("Answer the request"),
    ),
)
register(
    "extension_refused",
    Words(
        _("The later date is refused"),
        _("The deliverable of “%(title)s” is still expected before %(due)s."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "cancellation_refused",
    Words(
        _("The cancellation is refused"),
        _("“%(title)s” goes on. If you cannot agree, open a dispute: our team decides."),
        _("Open the order"),
    ),
)
register(
    "settlement_refused",
    Words(
        _("The settlement is refused"),
        _("“%(title)s” goes on. You can propose another split, or open a dispute."),
        _("Open the order"),
    ),
)
register(
    "request_withdrawn",
    Words(
        _("%(author)s withdrew the request"),
        _("“%(title)s” goes on as before: there is nothing to answer."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "extension_expired",
    Words(
        _("The later date was not agreed in time"),
        _("Nobody answered for “%(title)s”: the deliverable is still expected before %(due)s."),
        _("Open the order"),
    ),
)
register(
    "request_expired",
    Words(
        _("Your request was left unanswered"),
        _("“%(title)s” goes on. You can ask again, or open a dispute: our team decides."),
        _("Open the order"),
    ),
)
register(
    "request_lapsed",
    Words(
        _("A request has expired"),
        _("You did not answer in time: “%(title)s” goes on as before."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "delivery_accepted_expert",
    Words(
        _("Deliverable accepted: %(net)s for you"),
        _("“%(title)s” is completed. The money can be withdrawn from %(available)s."),
        _("See your earnings"),
    ),
)
register(
    "delivery_accepted_buyer",
    Words(
        _("Order completed"),
        _("“%(title)s” is accepted and the expert is paid. Your opinion helps the next buyers."),
        _("Leave a review"),
    ),
)
register(
    "order_cancelled_refunded",
    Words(
        _("Order cancelled, %(refund)s paid back"),
        _("“%(title)s” is cancelled. The refund is on its way to the means you paid with. %(reason)s"),
        _("Open the order"),
    ),
)
register(
    "order_cancelled",
    Words(_("Order cancelled"), _("“%(title)s” is cancelled. %(reason)s"), _("Open the order")),
)
register(
    "order_paid_withdrawable",
    Words(
        _("Payment received; you may withdraw until %(withdraw_end)s"),
        _(
            "We hold %(total)s until you accept the deliverable of “%(title)s”. Until %(withdraw_end)s you may withdraw "
            "from the contract without giving a reason: the form is on the page of the order, and a message to us is "
            "enough. What you declared when ordering is kept there, word for word."
        ),
        _("Open the order"),
    ),
)
register(
    "order_withdrawn_buyer",
    Words(
        _("We have received your withdrawal"),
        _(
            "You withdrew from the contract “%(title)s” on %(withdrawn)s. %(refund)s go back to the means you paid with, "
            "without delay; %(kept)s are due for the part of the work already done."
        ),
        _("Open the order"),
    ),
)
register(
    "order_withdrawn_expert",
    Words(
        _("%(buyer)s withdrew from the contract"),
        _(
            "The law gives consumers and very small firms 14 days. “%(title)s” is over: stop the work. %(net)s net are yours "
            "for the part done. It does not show on your profile."
        ),
        _("Open the order"),
    ),
)
register(
    "order_cancelled_late",
    Words(
        _("Order cancelled: the delivery was late"),
        _("“%(title)s” was not handed over in time. %(buyer)s cancelled the order and is paid back in full."),
        _("Open the order"),
    ),
)
register(
    "order_cancelled_agreed",
    Words(
        _("The cancellation is agreed"),
        _("“%(title)s” is cancelled and the buyer paid back in full."),
        _("Open the order"),
    ),
)
register(
    "order_settled",
    Words(
        _("The settlement is agreed"),
        _("“%(title)s” is over: %(refund)s back to the buyer, %(net)s net to the expert."),
        _("Open the order"),
    ),
)
register(
    "refund_settled",
    Words(
        _("%(amount)s refunded"),
        _("The refund of “%(title)s” has left for your account."),
        _("Open the order"),
    ),
)
register(
    "order_disputed",
    Words(
        _("A dispute was opened"),
        _("“%(title)s” is frozen: nothing moves until our team has decided."),
        _("Open the order"),
    ),
)
register(
    "order_resolved",
    Words(
        _("The dispute is resolved"),
        _("“%(title)s”: %(refund)s back to the buyer, %(net)s to the expert. %(reason)s"),
        _("Read the decision"),
    ),
)
register(
    "reminder_transfer",
    Words(
        _("Your transfer has not arrived yet"),
        _("Send %(total)s with the reference %(reference)s before %(payment_due)s, or the order ends."),
        _("See the transfer details"),
    ),
    topic=Topic.REMINDER,
)
register(
    "reminder_start",
    Words(
        _("An order waits for you to start"),
        _("Start “%(title)s” before %(start_due)s, or it is cancelled and the buyer paid back."),
        _("Open the order"),
    ),
    topic=Topic.REMINDER,
)
register(
    "reminder_acceptance",
    Words(
        _("A deliverable waits for your answer"),
        _("Without an answer before %(acceptance_due)s, “%(title)s” is accepted by itself."),
        _("Check the deliverable"),
    ),
    topic=Topic.REMINDER,
)
register(
    "reminder_acceptance_last",
    Words(
        _("Last day to check a deliverable"),
        _("“%(title)s” is accepted by itself on %(acceptance_due)s, and its payment goes to %(expert)s."),
        _("Check the deliverable"),
    ),
    topic=Topic.REMINDER,
)
register(
    "review_awaited",
    Words(
        _("%(author)s has reviewed your order"),
        _(
            "Write your own review of “%(title)s” to read it. Both are published together, or on %(closes)s at "
            "the latest."
        ),
        _("Write my review"),
    ),
    topic=Topic.REVIEW,
)
register(
    "review_received",
    Words(_("%(buyer)s reviewed your work"), _("%(rating)s out of 5 for “%(title)s”."), _("Read the review")),
    topic=Topic.REVIEW,
)
register(
    "review_of_buyer",
    Words(
        _("%(expert)s reviewed your order"),
        _("%(rating)s out of 5 for “%(title)s”. Experts you order from see your average."),
        _("Read the review"),
    ),
    topic=Topic.REVIEW,
)
register(
    "review_published",
    Words(
        _("Your review is published"),
        _("The time to review “%(title)s” is over: what you wrote can now be read."),
        _("Read the review"),
    ),
    topic=Topic.REVIEW,
)
register(
    "review_hidden",
    Words(
        _("Your review was taken off our pages"),
        _(
            "What you wrote of “%(title)s” breaks our rules: %(reason)s It no longer counts in the average. If you "
            "think we are wrong, write to us and somebody else reads it again."
        ),
        _("See my review"),
    ),
)
register(
    "review_shown",
    Words(
        _("Your review is back on our pages"),
        _("We read what you wrote of “%(title)s” again: %(reason)s"),
        _("See my review"),
    ),
)
register(
    "review_answered",
    Words(
        _("%(author)s answered your review"),
        _("The answer stands under your review of “%(title)s”."),
        _("Read the answer"),
    ),
    topic=Topic.REVIEW,
)
register(
    "message_received",
    Words(_("New message from %(author)s"), _("%(excerpt)s"), pgettext_lazy("button", "Answer")),
    topic=Topic.MESSAGE,
)
