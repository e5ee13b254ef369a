"""Films that come in: MP4 alone, read box by box (ISO/IEC 14496-12), without running anything on them.

A film is kept as it was made, since making it anew takes minutes; so what it is must be known from its structure, and
what it tells of its maker (place, device, author) is blanked where it stands.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.kernel import rules, uploads

PICTURES = {b"avc1", b"avc3", b"av01", b"vp09"}
"""Codings of pictures that every current browser shows."""
SOUNDS = {b"mp4a", b"Opus", b"fLaC", b".mp3"}
TELLING = {b"udta", b"meta", b"uuid"}
"""Boxes that say where, by whom and with what a film was made."""
HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
MOST_INDEX = 16 * 1024 * 1024
"""Bytes of the index of a film; more is not one of a few minutes."""
MOST_BOXES = 2_000
SMALLEST, LARGEST = 320, 4_096
"""Pixels of the wider side."""


@dataclass(frozen=True)
class Film:
    """A film that passed: its length and the size of its pictures in pixels."""

    seconds: int
    width: int
    height: int


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    """Where the box begins, its header included."""
    body: int
    end: int


@dataclass
class _Seen:
    seconds: float = 0
    sizes: list[tuple[int, int]] = field(default_factory=list)
    codings: set[bytes] = field(default_factory=set)
    handlers: list[bytes] = field(default_factory=list)
    telling: list[_Box] = field(default_factory=list)


def checked(upload: Any) -> Film:
    """Look into a film that was sent and blank, in the file itself, what it tells of its maker.

    Raises ``ValidationError`` with a sentence for whoever sent it; the file is then as it came.
    """
    if (upload.size or 0) > rules.MAX_FILM_BYTES:
        raise ValidationError(
            _("This film is larger than %(limit)s. Export it smaller or shorter.")
            % {"limit": uploads.megabytes(rules.MAX_FILM_BYTES)},
            code="too_large",
        )
    try:
        seen = _read(upload, upload.size or 0)
    except (ValueError, struct.error, IndexError) as error:
        raise ValidationError(
            _("This file is not an MP4 film, or it is incomplete. Export it again as MP4."), code="not_a_film"
        ) from error
    film = _judged(seen)
    for box in seen.telling:
        _blank(upload, box)
    upload.seek(0)
    return film


def _judged(seen: _Seen) -> Film:
    if not seen.sizes or not seen.codings & PICTURES or seen.codings - PICTURES - SOUNDS:
        raise ValidationError(
            _("Not every browser shows this film. Export it as MP4 with H.264 pictures and AAC sound."),
            code="coding",
        )
    if not 0.5 <= seen.seconds <= rules.MAX_FILM_SECONDS:
        minutes = rules.MAX_FILM_SECONDS // 60
        raise ValidationError(
            ngettext(
                "A film lasts %(n)s minute at most, and half a second at least.",
                "A film lasts %(n)s minutes at most, and half a second at least.",
                minutes,
            )
            % {"n": minutes},
            code="length",
        )
    width, height = seen.sizes[0]
    if not SMALLEST <= max(width, height) <= LARGEST or min(width, height) < SMALLEST // 4:
        raise ValidationError(
            _("The pictures of a film are %(low)s to %(high)s pixels wide.")
            % {"low": SMALLEST, "high": LARGEST},
            code="pixels",
        )
    return Film(max(1, round(seen.seconds)), width, height)


# --- Boxes --------------------------------------------------------------------------------------------------------


def _read(file: IO[bytes], size: int) -> _Seen:
    """What a film says of itself. Raises ``ValueError`` for anything that is not whole."""
    seen = _Seen()
    tops = list(_boxes(file, 0, size))
    kinds = [box.kind for box in tops]
    if not kinds or kinds[0] != b"ftyp" or kinds.count(b"moov") != 1 or b"mdat" not in kinds:
        raise ValueError("not a film")
    seen.telling += [box for box in tops if box.kind in TELLING]
    index = next(box for box in tops if box.kind == b"moov")
    if index.end - index.start > MOST_INDEX:
        raise ValueError("too much of an index")
    _walk(file, index, seen, [0])
    return seen


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[_Box]:
    """The boxes between two places, which they must fill exactly."""
    while start < end:
        length, kind = struct.unpack(">I4s", _bytes(file, start, 8))
        body = start + 8
        if length == 1:
            length, body = struct.unpack(">Q", _bytes(file, body, 8))[0], start + 16
        elif length == 0:
            length = end - start
        if length < body - start or start + length > end:
            raise ValueError("cut off")
        yield _Box(kind, start, body, start + length)
        start += length


def _walk(file: IO[bytes], holder: _Box, seen: _Seen, count: list[int]) -> None:
    for box in _boxes(file, holder.body, holder.end):
        count[0] += 1
        if count[0] > MOST_BOXES:
            raise ValueError("too many boxes")
        if box.kind in TELLING:
            seen.telling.append(box)
        elif box.kind == b"trak":
            _track(file, box, seen, count)
        elif box.kind in HOLDERS:
            _walk(file, box, seen, count)
        elif box.kind == b"mvhd":
            head = _bytes(file, box.body, 32)
            scale, length = struct.unpack_from(*((">IQ", head, 20) if head[0] else (">II", head, 12)))
            seen.seconds = length / scale if scale else 0
        elif box.kind == b"hdlr":
            seen.handlers.append(_bytes(file, box.body, 12)[8:12])
        elif box.kind == b"tkhd":
            size = struct.unpack(">II", _bytes(file, box.end - 8, 8))
            seen.sizes.append((size[0] >> 16, size[1] >> 16))
        elif box.kind == b"stsd":
            seen.codings.add(_bytes(file, box.body, 16)[12:16])


def _track(file: IO[bytes], box: _Box, seen: _Seen, count: list[int]) -> None:
    """One track: its pictures or sounds are noted; any other, such as the places a phone went through, is blanked."""
    own = _Seen()
    _walk(file, box, own, count)
    handler = own.handlers[0] if own.handlers else b""
    if handler == b"vide":
        seen.sizes += [size for size in own.sizes if all(size)]
        seen.codings |= own.codings
    elif handler == b"soun":
        seen.codings |= own.codings
    else:
        seen.telling.append(box)
        return
    seen.telling += own.telling


def _bytes(file: IO[bytes], start: int, number: int) -> bytes:
    file.seek(start)
    read = file.read(number)
    if len(read) != number:
        raise ValueError("cut off")
    return read


def _blank(file: IO[bytes], box: _Box) -> None:
    """Let a box be empty room, at its place, so that nothing that points elsewhere moves."""
    file.seek(box.start + 4)
    file.write(b"free")
    place = box.body
    while place < box.end:
        file.seek(place)
        place += file.write(bytes(min(65_536, box.end - place)))
