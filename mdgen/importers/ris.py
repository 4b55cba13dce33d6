"""RIS to rows: what EndNote, Zotero, Scopus, PubMed and publishers' pages export.

rispy knows the tags; the file is cut into records here, so that each has its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.importers import Imported, Item
from mdgen.importers.authors import authors_cell, group_name, person_name
from mdgen.importers.issued import date_of, status_in
from mdgen.importers.richtext import rich_to_markdown, rich_to_text
from mdgen.importers.works import cells_of
from mdgen.importers.worktypes import WorkType
from mdgen.problems import Place, Problem
from mdgen.sheets.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TYPES: Final = {
    "JOUR": WorkType.ARTICLE, "EJOUR": WorkType.ARTICLE, "JFULL": WorkType.ARTICLE,
    "INPR": WorkType.ARTICLE, "MGZN": WorkType.ARTICLE, "NEWS": WorkType.ARTICLE,
    "CONF": WorkType.CONFERENCE, "CPAPER": WorkType.CONFERENCE, "BOOK": WorkType.BOOK,
    "EBOOK": WorkType.BOOK, "EDBOOK": WorkType.BOOK, "CHAP": WorkType.CHAPTER,
    "ECHAP": WorkType.CHAPTER, "ENCYC": WorkType.CHAPTER, "DICT": WorkType.CHAPTER,
    "THES": WorkType.THESIS, "RPRT": WorkType.REPORT, "GOVDOC": WorkType.REPORT,
    "UNPB": WorkType.PREPRINT, "MANSCPT": WorkType.PREPRINT, "COMP": WorkType.SOFTWARE,
    "DATA": WorkType.DATASET, "PAT": WorkType.PATENT,
}  # fmt: skip
# By rispy's names for the tags; the first that is filled counts.
_TITLES: Final = ("title", "primary_title", "caption")
_VENUES: Final = (
    "alternate_title3", "secondary_title", "journal_name", "custom3", "alternate_title2",
    "alternate_title1", "tertiary_title", "publisher",
)  # fmt: skip
_DATES: Final = ("date", "publication_year", "year")
_START = re.compile(r"\s*TY  ?-")
_END = re.compile(r"\s*ER  ?-")
_TAG = re.compile(r"^[ \ufeff]*([A-Z][A-Z0-9]) {1,2}- ?")
_SHOWN: Final = 60

_Record = dict[str, list[str]]


def read_ris(data: bytes, source: str, categories: Collection[str] = ()) -> Imported:
    """Return a row for every record of a RIS file.

    `source` is how its problems name it, with the line of the record's `TY`. A record may lack its
    `ER`. `categories` are the keys of the site's publication categories.
    """
    decoded = decode(source, data)
    items, problems, notes = [], [], list(decoded.notices)
    for line, lines in _records(decoded.content.decode()):
        place = Place(source, line)
        cells = _cells(_parsed(lines), categories)
        if "title" not in cells:
            problems.append(Problem(place, "this record has no title (TI or T1); give it one"))
            continue
        items.append(Item(cells, place))
        if "pub_date" not in cells:
            title = cells["title"][:_SHOWN]
            notes.append(Problem(place, f"'{title}' has no year; give one in pub_date"))
    if not items and not problems:
        message = "has no record: none of its lines begins 'TY  - '; export it as RIS"
        problems.append(Problem(Place(source), message))
    return Imported(tuple(items), tuple(problems), tuple(notes))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if _START.match(line):
            if lines:
                yield start, lines
            lines, start = [line], number
        elif lines and _END.match(line):
            yield start, lines
            lines = []
        elif lines and line.strip():
            lines.append(line)
    if lines:
        yield start, lines


def _parsed(lines: list[str]) -> _Record:
    from rispy import RisParser  # type: ignore[import-untyped]  # noqa: PLC0415 - start-up time

    # Some programs write one space before the dash, or indent; rispy wants the standard's two.
    tidy = [_TAG.sub(r"\1  - ", line) for line in lines]
    [record] = RisParser(enforce_list_tags=False).parse_lines(iter([*tidy, "ER  - "]))
    return {
        name: [value] if isinstance(value, str) else [str(each) for each in value]
        for name, value in record.items()
        if isinstance(value, str | list)
    }


def _first(record: _Record, *names: str) -> str:
    return next((text for name in names for text in record.get(name, ()) if text), "")


def _cells(record: _Record, categories: Collection[str]) -> dict[str, str]:
    sort = _first(record, "type_of_reference").upper()
    urls = [url for url in record.get("urls", ()) if url.startswith(("http://", "https://"))]
    notes = [rich_to_text(note) for name in ("notes", "note") for note in record.get(name, ())]
    status = "in press" if sort == "INPR" else status_in(" ".join(notes))
    status = status or status_in(_first(record, *_DATES))
    date = next((date for name in _DATES if (date := date_of(_first(record, name)))), "")
    cells = {
        "pub_date": date,
        "title": rich_to_markdown(_first(record, *_TITLES)),
        "venue": rich_to_text(_first(record, *_VENUES)),
        "authors": _authors(record),
        "status": status,
        "paper_url": urls[0] if urls else "",
        "doi": _first(record, "doi"),
        "volume": _first(record, "volume"),
        "issue": _first(record, "number"),
        "pages": _pages(record),
        "publisher": rich_to_text(_first(record, "publisher")),
        "description": rich_to_markdown(
            _first(record, "abstract", "notes_abstract"), paragraphs=True
        ),
        "keywords": "; ".join(rich_to_text(word) for word in record.get("keywords", ()) if word),
        "note": "" if status_in(" ".join(notes)) else "; ".join(filter(None, notes)),
    }
    return cells_of(cells, _TYPES.get(sort, WorkType.OTHER), categories)


def _authors(record: _Record) -> str:
    names = record.get("authors") or record.get("first_authors") or record.get("secondary_authors")
    return authors_cell(map(_name, names or ()))


def _name(name: str) -> str:
    """Return a name that RIS has as `Last, First, Suffix`; one without a comma is a group's."""
    last, _, rest = name.strip(" ,").partition(",")
    given, _, suffix = rest.partition(",")
    if not rest:
        return group_name(last)
    return person_name(last.strip(), given.strip(), suffix=suffix.strip())


def _pages(record: _Record) -> str:
    # Scopus has the number of an article that has no pages in C7.
    start, end = _first(record, "start_page", "custom7"), _first(record, "end_page")
    if not end or end == start or "-" in start:
        return start
    return f"{start}–{end}"
