"""How much the characters beyond ASCII look like what people type: the judge between encodings.

It knows how writing works, not which words there are: accented letters stand in words and seldom as
capitals after small letters, and those of one word are in one alphabet; an apostrophe stands within
a word, an opening quotation mark before one; ideographs come in runs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BEYOND_ASCII: Final = re.compile(r"(?s)(?<=(.))?([^\0-\x7f])(?=(..?))?")
_IMPOSSIBLE: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_OPENING: Final = frozenset("“‘„‚«‹¿¡")
_CLOSING: Final = frozenset("”’»›")
_DASHES: Final = frozenset("–—")
_BY_DIGITS: Final = frozenset("°ºª²³½€£¥")
_USUAL: Final = frozenset("…•·°±×µ§©®™ªº²³½\xa0，。、：；（）「」『』《》・〜～—“”？！　￥")
_EVERYDAY: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÁÂÃÄÅÇÈÉÊÍÑÓÔÖØÚÜœ")


def likeness(text: str) -> float:
    """Return a figure: the higher, the more `text` looks typed; below 0 it hardly was."""
    language = "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else ""
    likely = sum(
        _score(*found.groups(default=" "), language) for found in _BEYOND_ASCII.finditer(text)
    )
    likely -= _ALIEN * sum(map(_is_alien, _WORD.findall(text)))
    # A few Chinese words may pass for Korean ones, but not a text of them.
    return likely - (1 if language == "ko" else 0)


_WORD: Final = re.compile(r"(?<![^\W\d_])[A-Za-z]*+[^\0-\x7f\W\d_][^\W\d_]+")
_ALIEN: Final = 2.5
_ALPHABETS: Final = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüß",
        "åäöæøéü",  # the North
        "áéíóúüñ",  # Spanish
        "áâãàçéêíóôõúü",  # Portuguese
        "àèéìòù",  # Italian
        "àçéíïóúü",  # Catalan, Occitan
        "áéëïíöóúüèê",  # Dutch
        "áðéíóúýþæö",  # Icelandic
        "äöõüšž",  # Estonian, Finnish
        "ąćęłńóśźż",  # Polish
        "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene
        "ăâîșțşţ",  # Romanian
        "âçğıîöşü",  # Turkish
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
    )
)


@lru_cache(maxsize=65_536)
def _is_alien(word: str) -> bool:
    """Say whether the accented letters of a word are together in no language's alphabet.

    `Dvoøák` is a Czech name in the wrong encoding.
    """
    letters = {char for char in word.lower() if char.isalpha() and not char.isascii()}
    if any(_script(char) != "LATIN" for char in letters):
        return False
    return not any(letters <= alphabet for alphabet in _ALPHABETS)


@lru_cache(maxsize=65_536)
def _score(before: str, char: str, after: str, language: str) -> float:
    kind = unicodedata.category(char)
    if kind in _IMPOSSIBLE or char == "\ufffd":
        return -10
    if kind[0] != "L" or char in "ªºµ":
        return _mark(before, char, after[0])
    if kind == "Lo":
        return _ideograph(before, char, after[0], language)
    return _letter(before, char, after)


def _ideograph(before: str, char: str, after: str, language: str) -> float:
    if "\uff61" <= char <= "\uff9f":  # half-width katakana: single bytes that are accents elsewhere
        return -1
    if before.isascii() and after.isascii():
        return -3 if before.isalpha() or after.isalpha() else 0.25
    if _KANA.match(char) or _HANGUL.match(char):
        return 2.2
    if not _is_common(char) or (language == "ja" and not char.encode("cp932", errors="ignore")):
        return -2
    return -1 if language == "ko" else 2


@lru_cache(maxsize=65_536)
def _is_common(char: str) -> bool:
    """Say whether `char` is among the few thousand that daily writing uses."""
    return any(start <= _code(char, codec) <= end for codec, start, end in _COMMON)


_COMMON: Final = (
    ("gb2312", 0xB0A1, 0xD7F9),  # GB 2312, level 1
    ("big5", 0xA440, 0xC67E),  # Big5, frequently used
    ("euc_jp", 0xB0A1, 0xCFD3),  # JIS X 0208, level 1
)


def _code(char: str, codec: str) -> int:
    return int.from_bytes(char.encode(codec, errors="ignore"))


def _letter(before: str, char: str, following: str) -> float:
    after = following[0]
    script = _script(char)
    neighbours = [letter for letter in (before, after) if letter.isalpha()]
    if any(_script(letter) != script for letter in neighbours):
        return -2
    if not neighbours:
        return -0.5
    if _is_odd_case(before, char, following) or _is_misplaced(before, char, after):
        return -1.5
    if script != "LATIN":
        return 1.1
    if any(not letter.isascii() for letter in neighbours):
        return 0.25  # accented letters stand between plain ones; a row of them is another alphabet
    return 1 if char in _EVERYDAY else 0.5


def _is_misplaced(before: str, char: str, after: str) -> bool:
    """Say whether an Icelandic letter stands where it never does, as Turkish misread has them."""
    if char in "þÞ":
        return _AFTER_THORN.match(after) is None
    return char in "ðÐ" and not before.isalpha()


_AFTER_THORN: Final = re.compile("[aeiouyáéíóúýöæjrv]", re.IGNORECASE)


def _is_odd_case(before: str, char: str, following: str) -> bool:
    """Say whether `char` is a capital, or a small letter, where nobody types one."""
    if char.islower():
        return before.isupper() and following[0].isupper()
    if before.isalpha():
        return before.islower() or following[0].islower()
    return following[0].isupper() and following[1:].islower()


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]


def _mark(before: str, char: str, after: str) -> float:
    within = before.isalpha() and after.isalpha()
    if char == "’" and within:
        return 2
    in_place = (
        (char in _OPENING and not before.isalnum() and (after.isalnum() or after in _OPENING))
        or (char in _CLOSING and not before.isspace() and not after.isalnum())
        or (char in _BY_DIGITS and (before.isdigit() or after.isdigit()))
        or char in _DASHES
    )
    if in_place:
        return 1
    amid_word = within and _script(before) == "LATIN" and char != "\xa0"
    return 0.5 if char in _USUAL and not amid_word else -1.5
