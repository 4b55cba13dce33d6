"""The inline markup of reference managers (`<i>`, `<sub>` …), and what Markdown would misread."""

from __future__ import annotations

import html
import re
from typing import Final

_MARKUP = re.compile(r"[*`\\]|(?<![^\W_])_|_(?![^\W_])|\[(?=[^\]\n]*\][(\[:])")
_TAG = re.compile(
    r"</?(?:i|em|b|strong|su[bp]|span|jats:[a-z]+|mml:[a-z]+|p|sc|scp|br|title)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LATEX: Final = {
    "i": r"\emph{", "em": r"\emph{", "jats:italic": r"\emph{", "b": r"\textbf{",
    "strong": r"\textbf{", "jats:bold": r"\textbf{", "sub": r"\textsubscript{",
    "jats:sub": r"\textsubscript{", "sup": r"\textsuperscript{", "jats:sup": r"\textsuperscript{",
}  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "br", "jats:p", "jats:title"})


def escape_markdown(text: str) -> str:
    r"""Return plain text as Markdown that shows it: `A*` is `A\*`, `snake_case` stays."""
    return _MARKUP.sub(r"\\\g<0>", text)


def tags_to_latex(latex: str) -> str:
    """Return LaTeX in which inline HTML and JATS tags have become macros; other `<` stay."""
    return _TAG.sub(_macro, latex)


def rich_to_latex(text: str) -> str:
    """Return what CSL-JSON and RIS call text (plain text, with tags) as LaTeX.

    The readers of those formats then share the one way from LaTeX to Markdown.
    """
    escaped = re.sub(r"[\\{}$~`&]|--|''|%", _escape, html.unescape(text))
    return tags_to_latex(escaped)


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    return _ESCAPES.get(text) or f"\\{text}"


_ESCAPES: Final = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "`": r"\textasciigrave{}",
    "--": "-{}-", "''": "'{}'",
}  # fmt: skip


def _macro(found: re.Match[str]) -> str:
    tag = found[0]
    name = re.sub(r"\s.*", "", tag.strip("</>"), flags=re.DOTALL).lower()
    if name in _PARAGRAPHS:
        return "\n\n"
    if name not in _LATEX:
        return ""
    return "}" if tag.startswith("</") else _LATEX[name]
