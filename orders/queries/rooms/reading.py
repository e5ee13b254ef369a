"""The row a room is made of, with all that its neighbours say of it: one query, put into SQL once."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, JSONArray, JSONObject

from accounts.models import CompanyRole, User
from marketplace.kernel.compiled import NAME, SECOND, STAND_IN, Compiled
from messaging.models import Attachment, Notification, Participant
from orders.models import Order, OrderExtra, OrderLine, OrderQuerySet
from orders.queries import changes, waits


def find(user: User, public_id: UUID) -> Order | None:
    """One of ``room_orders``, or nothing when the person may not look at it."""
    if user.is_staff or user.hand is not None:
        return room_orders(user).filter(public_id=public_id).first()
    if user.company_id is None:
        found: Order | None = _OF_ONE.first(user.pk, public_id)
    else:
        found = _OF_MEMBER[user.company_role].first(user.pk, public_id, user.company_id)
    return found


def room_orders(user: User) -> OrderQuerySet:
    """The orders a person may look at, with all that their room needs of the row and its neighbours: one query."""
    places = Participant.objects.filter(conversation=OuterRef("conversation_id"))
    attachments = (
        Attachment.objects.filter(message__conversation=OuterRef("conversation_id"))
        .order_by()
        .values("message__conversation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    told = Notification.objects.filter(
        user=user, url_name="order", url_args=JSONArray(Cast(OuterRef("public_id"), TextField()))
    ).unread()
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by("position", "pk")
    return (
        Order.objects.visible_to(user)
        .select_related(
            "buyer__buyer_profile",
            "expert__expert_profile",
            "offer",
            "payment__hold",
            "conversation",
            "call",
            "deed",
            "declaration",
            "cancellation_record__subject",
        )
        .annotate(
            my_last_read=Subquery(places.filter(user=user).values("last_read_at")[:1]),
            other_last_read=Subquery(
                places.exclude(_same_side(user)).order_by("-last_read_at").values("last_read_at")[:1]
            ),
            attachment_count=Coalesce(Subquery(attachments, output_field=IntegerField()), 0),
            open_changes=changes.open_rows(),
            checklist_rows=waits.checklist_rows(),
            pause_rows=waits.pause_rows(),
            was_told=Exists(told),
            has_extras=Exists(OrderExtra.objects.filter(order=OuterRef("pk"))),
            line_rows=ArraySubquery(
                lines.values(json=JSONObject(title="title", price_cents="price_cents", is_add_on="is_add_on"))
            ),
        )
    )


def _same_side(user: User) -> Q:
    """One's own place in a talk, and those of colleagues who sit there for the same company."""
    own = Q(user=user)
    return own | Q(for_company=user.company_id) if user.company_id else own


_OF_ONE = Compiled(lambda pk, public_id: room_orders(User(pk=pk)).filter(public_id=public_id), STAND_IN, NAME)
_OF_MEMBER = {
    role: Compiled(
        lambda pk, public_id, company, role=role: room_orders(
            User(pk=pk, company_id=company, company_role=role)
        ).filter(public_id=public_id),
        *(STAND_IN, NAME, SECOND),
    )
    for role in CompanyRole.values
}
