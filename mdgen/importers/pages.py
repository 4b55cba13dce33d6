"""Pages of an academicpages site, made by the theme's notebooks or by hand, to rows.

What the notebooks put on a page is taken apart again: what they escaped is unescaped, and the lines
that they added to a body ("Download paper here", "Recommended citation: …") go, because the theme
shows both anyway.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from mdgen import frontmatter
from mdgen.boilerplate import unescaped, without_boilerplate
from mdgen.cells.slugs import parse_slug
from mdgen.columns import columns_of, fold
from mdgen.importers import Imported, Item
from mdgen.importers.pagetexts import shows_the_same
from mdgen.importers.sameness import folded
from mdgen.kinds import KINDS
from mdgen.problems import MdgenError, Place, Problem
from mdgen.titles import RESERVED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mdgen.boilerplate import Body

# Longer bodies are no cell's text: they stay on their page, below the keep line.
LONGEST_DESCRIPTION: Final = 2000


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a collection's pages are named, and which of their keys are columns of another name."""

    date: str
    link: str
    permalinks: str
    columns: Mapping[str, str]


_KINDS: Final = {
    "publications": _Kind(
        "pub_date", "paper_url", "/publication/",
        {"paperurl": "paper_url", "link": "paper_url", "slidesurl": "slides_url",
         "bibtexurl": "bibtex_url", "pdf": "paper_url", "code": "code_url", "video": "video_url"},
    ),
    "talks": _Kind(
        "date", "talk_url", "/talks/",
        {"talk_type": "type", "link": "talk_url", "slidesurl": "slides_url",
         "paperurl": "paper_url", "bibtexurl": "bibtex_url"},
    ),
    "teaching": _Kind("date", "course_url", "/teaching/", {"link": "course_url"}),
    "experience": _Kind("start_date", "url", "/experience/", {"kind": "kind_of_job"}),
}  # fmt: skip
# The folder, or what mdgen itself writes for the theme, says these.
_SAID_ELSEWHERE: Final = frozenset({"collection", "permalink", "date", "layout"})
# Settings of one page that no sheet has a column for.
_LEFT_ON_PAGE: Final = frozenset({*RESERVED, "gallery", "sidebar", "author_profile"})
_STEM = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
# Columns that a page shows as its text.
_SHOWN_AS_TEXT: Final = frozenset({"excerpt", "description"})
_NAME = re.compile(r"\.(?:md|markdown|mkdn?|html)$")


def read_pages(
    kind: str, pages: Mapping[str, str], lists: Collection[str] = (), *, liquid: bool = False
) -> Imported:
    """Return a row for every page of a collection of `kind` (publications, talks …).

    `pages` maps each page's path (`_talks/2012-03-01-talk-1.md`) to its text. A page without front
    matter, or whose front matter is no YAML, is a problem with its name, and the others are read.

    A file name of the form `DATE-SLUG` with the page's own date is told by `url_slug`; any other by
    the column `page_file`. A permalink that is not the one made from them stands in `permalink`.
    Keys that are no columns become columns; of those that hold lists, only the ones that `lists`
    names, for in other columns a list would come back as text. A body of more than
    `LONGEST_DESCRIPTION` characters is left out, with a note: it stays on its page. So does a body
    or an excerpt that would show otherwise as a cell's text; with `liquid` cells may hold Liquid.
    """
    items, problems, notes = [], [], []
    for path, text in sorted(pages.items()):
        place = Place(path)
        try:
            front, typed = _parts(text)
        except MdgenError as error:
            problems.append(Problem(place, f"{error}; mend it, or enter it in the sheet by hand"))
            continue
        body = without_boilerplate(typed, _text(front.get("excerpt")))
        left = _left_there(body, _text(front.get("citation")), liquid=liquid)
        # The page would show them above the text that stays below the keep line.
        beside = [key for key in front if left and _column(kind, key) in _SHOWN_AS_TEXT]
        staying = [
            key
            for key, value in front.items()
            if key not in beside and _stays(kind, key, value, lists)
        ]
        told = {key: value for key, value in front.items() if key not in {*staying, *beside}}
        cells = _cells(_KINDS[kind], path, told, replace(body, text="") if left else body)
        items.append(Item(cells, place))
        said = [f"{key}: stays on the page; no column holds it" for key in staying]
        if left:
            said.append(f"{left}; it stays on the page, below the keep line")
        said += (f"{key}: stays on the page, as its text does" for key in beside)
        said += _missing(_KINDS[kind], cells)
        notes += [Problem(place, note) for note in said]
    return Imported(tuple(items), tuple(problems), tuple(notes))


