"""What stays of an order that ended: reviews, cancellations, and the record of each person."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import (
    ReadOnly,
    ReasonForm,
    StaffAct,
    StaffActs,
    link,
    moment,
    words,
)
from orders import actions
from orders.models import (
    CancellationRecord,
    Review,
    TrackRecord,
)
from orders.staff_lists import UntilArchive


class ToAuthorForm(ReasonForm):
    """Why, in the words the author of a review reads."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = gettext_lazy("The author reads it as you write it.")


@admin.register(Review)
class ReviewAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """What the parties said of each other once an order ended. One that breaks the rules is taken off, for a reason."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        words("rating", gettext_lazy("rating")),
        link("author", gettext_lazy("author"), sort="author__last_name"),
        link("subject", gettext_lazy("reviewed person"), sort="subject__last_name"),
        moment("created_at", gettext_lazy("written on")),
        moment("published_at", gettext_lazy("published on")),
        moment("hidden_at", gettext_lazy("taken off on")),
    )
    list_filter = ("about", "rating", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("order", "author", "subject")
    search_fields = ("comment", "author__email", "subject__email", "order__title")
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        link("author", gettext_lazy("author")),
        link("subject", gettext_lazy("expert")),
        words("rating", gettext_lazy("rating")),
        words("comment", gettext_lazy("comment")),
        words("reply", gettext_lazy("reply")),
        moment("created_at", gettext_lazy("written on")),
        moment("published_at", gettext_lazy("published on")),
        moment("hidden_at", gettext_lazy("taken off on")),
        words("hidden_reason", gettext_lazy("why it was taken off")),
    )
    acts = (
        StaffAct(
            name="hide",
            label=gettext_lazy("Take off our pages"),
            consequence=gettext_lazy(
                "Nobody reads it any more and it leaves the averages. Its author reads your reason, and may ask for a "
                "second reading. A review that is harsh and honest stays."
            ),
            done=gettext_lazy("The review is off our pages and its author is told why."),
            form=ToAuthorForm,
            perform=lambda review, actor, answers: actions.hide_review(
                review, actor=actor, reason=answers["reason"]
            ),
            applies=lambda review: review.is_read,
            dangerous=True,
        ),
        StaffAct(
            name="show",
            label=gettext_lazy("Put back on our pages"),
            consequence=gettext_lazy(
                "Everyone reads it again and it counts in the averages. Its author is told."
            ),
            done=gettext_lazy("The review is back on our pages and its author is told."),
            form=ToAuthorForm,
            perform=lambda review, actor, answers: actions.show_review(
                review, actor=actor, reason=answers["reason"]
            ),
            applies=lambda review: review.hidden_at is not None,
        ),
    )


@admin.register(CancellationRecord)
class CancellationRecordAdmin(UntilArchive, ReadOnly, admin.ModelAdmin):
    """What cancellations left on profiles, with what stood there before the other party spoke."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        link("subject", gettext_lazy("on the profile of"), sort="subject__last_name"),
        words("get_side_display", gettext_lazy("side")),
        words("get_cause_display", gettext_lazy("cause"), sort="cause"),
        words("score", gettext_lazy("score")),
        moment("created_at", gettext_lazy("written on")),
        moment("amended_at", gettext_lazy("judged on")),
    )
    list_filter = ("side", "cause")
    list_select_related = ("order", "subject")
    search_fields = ("order__title", "comment", "subject__email")
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        link("subject", gettext_lazy("on the profile of")),
        words("get_side_display", gettext_lazy("side")),
        words("get_cause_display", gettext_lazy("cause")),
        words("score", gettext_lazy("score")),
        words("comment", gettext_lazy("comment")),
        words("get_first_cause_display", gettext_lazy("first cause")),
        words("first_score", gettext_lazy("first score")),
        moment("created_at", gettext_lazy("written on")),
        moment("amendable_until", gettext_lazy("may be judged until")),
        moment("amended_at", gettext_lazy("judged on")),
        words("reply", gettext_lazy("reply")),
        moment("replied_at", gettext_lazy("answered on")),
    )


@admin.register(TrackRecord)
class TrackRecordAdmin(ReadOnly, admin.ModelAdmin):
    """How reliably people carried orders through, counted as it happened."""

    list_display = (
        link("user", gettext_lazy("person"), sort="user__last_name"),
        words("get_side_display", gettext_lazy("side")),
        words("completed", gettext_lazy("orders completed"), sort="completed"),
        words("cancelled", gettext_lazy("orders cancelled"), sort="cancelled"),
        words("on_time", gettext_lazy("first deliverables on time"), sort="on_time"),
        words("due", gettext_lazy("first deliverables that were due"), sort="due"),
        words("answered", gettext_lazy("orders begun or declined in time"), sort="answered"),
        words("asked", gettext_lazy("orders that waited for an answer"), sort="asked"),
    )
    list_filter = ("side",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__last_name")
    fields = readonly_fields = (
        link("user", gettext_lazy("person")),
        words("get_side_display", gettext_lazy("side")),
        words("completed", gettext_lazy("orders completed")),
        words("cancelled", gettext_lazy("orders cancelled")),
        words("on_time", gettext_lazy("first deliverables on time")),
        words("due", gettext_lazy("first deliverables that were due")),
        words("answered", gettext_lazy("orders begun or declined in time")),
        words("asked", gettext_lazy("orders that waited for an answer")),
    )
