"""What a row becomes: a page of a collection, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdgen.frontmatter import FrontMatter
    from mdgen.problems import Place


@dataclass(frozen=True, slots=True)
class Page:
    """A Jekyll page that one row of a sheet asks for.

    `path` is relative to the site root, with `/` (`_talks/2012-03-01-talk-1.md`). `front` holds the
    keys in the order in which they are written, and no empty value. `body` is Markdown without the
    blank lines around it, ready for Liquid; it may be empty. `place` is the row.
    """

    path: str
    front: FrontMatter
    body: str
    place: Place


@dataclass(frozen=True, slots=True)
class Asset:
    """A generated file that is no page: a `.bib`, an include, the map.

    `path` is relative to the site root, `text` the whole content without the mark, ending in LF.
    """

    path: str
    text: str
    place: Place
