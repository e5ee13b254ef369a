"""The whole page where an offer is written: its terms, its add-ons and its frequent questions, saved together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict

from accounts.models import User
from offers import actions
from offers.forms.editor import OfferForm
from offers.forms.rows import (
    AddOnRows,
    RequirementRows,
    Rows,
    add_on_rows,
    faq_rows,
    requirement_rows,
)
from offers.models import Draft, Offer
from offers.queries import parts


@dataclass(frozen=True)
class Mistake:
    """One line of the summary on top of the page: what is wrong, and the id of the box to correct."""

    target: str
    text: str


class OfferEditor:
    """The terms and the rows of one offer, as shown, as typed, or checked."""

    def __init__(self, form: OfferForm, requirements: RequirementRows, add_ons: AddOnRows, faq: Rows) -> None:
        self.form, self.requirements, self.add_ons, self.faq = form, requirements, add_ons, faq

    @classmethod
    def shown(cls, expert: User, offer: Offer | None) -> "OfferEditor":
        """What the page holds when it opens: the offer as it stands and an empty row of each sort."""
        needs: list[dict[str, Any]] = []
        add_ons, faq = [], []
        if offer:
            _pictures, its_add_ons, its_needs = parts.of(offer)
            needs = [
                {"label": n.label, "hint": n.hint, "kind": n.kind, "required": n.required} for n in its_needs
            ]
            add_ons = [
                {
                    "title": a.title,
                    "description": a.description,
                    "price": a.price_cents,
                    "days": a.days or None,
                }
                for a in its_add_ons
            ]
            faq = offer.faq
        return cls(
            OfferForm(expert=expert, offer=offer, initial=OfferForm.initial_of(offer) if offer else None),
            requirement_rows(initial=needs, empty=1),
            add_on_rows(initial=add_ons, empty=1),
            faq_rows(initial=faq, empty=1),
        )

    @classmethod
    def resumed(cls, draft: Draft, expert: User, offer: Offer | None) -> "OfferEditor":
        """The page as it stood when the browser last sent it, unchecked."""
        data = QueryDict(mutable=True)
        for name, values in draft.boxes.items():
            data.setlist(name, values)
        return cls.retyped(data, expert, offer)

    @classmethod
    def retyped(cls, data: QueryDict, expert: User, offer: Offer | None) -> "OfferEditor":
        """The same page as typed, unchecked, with a row more (``add_row``) or less (``remove_row``)."""
        more, less = data.get("add_row", ""), data.get("remove_row", "")
        return cls(
            OfferForm(
                expert=expert,
                offer=offer,
                initial={name: data.get(name, "") for name in OfferForm.base_fields},
            ),
            requirement_rows(
                initial=_typed_rows(data, requirement_rows(), less), empty=int(more == "requirements")
            ),
            add_on_rows(initial=_typed_rows(data, add_on_rows(), less), empty=int(more == "add_ons")),
            faq_rows(initial=_typed_rows(data, faq_rows(), less), empty=int(more == "faq")),
        )

    @classmethod
    def checked(cls, data: QueryDict, expert: User, offer: Offer | None) -> "OfferEditor":
        """What was sent, to be saved if it is valid."""
        editor = cls(
            OfferForm(data, expert=expert, offer=offer),
            requirement_rows(data=data),
            add_on_rows(data=data),
            faq_rows(data=data),
        )
        if editor.form.is_valid():
            editor.add_ons.delivery_days = editor.form.cleaned_data["delivery_days"]
        return editor

    def is_valid(self) -> bool:
        return all(part.is_valid() for part in (self.form, self.requirements, self.add_ons, self.faq))

    def save(self) -> Offer:
        """Write the offer, new or not. Raises ``Refusal`` at the limit of offers."""
        terms = {**self.form.terms(), "faq": self.faq.filled}
        rows: Any = {"add_ons": self.add_ons.terms(), "requirements": self.requirements.terms()}
        if self.form.offer is None:
            return actions.create_offer(self.form.expert, terms=terms, **rows)
        return actions.edit_offer(self.form.offer, terms=terms, **rows)

    @property
    def mistakes(self) -> list[Mistake]:
        """Everything to correct, in the order of the page."""
        if not self.form.is_bound:
            return []
        return [
            *_of_form(self.form),
            *_of_rows(self.requirements),
            *_of_rows(self.add_ons),
            *_of_rows(self.faq),
        ]


MOST_KEPT = 60_000
"""Characters of a draft; more is not an offer."""


def boxes_of(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, by box, fit to be kept: no token, nothing a database refuses, not too much of it."""
    kept: dict[str, list[str]] = {}
    room = MOST_KEPT
    for name, values in data.lists():
        if name in ("csrfmiddlewaretoken", "offer", "opened", "add_row", "remove_row") or len(name) > 60:
            continue
        clean = [value.replace("\x00", "") for value in values]
        room -= sum(map(len, clean)) + len(name)
        if room < 0:
            break
        kept[name.replace("\x00", "")] = clean
    return kept


def _of_form(form: BaseForm) -> Iterator[Mistake]:
    yield from (Mistake("", str(error)) for error in form.non_field_errors())
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        yield from (Mistake(target, str(error)) for error in bound.errors)


def _of_rows(rows: Any) -> Iterator[Mistake]:
    yield from (Mistake("", str(error)) for error in rows.non_form_errors())
    for form in rows.forms:
        yield from _of_form(form)


def _typed_rows(data: QueryDict, rows: Any, less: str) -> list[dict[str, str]]:
    """The rows as they were typed, without the one that ``less`` names, such as ``faq-2``."""
    count = data.get(f"{rows.prefix}-TOTAL_FORMS", "")
    total = min(int(count), rows.max_num) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return [
        {name: data.get(f"{rows.prefix}-{place}-{name}", "") for name in rows.form.base_fields}
        for place in range(total)
        if less != f"{rows.prefix}-{place}"
    ]
