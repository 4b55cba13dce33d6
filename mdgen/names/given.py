"""Given names in words and initials, and when two of them can be one person's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mdgen.names.folding import folded

_WORDS = re.compile(r"[^\s.]+\.?")
_MOST_INITIALS = 3


class Word(NamedTuple):
    """A word of a given name: "Shi-Hao" has the parts `shi`, `hao` and the initials `sh`.

    Of a word that is initials alone, `parts` is empty.
    """

    parts: tuple[str, ...]
    initials: str


class Given(NamedTuple):
    """A given name: its letters in one, and its words."""

    letters: str
    words: tuple[Word, ...]

    @property
    def initials(self) -> str:
        """The first letters of all words and hyphenated parts."""
        return "".join(word.initials for word in self.words)

    @property
    def is_initials(self) -> bool:
        """True for "R. J." and "RJ"."""
        return not any(word.parts for word in self.words)


@lru_cache(maxsize=4096)
def given_name(given: str) -> Given:
    """Take a given name apart: words, or initials as "R.", "R", "RJ", "J.-P."."""
    typed_words = (_word(typed) for typed in _WORDS.findall(given))
    words = tuple(word for word in typed_words if word.initials)
    return Given("".join(filter(str.isalnum, folded(given))), words)


def is_same_given(own: Given, other: Given) -> bool:
    """Say whether `other` can be a way to write `own`.

    Where both have a full first name, it is the same one. Initials go as far as the own name's
    do: "R. J." is no "Runyu".
    """
    if own.letters == other.letters:
        return True
    if not own.words or not other.words:
        return False
    if other.is_initials:
        return own.initials.startswith(other.initials)
    first, *others = other.words
    if first.parts:
        same_first = own.words[0].parts and "".join(own.words[0].parts) == "".join(first.parts)
    else:
        same_first = own.initials[0] == first.initials[0] and len(other.words) <= len(own.words)
    return bool(same_first) and all(map(_is_same_word, own.words[1:], others))


def _is_same_word(own: Word, other: Word) -> bool:
    if own.parts and other.parts:
        return "".join(own.parts) == "".join(other.parts)
    return own.initials[0] == other.initials[0]


def _word(typed: str) -> Word:
    parts = tuple(filter(None, folded(typed.rstrip(".")).split("-")))
    letters = typed.rstrip(".").replace("-", "")
    if typed.endswith(".") or (len(letters) <= _MOST_INITIALS and letters.isupper()):
        # Yu. and Ch. are one initial, as they are one letter in Cyrillic.
        is_one = typed.endswith(".") and not letters.isupper()
        return Word((), "".join(parts)[:1] if is_one else "".join(parts))
    return Word(parts, "".join(part[0] for part in parts))
