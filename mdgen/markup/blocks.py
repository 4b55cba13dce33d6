r"""Markdown of one or more paragraphs: what kramdown means by it, but nothing that could do harm.

kramdown decides what is code, a list or a quote only after this module has seen the text, so
nothing here relies on that: whatever is left as typed is harmless wherever it stands. Every `<`
that is left begins a tag that was found good; `{:` (kramdown's attributes and options) is never
left; `](` and `]:` are left only before an address that cannot be a script. Code in which any of
these stands is written as `<pre>` or `<code>` with entities, since an entity in Markdown's own code
would be shown as an entity.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint

from mdgen.markup.delimiters import calm, flat, is_easy
from mdgen.markup.segments import Kind, Segment, segments
from mdgen.markup.spans import (
    CODE,
    ESCAPE,
    HTML_CODE,
    MATH,
    code_entities,
    code_html,
    code_tag,
    entity,
    math_text,
)
from mdgen.markup.tags import BLOCK_TAGS, SPAN_TAGS, TAG, Tags
from mdgen.markup.text import ENTITY, character, checked, unwrapped

_SPECIAL = re.compile(
    r"[<{\[`$\]|]|\\[(\[<{\"]|&#?\w+;|~~~|^[ \t]*(?:\^[ \t]*$|\d{4,}\.\s)|^:\s", re.MULTILINE
)
# One paragraph in which there is nothing to look for; most are.
_ORDINARY = re.compile(r"[^\W\d_][\w ,.;:()'’“”–—?!%/=+*@-]*(?<! )")
_WEB = r"(?:https?://|ftp://|mailto:|tel:|/|#|\.{1,2}/)"
# What a link points to; without a scheme, a word that cannot turn out to be one.
_TARGET = (
    rf"\]\(\s*(?:{_WEB}|[\w.~%+-]+(?:[/?#]|(?=\s*\)|\s+[\"']))|(?=\)))"
    r"|\]\(<(?:https?://|mailto:|/)[^\s<>\"'`{}\[\]|\\]*>\)"
)
_AUTOLINK = r"<(?:(?:https?://|mailto:)[^\s<>\"'`{}|\\^\[\]]+|[\w.+-]+@[\w.-]+)>"
_LABEL = r"\[[^\]\n\[<>{}`\\&$|]+\]"
_TOKEN = re.compile(
    rf"(?P<target>{_TARGET})|{MATH}|{ESCAPE}|{CODE}|{HTML_CODE}|(?P<autolink>{_AUTOLINK})"
    rf"|(?P<tag>{TAG.pattern.replace('?P<', '?P<tag_')})|(?P<entity>&#?\w+;)"
    rf"|(?P<definition>^[ \t>]*{_LABEL}:(?=[ \t]*{_WEB}\S*(?:[ \t]+[\"'].*)?[ \t]*$))"
    r"|(?P<note>^[ \t]*\[\^[\w-]+\]:)"
    r"|(?P<end>^[ \t]*\^(?=[ \t]*$))|(?P<abbreviation>^[ \t>]*\*(?=\[.*\]:))"
    r"|(?P<year>^[ \t>]*\d{4,}\.(?=\s)|\A:(?=\s))"
    r"|(?P<char>[<`|]|\{(?=:)|\](?=[(:])|\$(?=\$)|~(?=~~)|(?<=~~)~)",
    re.DOTALL | re.MULTILINE,
)
_DANGEROUS = re.compile(r"[<`]|\{:|\][(:]|&#?\w+;|\$\$|~~|^\s*(?:\^|\*\[)", re.MULTILINE)
_IN_DOLLARS = re.compile(r"[\\*_<>'\"`|{\[\]&~-]")
_INDENT = frozenset(" \t")
# A table has a line of dashes under its heads, or a bar at the start of each row.
_TABLE = re.compile(r"^[ \t>]*(?=[^\n]*\|)[|:+ \t-]*-[|:+ \t-]*$", re.MULTILINE)
_ROWS = re.compile(r"[ \t>]*\|.*\|[ \t]*\n(?:[ \t>]*\|.*(?:\n|$))+")


def blocks(text: str) -> str:
    """Return `text` as Markdown of one or more paragraphs, without a line break at its end.

    Paragraphs, lists, code, math, quotes, links, images, footnotes, tables that have a line of
    dashes or a bar before each row, and harmless HTML mean what kramdown means by them. Scripts,
    styles, frames, event handlers, addresses that are scripts, comments, kramdown's own extensions
    (`{:…}`), abbreviations, and definitions that nothing refers to are shown as typed; a tag, a
    fence or a formula that is not closed is text.
    Raises `Refusal` for control characters, lone surrogates and non-characters.
    """
    easy = is_easy(text)
    if easy and _ORDINARY.fullmatch(text):
        return text
    text = unwrapped(checked(text).strip())
    if easy and _SPECIAL.search(text) is None:
        return text
    return _Blocks(text).markdown()


class _Blocks:
    """The text of one cell on its way from typed to Markdown."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._tags = Tags(self._pieces, SPAN_TAGS | BLOCK_TAGS)

    def markdown(self) -> str:
        for segment in segments(self._text):
            if segment.kind is Kind.PROSE:
                self._prose("\n".join(segment.lines))
            else:
                self._pieces.append(_code(segment))
            self._pieces.append("\n")
        self._tags.end()
        return "".join(self._pieces).rstrip("\n")

    def _prose(self, text: str) -> None:
        table = _TABLE.search(text) is not None or _ROWS.match(text) is not None
        text = flat(text)
        start = len(self._pieces)
        position = 0
        while found := _TOKEN.search(text, position):
            self._pieces.append(text[position : found.start()])
            position = found.end()
            if found["tag"] and not self._tag(found[0]):
                self._pieces.append("&lt;")
                position = found.start() + 1
            elif found["char"]:
                self._pieces.append("|" if table and found[0] == "|" else entity(found[0]))
            elif found["definition"] or found["note"]:
                self._pieces.append(self._definition(found[0]))
            elif not found["tag"]:
                self._pieces.append(_span(found))
        self._pieces.append(text[position:])
        self._tags.end_paragraph()
        calm(self._pieces, start)

    def _tag(self, typed: str) -> bool:
        tag = TAG.fullmatch(typed)
        return tag is not None and self._tags.take(tag)

    def _definition(self, typed: str) -> str:
        """Return the start of a definition; where nothing refers to it, it is text."""
        label = typed[typed.index("[") : -1].lower()
        before, *after = self._text.lower().split(f"{label}:")
        # The lines up to the next blank one, and indented ones after it, are the note's own.
        own = [part for part in "".join(after).split("\n\n")[1:] if part[:1] not in _INDENT]
        referred = len(after) == 1 and any(label in part for part in (before, *own))
        return typed if referred else f"{typed[:-2]}&#93;:"


