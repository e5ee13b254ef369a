"""What is typed to order, to work, to answer and to judge. Errors say what to do."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel import clock, rules, zones
from marketplace.kernel.forms import FilesField
from offers import openings
from offers.models import AddOn, Offer
from orders.billing_forms import BILLING, BillingForm, billed_before
from orders.models.declarations import last_moment
from payments.models import Payment


def long_text(label: Any, *, required: bool = True, rows: int = 4, **options: Any) -> forms.CharField:
    """A paragraph, as long as a message may be."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=rules.MAX_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": rows}),
        **options,
    )


class SlotField(forms.CharField):
    """A moment chosen among those that are free; cleans to an aware moment in UTC, or nothing."""

    widget = forms.HiddenInput
    default_error_messages = {"required": _("Choose a time for the call.")}

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        moment = openings.read(text) if text else None
        if text and moment is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return moment


class CheckoutForm(BillingForm):
    """An order on its way: options, brief, billing, means of payment. The terms seen travel with it."""

    field_order = ("version", "token", "add_on", "brief", "files", "slot", "zone")

    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
    add_on = forms.TypedMultipleChoiceField(
        label=_("Add-ons"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "One of the add-ons no longer exists. Check your choice; nothing was charged."
            ),
        },
    )
    brief = long_text(_("Your brief"), required=False, rows=6)
    files = FilesField(label=_("Files"), required=False, max_files=rules.MAX_QUESTION_FILES)  # type: ignore[assignment]
    slot = SlotField(required=False)
    zone = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer = offer
        self.add_ons = list(offer.add_ons.all())
        self.fields["add_on"].choices = [(add_on.pk, add_on.title) for add_on in self.add_ons]  # type: ignore[attr-defined]
        brief = self.fields["brief"]
        if offer.kind == Offer.Kind.QUESTION:
            brief.label = _("Your question")
            brief.max_length = rules.MAX_QUESTION_LENGTH  # type: ignore[attr-defined]
            brief.validators = [
                MaxLengthValidator(rules.MAX_QUESTION_LENGTH),
                ProhibitNullCharactersValidator(),
            ]
            brief.widget.attrs["maxlength"] = str(rules.MAX_QUESTION_LENGTH)
            brief.required = True
            brief.help_text = _(
                "Give the context and the facts: the answer is only as precise as the question."
            )
            brief.error_messages["required"] = _("Write your question: the expert answers it in writing.")
        elif offer.kind == Offer.Kind.CALL:
            self.fields["slot"].required = True
            brief.label = _("What the call is about")
            brief.help_text = _("The subject, where you stand, what you want to leave with.")
        else:
            brief.help_text = _(
                "What you need, for whom, by when, what you already have. You can complete it until the first deliverable."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slot = cleaned.get("slot")
        if slot and cleaned.get("begins") == self.LATER and slot < last_moment(clock.now()):
            self.add_error(
                "begins", _("This call comes before the 14 days are over: ask that it take place at once.")
            )
        return cleaned

    @classmethod
    def starting(
        cls,
        offer: Offer,
        buyer: User,
        add_ons: list[str],
        *,
        slot: str = "",
        zone: str = "",
        brief: str = "",
    ) -> "CheckoutForm":
        """A form as one first meets it: billed as last time, with the options chosen on the offer's page."""
        return cls(
            offer=offer,
            initial={
                "version": offer.version,
                "token": uuid4(),
                "add_on": [int(pk) for pk in add_ons if pk.isdecimal()],
                "slot": slot,
                "zone": zone,
                "brief": brief,
                **billed_before(buyer),
            },
        )

    @classmethod
    def again(cls, offer: Offer, data: Any) -> "CheckoutForm":
        """The same page with all that was typed, on the offer as it is now, without judging anything."""
        names = ("token", "brief", "slot", "zone", "method", "begins", "waives", *BILLING)
        typed = {name: data.get(name, "") for name in names}
        typed["add_on"] = [int(pk) for pk in data.getlist("add_on") if pk.isdecimal()]
        return cls(offer=offer, initial={**typed, "version": offer.version, "terms": False})

    @property
    def files_lost(self) -> bool:
        """Browsers forget chosen files when a page comes back, so it says so."""
        return bool(self.is_bound and self.errors and self.files)

    @property
    def slot_typed(self) -> str:
        """The time chosen so far, as forms carry it, whatever the rest is worth."""
        return str(self["slot"].value() or "")

    @property
    def zone_typed(self) -> str:
        """The zone in which the buyer reads the times; that of the product until they say."""
        return zones.or_paris(str(self["zone"].value() or ""))

    @property
    def chosen(self) -> list[AddOn]:
        """The add-ons ticked, whatever the rest of the form is worth."""
        value = self["add_on"].value() or []
        picked = {str(pk) for pk in value}
        return [add_on for add_on in self.add_ons if str(add_on.pk) in picked]


class WithdrawalForm(forms.Form):
    """A withdrawal from the contract: nothing has to be said."""

    statement = long_text(_("Anything you would like to add"), required=False, rows=3)


class MethodForm(forms.Form):
    """Another way to pay for an order that still waits."""

    method = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=Payment.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how to pay.")},
    )


