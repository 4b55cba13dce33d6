"""The blocks of a Markdown text, as far as what is code in it depends on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# kramdown's GFM parser: the word after a fence is a language, more words make it no fence.
_FENCE = re.compile(r" {0,12}(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>\w[\w+#.-]*)?[ \t]*")
_INDENTED = re.compile(r" {4}|\t")
_LIST = re.compile(r"\s*(?:[-+*]|\d+\.)\s")


class Kind(Enum):
    """What a run of lines is."""

    PROSE = auto()
    FENCED = auto()
    INDENTED = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of one kind that stand together; those of fenced code include its two fences."""

    kind: Kind
    lines: list[str]

    @property
    def code(self) -> str:
        """The code of a block of code, without its indentation."""
        if self.kind is Kind.INDENTED:
            return "\n".join(_INDENTED.sub("", line, count=1) for line in self.lines)
        return "\n".join(line.removeprefix(self.indent) for line in self.lines[1:-1])

    @property
    def indent(self) -> str:
        """The spaces before the first line."""
        return self.lines[0][: -len(self.lines[0].lstrip(" "))]

    @property
    def language(self) -> str:
        """The language that a fence names."""
        fence = _FENCE.fullmatch(self.lines[0])
        return (fence["language"] if fence else None) or ""


def segments(text: str) -> Iterator[Segment]:
    """Yield what `text` consists of, line by line; a fence without its end is prose."""
    lines = text.split("\n")
    run: list[str] = []
    kind = Kind.BLANK
    listed = False
    number = 0
    unclosed: set[str] = set()
    while number < len(lines):
        line = lines[number]
        if end := _fence_end(lines, number, unclosed):
            if run:
                yield Segment(kind, run)
            yield Segment(Kind.FENCED, lines[number : end + 1])
            run, kind = [], Kind.BLANK
            number = end + 1
            continue
        # Inside of a list an indented line is a paragraph of its item.
        listed = bool(_LIST.match(line)) or (listed and (not line or line[0] in " \t"))
        following = _kind(line, kind, listed=listed)
        if run and following is not kind:
            yield Segment(kind, run)
            run = []
        run.append(line)
        kind = following
        number += 1
    if run:
        yield Segment(kind, run)


def _kind(line: str, before: Kind, *, listed: bool) -> Kind:
    if not line.strip():
        return Kind.BLANK
    if before is not Kind.PROSE and not listed and _INDENTED.match(line):
        return Kind.INDENTED
    return Kind.PROSE


def _fence_end(lines: list[str], start: int, unclosed: set[str]) -> int:
    """Return the number of the line that closes the fence in line `start`, 0 where none does.

    `unclosed` are the fences that nothing closes from some line on; what is found out is added.
    """
    if (found := _FENCE.fullmatch(lines[start])) is None or found["fence"] in unclosed:
        return 0
    fence = found["fence"]
    closing = re.compile(rf" {{0,12}}{fence}{fence[0]}*[ \t]*")
    rest = range(start + 1, len(lines))
    end = next((number for number in rest if closing.fullmatch(lines[number])), 0)
    if not end:
        unclosed.add(fence)
    return end
