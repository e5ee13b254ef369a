"""Films of nothing: every box of an MP4 in its place."""

import struct

TELLING = b"+47.2184-001.5536/ iPhone de Claire"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nBonjour, je suis Claire.\n"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(
    handler: bytes, coding: bytes, size: tuple[int, int] = (0, 0), more: tuple[bytes, ...] = ()
) -> bytes:
    head = box(b"tkhd", bytes(76), struct.pack(">II", size[0] << 16, size[1] << 16))
    described = box(b"stsd", struct.pack(">II", 0, 1), box(coding, bytes(78)))
    media = box(
        b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12)), box(b"minf", box(b"stbl", described)), *more
    )
    return box(b"trak", head, media)


def a_film(
    *, seconds: float = 12, size: tuple[int, int] = (640, 360), coding: bytes = b"avc1", tells: bool = False
) -> bytes:
    """``tells``: where it was made and with what, as phones write it, in three places."""
    length = box(b"mvhd", bytes(12), struct.pack(">II", 1_000, round(seconds * 1_000)), bytes(80))
    places = [track(b"meta", b"mebx", more=(box(b"uuid", TELLING),))] if tells else []
    place = [box(b"udta", TELLING)] if tells else []
    index = box(b"moov", length, track(b"vide", coding, size), track(b"soun", b"mp4a"), *places, *place)
    return (
        box(b"ftyp", b"isom", bytes(4), b"isomavc1")
        + index
        + (box(b"uuid", TELLING) if tells else b"")
        + box(b"mdat", bytes(4_000))
    )
