"""Films shown on the page of an offer: hosts we know, and the address of their player that sets no cookie."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Video:
    """A film at a known host. ``player`` is framed only once a visitor has asked for it; ``page`` is where it stands."""

    host: str
    key: str
    player: str
    page: str


PLAYERS = {
    "YouTube": "https://www.youtube-nocookie.com",
    "Vimeo": "https://player.vimeo.com",
    "Dailymotion": "https://geo.dailymotion.com",
}
"""The only addresses a page may frame, by host."""


def read(url: str) -> Video | None:
    """The film an address leads to, or ``None`` when it is not one of a known host."""
    try:
        parts = urlsplit(url.strip())
        name = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    path = parts.path.strip("/")
    if name in ("youtube.com", "youtube-nocookie.com"):
        typed = (
            parse_qs(parts.query).get("v", [""])[0]
            if path == "watch"
            else path.removeprefix("shorts/").removeprefix("embed/")
        )
        return _youtube(typed)
    if name == "youtu.be":
        return _youtube(path)
    if name in ("vimeo.com", "player.vimeo.com"):
        found = re.fullmatch(r"(?:video/)?(\d{5,12})(?:/([0-9a-f]{6,16}))?", path)
        if not found:
            return None
        key, secret = found.groups()
        private = f"&h={secret}" if secret else ""
        return Video(
            "Vimeo",
            key,
            f"{PLAYERS['Vimeo']}/video/{key}?dnt=1{private}",
            f"https://vimeo.com/{path.removeprefix('video/')}",
        )
    if name in ("dailymotion.com", "dai.ly"):
        key = path.removeprefix("video/").split("_")[0]
        if re.fullmatch(r"[A-Za-z0-9]{5,20}", key):
            return Video(
                "Dailymotion",
                key,
                f"{PLAYERS['Dailymotion']}/player.html?video={key}",
                f"https://www.dailymotion.com/video/{key}",
            )
    return None


def _youtube(key: str) -> Video | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{11}", key):
        return None
    return Video(
        "YouTube", key, f"{PLAYERS['YouTube']}/embed/{key}?rel=0", f"https://www.youtube.com/watch?v={key}"
    )
