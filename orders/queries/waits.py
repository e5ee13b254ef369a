"""What the expert needs and what the order stands still for, read with the order: no query of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from orders.models import Order, OrderRequirement, Pause, RequirementFile
from orders.queries.threads import FileRow


@dataclass(frozen=True)
class Need:
    """An item the expert needs, and what was sent for it."""

    pk: int
    label: str
    hint: str
    kind: str
    is_required: bool
    named_later: bool
    answer: str
    supplied_at: datetime | None
    files: list[FileRow] = field(default_factory=list)

    @property
    def is_supplied(self) -> bool:
        return self.supplied_at is not None

    @property
    def takes_files(self) -> bool:
        return self.kind == OrderRequirement.Kind.FILE


@dataclass(frozen=True)
class Stop:
    """A pause there was, or there is."""

    cause: str
    item: str
    end: str
    before_start: bool
    reason: str


def checklist_rows() -> ArraySubquery:
    """The items of each order as a column, to annotate orders with as ``checklist_rows``."""
    files = RequirementFile.objects.filter(requirement=OuterRef("pk")).order_by("sent_at", "pk")
    return ArraySubquery(
        OrderRequirement.objects.filter(order=OuterRef("pk"))
        .order_by("position", "pk")
        .annotate(
            file_rows=ArraySubquery(
                files.values(json=JSONObject(public_id="public_id", name="name", size="size"))
            )
        )
        .values(
            json=JSONObject(
                pk="pk",
                label="label",
                hint="hint",
                kind="kind",
                is_required="is_required",
                named_later="named_later",
                answer="answer",
                supplied_at="supplied_at",
                files="file_rows",
            )
        )
    )


def pause_rows() -> ArraySubquery:
    """The pauses of each order as a column, the latest last, to annotate orders with as ``pause_rows``."""
    return ArraySubquery(
        Pause.objects.filter(order=OuterRef("pk"))
        .order_by("begun_at", "pk")
        .values(
            json=JSONObject(
                cause="cause", item="item", end="end", before_start="before_start", reason="reason"
            )
        )
    )


def needs_of(order: Order) -> list[Need]:
    """The items of an order annotated with ``checklist_rows``."""
    rows: list[Mapping[str, Any]] = order.checklist_rows  # type: ignore[attr-defined]
    return [
        Need(
            **{
                **row,
                "supplied_at": parse_datetime(row["supplied_at"]) if row["supplied_at"] else None,
                "files": [
                    FileRow(file["name"], file["size"], reverse("requirement_file", args=[file["public_id"]]))
                    for file in row["files"]
                ],
            }
        )
        for row in rows
    ]


def stops_of(order: Order) -> list[Stop]:
    """The pauses of an order annotated with ``pause_rows``."""
    return [Stop(**row) for row in order.pause_rows]  # type: ignore[attr-defined]
