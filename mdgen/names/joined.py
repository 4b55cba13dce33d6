"""Names joined by "y" or "e": two authors in Spanish, Portuguese and Italian, or one family name.

"Ana Pérez y José García" are two; "José Ortega y Gasset" is one.
"""

from __future__ import annotations

import re

from mdgen.names.person import family_then_initials

_ONE_JOIN = 2  # the word, and what stands behind it
_JOINS = re.compile(r"(?:^|\s+)([ye])\s+(?=\S)")


def names_in(text: str) -> list[str]:
    """Return the names in `text`: a full name behind a full name is another author.

    Where "y" or "e" begins the text, as behind a comma, it belongs to no name, and "" comes first.
    """
    if _JOINS.search(text) is None:
        return [text]
    first, *rest = _JOINS.split(text)
    names = [first]
    for join, name in zip(rest[::2], rest[1::2], strict=True):
        if not names[-1] or (_is_full(name) and _is_full(names[-1])):
            names.append(name)
        else:
            names[-1] += f" {join} {name}"
    return names


def may_be_two(name: str) -> bool:
    """Say whether a name in reading order may be two: "Ana y José", "Ana y José García"."""
    first, *rest = _JOINS.split(name)
    if not rest or family_then_initials(name):
        return False
    return len(rest) > _ONE_JOIN or not _is_full(first)


def _is_full(name: str) -> bool:
    return " " in name.strip() and not name[0].islower()
