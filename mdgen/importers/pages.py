"""Pages of an academicpages site, made by the theme's notebooks or by hand, to rows.

What the notebooks put on a page is taken apart again: what they escaped is unescaped, and the lines
that they added to a body ("Download paper here", "Recommended citation: …") go, because the theme
shows both anyway.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen import frontmatter
from mdgen.cells.slugs import parse_slug
from mdgen.headers import RESERVED
from mdgen.importers import Imported, Item
from mdgen.problems import MdgenError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_NAME = re.compile(r"\.(?:md|markdown|mkdn?|html)$")
_URL_IN: Final = r"\[[^\]]*\]\((?P<md>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^)]*\)"
_ANCHOR: Final = r"<a\s[^>]*?href\s*=\s*(?P<quote>['\"])(?P<html>.*?)(?P=quote)[^>]*>[^<]*</a>"
_ATTRIBUTES: Final = r"(?:\{:[^}]*\})?"
_DOWNLOAD = re.compile(
    rf"(?:{_ANCHOR}|{_URL_IN}){_ATTRIBUTES}[.\s]*(?:<br\s*/?>)?", re.IGNORECASE | re.DOTALL
)
_DOWNLOAD_WORDS = re.compile(
    r"\b(?:(?:download|access|read|get|view) (?:the )?(?:paper|pdf|article|slides?|bibtex)"
    r"(?: here)?"
    r"|more information(?: here)?)\b",
    re.IGNORECASE,
)
_CITATION = re.compile(r"recommended citation:\s*(?P<citation>.*)", re.IGNORECASE | re.DOTALL)
_SCHOLAR = re.compile(r"use \[google scholar\]\(.*for full citation\.?", re.IGNORECASE | re.DOTALL)
_ENTITIES = re.compile(r"&(?:quot|apos|amp|#39|#34|#x27|#x22);", re.IGNORECASE)
_COLUMN_OF_LINK: Final = {"slide": "slides_url", "bibtex": "bibtex_url"}


@dataclass(frozen=True, slots=True)
class Body:
    """What a page's body says once the notebooks' lines are out: its text, and what they held."""

    text: str
    links: Mapping[str, str]
    citation: str


def read_pages(kind: str, pages: Mapping[str, str]) -> Imported:
    """Return a row for every page of a collection of `kind` (publications, talks …).

    `pages` maps each page's path (`_talks/2012-03-01-talk-1.md`) to its text. A page without front
    matter, or whose front matter is no YAML, is a problem with its name, and the others are read.

    A file name of the form `DATE-SLUG` with the page's own date is told by `url_slug`; any other by
    the column `page_file`. A permalink that is not the one made from them stands in `permalink`.
    Keys that are no columns become columns. A body of more than `LONGEST_DESCRIPTION` characters is
    left out, with a note: it stays on its page.
    """
    items, problems, notes = [], [], []
    for path, text in sorted(pages.items()):
        place = Place(path)
        try:
            front, typed = _parts(text)
        except MdgenError as error:
            problems.append(Problem(place, f"{error}; mend it, or enter it in the sheet by hand"))
            continue
        body = without_boilerplate(typed, front)
        cells = _cells(_KINDS[kind], path, front, body)
        items.append(Item(cells, place))
        notes += [Problem(place, note) for note in _notes(_KINDS[kind], front, cells, body)]
    return Imported(tuple(items), tuple(problems), tuple(notes))


def _parts(text: str) -> tuple[dict[str, object], str]:
    parts = frontmatter.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if parts is None:
        raise MdgenError("has no front matter, so Jekyll does not take it for a page")
    return frontmatter.load(parts[0]), parts[1]


def _cells(kind: _Kind, path: str, front: Mapping[str, object], body: Body) -> dict[str, str]:
    stem = _NAME.sub("", path.rpartition("/")[2])
    named = _STEM.fullmatch(stem)
    date = _text(front.get("date")) or (named["date"] if named else "")
    cells = {kind.date: date}
    for key, value in front.items():
        if not _stays(kind, key) and key not in _SAID_ELSEWHERE and (text := _text(value)):
            cells.setdefault(kind.columns.get(key, key), text)
    if front.get("published") is False:
        cells["published"] = "no"
    for column, url in body.links.items():
        cells.setdefault(kind.link if column == "link" else column, url)
    if body.citation:
        cells.setdefault("citation", body.citation)
    if body.text and len(body.text) <= LONGEST_DESCRIPTION:
        cells["description"] = body.text
    cells |= _address(kind, stem, date, _text(front.get("permalink")), path)
    return {column: text for column, text in cells.items() if text}


def _stays(kind: _Kind, key: str) -> bool:
    return key in _LEFT_ON_PAGE and key not in kind.columns


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
    if permalink != f"{kind.permalinks}{stem}":
        cells["permalink"] = permalink
    return cells


def without_boilerplate(body: str, front: Mapping[str, object]) -> Body:
    """Return what a person wrote in `body`, and the links and the citation that were with it.

    Out go the paragraphs that the notebooks add: the download links, the recommended citation, and
    the excerpt once more.
    """
    excerpt = _folded(_text(front.get("excerpt")))
    kept: list[str] = []
    links: dict[str, str] = {}
    citation = ""
    for paragraph in re.split(r"\n[ \t]*\n", body.strip("\n")):
        lines = _without_links(paragraph, links)
        if (said := _CITATION.fullmatch(lines.strip())) is not None:
            citation = _unescaped(" ".join(said["citation"].split()))
        elif lines.strip() and not _SCHOLAR.fullmatch(lines.strip()):
            kept.append(lines.rstrip())
    if kept and _folded(_unescaped(kept[0])) == excerpt:
        del kept[0]
    return Body("\n\n".join(kept).strip("\n"), links, citation)


def _without_links(paragraph: str, links: dict[str, str]) -> str:
    lines = []
    for line in paragraph.split("\n"):
        found = _DOWNLOAD.fullmatch(line.strip())
        words = _DOWNLOAD_WORDS.search(line) if found else None
        if found is None or words is None:
            lines.append(line)
            continue
        what = words[0].lower()
        column = next((name for word, name in _COLUMN_OF_LINK.items() if word in what), "link")
        links.setdefault(column, html.unescape(found["html"] or found["md"]))
    return "\n".join(lines)


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
    return _unescaped(str(value).strip())


def _unescaped(text: str) -> str:
    return _ENTITIES.sub(lambda found: html.unescape(found[0]), text)


def _folded(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _notes(
    kind: _Kind, front: Mapping[str, object], cells: Mapping[str, str], body: Body
) -> list[str]:
    notes = [
        f"{key}: stays on the page; no column holds it"
        for key, value in front.items()
        if key not in _SAID_ELSEWHERE and (_stays(kind, key) or isinstance(value, dict))
    ]
    if body.text and "description" not in cells:
        notes.append("its text is too long for a cell; it stays on the page, below the keep line")
    return notes