def _parts(text: str) -> tuple[dict[str, object], str]:
    parts = frontmatter.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if parts is None:
        raise MdgenError("has no front matter, so Jekyll does not take it for a page")
    # A line for the `---`, so that a problem's line is that of the file.
    return frontmatter.load(f"\n{parts[0]}"), parts[1]


def _cells(kind: _Kind, path: str, front: Mapping[str, object], body: Body) -> dict[str, str]:
    stem = _NAME.sub("", path.rpartition("/")[2])
    named = _STEM.fullmatch(stem)
    date = _text(front.get("date")) or (named["date"] if named else "")
    cells = {kind.date: date}
    for key, value in front.items():
        if key not in _SAID_ELSEWHERE and (text := _text(value)):
            _add(cells, kind.columns.get(key, key), text)
    if front.get("published") is False:
        cells["published"] = "no"
    for column, url in body.links.items():
        _add(cells, kind.link if column == "link" else column, url)
    if body.citation:
        cells.setdefault("citation", body.citation)
    if body.text:
        cells["description"] = body.text
    cells |= _address(kind, stem, date, _text(front.get("permalink")), path)
    return {column: text for column, text in cells.items() if text}


def _add(cells: dict[str, str], column: str, text: str) -> None:
    """Fill a cell; a column of links takes several, of another the first text is taken."""
    if column not in cells:
        cells[column] = text
    elif column.endswith("_url") and text not in cells[column].split("\n"):
        cells[column] += f"\n{text}"


def _stays(kind: str, key: str, value: object, lists: Collection[str]) -> bool:
    """Tell whether a key stays on its page, since no column could give it back."""
    if key in _SAID_ELSEWHERE:
        return False
    if isinstance(value, list) and (
        any(isinstance(each, dict) for each in value) or not (key in lists or _column(kind, key))
    ):
        return True
    if key == "excerpt" and not shows_the_same(_text(value), liquid=True):
        return True
    return isinstance(value, dict) or (key in _LEFT_ON_PAGE and key not in _KINDS[kind].columns)


def _column(kind: str, key: str) -> str:
    """Return which column a key of front matter is, or nothing."""
    return _KINDS[kind].columns.get(key) or _titles(kind).get(fold(key), "")


@cache
def _titles(kind: str) -> Mapping[str, str]:
    """Return the kind's columns by their titles; one that two of them have is the first one's."""
    return {
        fold(title): column.name
        for column in reversed(columns_of(KINDS[kind]))
        for title in (column.name, *column.aliases)
    }


def _address(kind: _Kind, stem: str, date: str, permalink: str, path: str) -> dict[str, str]:
    """Return the cells that keep a page's file name and permalink exactly as they are."""
    named = _STEM.fullmatch(stem)
    cells = {}
    if named and named["date"] == date and parse_slug(named["slug"]) == named["slug"]:
        cells["url_slug"] = named["slug"]
    else:
        cells["page_file"] = stem
    # Without a permalink of its own a page has the one of the theme's defaults: /:collection/:path/
    permalink = permalink or f"/{path.split('/', maxsplit=1)[0].lstrip('_')}/{stem}/"
    # As Jekyll takes it: without a `/` the same, and what is encoded is decoded.
    permalink = quote(f"/{permalink.removeprefix('/')}", safe="/%+~")
    if permalink != f"{kind.permalinks}{stem}":
        cells["permalink"] = permalink
    return cells


def _text(value: object) -> str:
    """Return a value of front matter as the text of a cell."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return unescaped(str(value).strip())


def _left_there(body: Body, citation: str, *, liquid: bool) -> str:
    """Return why a body stays on its page; nothing for one that can be a cell's text."""
    if len(body.text) > LONGEST_DESCRIPTION:
        return "its text is too long for a cell"
    if not shows_the_same(body.text, liquid=liquid):
        return "its text would show otherwise in a cell"
    if body.text and citation and body.citation and folded(citation) != folded(body.citation):
        return "its text has another citation than its front matter"
    return ""


def _missing(kind: _Kind, cells: Mapping[str, str]) -> Iterator[str]:
    for column, what in ((kind.date, "date"), ("title", "title")):
        if column not in cells:
            yield f"has no {what}; give it one in {column}"
