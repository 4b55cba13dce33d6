r"""Markdown that kramdown gets through: delimiters without a partner, and blocks within blocks.

kramdown looks for the partner of each `[`, `*` and `_` up to the end of the paragraph, and does so
again inside of every other one that has none: twenty `![` keep it busy for minutes. Some thousand
quotes inside of each other overflow its stack, and that ends the build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.markup.spans import CODE, entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# That many cost nothing, and what people type stays as it is.
_FEW: Final = 8
_DEEP: Final = 50
_TOKEN = re.compile(
    r"(?m:^[ \t]*(?P<rule>[*_])(?:[ \t]*(?P=rule)){2,}[ \t]*$)"
    r"|(?P<item>(?m:^)[ \t>]*(?:[-+*]|\d+\.)[ \t])"
    rf"|{CODE}|\\.|(?P<start_tag><[a-z][a-z0-9]*(?:\s[^<>]*)?(?<!/)>)"
    r"|(?P<end_tag></\w+>)|<[^<>]*>"
    r"|\$\$.+?\$\$|(?P<open>!?\[)"
    r"|(?P<close>\](?:\((?:[^()\n]|\([^()\n]*\))*\))?)|(?P<run>\*+|_+)",
    re.DOTALL,
)
# The beginning of a line that opens so many blocks; not `- - - -`, which is a rule.
_NESTED = re.compile(
    r"^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)"
    rf"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d+\.(?=[ \t]))){{{_DEEP},}}",
    re.MULTILINE,
)


def is_easy(text: str) -> bool:
    """Say whether kramdown is through with `text` at once, whatever it means."""
    few = text.count("[") + text.count("*") + text.count("_") <= _FEW
    return few and (len(text) < _DEEP or _NESTED.search(text) is None)


def flat(text: str) -> str:
    """Return `text` with entities for the marks of quotes and lists that lie too deep."""
    return _NESTED.sub(
        lambda found: re.sub(r"[>.*+-]", lambda mark: entity(mark[0]), found[0]), text
    )


def calm(pieces: list[str], start: int = 0) -> None:
    """Write entities for the delimiters that have no partner in a paragraph, if there are many.

    `pieces` from `start` on are the paragraph's Markdown. It shows the same.
    """
    paragraph = "".join(pieces[start:])
    if is_easy(paragraph):
        return
    places = set(_without_partner(paragraph))
    if len(places) <= _FEW:
        return
    at = 0
    for number, piece in enumerate(pieces[start:], start):
        pieces[number] = "".join(
            [entity(char) if at + place in places else char for place, char in enumerate(piece)]
        )
        at += len(piece)


def _without_partner(paragraph: str) -> Iterator[int]:
    """Yield where the characters stand that begin nothing, though kramdown looks for its end."""
    block: list[re.Match[str]] = []
    for found in _TOKEN.finditer(paragraph):
        if found["item"]:
            yield from _of_a_block(paragraph, block)
            block = []
        block.append(found)
    yield from _of_a_block(paragraph, block)


def _of_a_block(paragraph: str, tokens: Iterable[re.Match[str]]) -> Iterator[int]:
    yield from _brackets(tokens)
    yield from _runs(paragraph, tokens)


def _brackets(tokens: Iterable[re.Match[str]]) -> Iterator[int]:
    """Yield the brackets that are not closed, and the `!` of pictures inside of pictures."""
    opened: list[re.Match[str]] = []
    pictures = 0
    for found in tokens:
        if found["open"]:
            is_picture = found["open"] == "!["
            if is_picture and pictures:
                yield found.start()
            pictures += is_picture
            opened.append(found)
        elif found["close"]:
            pictures -= bool(opened) and opened.pop()["open"] == "!["
    yield from (found.end() - 1 for found in opened)


def _runs(paragraph: str, tokens: Iterable[re.Match[str]]) -> Iterator[int]:
    """Yield the stars and underscores that are not closed within the element they stand in."""
    elements: list[dict[str, list[int]]] = [{}]  # where runs begin, by run, in each open element
    for found in tokens:
        start, end = found.span()
        if found["start_tag"]:
            elements.append({})
        elif found["end_tag"] and len(elements) > 1:
            yield from _begun(elements.pop())
        elif run := found["run"]:
            begun = elements[-1].setdefault(run, [])
            if begun and _can_close(run, paragraph[start - 1], paragraph[end : end + 1]):
                # Inside of one that is begun, another of its kind is text.
                yield from _characters(begun[1:], run)
                begun.clear()
            elif not paragraph[end : end + 1].isspace():
                begun.append(start)
    for element in elements:
        yield from _begun(element)


def _can_close(run: str, before: str, after: str) -> bool:
    return not before.isspace() and not (run[0] == "_" and after.isalnum())


def _begun(runs: dict[str, list[int]]) -> Iterator[int]:
    for run, starts in runs.items():
        yield from _characters(starts, run)


def _characters(starts: list[int], run: str) -> Iterator[int]:
    for start in starts:
        yield from range(start, start + len(run))
