"""What may come in as a file: size, name, and content that is what it claims to be."""

import io
import os
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from marketplace.kernel import rules

Image.MAX_IMAGE_PIXELS = 25_000_000
"""A picture of more pixels is a decompression bomb or of no use here."""

IMAGES = {"jpg", "jpeg", "png", "webp", "avif"}
ALLOWED = IMAGES | {
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "ods",
    "odp",
    "zip",
    "txt",
    "csv",
    "md",
    "mp3",
    "mp4",
}
ZIP_BASED = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"}
PLAIN_TEXT = {"txt", "csv", "md"}
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "zip": "application/zip",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_OFFICE_MARKS = {
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
    "odt": "opendocument.text",
    "ods": "opendocument.spreadsheet",
    "odp": "opendocument.presentation",
}
_SAME = {"jpeg": "jpg"}


@dataclass(frozen=True)
class Inspected:
    """A file that passed: the name to show, its true type and its size in bytes."""

    name: str
    content_type: str
    size: int


def megabytes(size: int) -> str:
    """A limit as people say it, in whole megabytes of 1,048,576 bytes."""
    return _("%(n)s\u00a0MB") % {"n": max(1, size // 2**20)}


def clean_name(name: str) -> str:
    """A file name fit to show and to download: no path, no control character, at most 120 characters."""
    base = unicodedata.normalize("NFC", os.path.basename(name.replace("\\", "/")))
    base = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]", "", base).strip(". ")
    stem, extension = os.path.splitext(base)
    return (stem[: 120 - len(extension)] + extension) or "file"


def inspect(upload: UploadedFile) -> Inspected:
    """Check an attachment's size, extension and content.

    Raises ``ValidationError`` with a sentence for the person who sent it.
    """
    name = clean_name(upload.name or "")
    extension = os.path.splitext(name)[1].lstrip(".").lower()
    if upload.size is None or upload.size == 0:
        raise ValidationError(
            _("“%(name)s” is empty. Choose another file.") % {"name": name},
            code="empty",
        )
    if upload.size > rules.MAX_FILE_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s. Reduce it or split it.")
            % {"name": name, "limit": megabytes(rules.MAX_FILE_BYTES)},
            code="too_large",
        )
    if extension not in ALLOWED:
        raise ValidationError(
            _("“%(name)s” is of a type we do not accept. Send a PDF, an image, an office document or a ZIP.")
            % {"name": name},
            code="forbidden_type",
        )
    if extension in ZIP_BASED:
        _refuse_traps(upload, name)
    if not _content_matches(upload, extension):
        raise ValidationError(
            _("The content of “%(name)s” does not match its extension. Export the file again, then retry.")
            % {"name": name},
            code="disguised",
        )
    return Inspected(name=name, content_type=CONTENT_TYPES[extension], size=upload.size)


MAX_MEMBERS = 5_000
MAX_UNFOLDED = 200 * 1024 * 1024


def _refuse_traps(upload: UploadedFile, name: str) -> None:
    """An archive or office document that unfolds without end, or that brings programs along."""
    try:
        with zipfile.ZipFile(upload) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return  # not an archive at all: said by the next check
    finally:
        upload.seek(0)
    unfolded = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unfolded > max(MAX_UNFOLDED, 100 * (upload.size or 0)):
        raise ValidationError(
            _("“%(name)s” unfolds into far more than it weighs. Send its files one by one.") % {"name": name},
            code="bomb",
        )
    if any(os.path.basename(member.filename).lower().startswith("vbaproject") for member in members):
        raise ValidationError(
            _("“%(name)s” holds macros. Save it without macros, then send it again.") % {"name": name},
            code="macros",
        )


def _content_matches(upload: UploadedFile, extension: str) -> bool:
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    if extension in PLAIN_TEXT:
        return _is_text(head)
    if extension in ZIP_BASED:
        return _is_archive(upload, extension)
    guessed = filetype.guess_extension(head)
    return guessed == _SAME.get(extension, extension)


def _is_text(head: bytes) -> bool:
    if b"\x00" in head or filetype.guess(head) is not None:
        return False
    text = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    return not text.startswith(("<!doctype", "<html", "<script", "<svg", "<?xml"))


def _is_archive(upload: UploadedFile, extension: str) -> bool:
    """A readable archive, of the office kind its name claims."""
    try:
        with zipfile.ZipFile(upload) as archive:
            members = archive.infolist()
            mark = _OFFICE_MARKS.get(extension)
            if mark is None:
                return True
            if extension.startswith("od"):
                return "mimetype" in archive.namelist() and mark in archive.read("mimetype")[:200].decode(
                    "ascii", "ignore"
                )
            return any(member.filename.startswith(mark) for member in members)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return False
    finally:
        upload.seek(0)


def reencode_image(
    upload: UploadedFile | io.BytesIO,
    *,
    size: tuple[int, int],
    crop: bool = True,
    minimum: tuple[int, int] | None = None,
) -> ContentFile:
    """Decode a picture, drop its metadata and write it again as WebP, so that only pixels survive.

    Raises ``ValidationError`` for what is not a picture, is too heavy, too small or a bomb.
    """
    length = getattr(upload, "size", None)
    if length is not None and length > rules.MAX_IMAGE_BYTES:
        raise ValidationError(
            _("This image is larger than %(limit)s. Choose a lighter one.")
            % {"limit": megabytes(rules.MAX_IMAGE_BYTES)},
            code="too_large",
        )
    unreadable = ValidationError(
        _("This file is not an image we can read. Send a JPEG, PNG, WebP or AVIF."),
        code="not_an_image",
    )
    try:
        upload.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=("JPEG", "PNG", "WEBP", "AVIF")) as opened:
                image = ImageOps.exif_transpose(opened).convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise unreadable from error
    except (OSError, ValueError, SyntaxError) as error:
        raise unreadable from error
    if minimum and (image.width < minimum[0] or image.height < minimum[1]):
        raise ValidationError(
            _("This image is too small: at least %(width)s × %(height)s pixels are needed.")
            % {"width": minimum[0], "height": minimum[1]},
            code="too_small",
        )
    if crop:
        image = ImageOps.fit(image, size)
    else:
        image.thumbnail(size)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80, method=4)
    return ContentFile(buffer.getvalue())
