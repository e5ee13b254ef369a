"""What experts write: the terms of an offer. See ``rows`` for what an offer has several of."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import admissions_of
from marketplace.kernel import rules
from marketplace.kernel.fields import EurosField, LinesField, WordsField
from offers import videos
from offers.models import Category, Offer
from offers.queries import twins

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the box they were typed in."""


def _call_lengths() -> list[tuple[str, Any]]:
    return [
        ("", _("Choose a length")),
        *[(str(n), gettext("%(n)d minutes") % {"n": n}) for n in rules.CALL_DURATIONS],
    ]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OfferForm(forms.Form):
    """The terms of an offer. ``terms()`` hands them on, prices in cents."""

    kind = forms.ChoiceField(
        label=_("What you offer"),
        choices=Offer.Kind.choices,
        initial=Offer.Kind.JOB,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"),
        min_length=10,
        max_length=90,
        help_text=_(
            "Say the result in a few clear words: “Business plan ready for the bank”. 90 characters at most."
        ),
        error_messages={
            "required": _("Give your offer a title."),
            "min_length": ngettext_lazy(
                "The title is too short: %(limit_value)d character at least.",
                "The title is too short: %(limit_value)d characters at least.",
                "limit_value",
            ),
            "max_length": ngettext_lazy(
                "The title is too long: %(limit_value)d character at most, you typed %(show_value)d.",
                "The title is too long: %(limit_value)d characters at most, you typed %(show_value)d.",
                "limit_value",
            ),
        },
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        empty_label=_("Choose a category"),
        error_messages={
            "required": _("Choose the category of your offer."),
            "invalid_choice": _("Choose a category of the list."),
        },
    )
    description = forms.CharField(
        label=_("Description"),
        min_length=60,
        max_length=8_000,
        widget=_area(10),
        help_text=_(
            "What you make and for whom, an example or two, how the exchanges go, and where your work stops. "
            "Leave a blank line between paragraphs."
        ),
        error_messages={
            "required": _("Describe your offer."),
            "min_length": ngettext_lazy(
                "Describe your offer in more detail: %(limit_value)d character at least.",
                "Describe your offer in more detail: %(limit_value)d characters at least.",
                "limit_value",
            ),
        },
    )
    includes = LinesField(
        label=_("What the buyer receives"),
        max_items=12,
        max_item_length=160,
        required=False,
        widget=_area(4),
        help_text=_("One item a line: files and their format, number of pages, meetings included."),
    )
    price = EurosField(
        label=_("Price, tax included"),
        min_cents=rules.MIN_PRICE_CENTS,
        max_cents=rules.MAX_PRICE_CENTS,
        error_messages={"required": _("Set the price of your offer.")},
    )
    delivery_days = forms.IntegerField(
        label=_("Delivery time, in days"),
        min_value=1,
        max_value=rules.MAX_DELIVERY_DAYS,
        initial=5,
        help_text=_("From the moment you start to the first deliverable, the call or the answer."),
        error_messages={
            "required": _("Say in how many days you deliver."),
            "invalid": _("Write the number of days in figures, for example 5."),
            "min_value": _("Count one day at least."),
            "max_value": _("Count %(limit_value)s days at most."),
        },
    )
    call_minutes = forms.TypedChoiceField(
        label=_("Length of the call"),
        choices=_call_lengths,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("For calls only."),
    )
    revisions = forms.IntegerField(
        label=_("Revisions included"),
        min_value=rules.MIN_REVISIONS,
        max_value=rules.MAX_REVISIONS,
        initial=rules.MIN_REVISIONS,
        help_text=_("How many times the buyer may ask for changes. One at least."),
        error_messages={
            "required": _("Say how many revisions are included."),
            "invalid": _("Write the number of revisions in figures, for example 2."),
            "min_value": _("A buyer may always ask for one revision: count one at least."),
            "max_value": _("Count %(limit_value)s revisions at most."),
        },
    )
    queue_limit = forms.IntegerField(
        label=_("Orders at once"),
        min_value=1,
        max_value=rules.MAX_QUEUE,
        required=False,
        help_text=_(
            "How many orders may wait for your work. At that number buyers are told, and the offer takes orders "
            "again by itself once you deliver one. Leave it empty for no limit."
        ),
        error_messages={
            "invalid": _("Write the number of orders in figures, for example 3."),
            "min_value": _("Take one order at least, or leave the box empty for no limit."),
            "max_value": _("Count %(limit_value)s orders at most, or leave the box empty for no limit."),
        },
    )
    keywords = WordsField(
        label=_("Keywords"),
        max_items=10,
        max_item_length=40,
        required=False,
        help_text=_("The words a buyer would type, separated by commas. Ten at most."),
    )
    opening_message = forms.CharField(
        label=_("Opening message"),
        max_length=2_000,
        widget=_area(5),
        help_text=_("Sent to the buyer as soon as the order is paid: thank them, say what happens next."),
        error_messages={"required": _("Write the message that buyers receive when they order.")},
    )
    ip_clause = forms.ChoiceField(
        label=_("Rights in the deliverable"),
        choices=Offer.IpClause.choices,
        initial=Offer.IpClause.FULL_ASSIGNMENT,
        widget=forms.RadioSelect,
    )
    ip_terms = forms.CharField(
        label=_("Terms of the licence"),
        max_length=1_000,
        required=False,
        widget=_area(3),
        help_text=_(
            "For a licence only: what the buyer may do with the deliverable, where and for how long."
        ),
    )
    video_url = forms.URLField(
        label=_("Film shown elsewhere"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_(
            "The address of a short film on YouTube, Vimeo or Dailymotion where you present the offer. A film sent "
            "with the images is shown instead."
        ),
        error_messages={"invalid": _("Enter a full address, for example https://example.com/film.")},
    )

    def __init__(self, *args: Any, expert: User, offer: Offer | None = None, **options: Any) -> None:
        self.expert, self.offer = expert, offer
        super().__init__(*args, **options)
        if offer is None:
            self.fields["delivery_days"].widget.attrs["data-for-a-question"] = rules.QUESTION_DAYS
        if offer is None and self.fields_admitted:
            self.initial.setdefault("category", self.fields_admitted[0].pk)

    @cached_property
    def fields_admitted(self) -> list[Category]:
        """The fields the expert was admitted in, the latest first."""
        return list(dict.fromkeys(each.field for each in admissions_of(self.expert) if each.field))

    @property
    def strays_from(self) -> list[Category]:
        """The fields of the expert, when the category chosen is none of them: said, never refused."""
        chosen = str(self["category"].value() or "")
        known = {str(field.pk) for field in self.fields_admitted}
        return self.fields_admitted if chosen and chosen not in known else []

    @staticmethod
    def initial_of(offer: Offer) -> dict[str, Any]:
        """What the form shows of an offer that exists."""
        names = (name for name in OfferForm.base_fields if name not in ("price", "category"))
        return {
            **{name: getattr(offer, name) for name in names},
            "price": offer.price_cents,
            "category": offer.category_id,
        }

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        others = Offer.objects.of(self.expert).kept().exclude(pk=self.offer.pk if self.offer else 0)
        if slugify(title) in {slugify(other) for other in others.values_list("title", flat=True)}:
            raise ValidationError(
                _("You already have an offer with this title. Each offer must be different.")
            )
        return title

    def clean_video_url(self) -> str:
        url: str = self.cleaned_data["video_url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("Enter an address that begins with https://."))
        if not url:
            return ""
        video = videos.read(url)
        if video is None:
            raise ValidationError(
                _(
                    "Enter the address of one film on YouTube, Vimeo or Dailymotion: others cannot be shown here."
                )
            )
        return video.page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = _TURNS.sub("", value)
        if data.get("title") and data.get("description"):
            self._refuse_twin(data["title"], data["description"])
        if data.get("kind") == Offer.Kind.CALL:
            if not data.get("call_minutes") and "call_minutes" not in self.errors:
                self.add_error("call_minutes", _("Choose how long the call lasts."))
        else:
            data["call_minutes"] = None
        if data.get("kind") in (Offer.Kind.CALL, Offer.Kind.QUESTION):
            data["revisions"] = rules.MIN_REVISIONS  # whatever the hidden box says
            self.errors.pop("revisions", None)
        if data.get("ip_clause") == Offer.IpClause.LICENCE:
            if not data.get("ip_terms") and "ip_terms" not in self.errors:
                self.add_error("ip_terms", _("Say what the licence allows."))
        else:
            data["ip_terms"] = ""
        return data

    def _refuse_twin(self, title: str, text: str) -> None:
        twin = twins.of_same_expert(
            self.expert.pk, title=title, text=text, without=self.offer.pk if self.offer else None
        )
        if twin:
            place = "title" if twin.title_percent >= twin.text_percent else "description"
            self.add_error(
                place,
                _(
                    "This is %(percent)s%% alike your offer “%(title)s”. Say what is different, or change that one."
                )
                % {"percent": twin.percent, "title": twin.title},
            )

    def so_far(self, *names: str) -> dict[str, Any]:
        """Some values as they stand while one types; ``None`` for those that make no sense yet."""
        return {name: self._value_so_far(name) for name in names}

    def _value_so_far(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None

    def terms(self) -> dict[str, Any]:
        """The columns of the offer, once valid."""
        terms = dict(self.cleaned_data)
        terms["price_cents"] = terms.pop("price")
        return terms
