"""The sentences to translate: collected from templates and code, checked, compiled. No system gettext needed.

Templates go through Django's own `templatize`, which turns their tags into calls; Babel then reads those calls
and the Python files alike. Msgids are English, so French is the one catalogue.
"""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "accounts",
    "disputes",
    "marketplace",
    "messaging",
    "missions",
    "offers",
    "orders",
    "payments",
    "templates",
)
SKIPPED = {"migrations", "__pycache__", "demo", "local"}
"""Folders whose words nobody reads on the site, or that are content in French already."""
LOCALE = ROOT / "locale"
PLURALS = "nplurals=2; plural=(n > 1);"
"""Django's own rule for French, so that its catalogue and ours merge into one."""
HEADER = rf"""msgid ""
msgstr ""
"Project-Id-Version: Jalon\n"
"Language: fr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {PLURALS}\n"

"""
"""No dates, so that a diff shows words alone."""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_CALL = re.compile(rf"(?:npgettext|pgettext|ngettext|gettext|_)\({_STRING}(?:, ?{_STRING})*(?:, ?count)?\)")
_NOTE = re.compile(r"#\s*(Translators\b.*)")

Key = tuple[tuple[str, ...], str | None]


def catalogue_path(language: str = "fr") -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file that may hold a sentence for people, in a stable order."""
    for top in SOURCES:
        for folder, folders, files in os.walk(root / top):
            folders[:] = sorted(set(folders) - SKIPPED)
            for name in sorted(files):
                if name.endswith((".py", ".html", ".txt")):
                    yield Path(folder, name)


def calls_of_template(source: str, origin: str = "template") -> str:
    """A template as Python calls, line for line, with the comments meant for translators."""
    from django.utils.translation.template import templatize

    lines = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = templatize(source, origin=origin)
    for line in text.split("\n"):
        calls = [match.group() for match in _CALL.finditer(line)]
        note = _NOTE.search(line)
        lines.append("; ".join(calls) + (f"  # {note[1]}" if note else ""))
    return "\n".join(lines)


def collect(root: Path = ROOT) -> Catalog:
    """Every sentence of the product, without its translation. Locations are file names: lines move too often."""
    catalogue = Catalog(locale="fr", charset="utf-8")
    catalogue.mime_headers = [("Plural-Forms", PLURALS)]
    for path in sources(root):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        python = source if path.suffix == ".py" else calls_of_template(source, name)
        content = io.BytesIO(python.encode())
        try:
            found = list(extract("python", content, KEYWORDS, ("Translators",), {"encoding": "utf-8"}))
        except SyntaxError as error:
            raise SyntaxError(f"{name}: {error}") from error
        for line, message, notes, context in found:
            catalogue.add(message, locations=[(name, line)], auto_comments=notes, context=context)
    return catalogue


def read_catalogue(path: Path) -> Catalog:
    """Read a .po file; an absent one is empty."""
    if not path.exists():
        return Catalog(locale="fr")
    with path.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def update(path: Path, collected: Catalog) -> tuple[int, int]:
    """Write the catalogue again: translations stay, new sentences come in empty, removed ones go.

    Returns how many sentences it holds, and how many of them wait for a translation.
    """
    known = read_catalogue(path)
    waiting = 0
    for message in collected:
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        if old is not None:
            message.user_comments = old.user_comments
            if isinstance(old.string, (tuple, list)) == message.pluralizable:
                message.string = old.string
            if old.fuzzy:
                message.flags.add("fuzzy")
        waiting += bool(problems_of(message))
    buffer = io.BytesIO()
    write_po(buffer, collected, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    text = HEADER + buffer.getvalue().decode().lstrip("\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return len(collected), waiting


def problems_of(message: Message) -> list[str]:
    """Why one sentence cannot be shown in the other language yet."""
    strings, label = _forms(message.string), _forms(message.id)[0]
    if message.fuzzy:
        return [f"a doubtful translation (fuzzy): “{label}”"]
    if not all(strings):
        return [f"not translated: “{label}”"]
    if message.pluralizable and len(strings) != 2:
        return [f"one plural form is missing: “{label}”"]
    return []


def check(path: Path, collected: Catalog) -> list[str]:
    """Everything wrong with a catalogue, one sentence each. Empty when it is complete and correct."""
    try:
        known = read_catalogue(path)
    except ValueError as error:
        return [f"{path} cannot be read: {error}"]
    wanted, present = _keys(collected), _keys(known)
    problems = [f"not in the catalogue, run `make messages`: “{key[0][0]}”" for key in wanted - present]
    problems += [f"no longer used, run `make messages`: “{key[0][0]}”" for key in present - wanted]
    for message in known:
        if not message.id:
            continue
        problems += problems_of(message)
        problems += [f"{error}: “{_forms(message.id)[0]}”" for error in _placeholder_errors(known, message)]
    return sorted(problems)


def _placeholder_errors(catalogue: Catalog, message: Message) -> Iterator[str]:
    if not problems_of(message):
        yield from (str(error) for error in message.check(catalogue))
        named = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
        allowed = {match.group() for source in _forms(message.id) for match in named.finditer(source)}
        used = {match.group() for string in _forms(message.string) for match in named.finditer(string)}
        if used - allowed:
            yield f"placeholders that the code does not fill ({', '.join(sorted(used - allowed))})"
        if not message.pluralizable and allowed - used:
            yield f"placeholders left out ({', '.join(sorted(allowed - used))})"


def _keys(catalogue: Catalog) -> set[Key]:
    return {(_forms(message.id), message.context) for message in catalogue if message.id}


def _forms(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A text as its singular and plural, or alone."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value or "",)


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile every catalogue newer than its compiled form. Returns the files written."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue(po), use_fuzzy=False)
        draft = mo.with_name(f".{mo.name}.{os.getpid()}")
        draft.write_bytes(buffer.getvalue())
        draft.replace(mo)
        written.append(mo)
    return written


def main(arguments: list[str]) -> int:
    """`make messages` collects and compiles; `compile` alone compiles; `--check` only tells."""
    path = catalogue_path()
    if arguments == ["compile"]:
        compile_stale()
        return 0
    if arguments == ["--check"]:
        problems = check(path, collect())
        print("\n".join(problems) if problems else "The French catalogue is complete.")
        return bool(problems)
    if arguments:
        print("messages takes nothing, `compile` or `--check`.", file=sys.stderr)
        return 2
    total, waiting = update(path, collect())
    compile_stale()
    print(f"{path.relative_to(ROOT)}: {total} sentences, {waiting} to translate.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
