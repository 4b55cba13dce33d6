"""Whether a text of a page, as a cell, would show the same."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mdgen import markup
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIQUID = re.compile(r"\{\{|\{%")
# What kramdown reads as more than the text of a paragraph, and a cell shows as typed.
_EXTENSIONS = re.compile(r"\{:|^[ \t>]*\*\[[^\]\n]*\]:|```|~~~|\\[\[(]", re.MULTILINE)


def shows_the_same(text: str, *, liquid: bool) -> bool:
    """Say whether `text` from a page shows the same when it is the text of a cell.

    A cell's text is safe to publish whoever typed it: of frames, scripts, classes, `{: … }` and
    such it shows the letters, and of Liquid too, unless the site wants it (`liquid`).
    """
    if not liquid and _LIQUID.search(text):
        return False
    try:
        written = markup.blocks(text)
    except Refusal:
        return False
    if written == text:
        return True
    return _EXTENSIONS.search(text) is None and _Html(written).parts == _Html(text).parts


class _Html(HTMLParser):
    """The tags of a text with their attributes, and what stands between them, however written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.parts.append((tag, repr(sorted((name, value or "") for name, value in attrs))))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append((f"/{tag}", ""))

    def handle_data(self, data: str) -> None:
        if self.parts and not self.parts[-1][0]:
            data = self.parts.pop()[1] + data
        self.parts.append(("", data))

    def handle_comment(self, data: str) -> None:
        self.parts.append(("!", data))