class WithFiles(forms.Form):
    """A form that takes files: browsers forget them when it comes back, so the page says so."""

    @property
    def files_lost(self) -> bool:
        return bool(self.is_bound and self.errors and self.files)


class MessageForm(WithFiles):
    """A word to the other party, with files. Its token lets a second sending of the same page be known."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=rules.MAX_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
    files = FilesField(label=_("Attach files"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, to: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = uuid4
        if to:
            self.fields["body"].widget.attrs["placeholder"] = _("Write to %(name)s…") % {"name": to}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("body", "").strip() and not cleaned.get("files"):
            self.add_error("body", _("Write a message or attach a file."))
        return cleaned


class DeliverForm(WithFiles):
    """A version of the work: files, words, or both."""

    note = long_text(
        _("Note to the buyer"),
        required=False,
        rows=5,
        help_text=_("What you hand over, how to use it, what to look at first."),
    )
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, kind: str = Offer.Kind.JOB, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind == Offer.Kind.QUESTION:
            self.fields["note"].label = _("Your answer")
            self.fields["note"].help_text = _("A complete answer to the question, in your words.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("note", "").strip() and not cleaned.get("files"):
            self.add_error("files", _("Add at least a file or a written answer."))
        return cleaned


class RevisionForm(forms.Form):
    """What to keep, what to change, what is expected: precise enough to be done once."""

    good = long_text(_("What works"), required=False, rows=2)
    wrong = long_text(
        _("What does not work"),
        rows=3,
        help_text=_("Point to the page, the figure, the sentence."),
        error_messages={"required": _("Say what does not work: the expert needs to know where to look.")},
    )
    expected = long_text(
        _("What you expect"),
        rows=3,
        error_messages={"required": _("Say what you expect in the next version.")},
    )


class DeclineForm(forms.Form):
    """Why an expert cannot take an order."""

    reason = long_text(
        _("Why can you not take this order?"),
        rows=3,
        help_text=_("The buyer reads it."),
        error_messages={"required": _("Tell the buyer why you cannot take this order.")},
    )


class BriefForm(forms.Form):
    """What the buyer needs, said better."""

    brief = long_text(
        _("Your brief"),
        rows=8,
        help_text=_("What you need, for whom, by when, what you already have."),
        error_messages={"required": _("Write what you need before you save.")},
    )


class ReviewForm(forms.Form):
    """Stars and words about an order that ended, by ``side``."""

    rating = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose from one to five stars."),
            "invalid_choice": _("Choose from one to five stars."),
        },
    )
    comment = long_text(
        _("Your comment"),
        required=False,
        help_text=_("Published with your name under the offer: what was delivered, how it went."),
    )

    def __init__(self, *args: Any, side: str = "buyer", **options: Any) -> None:
        super().__init__(*args, **options)
        if side == "expert":
            self.fields["comment"].help_text = _(
                "Your buyer reads it; other experts see the average: how clear the brief was, how it went."
            )


class AnswerForm(forms.Form):
    """One public answer to a review."""

    text = long_text(
        _("Your answer"),
        rows=3,
        help_text=_("Published once under the review, with your name. It cannot be changed."),
        error_messages={"required": _("Write your answer before you publish it.")},
    )
