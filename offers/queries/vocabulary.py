"""The words of searches: as the database folds them, what staff hold for the same, and what may follow while typing."""

import re
import unicodedata

from django.core.cache import cache
from django.db import connections

from marketplace.kernel import replica
from offers.models import SynonymGroup

SYNONYMS_KEY = "offers:synonyms"


def folded(text: str) -> str:
    """Lower case, without accents, as ``offers_folded`` has it in PostgreSQL."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The words of two letters or more, eight at most."""
    return re.findall(r"[^\W_]{2,}", text)[:8]


def synonyms() -> list[list[str]]:
    """The groups of staff, folded; kept for ten minutes, and forgotten when staff change one."""
    groups: list[list[str]] | None = cache.get(SYNONYMS_KEY)
    if groups is None:
        groups = [
            [folded(word) for word in words] for words in SynonymGroup.objects.values_list("words", flat=True)
        ]
        cache.set(SYNONYMS_KEY, groups, 600)
    return groups


def forget_synonyms() -> None:
    """Let the next search read the groups again."""
    cache.delete(SYNONYMS_KEY)


def variants(text: str) -> list[str]:
    """The words as typed, then with each synonym in place of what it replaces; six readings at most."""
    said = [text]
    plain = folded(text)
    for group in synonyms():
        for word in group:
            found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain)
            if found:
                start, end = found.span()
                said += [f"{plain[:start]}{other}{plain[end:]}" for other in group if other != word]
                break
    return said[:6]


# --- While typing -------------------------------------------------------------------------------------------------


def suggestions(typed: str, number: int = 8) -> list[str]:
    """Keywords and words of offers that begin with what is typed, the most used first. Two letters at least."""
    begun = folded(" ".join(typed.split()))[:40]
    if len(begun) < 2 or "\x00" in begun:
        return []
    sql = """
        SELECT text FROM offers_term WHERE folded LIKE %s AND uses > 0
        ORDER BY is_phrase DESC, uses DESC, folded LIMIT %s
    """
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute(sql, [_beginning(begun), number])
        said = [text for (text,) in cursor.fetchall()]
        if not said and " " in begun:  # the last word alone, kept behind the ones before it
            before, last = begun.rsplit(" ", 1)
            if len(last) > 1:
                cursor.execute(sql, [_beginning(last), number])
                said = [f"{before} {text}" for (text,) in cursor.fetchall() if " " not in text]
    return said


def _beginning(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text) + "%"


def count_terms() -> int:
    """Count in how many offers on sale each word and keyword stands; words that none holds are no longer suggested."""
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute("SELECT offers_count_terms()")
        return int(cursor.fetchone()[0])