def _span(found: re.Match[str]) -> str:
    """Return what is written for a token that needs no look at the rest of the text."""
    typed = found[0]
    if found.lastgroup in {"math", "inline", "display", "dollar"}:
        return _math(found)
    if found["code"] or found["html_code"] is not None:
        return _code_span(found)
    if found["escaped"]:
        return entity(found["escaped"]) if found["escaped"] in "<{`" else typed
    if found["entity"]:
        return _reference(typed)
    if found["end"] or found["abbreviation"] or found["year"]:
        return typed[:-1] + entity(typed[-1])
    return typed


def _reference(typed: str) -> str:
    """Return a reference that kramdown knows; it has the names of HTML 4 alone."""
    meant = ENTITY.fullmatch(typed)
    char = character(meant) if meant else None
    if char is None:
        return f"&amp;{typed[1:]}"
    known = typed.startswith("&#") or typed[1:-1] in name2codepoint
    return typed if known else "".join(map(entity, char))


def _code_span(found: re.Match[str]) -> str:
    if found["html_code"] is not None:
        return code_tag(found["html_code"])
    return found[0] if harmless(found["code"]) else code_html(found["code"])


def _math(found: re.Match[str]) -> str:
    typed = found[0]
    if (inside := found["math"]) is not None:
        return typed if harmless(inside) and "|" not in inside else math_text(rf"\({inside}\)")
    if found["dollar"] and _IN_DOLLARS.search(typed) is None:
        return typed
    return math_text(typed)


def _code(segment: Segment) -> str:
    typed = "\n".join(segment.lines)
    if segment.kind is Kind.BLANK or harmless(segment.code):
        return typed
    language = f' class="language-{segment.language}"' if segment.language else ""
    indent = "" if segment.kind is Kind.INDENTED else segment.indent
    code = code_entities(segment.code)
    # An item of a list would end at a line that is not indented as it is.
    code = code.replace("\n", "&#10;") if indent else code
    return f"{indent}<pre><code{language}>{code}</code></pre>"


def harmless(code: str) -> bool:
    """Say whether `code` may stand in a page even where Markdown does not take it for code."""
    return _DANGEROUS.search(code) is None
