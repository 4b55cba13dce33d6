"""Titles: one line of inline Markdown, in which nothing can become a block, a link or a script."""

from __future__ import annotations

import re

from mdgen.markup.delimiters import calm, is_easy
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
from mdgen.markup.tags import TAG, TITLE_TAGS, Tags
from mdgen.markup.text import ENTITY, character, one_line, unwrapped

_SPECIAL = re.compile(r"[\\`<&|\[$]|\{:|>>|\"[\"']|^[#>+:*_^-]|^\d+\.(?:\s|$)")
# A title in which there is nothing to look for; most are.
_ORDINARY = re.compile(r"[^\W\d_][\w ,.;:()/'?!%@=+-]*")
_TOKEN = re.compile(
    rf"{MATH}|{ESCAPE}|{CODE}|{HTML_CODE}|(?P<tag>{TAG.pattern.replace('?P<', '?P<tag_')})"
    rf"|(?P<entity>&#?\w+;)|(?P<char>[`<&|^\[]|\{{(?=:)|\"(?=[\"'])|\$(?=\$)|>(?=>)|(?<=>)>)",
    re.DOTALL,
)
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}")
# A quote, a heading, an end-of-block mark; a list; a numbered list; a definition of whatever kind.
_BLOCK = re.compile(r"[#>^]|[-+*:](?=\s|$)|(?P<number>\d+)\.(?=\s|$)|\*(?=\[[^\n]*\]:)")
_LINKING = re.compile(r"\][(:]")
# Code that reads the same in Markdown, in HTML, and in a table's row.
_HARMLESS_CODE = re.compile(r"[^\s<>&\"`|{}\\$~]+(?: [^\s<>&\"`|{}\\$~]+)*")
_HARMLESS_MATH = re.compile(r"(?:(?!~~|\{:)[^<>&\"|`])*")


def title(text: str) -> str:
    """Return a title as one line of inline Markdown for a theme that also prints it raw.

    Emphasis, code, math, `~~`, quotes and dashes mean what Markdown means by them, and so do
    `<i>`, `<sub>` and their like where they are closed. What would begin a block, a table, a link
    (a title is a link already), a footnote or any other tag is shown as typed.
    Raises `Refusal` for control characters, lone surrogates and non-characters.
    """
    text = one_line(text)
    easy = is_easy(text)
    if easy and _ORDINARY.fullmatch(text):
        return text
    text = unwrapped(text)
    if easy and _SPECIAL.search(text) is None:
        return text
    if _RULE.fullmatch(text):
        return "".join(entity(char) if char != " " else char for char in text)
    return _Title(text).markdown()


class _Title:
    """One title on its way from typed to Markdown."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._tags = Tags(self._pieces, TITLE_TAGS)
        self._links = _LINKING.search(text) is not None

    def markdown(self) -> str:
        position = self._block_start()
        while found := _TOKEN.search(self._text, position):
            self._pieces.append(self._text[position : found.start()])
            position = self._token(found)
        self._pieces.append(self._text[position:])
        self._tags.end()
        calm(self._pieces)
        return "".join(self._pieces)

    def _block_start(self) -> int:
        if (found := _BLOCK.match(self._text)) is None:
            return 0
        number = found["number"] or ""
        self._pieces.append(number + entity(found[0].removeprefix(number)))
        return found.end()

    def _token(self, found: re.Match[str]) -> int:
        """Write one token, and return where the text goes on."""
        kind = found.lastgroup
        text = found[0]
        if kind in {"math", "inline", "display", "dollar"}:
            self._pieces.append(self._math(found))
        elif found["code"]:
            self._pieces.append(text if _harmless(found) else code_html(found["code"]))
        elif found["html_code"] is not None:
            self._pieces.append(code_tag(found["html_code"]))
        elif found["escaped"]:
            escaped = found["escaped"]
            self._pieces.append(escaped if escaped in "\"'" else entity(escaped))
        elif found["entity"]:
            return self._entity(found)
        elif found["tag"]:
            tag = TAG.fullmatch(text)
            if tag is None or not self._tags.take(tag):
                self._pieces.append("&lt;")
                return found.start() + 1
        else:
            self._pieces.append(self._char(found))
        return found.end()

    def _math(self, found: re.Match[str]) -> str:
        text = found[0]
        if (inside := found["math"]) is None:
            return math_text(text)
        if _HARMLESS_MATH.fullmatch(inside) and text != self._text:
            return text
        return math_text(rf"\({inside}\)")

    def _entity(self, found: re.Match[str]) -> int:
        meant = ENTITY.fullmatch(found[0])
        char = character(meant) if meant else None
        if char is None:
            self._pieces.append("&amp;")
            return found.start() + 1
        self._pieces.append(
            char
            if char.isalnum() or not char.isascii() or char in "\"'"
            else "".join(map(entity, char))
        )
        return found.end()

    def _char(self, found: re.Match[str]) -> str:
        char = found[0]
        if char == "[" and not self._links:
            return char
        if char == '"':
            # kramdown leaves the first of two quotes straight, and the theme has title="…".
            before = self._text[: found.start()][-1:]
            return "&#8220;" if before in {"", " ", "(", "["} else "&#8221;"
        if char == "&" and not re.match(r"[#\w]", self._text[found.end() : found.end() + 1]):
            return char
        return entity(char)


def _harmless(found: re.Match[str]) -> bool:
    return found["ticks"] == "`" and _HARMLESS_CODE.fullmatch(found["code"]) is not None
