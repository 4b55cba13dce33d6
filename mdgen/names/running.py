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
_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)(\.?)\s*$")
_LONGER = re.compile(r"\s+(?!(?:and|AND)\b)([^\W\d_])[^\W\d_]|-\w")
_MORE_INITIALS = re.compile(r"\s*-?([^\W\d_])\.")
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
        """Put `<b>` around each name found between two tags, outside <b> and <strong>."""
        parts = _TAGS.split(html)
        texts = [_shown(part) if index % 2 else part for index, part in enumerate(parts)]
        spans = self._spans("".join(texts))
        if not spans:
            return html
        offset = depth = 0
        for index, text in enumerate(texts):
            if index % 2:
                tag = _BOLD_TAG.match(parts[index])
                depth += (-1 if tag[1] else 1) if tag else 0
            elif not depth:
                parts[index] = _with_bold(text, offset, spans)
            offset += len(text)
        return "".join(parts)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Give the places of all names in text."""
        folded, origin = folded_text(text)
        letters = folded.replace(" ", "")
        if self._pattern is None or not any(key in letters for key in self._keys):
            return []
        spans = []
        at = 0
        while match := self._pattern.search(folded, at):
            start, end = origin[match.start()], origin[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            if _stands_alone(text, start, end, match, origin):
                spans.append((start, end))
                at = match.end()
            else:  # the end of another's name can be the beginning of the own: "Hao Lu, R. Lu"
                at = match.start() + 1
        return spans


def _shown(tag: str) -> str:
    return ";" if tag.startswith("<br") else ""


def _with_bold(text: str, offset: int, spans: list[tuple[int, int]]) -> str:
    """Put `<b>` around the spans that lie within `text`, which begins at `offset`."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if offset <= start and end <= offset + len(text):
            name = text[start - offset : end - offset]
            pieces += (text[done : start - offset], "<b>", name, "</b>")
            done = end - offset
    return "".join([*pieces, text[done:]])


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
    return r"\s+".join(map(re.escape, name.split()))


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
