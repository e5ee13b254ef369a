"""What is said of each picture of an offer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PictureForm(forms.Form):
    """What a picture of the gallery shows, in words."""

    alt = forms.CharField(label=_("Description of the image"), max_length=160, required=False)


class CutForm(forms.Form):
    """Which part of a picture the gallery shows."""

    focus_x = forms.IntegerField(label=_("From left to right"), min_value=0, max_value=100)
    focus_y = forms.IntegerField(label=_("From top to bottom"), min_value=0, max_value=100)
    zoom = forms.IntegerField(label=_("Closer"), min_value=100, max_value=300)
