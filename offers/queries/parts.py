"""What belongs to an offer: its pictures, add-ons and requirements, read with it rather than after it."""

import json
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, JSONField, Model, OuterRef, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from marketplace.kernel.compiled import Compiled
from offers.models import AddOn, Offer, OfferImage, Requirement


def of(offer: Offer) -> tuple[list[OfferImage], list[AddOn], list[Requirement]]:
    """The pictures, add-ons and requirements of an offer, each in its order, in one query."""
    models: tuple[type[Model], ...] = (OfferImage, AddOn, Requirement)
    pictures, add_ons, needs = map(made, models, _ALL.rows(offer.pk)[0])
    return pictures, add_ons, needs


def rows_of(model: type[Model]) -> ArraySubquery:
    """Its parts of one kind, in their order, each as JSON."""
    of_offer = model._default_manager.filter(offer=OuterRef("pk"))
    return ArraySubquery(
        of_offer.order_by(*(model._meta.ordering or ["pk"])).values(row=Cast(WholeRow(), TextField()))
    )


def made(model: type[Model], rows: list[str]) -> list[Any]:
    """What ``rows_of`` read, as models."""
    columns = [(column.attname, column.to_python) for column in model._meta.concrete_fields]
    read = map(json.loads, rows)
    return [model(**{name: made(row[name]) for name, made in columns}) for row in read]


class WholeRow(Expression):
    """A whole row as JSON, in few words: psycopg reads a statement of 4,096 characters anew each time."""

    output_field = JSONField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        alias = compiler.query.get_initial_alias()
        return f"ROW_TO_JSON({compiler.quote_name_unless_alias(alias)})", ()


_ALL = Compiled(
    lambda pk: (
        Offer.objects.filter(pk=pk)
        .order_by()
        .values_list(rows_of(OfferImage), rows_of(AddOn), rows_of(Requirement))
    )
)
