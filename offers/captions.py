"""What is said in a film, as browsers show it: WebVTT, or SubRip made into it."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marketplace.kernel import rules

_TIMING = re.compile(
    r"^(?:\d{1,3}:)?[0-5]\d:[0-5]\d[.,]\d{3}[ \t]+-->[ \t]+(?:\d{1,3}:)?[0-5]\d:[0-5]\d[.,]\d{3}\b",
    re.MULTILINE,
)


def read(upload: Any) -> str:
    """The captions of a file that was sent, as WebVTT.

    Raises ``ValidationError`` with a sentence for whoever sent it.
    """
    if (upload.size or 0) > rules.MAX_CAPTIONS_BYTES:
        raise ValidationError(
            _("These captions are larger than %(limit)s: that is no text of a short film.")
            % {"limit": filesizeformat(rules.MAX_CAPTIONS_BYTES)},
            code="too_large",
        )
    unreadable = ValidationError(
        _("These are not captions we can read. Export them as WebVTT (.vtt) or SubRip (.srt), in UTF-8."),
        code="not_captions",
    )
    upload.seek(0)
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\x00" in text or not _TIMING.search(text):
        raise unreadable
    if re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        return text + "\n"
    if re.match(r"\d+\n", text):  # SubRip: numbered, with a comma before the thousandths
        return "WEBVTT\n\n" + _TIMING.sub(lambda timing: timing[0].replace(",", "."), text) + "\n"
    raise unreadable
