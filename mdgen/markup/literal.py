"""Text that is no Markdown, written so that Markdown shows it as typed."""

from __future__ import annotations

import re

from mdgen.markup.text import one_line, plain

# What means something to kramdown inside of a line, typographic replacements included, and at its
# start; `----` and `====` under a line would make it a heading.
_INLINE = re.compile(r"[\\`*_{}\[\]<>|$&\"'~^]|-(?=-)|(?<=-)-|\.(?=\.\.)")
_START = re.compile(r"[#+:=-]|(?P<number>\d+)\.")


def literal(text: str) -> str:
    """Return text of a cell as Markdown for a paragraph of its own or a part of one.

    Raises `Refusal` as `plain` does.
    """
    line = one_line(plain(text))
    if line.isalpha():
        return line
    line = _INLINE.sub(_entity, line)
    if start := _START.match(line):
        number = start["number"] or ""
        return f"{number}&#{ord(line[len(number)])};{line[start.end() :]}"
    return line


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
