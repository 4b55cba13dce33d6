"""A title's Markdown outside of Markdown: as inline HTML, and as its parts for other formats."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from mdgen import markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PLAIN = re.compile(r"(?:[^\W\d_][^*_`\[\]\\<>&$~^|#{}]*)?")
_DISPLAY_MATH = re.compile(r"\$\$(.+?)\$\$")


def is_plain(title: str) -> bool:
    """Say whether nothing in `title` can mean anything to Markdown or HTML."""
    return title.isprintable() and "--" not in title and _PLAIN.fullmatch(title) is not None


def inline_title(title: str) -> str:
    """Give a title as HTML of inline tags, balanced and safe.

    Raises `Refusal` for characters that no page can show.
    """
    if is_plain(title):
        return _escaped(markup.one_line(title))
    # markup decides what is Markdown in a title; what was made harmless there are entities now.
    html: str = _markdown().renderInline(markup.title(title))
    # kramdown would write $$x$$ as \(x\); printed raw, MathJax would set it on a line of its own.
    return _DISPLAY_MATH.sub(r"\\(\1\\)", markup.one_line(html))


def _escaped(text: str) -> str:
    # In a title without Markdown nothing else means anything to HTML.
    return escape(text) if '"' in text or "'" in text else text


def title_tokens(title: str) -> list[Token]:
    """Give the inline tokens of a title, of which those of type `text` are text.

    Raises `Refusal` for characters that no page can show.
    """
    [inline] = _markdown().parseInline(markup.title(title))
    return inline.children or []


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - start-up time

    return MarkdownIt("commonmark", {"html": True})
