"""A citation that a person typed, or a citation processor made, as safe HTML of one line."""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING

from mdgen.markup import one_line

if TYPE_CHECKING:
    from nh3 import Cleaner

    from mdgen.names import OwnNames

INLINE_TAGS = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "u"}
)
# Awards are typed with the theme's icons: <i class="fas fa-trophy" aria-hidden="true"></i>.
_ATTRIBUTES = {"a": {"href", "title"}, "i": {"class", "aria-hidden"}, "span": {"class"}}
_URL_SCHEMES = {"http", "https", "mailto"}
# Known to be HTML, and no business of a citation: their tags go, the text between them stays.
_OTHER_TAGS = frozenset(
    {"address", "article", "aside", "audio", "base", "bdi", "bdo", "big", "blockquote", "body"}
    | {"button", "canvas", "center", "dd", "details", "dfn", "div", "dl", "dt", "embed", "fieldset"}
    | {"figcaption", "figure", "font", "footer", "form", "frame", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "head", "header", "hr", "html", "iframe", "img", "input", "kbd", "label", "li", "link"}
    | {"main", "math", "meta", "nav", "noscript", "object", "ol", "option", "p", "picture", "pre"}
    | {"samp", "script", "section", "select", "source", "strike", "style", "summary", "svg"}
    | {"table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "tt"}
    | {"ul", "var", "video", "wbr"}
)

_SPECIAL = re.compile(r"[<>&*]|\\\"|\"\"")
_ESCAPED_AGAIN = re.compile(
    r"&(?:amp;)+(?P<again>#\d+;|#[xX][0-9a-fA-F]+;|(?P<name>[A-Za-z][A-Za-z0-9]*;))"
)
_BARE_AND = re.compile(r"&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
_TAG = re.compile(
    r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?:\s+[^\s\"'<>/=]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))*\s*/?>"
)
_ANGLE = re.compile(rf"(?P<tag>{_TAG.pattern})|<!--.*?-->|<")
_ESCAPED_QUOTE = re.compile(r'\\+"')
_EMPTY_ATTRIBUTE = re.compile(r'=""[\s/>]')

_CLOSE_AROUND = r"(?=[^\W_]|[\"'“‘(])([^*<>]+)(?<=[^\s*(])"
_BOLD = re.compile(rf"(<[^<>]*>)|(?<![\w*\\>])\*\*{_CLOSE_AROUND}\*\*(?![\w*<])")
_ITALIC = re.compile(rf"(<[^<>]*>)|(?<![\w*\\>])\*{_CLOSE_AROUND}\*(?![\w*<])")


def clean_citation(text: str, own: OwnNames) -> str:
    """Give a typed citation as HTML that is safe to print raw.

    Inline tags stay and are balanced, other tags go; what is no HTML is text. Entities keep their
    meaning, however often they were escaped. Markdown bold and italics become tags where the
    stars can mean nothing else, and the own name becomes bold. Cleaning twice changes nothing.

    Raises `Refusal` for characters that no page can show.
    """
    return own.embolden(safe_inline(text))


def safe_inline(text: str) -> str:
    """Give text with some HTML in it as well-formed HTML of inline tags alone, on one line.

    Raises `Refusal` for characters that no page can show.
    """
    text = one_line(text)
    if not _SPECIAL.search(text):
        return text
    text = _quoted_once(text)
    if "<" in text or ">" in text or "&" in text:
        text = _sanitized(text)
    return _with_tags_for_stars(text) if "*" in text else text


def _sanitized(text: str) -> str:
    text = _BARE_AND.sub("&amp;", _ESCAPED_AGAIN.sub(_escaped_once, text))
    text = _ANGLE.sub(_tag_or_text, text)
    text = _cleaner().clean(_with_slashes(text))
    return _quoted_once(_ESCAPED_AGAIN.sub(_escaped_once, one_line(text.replace("&nbsp;", "\xa0"))))


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner  # noqa: PLC0415 - start-up time

    return Cleaner(
        tags=set(INLINE_TAGS), attributes=_ATTRIBUTES, url_schemes=_URL_SCHEMES, link_rel=None
    )


def _quoted_once(text: str) -> str:
    r"""Undo what a sheet did to quotes: `\"`, and `""` if all of them are doubled."""
    text = _ESCAPED_QUOTE.sub('"', text)
    while (
        text.count('""') > 1
        and '"' not in text.replace('""', "")
        and not _EMPTY_ATTRIBUTE.search(text)
    ):
        text = text.replace('""', '"')
    return text


def _escaped_once(entity: re.Match[str]) -> str:
    if entity["name"] and entity["name"] not in html5:
        return f"&amp;{entity['again']}"
    return f"&{entity['again']}"


def _tag_or_text(angle: re.Match[str]) -> str:
    """Keep HTML's own tags; any other `<` is text: `p < 0.05`, `List<T>`, `<me@x.org>`."""
    if angle["tag"] is None:
        return "" if len(angle[0]) > 1 else "&lt;"
    name = angle["name"].lower()
    return angle[0] if name in INLINE_TAGS or name in _OTHER_TAGS else f"&lt;{angle[0][1:]}"


def _with_slashes(text: str) -> str:
    """Close `<i>Journal<i>`: where no tag closes, every second one was meant to."""
    for name in ("i", "b", "em", "strong", "u"):
        tag = f"<{name}>"
        if f"</{name}>" not in text and text.count(tag) > 1:
            pieces = text.split(tag)
            closing = [tag if place % 2 else f"</{name}>" for place in range(1, len(pieces))]
            text = pieces[0] + "".join(map("".join, zip(closing, pieces[1:], strict=True)))
    return text


def _with_tags_for_stars(html: str) -> str:
    """Write Markdown's `**bold**` and `*italics*` as tags, where the stars stand close around text.

    `Lu, R.*, Xue, Y.* (*equal contribution)` has stars that stay, and so has what is next to a
    tag, where a star may belong to the name inside.
    """
    bold = _BOLD.sub(lambda match: match[1] or f"<b>{match[2]}</b>", html)
    return _ITALIC.sub(lambda match: match[1] or f"<i>{match[2]}</i>", bold)
