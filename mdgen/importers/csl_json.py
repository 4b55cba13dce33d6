"""CSL-JSON to rows: what Zotero, Mendeley and Crossref export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mdgen.importers import Imported, Item
from mdgen.importers.authors import authors_cell, group_name, person_name
from mdgen.importers.identifiers import arxiv_in, bare_arxiv
from mdgen.importers.issued import date_of, partial_date, status_in
from mdgen.importers.jsonvalues import (
    Json,
    child,
    lines_of_items,
    objects_at,
    parse_json,
    text_at,
)
from mdgen.importers.richtext import rich_to_markdown, rich_to_text
from mdgen.importers.works import cells_of, is_bookkeeping, titled
from mdgen.importers.worktypes import WorkType
from mdgen.problems import Place, Problem
from mdgen.sheets.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Collection

# https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types, and Crossref's.
_TYPES: Final = {
    "article-journal": WorkType.ARTICLE, "article-magazine": WorkType.ARTICLE,
    "article-newspaper": WorkType.ARTICLE, "review": WorkType.ARTICLE,
    "journal-article": WorkType.ARTICLE, "paper-conference": WorkType.CONFERENCE,
    "proceedings-article": WorkType.CONFERENCE, "speech": WorkType.CONFERENCE,
    "book": WorkType.BOOK, "monograph": WorkType.BOOK, "edited-book": WorkType.BOOK,
    "chapter": WorkType.CHAPTER, "book-chapter": WorkType.CHAPTER,
    "entry-encyclopedia": WorkType.CHAPTER, "entry-dictionary": WorkType.CHAPTER,
    "thesis": WorkType.THESIS, "dissertation": WorkType.THESIS, "report": WorkType.REPORT,
    "article": WorkType.PREPRINT, "manuscript": WorkType.PREPRINT,
    "posted-content": WorkType.PREPRINT, "dataset": WorkType.DATASET,
    "software": WorkType.SOFTWARE, "patent": WorkType.PATENT,
}  # fmt: skip
_VENUES: Final = ("container-title", "event-title", "event", "collection-title", "publisher")
_SHOWN: Final = 60


def read_csl_json(data: bytes, source: str, categories: Collection[str] = ()) -> Imported:
    """Return a row for every work of a CSL-JSON file: a list of items, `{"items": […]}`, or one.

    `source` is how its problems name it, with the line on which the item begins. `categories` are
    the keys of the site's publication categories. Raises SheetError for what is no JSON.
    """
    decoded = decode(source, data)
    text = decoded.content.decode()
    value = parse_json(text, source)
    works, lines = _works(value, text)
    items, problems, notes = [], [], list(decoded.notices)
    for work, line in zip(works, lines, strict=True):
        place = Place(source, line)
        if not isinstance(work, dict) or not text_at(work, "title"):
            problems.append(Problem(place, f"{_named(work)} has no title; give it one"))
            continue
        cells = csl_cells(work, categories)
        items.append(Item(cells, place, text_at(work, "citation-key")))
        if "pub_date" not in cells:
            notes.append(Problem(place, f"{_named(work)} has no year; give one in pub_date"))
    return Imported(tuple(items), tuple(problems), tuple(notes))


def _works(value: Json, text: str) -> tuple[list[Json], list[int]]:
    if isinstance(value, list):
        return value, lines_of_items(text)
    for name in ("items", "references"):
        inner = child(value, name)
        if isinstance(inner, list):
            return inner, [1] * len(inner)
    message = child(value, "message")
    return _works(message, text) if isinstance(message, dict) else ([value], [1])


def _named(work: Json) -> str:
    name = text_at(work, "id") or text_at(work, "title")
    return f"'{name[:_SHOWN]}'" if name else "this item"


def csl_cells(work: Json, categories: Collection[str] = ()) -> dict[str, str]:
    """Return the cells of one CSL item."""
    note = text_at(work, "note")
    pages = text_at(work, "page")
    cells = {
        "pub_date": _issued(work),
        "title": titled(
            rich_to_markdown(text_at(work, "title")), rich_to_markdown(text_at(work, "subtitle"))
        ),
        "venue": _venue(work),
        "authors": _authors(work),
        "status": status_in(text_at(work, "status"))
        or status_in(text_at(work, "issued", "literal")),
        "paper_url": text_at(work, "URL"),
        "doi": text_at(work, "DOI"),
        "arxiv": _arxiv(work, note),
        "volume": text_at(work, "volume"),
        "issue": text_at(work, "issue"),
        "pages": pages,
        "publisher": rich_to_text(text_at(work, "publisher")),
        "description": rich_to_markdown(text_at(work, "abstract"), paragraphs=True),
        "keywords": _keywords(work),
        "note": "" if is_bookkeeping(note) else rich_to_text(note),
    }
    return cells_of(cells, _TYPES.get(text_at(work, "type"), WorkType.OTHER), categories)


def _issued(work: Json) -> str:
    for name in ("issued", "published", "published-print", "published-online"):
        issued = child(work, name)
        parts = child(issued, "date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and first:
            texts = [text_at({"": part}, "") for part in first[:3]]
            if date := partial_date(*texts):
                return date
        said = text_at(issued, "raw") or text_at(issued, "literal")
        if date := date_of(said or text_at(work, name)):
            return date
    return ""


def _venue(work: Json) -> str:
    return next((venue for name in _VENUES if (venue := rich_to_text(text_at(work, name)))), "")


def _authors(work: Json) -> str:
    names = []
    for person in list(objects_at(work, "author")) or objects_at(work, "editor"):
        group = text_at(person, "literal") or text_at(person, "name")
        particles = (
            f"{text_at(person, 'dropping-particle')} {text_at(person, 'non-dropping-particle')}"
        )
        names.append(
            group_name(group)
            if group
            else person_name(
                text_at(person, "family"),
                text_at(person, "given"),
                suffix=text_at(person, "suffix"),
                prefix=particles.strip(),
            )
        )
    return authors_cell(names)


def _arxiv(work: Json, note: str) -> str:
    for name in ("arxiv", "number", "archive_location", "archive-location"):
        said = text_at(work, name)
        if arxiv := bare_arxiv(said) if name != "number" else arxiv_in(said):
            return arxiv
    return arxiv_in(note)


def _keywords(work: Json) -> str:
    words = text_at(work, "keyword").replace(";", ",").split(",")
    return "; ".join(filter(None, map(str.strip, words)))
