"""HTML tags in Markdown: which may stand, and that each that opens also closes."""

from __future__ import annotations

import re
from collections import Counter

# kramdown reads Markdown inside of these; of other tags it would print quotes as they are, and
# the theme puts titles into title="…".
TITLE_TAGS = frozenset({"b", "del", "em", "i", "ins", "small", "span", "strong", "sub", "sup"})
SPAN_TAGS = TITLE_TAGS | {"a", "abbr", "cite", "kbd", "mark", "q", "s", "samp", "u", "var"}
BLOCK_TAGS = frozenset(
    {"blockquote", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary", "ul"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
# Some thousand overflow kramdown's stack.
_DEEPEST = 100
_VOID_TAGS = frozenset({"br", "hr", "img"})

# Attributes without a value are rather words: "if a <b and c> d".
_ATTRIBUTE = r"\s+[A-Za-z][\w:-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+)"
TAG = re.compile(rf"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:{_ATTRIBUTE})*\s*/?)>")
# What kramdown could read as markup of its own where it does not see the tag around it.
_IN_ATTRIBUTES = re.compile(r"[`{}\[\]|\\$*_]")
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}}
_HANDLER = re.compile(r"[\s\"'/]on\w+\s*=", re.IGNORECASE)
_NEEDED = {"a": "href=", "img": "src="}


class Tags:
    """The tags of one text, written into the pieces of its Markdown as they come.

    A tag that has no partner is turned back into text, so that it cannot swallow what follows.
    """

    def __init__(self, pieces: list[str], allowed: frozenset[str]) -> None:
        self._pieces = pieces
        self._allowed = allowed
        self._open: list[tuple[str, int, str]] = []
        self._names: Counter[str] = Counter()

    def take(self, tag: re.Match[str]) -> bool:
        """Write `tag`, a match of `TAG`, and say so; `False` where it must stay text."""
        name = tag["name"].lower()
        if name in _VOID_TAGS:
            return self._void(tag, name)
        if name not in self._allowed:
            return False
        if tag["close"]:
            return self._close(name)
        rest = tag["rest"].strip()
        if rest.endswith("/") or len(self._open) == _DEEPEST:
            return False
        start = f"<{name}>" if not rest and name not in _NEEDED else _cleaned(tag[0], name)
        if start:
            self._open.append((name, len(self._pieces), tag[0]))
            self._names[name] += 1
            self._pieces.append(start)
        return bool(start)

    def end_paragraph(self) -> None:
        """Turn back every inline tag that the paragraph left open."""
        while self._open and self._open[-1][0] not in BLOCK_TAGS:
            self._turn_back()

    def end(self) -> None:
        """Turn back every tag that is still open."""
        while self._open:
            self._turn_back()

    def _void(self, tag: re.Match[str], name: str) -> bool:
        if tag["close"] or (name != "br" and "a" not in self._allowed):
            return False
        start = f"<{name} />" if name != "img" else _cleaned(tag[0], name)
        if self._allowed is TITLE_TAGS:
            start += " "  # where the theme strips tags, two words would become one
        self._pieces.append(start)
        return bool(start)

    def _close(self, name: str) -> bool:
        if not self._names[name]:
            return False
        while self._open[-1][0] != name:
            self._turn_back()
        self._open.pop()
        self._names[name] -= 1
        self._pieces.append(f"</{name}>")
        return True

    def _turn_back(self) -> None:
        name, index, typed = self._open.pop()
        self._names[name] -= 1
        self._pieces[index] = typed.replace("<", "&lt;").replace(">", "&gt;")


def _cleaned(tag: str, name: str) -> str:
    """Return the start tag with its harmless attributes, or nothing where it must stay text."""
    if _HANDLER.search(tag):
        return ""
    if name not in _NEEDED:
        return f"<{name}>"
    import nh3  # noqa: PLC0415 - start-up time

    cleaned = nh3.clean(
        tag,
        tags={name},
        attributes={name: _ATTRIBUTES[name]},
        url_schemes={"http", "https", "mailto", "ftp"},
        link_rel=None,
    )
    start = cleaned.removesuffix("</a>")
    if _NEEDED[name] not in start:
        return ""
    return _IN_ATTRIBUTES.sub(lambda char: f"&#{ord(char[0])};", start)
