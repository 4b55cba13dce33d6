"""Text without case and accents, for comparing names that were typed by different people."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters that Unicode does not take apart, and the signs that keyboards and programs swap.
_SAME = str.maketrans("øłđħŧı’ʼ‐‑\xa0", "oldhti''-- ")


def folded_text(text: str) -> tuple[str, Sequence[int]]:
    """Give `text` folded, and for each of its characters the place in `text` it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters = [(letter, place) for place, char in enumerate(text) if (letter := _letter(char))]
    return "".join(letter for letter, _ in letters), [place for _, place in letters]


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Give a name folded, with single spaces."""
    return " ".join(folded_text(name)[0].split())


@cache
def _letter(char: str) -> str:
    """Give one character folded to one character, or to none if it is an accent by itself."""
    if unicodedata.combining(char):
        return ""
    parts = unicodedata.normalize("NFD", char)
    # Hangul comes apart too, into letters that are no accents.
    base = parts[0] if len(parts) > 1 and unicodedata.combining(parts[1]) else char
    return base.lower()[0].translate(_SAME)
