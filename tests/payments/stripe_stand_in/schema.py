"""The requests Stripe accepts, derived from the installed library: unknown parameters and values are refused.

Verb and path come from the library's services, parameters from its typed dictionaries; where a parameter is typed
as "one of these, or any text", only these pass.
"""

import importlib
import re
import types
import typing
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NotRequired, Required

import stripe
from stripe._request_options import RequestOptions
from typing_extensions import is_typeddict

ROOT = Path(stripe.__file__).parent
CALL = re.compile(
    r"\n    def \w+\(\s*self,(?P<arguments>[^)]*)\)\s*->.*?_request\(\s*\"(?P<verb>\w+)\",\s*\"(?P<path>[^\"]+)\"",
    re.DOTALL,
)
OPTIONS = set(RequestOptions.__annotations__)
WHOLE = re.compile(r"-?\d+")


class Refused(Exception):
    """Stripe would answer 400: which parameter, and why."""

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


@lru_cache
def endpoints() -> list[tuple[str, re.Pattern[str], str]]:
    """Every verb and path of the library, with the module and name of its parameters."""
    found = []
    for source in sorted(ROOT.rglob("*_service.py")):
        text = source.read_text()
        imports = re.findall(r"from (stripe\.params\S+) import \(?\s*(\w+)", text)
        modules = {name: module for module, name in imports}
        for call in CALL.finditer(text):
            named = re.search(r"params: (?:Optional\[)?\"(\w+)\"", call["arguments"])
            where = f"{modules[named[1]]}:{named[1]}" if named and named[1] in modules else ""
            path = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(call["path"]))
            found.append((call["verb"], re.compile(f"{path}$"), where))
    return found


def check(verb: str, path: str, params: dict[str, Any], *, typed: bool) -> None:
    """Refuse what the library's own types would not allow. ``typed``: values are JSON, else the texts of a form."""
    for known_verb, pattern, where in endpoints():
        if known_verb == verb and pattern.match(path):
            if where:
                module, _, name = where.partition(":")
                _dictionary(getattr(importlib.import_module(module), name), params, "", typed)
            elif params:
                raise Refused("", f"{path} takes no parameters")
            return
    raise Refused("", f"Unrecognized request URL ({verb.upper()}: {path})")


@cache
def _fields(kind: Any) -> dict[str, Any]:
    names = vars(importlib.import_module(kind.__module__))
    inherited = OPTIONS if RequestOptions in getattr(kind, "__orig_bases__", ()) else set()
    return {
        name: typing._eval_type(hint, names, None)  # type: ignore[attr-defined]
        for name, hint in kind.__annotations__.items()
        if name not in inherited
    }


def _dictionary(kind: Any, value: Any, at: str, typed: bool) -> None:
    if not isinstance(value, dict):
        raise Refused(at, f"Invalid object: {at}")
    fields = _fields(kind)
    for name, given in value.items():
        place = f"{at}[{name}]" if at else name
        if name not in fields:
            raise Refused(place, f"Received unknown parameter: {place}")
        _value(fields[name], given, place, typed)
    for name, hint in fields.items():
        optional = typing.get_origin(hint) is NotRequired or not getattr(kind, "__total__", True)
        if not optional and name not in value:
            raise Refused(
                name, f"Missing required param: {at}[{name}]" if at else f"Missing required param: {name}."
            )


def _value(hint: Any, given: Any, at: str, typed: bool) -> None:
    if not _fits(hint, given, at, typed):
        raise Refused(at, f"Invalid {at}: {given!r}")


def _fits(hint: Any, given: Any, at: str, typed: bool) -> bool:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (NotRequired, Required):
        return _fits(inside[0], given, at, typed)
    if origin in (typing.Union, types.UnionType):
        members = [member for member in inside if member is not type(None)]
        if any(typing.get_origin(member) is typing.Literal for member in members):
            members = [member for member in members if member is not str]
        return any(_fits(member, given, at, typed) for member in members)
    if origin is typing.Literal:
        return given in inside
    if origin is list:
        if not isinstance(given, list):
            return False
        for number, item in enumerate(given):
            _value(inside[0], item, f"{at}[{number}]", typed)
        return True
    if origin is dict or not isinstance(hint, type):
        return isinstance(given, dict)
    if is_typeddict(hint):
        if not isinstance(given, dict):
            return False
        _dictionary(hint, given, at, typed)
        return True
    if hint is bool:
        return isinstance(given, bool) if typed else given in ("true", "false")
    if hint is int:
        return isinstance(given, int) if typed else isinstance(given, str) and bool(WHOLE.fullmatch(given))
    if hint is str:
        return isinstance(given, str)
    return isinstance(given, str | dict)
