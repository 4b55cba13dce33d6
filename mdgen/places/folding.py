"""One key for the spellings of a name, so that `São Paulo`, `Sao-Paulo` and `SAO PAULO` are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_DROPPED = re.compile(r"[.'’‘ʻʼ`´]")
_BETWEEN = re.compile(r"[\s\-‐-―_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Give the key under which the spellings of a name are equal.

    Case, accents, dots, apostrophes, the kind of spaces and hyphens, a leading "the", and `St.`,
    `Ste.`, `Mt.`, `Ft.` against the words they stand for make no difference.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _BETWEEN.sub(" ", _DROPPED.sub("", plain.translate(_LETTERS))).strip().split(" ")
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_SHORT.get(word, word) for word in words)
