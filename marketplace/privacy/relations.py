"""Every table that points at a person, found from the models: a new one cannot be forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from accounts.models import BuyerProfile, ExpertProfile, User

BLANKED = {"accounts.BuyerProfile", "accounts.ExpertProfile"}
"""Kept as rows, because orders and reviews point at them, and emptied."""
KEPT: dict[str, str] = {
    "accounts.ClosureRequest": "proof that closing was asked for",
    "accounts.LegalEntity": "who the contracts and invoices were made with",
    "accounts.VatPeriod": "why an invoice bore the VAT it bore",
    "accounts.BankAccount": "where money went; its number is forgotten later (see `retention`)",
    "accounts.Document": "proof of what was checked; its file is deleted later (see `retention`)",
}
"""Rows that would fall with the account and must outlive it, and why. What is protected by its relation stays anyway."""


def pointing_at(model: type[models.Model]) -> Iterator[Any]:
    """The relations of other tables to this one, its links to many aside: their rows are tables of their own."""
    for relation in model._meta.related_objects:
        if not relation.many_to_many and not relation.related_model._meta.proxy:
            yield relation


def personal() -> Iterator[tuple[type[models.Model], str]]:
    """The tables whose rows belong to a person alone, each with the lookup from its rows to the account."""
    for owner, path in ((User, ""), (ExpertProfile, "user"), (BuyerProfile, "user")):
        for relation in pointing_at(owner):
            label = relation.related_model._meta.label
            if relation.on_delete is not models.CASCADE or label in BLANKED or label in KEPT:
                continue
            yield relation.related_model, f"{relation.field.name}__{path}" if path else relation.field.name


def about(user: User) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """Every row that points at a person, by table and by the part they have in it."""
    for owner, path in ((User, ""), (ExpertProfile, "user"), (BuyerProfile, "user")):
        for relation in pointing_at(owner):
            model = relation.related_model
            lookup = f"{relation.field.name}__{path}" if path else relation.field.name
            name = f"{model._meta.label_lower}.{relation.field.name}"
            yield name, model._default_manager.filter(**{lookup: user}).order_by("pk")
