"""Inline tags (`<i>`, `<sub>`, `<jats:p>`) as LaTeX has them, and what Markdown would misread."""

from __future__ import annotations

import re
from typing import Final

_PERHAPS_MARKUP = re.compile(r"[*`\\_\[]")
_MARKUP = re.compile(r"[*`\\]|(?<![^\W_])_|_(?![^\W_])|\[(?=[^\]\n]*\][(\[:])")
_TAG = re.compile(
    r"</?(?:i|em|b|strong|su[bp]|span|jats:[a-z]+|mml:[a-z]+|p|sc|scp|br|title)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<jats:title>\s*abstract\s*</jats:title>", re.IGNORECASE)
_LATEX: Final = {
    "i": r"\emph{", "em": r"\emph{", "jats:italic": r"\emph{", "b": r"\textbf{",
    "strong": r"\textbf{", "jats:bold": r"\textbf{", "sub": r"\textsubscript{",
    "jats:sub": r"\textsubscript{", "sup": r"\textsuperscript{", "jats:sup": r"\textsuperscript{",
}  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "br", "jats:p", "jats:title"})


def escape_markdown(text: str) -> str:
    r"""Return plain text as Markdown that shows it: `A*` is `A\*`, `snake_case` stays."""
    return _MARKUP.sub(r"\\\g<0>", text) if _PERHAPS_MARKUP.search(text) else text


def tags_to_latex(latex: str) -> str:
    """Return LaTeX in which inline HTML and JATS tags have become macros; other `<` stay."""
    return _TAG.sub(_macro, _HEADING.sub("", latex))


def _macro(found: re.Match[str]) -> str:
    tag = found[0]
    name = re.sub(r"\s.*", "", tag.strip("</>"), flags=re.DOTALL).lower()
    if name in _PARAGRAPHS:
        return "\n\n"
    if name not in _LATEX:
        return ""
    return "}" if tag.startswith("</") else _LATEX[name]
