"""A copy of everything we hold about a person, in forms that people and programs read: JSON, CSV, files, orders."""

import csv
import io
import json
import shutil
import tempfile
import zipfile
from datetime import timedelta
from typing import IO, Any

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import translation

from accounts.models import DataExport, User
from marketplace.kernel import clock, sheets
from marketplace.privacy.relations import about
from messaging import actions as messaging
from orders import archive
from orders.models import Order

KEPT_FOR = timedelta(days=7)
SECRET_FIELDS = ("password", "secret", "sealed", "token", "session_key", "search")
"""Parts of field names: what opens an account or means nothing to people stays out."""
SECRET_TABLES = {"mfa.authenticator", "usersessions.usersession", "admin.logentry", "accounts.dataexport"}
SECRET_PARTS = {"messaging.report.person"}
"""What others told our team in confidence about a person."""


def build(export_id: int) -> bool:
    """Write the copy and tell its owner. Returns False when it was made already; any number of runs make one."""
    export = DataExport.objects.select_related("user").get(pk=export_id)
    if export.is_ready or export.expires_at is not None:
        return False
    with translation.override(export.user.language), tempfile.TemporaryFile() as target:
        _write(target, export.user)
        size = target.tell()
        target.seek(0)
        with transaction.atomic():
            export = export.locked()
            if export.is_ready:
                return False
            export.file.save(f"{export.public_id}.zip", File(target), save=False)
            export.size, export.ready_at = size, clock.now()
            export.expires_at = export.ready_at + KEPT_FOR
            export.save(update_fields=["file", "size", "ready_at", "expires_at"])
            messaging.notify(
                export.user,
                key=f"data_export:{export.pk}",
                kind="data_export_ready",
                params={"expires_at": export.expires_at.isoformat()},
                url_name="account_privacy",
            )
    return True


def _write(target: IO[bytes], user: User) -> None:
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, allowZip64=True) as archived:
        _json(archived, "account.json", [_row(user)])
        for name, rows in about(user):
            if ".".join(name.split(".")[:2]) in SECRET_TABLES or name in SECRET_PARTS:
                continue
            found = list(rows)
            if not found:
                continue
            _json(archived, f"data/{name}.json", [_row(row) for row in found])
            for row in found:
                _files(archived, f"files/{row._meta.label_lower}/{row.pk}", row)
        _files(archived, "files/account", user)
        orders = list(
            Order.objects.with_party(user)  # none of a company they have left
            .filter(Q(buyer=user) | Q(expert=user))
            .select_related("buyer", "expert", "offer", "payment")
            .order_by("number")
        )
        archived.writestr("orders.csv", _orders(orders, user))
        for order in orders:
            with (
                archive.build(order, user) as whole,
                archived.open(f"orders/{order.reference}.zip", "w") as entry,
            ):
                shutil.copyfileobj(whole, entry)


def _row(row: models.Model) -> dict[str, Any]:
    """The columns of a row, without what opens accounts."""
    return {
        field.name: field.value_from_object(row)
        if not isinstance(field, models.FileField)
        else str(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if not any(part in field.name for part in SECRET_FIELDS)
    }


def _json(archived: zipfile.ZipFile, name: str, rows: list[dict[str, Any]]) -> None:
    archived.writestr(
        name, json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str)
    )


def _files(archived: zipfile.ZipFile, folder: str, row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        stored = getattr(row, field.name) if isinstance(field, models.FileField) else None
        if not stored:
            continue
        name = archive.safe(getattr(row, "name", "") or stored.name.rsplit("/", 1)[-1])
        try:
            with stored.open("rb") as source, archived.open(f"{folder}/{field.name}/{name}", "w") as entry:
                shutil.copyfileobj(source, entry)
        except FileNotFoundError:
            archived.writestr(f"{folder}/{field.name}/{name}.missing.txt", "")


def _orders(orders: list[Order], user: User) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["reference", "title", "part", "state", "placed_at", "total_cents", "net_cents"])
    for order in orders:
        part = "buyer" if order.buyer_id == user.pk else "expert"
        writer.writerow(
            [
                order.reference,
                sheets.cell(order.title),
                part,
                order.state,
                order.placed_at.isoformat(),
                order.total_cents,
                order.net_cents if part == "expert" else "",
            ]
        )
    return text.getvalue()
