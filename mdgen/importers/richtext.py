"""Text as reference managers hold it, plain but for inline tags and math, to Markdown or text.

It goes by way of LaTeX, so that all formats share the one road to Markdown.
"""

from __future__ import annotations

import html
import re
from typing import Final

from mdgen.importers.latex import to_markdown, to_text
from mdgen.importers.tags import tags_to_latex

_SPECIAL = re.compile(r"[\\{}$~`&%<*_\[]|--|''|\s\s|[\n\t]")
# arXiv's titles and abstracts are LaTeX where they have formulas, in every export: with a macro, or
# without a space (`$k$-means`), which two prices would have between them.
_MATH = re.compile(r"(\$[^$\n]*\\[^$\n]*\$|\$(?!\d)[^$\s]+\$(?!\d))")
_TEX = re.compile(r"[\\{}$~`&%#]|-(?=-)|'(?=')")
_ESCAPES: Final = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "`": r"\textasciigrave{}",
    "-": "-{}", "'": "'{}",
}  # fmt: skip


def rich_to_markdown(text: str, *, paragraphs: bool = False) -> str:
    """Return text with inline tags as Markdown, on one line unless `paragraphs` may stay apart."""
    if not _SPECIAL.search(text):
        return text.strip()
    markdown = to_markdown(_latex(text))
    return markdown if paragraphs else " ".join(markdown.split())


def rich_to_text(text: str) -> str:
    """Return text without its tags, on one line."""
    return to_text(_latex(text)) if _SPECIAL.search(text) else text.strip()


def _latex(text: str) -> str:
    pieces = _MATH.split(html.unescape(text))
    pieces[::2] = [_TEX.sub(_escape, piece) for piece in pieces[::2]]
    return tags_to_latex("".join(pieces))


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\{found[0]}"
