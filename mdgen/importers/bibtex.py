"""BibTeX and biblatex to rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.importers import Imported, Item
from mdgen.importers.authors import bibtex_authors
from mdgen.importers.bibentries import BibEntry, bib_entries
from mdgen.importers.identifiers import arxiv_in
from mdgen.importers.issued import date_of, partial_date, status_in
from mdgen.importers.journals import journal, macro_alone
from mdgen.importers.latex import to_markdown, to_text
from mdgen.importers.works import cells_of, is_bookkeeping, titled
from mdgen.importers.worktypes import WorkType
from mdgen.problems import Place, Problem, Refusal, from_the_top
from mdgen.sheets.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TYPES: Final = {
    "article": WorkType.ARTICLE, "periodical": WorkType.ARTICLE, "suppperiodical": WorkType.ARTICLE,
    "review": WorkType.ARTICLE, "inproceedings": WorkType.CONFERENCE,
    "conference": WorkType.CONFERENCE, "proceedings": WorkType.CONFERENCE,
    "mvproceedings": WorkType.CONFERENCE, "book": WorkType.BOOK, "mvbook": WorkType.BOOK,
    "collection": WorkType.BOOK, "mvcollection": WorkType.BOOK, "reference": WorkType.BOOK,
    "booklet": WorkType.BOOK, "manual": WorkType.REPORT, "inbook": WorkType.CHAPTER,
    "incollection": WorkType.CHAPTER, "bookinbook": WorkType.CHAPTER,
    "suppbook": WorkType.CHAPTER, "inreference": WorkType.CHAPTER,
    "phdthesis": WorkType.THESIS, "mastersthesis": WorkType.THESIS, "thesis": WorkType.THESIS,
    "bachelorsthesis": WorkType.THESIS, "techreport": WorkType.REPORT, "report": WorkType.REPORT,
    "unpublished": WorkType.PREPRINT, "online": WorkType.OTHER, "software": WorkType.SOFTWARE,
    "dataset": WorkType.DATASET, "patent": WorkType.PATENT,
}  # fmt: skip
_VENUES: Final = (
    "journaltitle", "journal", "booktitle", "maintitle", "eventtitle", "school", "institution",
    "organization", "howpublished", "publisher", "series",
)  # fmt: skip
# Links as people add them for their web pages, under the names that site generators made usual.
_LINKS: Final = {
    "pdf": "paper_url", "html": "paper_url", "link": "paper_url",
    "bdsk-url-1": "paper_url", "ee": "paper_url", "slides": "slides_url",
    "code": "code_url", "github": "code_url", "data": "data_url", "dataset": "data_url",
    "video": "video_url", "poster": "poster_url", "website": "project_url",
    "project": "project_url",
}  # fmt: skip
_LINK = re.compile(r"(?:https?://|/?files/|/assets/)\S+")
_ADDRESS_ALONE = re.compile(
    r"(?:available\s+(?:at|from|online)?:?\s*)?(?P<url>https?://[^\s.]+(?:\.+[^\s.]+)*)[\s.]*",
    re.IGNORECASE,
)
# An article of a journal that has no pages has a number.
_PAGES: Final = ("pages", "eid", "articleno", "article-number")
_SIGNS: Final = (
    (r"\textunderscore", "_"), (r"\textasciitilde", "~"), (r"\textless", "<"),
    (r"\textgreater", ">"), ("$<$", "<"), ("$>$", ">"),
)  # fmt: skip
_SEPARATORS = re.compile(r"\s*[,;]\s*")
_SHOWN: Final = 60


def read_bibtex(
    data: bytes, source: str, categories: Collection[str] = (), encoding: str | None = None
) -> Imported:
    """Return a row for every entry of a `.bib` file that is a work.

    `encoding` is found as for a sheet where it is not given (and said, if not UTF-8). `source` is
    how its problems name it. A broken entry is a problem with its line, and the others are read.
    `categories` are the keys of the site's publication categories; without any they are the stock
    theme's.
    """
    decoded = decode(source, data, encoding)
    text = decoded.content.decode()
    imported = read_bibtex_text(text, source, categories)
    problems = imported.problems
    if not (imported.items or problems or text.isspace() or not text):
        problems = (Problem(Place(source), "has no entry: none of its lines begins '@article{'"),)
    return Imported(imported.items, problems, (*decoded.notices, *imported.notes))


def read_bibtex_text(text: str, source: str, categories: Collection[str] = ()) -> Imported:
    """Return the rows for BibTeX that is text already; lines end in LF, CRLF or CR."""
    entries, problems, notes = bib_entries(text.replace("\r\n", "\n").replace("\r", "\n"), source)
    items = []
    for entry in entries:
        cells = _cells(entry, categories)
        if "title" not in cells:
            problems.append(Problem(entry.place, f"{_named(entry)} has no title; give it one"))
            continue
        if refused := _refused(entry):
            del cells["bibtex"]
            notes.append(Problem(entry.place, f"its BibTeX is not kept: {refused}"))
        items.append(Item(cells, entry.place, entry.key))
        if "venue" not in cells:
            notes += (Problem(entry.place, note) for note in _unknown_macros(entry.fields))
        if "pub_date" not in cells:
            notes.append(Problem(entry.place, _undated(entry)))
    return Imported(tuple(items), from_the_top(problems), from_the_top(notes))


def _refused(entry: BibEntry) -> str:
    """Return why a sheet would not take an entry as its BibTeX; to ask costs as much as to read."""
    if entry.key and "\\{" not in entry.text and "\\}" not in entry.text:
        return ""
    from mdgen.bibtex import check_entry  # noqa: PLC0415 - start-up time

    try:
        check_entry(entry.text)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _named(entry: BibEntry) -> str:
    return f"'{entry.key}'" if entry.key else "this entry"


def _undated(entry: BibEntry) -> str:
    year = entry.fields.get("year") or entry.fields.get("date")
    said = f"year: '{year[:_SHOWN]}' is no year" if year else f"{_named(entry)} has no year"
    return f"{said}; give one in pub_date"


def _cells(entry: BibEntry, categories: Collection[str]) -> dict[str, str]:
    fields = entry.fields
    cells = {
        "pub_date": _issued(fields),
        "title": _title(fields),
        "venue": _venue(fields),
        "authors": bibtex_authors(fields.get("author") or fields.get("editor") or ""),
        "status": _status(fields),
        "paper_url": _address(fields.get("url", "")) or _published_at(fields),
        "doi": _address(fields.get("doi", "")),
        "arxiv": _eprint(fields),
        "volume": to_text(fields.get("volume", "")),
        "issue": to_text(fields.get("number") or fields.get("issue") or ""),
        "pages": to_text(next(filter(None, map(fields.get, _PAGES)), "")),
        "publisher": to_text(fields.get("publisher", "")),
        "description": to_markdown(fields.get("abstract", "")),
        "keywords": _keywords(fields),
        "note": _note(fields.get("note") or fields.get("addendum") or ""),
        "award": to_text(fields.get("award", "")),
        "bibtex": entry.text,
    }
    for name in filter(fields.__contains__, _LINKS):
        if _LINK.fullmatch(link := _address(fields[name])):
            cells[_LINKS[name]] = cells.get(_LINKS[name]) or link
    return cells_of(cells, _TYPES.get(entry.type, WorkType.OTHER), categories)


def _issued(fields: Mapping[str, str]) -> str:
    if date := date_of(to_text(fields.get("date", ""))):
        return date
    return partial_date(
        to_text(fields.get("year", "")), to_text(fields.get("month", "")), fields.get("day", "")
    ) or date_of(to_text(fields.get("eventdate", "")))


def _title(fields: Mapping[str, str]) -> str:
    title = " ".join(to_markdown(fields.get("title", "")).split())
    return titled(title, " ".join(to_markdown(fields.get("subtitle", "")).split()))


def _venue(fields: Mapping[str, str]) -> str:
    for name in filter(fields.__contains__, _VENUES):
        venue = journal(macro_alone(fields[name])) or to_text(fields[name])
        if venue and not _ADDRESS_ALONE.fullmatch(venue):
            return venue
    return ""


def _published_at(fields: Mapping[str, str]) -> str:
    """Return the address that is all there is to say of how a work was published."""
    found = _ADDRESS_ALONE.fullmatch(_address(fields.get("howpublished", "")))
    return found["url"] if found else ""


def _unknown_macros(fields: Mapping[str, str]) -> Iterator[str]:
    """Yield a note for each name of a venue that is a macro which says nothing here."""
    for name in filter(fields.__contains__, _VENUES):
        macro = macro_alone(fields[name])
        if macro and not journal(macro) and not to_text(fields[name]):
            yield f"{name}: what \\{macro} stands for is not known; fill in venue"


def _status(fields: Mapping[str, str]) -> str:
    for name in ("pubstate", "status", "year", "date", "howpublished"):
        if name in fields and (status := status_in(to_text(fields[name]))):
            return status
    return ""


def _eprint(fields: Mapping[str, str]) -> str:
    """Return an eprint that is arXiv's, because it says so or because nothing else is said."""
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    eprint = fields.get("eprint") or fields.get("arxiv") or ""
    return _address(eprint) if archive.strip("{} ") == "arxiv" else ""


def _address(value: str) -> str:
    r"""Return a URL or an id: of LaTeX only the escapes go, `\_`, `\%`, `\url{…}`."""
    if "\\" not in value and "{" not in value:
        return value.strip()
    inner = re.sub(r"\\url\s*|\\href\s*\{([^{}]*)\}\{.*\}", r"\1", value)
    for macro, sign in _SIGNS:
        inner = inner.replace(macro, sign)
    return re.sub(r"\\([%#&_~$])|[{}]", r"\1", inner).replace(r"$\sim$", "~").strip()


def _note(note: str) -> str:
    return "" if is_bookkeeping(note) and not arxiv_in(note) else to_text(note)


def _keywords(fields: Mapping[str, str]) -> str:
    words = to_text(fields.get("keywords") or fields.get("keyword") or "")
    return "; ".join(filter(None, _SEPARATORS.split(words)))
