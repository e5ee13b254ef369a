"""Stripe's nested form bodies, read back: ``a[b][0][c]=d``."""

import re
from typing import Any
from urllib.parse import parse_qsl


def read(text: str) -> dict[str, Any]:
    """A form as dictionaries and lists of texts."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, *rest = [name.split("[", 1)[0], *re.findall(r"\[([^\]]*)\]", name)]
        place: Any = found
        for step, following in zip([head, *rest], [*rest, None], strict=True):
            if following is None:
                place[step] = value
            else:
                place = place.setdefault(step, {})
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(item) for key, item in value.items()}
