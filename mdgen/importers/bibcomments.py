"""What is commented out with `%` in a `.bib` file, which bibtexparser reads as any other text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bibtexparser.model import Block

_ENTRY_START = re.compile(r"^(?=[ \t]*@\w+[ \t]*[{(])", re.MULTILINE)
_COMMENT_SIGN = re.compile(r'\\.|[{}"%]', re.DOTALL)


def not_commented_out(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks but for entries after a `%`: BibTeX reads them, a person took them out."""
    from bibtexparser.model import ImplicitComment  # noqa: PLC0415 - start-up time

    line: int | None = None
    for block in blocks:
        if isinstance(block, ImplicitComment):
            comment = block.comment
            last = comment.rsplit("\n", 1)[-1]
            end = (block.start_line or 0) + comment.count("\n")
            line = end if last.lstrip().startswith("%") else None
            yield block
            continue
        if line is None or block.start_line != line:
            yield block
        line = None


def without_comments(text: str) -> str:
    """Return `text` without what stands behind a `%` between the fields of an entry.

    To BibTeX that is an error, biber reads it so. Lines stay where they are.
    """
    if text.count("%") == text.count("\\%"):
        return text
    before, *entries = _ENTRY_START.split(text)
    return before + "".join(_uncommented(each) if "%" in each else each for each in entries)


def _uncommented(entry: str) -> str:
    parts: list[str] = []
    kept = depth = 0
    quoted = False
    sign = _COMMENT_SIGN.search(entry)
    while sign is not None:
        char, end = sign[0], sign.end()
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"':
            quoted = not quoted if depth == 1 else quoted
        elif char == "%" and depth == 1 and not quoted:
            parts.append(entry[kept : sign.start()].rstrip(" \t"))
            newline = entry.find("\n", end)
            kept = end = newline if newline >= 0 else len(entry)
        sign = _COMMENT_SIGN.search(entry, end)
    return "".join([*parts, entry[kept:]])
