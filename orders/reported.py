"""Reviews that people report: those that everybody reads."""

from accounts.models import User
from messaging import reportable
from orders.models import Review


def _review(ref: str, reader: User) -> reportable.Reportable | None:
    review = Review.objects.published().select_related("author", "offer").filter(pk=int(ref)).first()
    if review is None:
        return None
    return reportable.Reportable(
        review.author, review.offer.title, review.comment, f"{review.offer.get_absolute_url()}#reviews"
    )


reportable.register("review", _review)
