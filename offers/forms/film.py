"""The film of an offer, as its expert sends it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from marketplace.kernel import antivirus, films, rules
from offers import captions, pictures


def _chooser(accept: str) -> forms.FileInput:
    return forms.FileInput(attrs={"accept": accept})


class FilmForm(forms.Form):
    """A film, its captions, and the picture shown before it starts. Once valid, ``seen`` says what the film is."""

    film = forms.FileField(
        label=_("Film"),
        widget=_chooser("video/mp4,.mp4"),
        max_length=255,
        error_messages={
            "required": _("Choose a film."),
            "empty": _("This film is empty. Choose another file."),
        },
    )
    captions = forms.FileField(
        label=_("Captions"),
        widget=_chooser(".vtt,.srt,text/vtt"),
        required=False,
        max_length=255,
        help_text=_(
            "What is said, for those who do not hear it or watch without sound. WebVTT (.vtt) or SubRip (.srt)."
        ),
        error_messages={"empty": _("This file of captions is empty. Choose another one.")},
    )
    captions_language = forms.ChoiceField(
        label=_("Language of the captions"), choices=settings.LANGUAGES, required=False
    )
    poster = forms.FileField(
        label=_("Picture shown before it starts"),
        widget=_chooser("image/jpeg,image/png,image/webp,image/avif"),
        required=False,
        max_length=255,
        help_text=_("Without one, the first image of the gallery is shown."),
        error_messages={"empty": _("This image is empty. Choose another file.")},
    )
    film_rights = forms.BooleanField(
        label=_("I have the rights to show this film, and those seen or heard in it agree."),
        error_messages={"required": _("Confirm that you have the rights to this film.")},
    )

    seen: films.Film

    @property
    def limits(self) -> str:
        """What may be sent, in a sentence to put beside the chooser."""
        minutes = rules.MAX_FILM_SECONDS // 60
        return ngettext(
            "MP4 with H.264 pictures, %(size)s and %(n)s minute at most.",
            "MP4 with H.264 pictures, %(size)s and %(n)s minutes at most.",
            minutes,
        ) % {"n": minutes, "size": filesizeformat(rules.MAX_FILM_BYTES)}

    def clean_film(self) -> Any:
        film = self.cleaned_data["film"]
        self.seen = films.checked(film)
        antivirus.scan(film)
        return film

    def clean_captions(self) -> str:
        file = self.cleaned_data["captions"]
        return captions.read(file) if file else ""

    def clean_poster(self) -> "ContentFile[bytes] | None":
        file = self.cleaned_data["poster"]
        if not file:
            return None
        shown, _thumbnail = pictures.cut(pictures.checked(file))
        return shown

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("captions") and not data.get("captions_language"):
            raise ValidationError({"captions_language": _("Say in which language the captions are.")})
        return data
