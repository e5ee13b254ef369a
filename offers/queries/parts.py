"""What belongs to an offer: its pictures, add-ons and requirements, read with it rather than after it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef

from marketplace.kernel.compiled import Compiled
from marketplace.kernel.whole_rows import made, whole_rows
from offers.models import AddOn, Offer, OfferImage, Requirement


def of(offer: Offer) -> tuple[list[OfferImage], list[AddOn], list[Requirement]]:
    """The pictures, add-ons and requirements of an offer, each in its order, in one query."""
    models: tuple[type[Model], ...] = (OfferImage, AddOn, Requirement)
    pictures, add_ons, needs = map(made, models, _ALL.rows(offer.pk)[0])
    return pictures, add_ons, needs


def rows_of(model: type[Model]) -> ArraySubquery:
    """Its parts of one kind, in their order, each as JSON."""
    of_offer = model._default_manager.filter(offer=OuterRef("pk"))
    return whole_rows(of_offer.order_by(*(model._meta.ordering or ["pk"])))


_ALL = Compiled(
    lambda pk: (
        Offer.objects.filter(pk=pk)
        .order_by()
        .values_list(rows_of(OfferImage), rows_of(AddOn), rows_of(Requirement))
    )
)
