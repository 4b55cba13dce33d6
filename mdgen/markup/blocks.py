r"""Markdown of one or more paragraphs: what kramdown means by it, but nothing that could do harm.

kramdown decides what is code, a list or a quote only after this module has seen the text, so
nothing here relies on that: whatever is left as typed is harmless wherever it stands. Every `<`
that is left begins a tag that was found good; `{:` (kramdown's attributes and options) is never
left; `](` and `]:` are left only before an address that cannot be a script. Code in which any of
these stands is written as `<pre>` or `<code>` with entities, as an entity in Markdown's own code
would be shown.
"""

from __future__ import annotations

import re
from html import escape

from mdgen.markup.spans import (
    CODE,
    ESCAPE,
    HTML_CODE,
    MATH,
    code_html,
    code_tag,
    entity,
    math_text,
)
from mdgen.markup.tags import BLOCK_TAGS, SPAN_TAGS, TAG, Tags
from mdgen.markup.text import ENTITY, character, checked, unwrapped

_SPECIAL = re.compile(r"[<{\[`$\]]|\\[(\[<{\"]|&#?\w+;|~~~|^[ \t]*\^[ \t]*$", re.MULTILINE)
_WEB = r"(?:https?://|ftp://|mailto:|tel:|/|#|\.{1,2}/)"
_TARGET = (
    rf"\]\(\s*(?:{_WEB}|[\w.~%+-]+(?:[/?#]|(?=\s*\)|\s+[\"']))|(?=\)))"
    rf"|\]\(<(?:https?://|mailto:|/)[^\s<>\"'`{{}}\[\]|\\]*>\)"
)
_AUTOLINK = r"<(?:(?:https?://|mailto:)[^\s<>\"'`{}|\\^\[\]]+|[\w.+-]+@[\w.-]+)>"
_TOKEN = re.compile(
    rf"(?P<target>{_TARGET})|{MATH}|{ESCAPE}|{CODE}|{HTML_CODE}|(?P<autolink>{_AUTOLINK})"
    rf"|(?P<tag>{TAG.pattern.replace('?P<', '?P<tag_')})|(?P<entity>&#?\w+;)"
    rf"|(?P<definition>^[ \t>]*\[[^\]\n\[<>{{}}`\\&$|]+\]:(?=[ \t]*{_WEB}\S*(?:[ \t]+[\"'].*)?[ \t]*$))"
    rf"|(?P<note>^[ \t]*\[\^[\w-]+\]:)"
    rf"|(?P<end>^[ \t]*\^(?=[ \t]*$))|(?P<abbreviation>^[ \t>]*\*(?=\[.*\]:))"
    rf"|(?P<char>[<`]|\{{(?=:)|\](?=[(:])|\$(?=\$)|~(?=~~)|(?<=~~)~)",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"(?P<indent> {0,12})(?P<fence>`{3,}|~{3,})[ \t]*(?:\w[\w+#.-]*)?[ \t]*")
_INDENTED = re.compile(r"(?: {4}|\t)")
_LIST = re.compile(r"\s*(?:[-+*]|\d+\.)\s")


def blocks(text: str) -> str:
    """Return `text` as Markdown of one or more paragraphs, without a line break at its end.

    Paragraphs, lists, tables, code, math, quotes, links, images, footnotes and harmless HTML mean
    what kramdown means by them. Scripts, styles, frames, event handlers, addresses that are
    scripts, comments, kramdown's own extensions (`{:…}`), abbreviations, and definitions that
    nothing refers to are shown as typed; a tag, a fence or a formula that is not closed is text.
    Raises `Refusal` for control characters, lone surrogates and non-characters.
    """
    text = unwrapped(checked(text).strip())
    if _SPECIAL.search(text) is None:
        return text
    return _Blocks(text).markdown()


