"""XML of workbooks, by Python's own expat; declarations of entities have been refused before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable


class MarkupError(Exception):
    """The XML is not well-formed."""


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start` and `end` with the name of each element, without its prefix."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise MarkupError(str(error)) from None


def local(attributes: dict[str, str], name: str, otherwise: str = "") -> str:
    """Return the attribute of this name, with or without a prefix."""
    return next(
        (value for key, value in attributes.items() if key.rpartition(":")[2] == name), otherwise
    )
