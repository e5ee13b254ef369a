"""What a candidate types, step by step, and what the club and the committee answer."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import Application, Ballot


class CriterionForm(forms.ModelForm):
    """By experience or by age: either suffices, attested on honour."""

    ground = forms.ChoiceField(
        label=_("You apply"),
        choices=Application.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    years_of_experience = forms.IntegerField(
        label=_("Years of professional experience"),
        min_value=0,
        max_value=70,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    attested = forms.BooleanField(
        label=_("I declare on my honour that this is true, and can show it to the team."),
        error_messages={"required": _("Tick the box to declare it.")},
    )

    class Meta:
        model = Application
        fields = ("ground", "years_of_experience", "attested")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        years = cleaned.get("years_of_experience")
        if (
            cleaned.get("ground") == Application.Ground.EXPERIENCE
            and "years_of_experience" not in self.errors
        ):
            if years is None:
                self.add_error("years_of_experience", _("Enter your years of experience."))
            elif years < rules.MIN_YEARS_OF_EXPERIENCE:
                self.add_error(
                    "years_of_experience",
                    forms.ValidationError(
                        _(
                            "We admit experts from %(years)s years of experience, or from %(age)s years of age."
                        )
                        % {"years": rules.MIN_YEARS_OF_EXPERIENCE, "age": rules.MIN_AGE},
                        code="threshold",
                    ),
                )
        return cleaned


class ExperienceForm(forms.ModelForm):
    """The field one claims, what one did in it, and why one wishes to pass it on."""

    field: Any = forms.ModelChoiceField(
        label=_("Your field"),
        queryset=None,
        empty_label=_("Choose a field"),
        help_text=_("The experts of this field read your application."),
        error_messages={"required": _("Choose your field.")},
    )
    track_record = forms.CharField(
        label=_("Your experience in this field"),
        min_length=120,
        max_length=4_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Posts, employers, results, from 120 to 4,000 characters."),
        error_messages={"min_length": _("Tell a little more: at least 120 characters.")},
    )
    motivation = forms.CharField(
        label=_("What you wish to pass on"),
        min_length=60,
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Whom you want to help, and with which offer, from 60 to 2,000 characters."),
        error_messages={"min_length": _("Tell a little more: at least 60 characters.")},
    )

    class Meta:
        model = Application
        fields = ("field", "track_record", "motivation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["field"]
        chooser.queryset = apps.get_model("offers", "Category")._default_manager.all()


class CharterForm(forms.Form):
    """Signing is typing one's name under the text, and saying so."""

    name = forms.CharField(
        label=_("Your first and last name, as a signature"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Type your name to sign.")},
    )
    agreed = forms.BooleanField(
        label=_("I have read the charter and I sign it."),
        error_messages={"required": _("Tick the box to sign.")},
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name.casefold() != self.expected.casefold():
            raise forms.ValidationError(
                _("Sign with the name of your account: %(name)s.") % {"name": self.expected}, code="another"
            )
        return name


class BallotForm(forms.Form):
    """A member's answer about a candidate."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=(
            (Ballot.Choice.FOR, _("I am for admitting this candidate")),
            (Ballot.Choice.AGAINST, _("I am against")),
            (Ballot.Choice.RECUSED, _("I recuse myself: I know this person or compete with them")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    reason = forms.CharField(
        label=_("Your reason"),
        min_length=20,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The candidate reads the reasons for and against, without your name."),
        error_messages={
            "required": _("Give your reason."),
            "min_length": _("Write a whole sentence: at least 20 characters."),
        },
    )


class AppealForm(forms.Form):
    """Why the verdict should be another one."""

    text = forms.CharField(
        label=_("What the committee should read again"),
        min_length=40,
        max_length=2_000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": _("Say what should be read again."),
            "min_length": _("Write a little more: at least 40 characters."),
        },
    )