class _Blocks:
    """The text of one cell on its way from typed to Markdown."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._tags = Tags(self._pieces, SPAN_TAGS | BLOCK_TAGS)
        self._paragraph: list[str] = []

    def markdown(self) -> str:
        lines = self._text.split("\n")
        number = 0
        listed = False
        while number < len(lines):
            line = lines[number]
            end = _fence_end(lines, number)
            if end:
                self._end_paragraph()
                self._code(lines[number : end + 1])
                number = end
            elif not line.strip():
                self._end_paragraph()
                self._pieces.append(f"{line}\n")
            else:
                listed = bool(_LIST.match(line)) or (listed and line[0] in " \t")
                if not self._paragraph and not listed and _INDENTED.match(line):
                    self._pieces.append(_indented(line))
                else:
                    self._paragraph.append(line)
            number += 1
        self._end_paragraph()
        self._tags.end()
        return "".join(self._pieces).rstrip("\n")

    def _end_paragraph(self) -> None:
        if self._paragraph:
            self._spans("\n".join(self._paragraph))
            self._tags.end_paragraph()
            self._pieces.append("\n")
            self._paragraph = []

    def _code(self, lines: list[str]) -> None:
        """Write a fenced block, its fences being the first and the last line."""
        typed = "\n".join(lines)
        inside = "\n".join(lines[1:-1])
        if harmless(inside):
            self._pieces.append(f"{typed}\n")
            return
        indent = " " * (len(lines[0]) - len(lines[0].lstrip(" ")))
        shown = "\n".join(line.removeprefix(indent) for line in lines[1:-1])
        code = _code_entities(shown)
        self._pieces.append(
            f"{indent}<pre><code>"
            + code.replace("\n", "&#10;" if indent else "\n")
            + "</code></pre>\n"
        )

    def _spans(self, text: str) -> None:
        position = 0
        while found := _TOKEN.search(text, position):
            self._pieces.append(text[position : found.start()])
            position = self._token(found)
        self._pieces.append(text[position:])

    def _token(self, found: re.Match[str]) -> int:
        """Write one token, and return where the text goes on."""
        text = found[0]
        kind = found.lastgroup
        if kind in {"math", "inline", "display", "dollar"}:
            self._pieces.append(_math(found))
        elif found["code"]:
            self._pieces.append(text if harmless(found["code"]) else code_html(found["code"]))
        elif found["html_code"] is not None:
            self._pieces.append(code_tag(found["html_code"]))
        elif found["escaped"]:
            escaped = found["escaped"]
            self._pieces.append(entity(escaped) if escaped in "<{`" else text)
        elif found["tag"]:
            tag = TAG.fullmatch(text)
            if tag is None or not self._tags.take(tag):
                self._pieces.append("&lt;")
                return found.start() + 1
        elif found["entity"]:
            self._pieces.append(_entity(text))
        else:
            self._pieces.append(self._mark(found))
        return found.end()

    def _mark(self, found: re.Match[str]) -> str:
        text = found[0]
        if found["definition"] or found["note"]:
            label = text[text.index("[") : text.rindex("]") + 1]
            return text if self._referred(label) else f"{text[:-2]}&#93;:"
        if found["end"] or found["abbreviation"]:
            return text[:-1] + entity(text[-1])
        return entity(text) if found["char"] else text

    def _referred(self, label: str) -> bool:
        """Say whether anything but its own line refers to `label`, which one line defines."""
        lines = [line for line in self._text.lower().split("\n") if label.lower() in line]
        defining = [line for line in lines if f"{label.lower()}:" in line]
        return len(defining) == 1 and len(lines) > 1


def harmless(code: str) -> bool:
    """Say whether `code` may stand in a page even where Markdown does not take it for code."""
    return _DANGEROUS.search(code) is None


_DANGEROUS = re.compile(r"[<`]|\{:|\][(:]|&#?\w+;|\$\$|~~|^\s*(?:\^|\*\[)", re.MULTILINE)


def _math(found: re.Match[str]) -> str:
    text = found[0]
    if (inside := found["math"]) is not None:
        return text if harmless(inside) and "|" not in inside else math_text(rf"\({inside}\)")
    if found["dollar"] and not re.search(r"[\\*_<>'\"`|{\[\]&~-]", text):
        return text
    return math_text(text)


def _entity(text: str) -> str:
    meant = ENTITY.fullmatch(text)
    return text if meant and character(meant) else f"&amp;{text[1:]}"


def _fence_end(lines: list[str], start: int) -> int:
    """Return the number of the line that closes the fence in line `start`, 0 where none does."""
    found = _FENCE.fullmatch(lines[start])
    if found is None:
        return 0
    closing = re.compile(rf" {{0,12}}{found['fence']}{found['fence'][0]}*[ \t]*")
    for number in range(start + 1, len(lines)):
        if closing.fullmatch(lines[number]):
            return number
    return 0


def _indented(line: str) -> str:
    return (
        f"{line}\n"
        if harmless(line)
        else f"<pre><code>{_code_entities(line.strip())}</code></pre>\n"
    )


def _code_entities(code: str) -> str:
    return re.sub(r"[`*_\[\]|\\${}~^]", lambda char: entity(char[0]), escape(code))
