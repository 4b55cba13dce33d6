"""The own name in running text: found as a whole name and made bold."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mdgen.names.folding import folded_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mdgen.names.given import Given, Word

_TAGS = re.compile(r"(<[^<>]*>)")
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)\b", re.IGNORECASE)
_BEFORE = re.compile(rf"([^\W\d_][\w'’-]*)(\.?)\s*$")
_LONGER = re.compile(rf"\s+(?!(?:and|AND)\b)([^\W\d_])[^\W\d_]|-\w")
_MORE_INITIALS = re.compile(rf"\s*-?([^\W\d_])\.")
_BETWEEN_NAMES = frozenset({"and", "und", "et", "y", "with", "by", "in", "from", "of"})
_LONGEST_WORD = 60


class Finder:
    """Finds the spellings of a person's name in text.

    `literals` are names as they are, `people` the given names for each family name, all folded.
    """

    def __init__(self, literals: Collection[str], people: Mapping[str, Sequence[Given]]) -> None:
        patterns = [*_patterns(literals, people)]
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        self._keys = [key.replace(" ", "") for key in (*literals, *people)]

    def embolden(self, html: str) -> str:
        """Put `<b>` around each name found in the text between tags, outside <b> and <strong>."""
        if self._pattern is None:
            return html
        depth = 0
        parts = _TAGS.split(html)
        for index, part in enumerate(parts):
            if index % 2:
                tag = _BOLD_TAG.match(part)
                depth += (-1 if tag[1] else 1) if tag else 0
            elif not depth:
                folded, origin = folded_text(part)
                letters = folded.replace(" ", "")
                if any(key in letters for key in self._keys):
                    parts[index] = _emboldened(part, folded, origin, self._pattern)
        return "".join(parts)


def _patterns(literals: Collection[str], people: Mapping[str, Sequence[Given]]) -> Iterator[str]:
    """Give the regular expressions of all names; their one group is the given name."""
    for literal in literals:
        yield rf"(?<!\w)(?:{_words(literal)})(?=等|\W|$)"
    for family, given_names in people.items():
        surname = _words(family)
        for given in given_names:
            if given.words:
                name, initials = _name_pattern(given), _initials_pattern(given)
                yield rf"(?<![\w'-])({name})(?:\s+|(?<=\.)){surname}(?!\w)"
                yield rf"(?<![\w'-]){surname}(?:,\s*({name})|\s+({initials}))(?![-.]?\w)"


def _words(name: str) -> str:
    return rf"\s+".join(map(re.escape, name.split()))


def _name_pattern(given: Given) -> str:
    """Match the first name in full or as its initial, then as many of the others as stand there."""
    first, *others = map(_word_pattern, given.words)
    more = ""
    for other in reversed(others):
        more = rf"(?:(?:\s|-)*(?:{other}){more})?"
    return rf"(?:{first}){more}"


def _word_pattern(word: Word) -> str:
    initials = _chained(word.initials)
    return rf"{'-?'.join(map(re.escape, word.parts))}(?!\w)|{initials}" if word.parts else initials


def _initials_pattern(given: Given) -> str:
    return _chained(given.initials)


def _chained(initials: str) -> str:
    """Match one or more initials from the first on: "R", "R.", "RJ", "R.-J."."""
    first, *others = map(re.escape, initials)
    more = ""
    for other in reversed(others):
        more = rf"(?:(?:\s|-)*{other}(?![^\W\d_]{{2}})\.?{more})?"
    return rf"{first}\.?{more}"


def _emboldened(
    text: str, folded: str, origin: Sequence[int], pattern: re.Pattern[str]
) -> str:
    pieces: list[str] = []
    done = 0
    at = 0
    while match := pattern.search(folded, at):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if _stands_alone(text, start, end, match, origin):
            pieces += (text[done:start], "<b>", text[start:end], "</b>")
            done, at = end, match.end()
        else:  # the end of another's name can be the beginning of the own: "Hao Lu, R. Lu"
            at = match.start() + 1
    return "".join([*pieces, text[done:]])


def _stands_alone(
    text: str, start: int, end: int, match: re.Match[str], origin: Sequence[int]
) -> bool:
    """Say whether the match is a whole name: "R. Lu" in "J. R. Lu" is another person."""
    if match.lastindex is None:
        return True
    given = origin[match.start(match.lastindex)]
    if text[given].islower():
        return False
    before = _BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
    if given == start:
        after = _LONGER.match(text, end)
        return not (before and _is_of_a_name(before)) and not (
            after and (after[1] is None or after[1].isupper())
        )
    more = _MORE_INITIALS.match(text, end)
    return not (more and more[1].isupper()) and (
        before is None or before[1] in _BETWEEN_NAMES or (before[2] != "" and len(before[1]) > 1)
    )


def _is_of_a_name(before: re.Match[str]) -> bool:
    """Say whether the word before a name is a name too: "Jean " or "J. ", but no "Title. "."""
    return before[1][0].isupper() and (len(before[1]) == 1 or not before[2])
