"""How much the characters beyond ASCII look like what people type: the judge between encodings.

It knows how writing works, not which words there are: accented letters stand in words and seldom as capitals after
small letters; an apostrophe stands within a word, an opening quotation mark before one; ideographs come in runs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BEYOND_ASCII: Final = re.compile(r"(?s)(?<=(.))?([^\0-\x7f])(?=(.))?")
_IMPOSSIBLE: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_OPENING: Final = frozenset("“‘„‚«‹¿¡")
_CLOSING: Final = frozenset("”’»›")
_DASHES: Final = frozenset("–—")
_AFTER_DIGIT: Final = frozenset("°ºª²³½")
_USUAL: Final = frozenset("…•·°±×µ§©®™€£ªº²³½\xa0，。、：；（）「」『』《》・〜～—“”？！　￥")
_EVERYDAY: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÁÂÃÄÅÇÈÉÊÍÑÓÔÖØÚÜœ")


def likeness(text: str) -> float:
    """Return a figure that is the higher, the more `text` looks typed; below 0 it hardly can have been."""
    return sum(_score(*found.groups(default=" ")) for found in _BEYOND_ASCII.finditer(text))


@lru_cache(maxsize=65_536)
def _score(before: str, char: str, after: str) -> float:
    kind = unicodedata.category(char)
    if kind in _IMPOSSIBLE or char == "\ufffd":
        return -10
    if kind[0] == "L" and char not in "ªº":
        return _ideograph(before, char, after) if kind == "Lo" else _letter(before, char, after)
    return _mark(before, char, after)


def _ideograph(before: str, char: str, after: str) -> float:
    if "\uff61" <= char <= "\uff9f":  # half-width katakana: single bytes that are accents elsewhere
        return -1
    if not _is_common(char):
        return -2
    alone = before.isascii() and after.isascii()
    return -3 if alone and (before.isalpha() or after.isalpha()) else 2


@lru_cache(maxsize=65_536)
def _is_common(char: str) -> bool:
    """Say whether `char` is among the few thousand that daily writing uses."""
    if "\u3040" <= char <= "\u30ff":
        return True
    return any(start <= _code(char, codec) <= end for codec, start, end in _COMMON)


_COMMON: Final = (
    ("gb2312", 0xB0A1, 0xD7F9),  # GB 2312, level 1
    ("big5", 0xA440, 0xC67E),  # Big5, frequently used
    ("euc_jp", 0xB0A1, 0xCFD3),  # JIS X 0208, level 1
    ("euc_kr", 0xB0A1, 0xC8FE),  # KS X 1001, syllables
)


def _code(char: str, codec: str) -> int:
    return int.from_bytes(char.encode(codec, errors="ignore"))


def _letter(before: str, char: str, after: str) -> float:
    script = _script(char)
    neighbours = [letter for letter in (before, after) if letter.isalpha()]
    if any(_script(letter) != script for letter in neighbours):
        return -2
    if not neighbours:
        return -0.5
    if char.isupper() and (before.islower() or (not before.isalpha() and after.isupper())):
        return -1.5
    return 1 if char in _EVERYDAY or script != "LATIN" else 0.5


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]


def _mark(before: str, char: str, after: str) -> float:
    within = before.isalpha() and after.isalpha()
    if char == "’" and within:
        return 2
    if char in _OPENING and not before.isalnum() and (after.isalnum() or after in "“‘¿¡"):
        return 1
    if char in _CLOSING and not before.isspace() and not after.isalnum():
        return 1
    if char in _DASHES:
        return 1
    if char in _AFTER_DIGIT and before.isdigit():
        return 1
    if char in _USUAL and not (within and before.isascii() and after.isascii() and char != "\xa0"):
        return 0.5
    return -1.5
