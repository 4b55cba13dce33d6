"""What could run, break out or hide in a piece of HTML, as a browser's parser sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_TAGS = frozenset(
    {"html", "head", "body", "a", "abbr", "b", "blockquote", "br", "center", "cite", "code", "dd"}
    | {"del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q"}
    | {"s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "u", "ul", "var"}
)
_ATTRIBUTES = frozenset(
    {"alt", "checked", "class", "disabled", "height", "href", "id", "rel", "role", "src", "style"}
    | {"title", "type", "width"}
)
# A scheme that is none of these is one too many; so is a colon that a browser could take for one.
_ADDRESS = re.compile(r"(?i)(?:https?:|mailto:|ftp:|tel:|[/#.]|[\w.~%+-]*(?:[/?#]|$))")


def dangers(html: str) -> list[str]:
    """Return each thing in `html` that no text of a cell may bring about; best is an empty list."""
    root = LexborHTMLParser(html).root
    assert root is not None
    return [danger for node in root.traverse(include_text=True) for danger in _dangers(node)]


def _dangers(node: LexborNode) -> Iterator[str]:
    if node.tag == "-text":
        return
    if node.tag not in _TAGS:
        yield f"<{node.tag}>"
    for name, value in node.attributes.items():
        address = name not in {"href", "src"} or _ADDRESS.match(value or "")
        style = name != "style" or (value or "").startswith("text-align: ")
        box = name != "type" or value == "checkbox"
        if name not in _ATTRIBUTES or not (address and style and box):
            yield f"{name}={value!r}"
