r"""What stands in a line of Markdown: code, math, escapes, entities; and characters made harmless.

Entities are the one escape that is right everywhere: in Markdown, inside of HTML, and where the
theme prints a value as it is. Inside of code spans and of `$$…$$` they would be shown as typed,
so what is dangerous there is written as HTML (`<code>…</code>`, `\(…\)`) instead.
"""

from __future__ import annotations

import re
from html import escape, unescape

CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.{1,4000}?)(?<!`)(?P=ticks)(?!`)"
HTML_CODE = r"<code>(?P<html_code>.{0,4000}?)</code>"
# pandoc's rule for single dollars: none of them faces a space, no digit follows.
MATH = (
    r"\$\$(?P<math>(?:(?!\$\$).){1,2000})\$\$"
    r"|\\\((?P<inline>.{1,2000}?)\\\)"
    r"|\\\[(?P<display>.{1,2000}?)\\\]"
    r"|(?<!\$)\$(?=[^\s$])(?P<dollar>[^$]{1,500}?)(?<=\S)\$(?![\d$])"
)
ESCAPE = r"\\(?P<escaped>[\\.*_+`<>()\[\]{}#!:|\"'$=~-])"

_IN_MATH = re.compile(
    r"[\\`*_\[\]<>|&\"'~{^]|\$(?=\$)|(?<=\$)\$|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|:(?=\s)"
)


def entity(char: str) -> str:
    """Return the entity of one character, by name where everybody knows the name."""
    return _NAMED.get(char) or f"&#{ord(char)};"


_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}


def code_html(typed: str) -> str:
    """Return what stands in a code span as HTML that Markdown leaves alone."""
    if typed.startswith(" ") and typed.endswith(" ") and typed.strip():
        typed = typed[1:-1]
    return f"<code>{code_entities(typed)}</code>"


def code_tag(inside: str) -> str:
    """Return a `<code>` that was typed as HTML; entities in it mean what they say."""
    return f"<code>{code_entities(unescape(inside))}</code>"


def code_entities(text: str) -> str:
    """Return code as HTML in which Markdown finds nothing to do."""
    return re.sub(r"[`*_\[\]|\\${}~^]", lambda char: entity(char[0]), escape(text))


def math_text(typed: str) -> str:
    """Return TeX, with its delimiters, that Markdown cannot touch and MathJax reads as typed."""
    # A straight quote would end title="…" in the theme; TeX shows it as a closing one anyway.
    return _IN_MATH.sub(lambda char: "&#8221;" if char[0] == '"' else entity(char[0]), typed)
