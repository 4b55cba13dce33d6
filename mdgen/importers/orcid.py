"""ORCID records to rows: a saved record, or the works of an ORCID iD over ORCID's public API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.importers import Imported, Item
from mdgen.importers.authors import authors_cell, group_name, person_name
from mdgen.importers.bibtex import read_bibtex_text
from mdgen.importers.identifiers import bibtex_key
from mdgen.importers.issued import partial_date
from mdgen.importers.jsonvalues import Json, child, objects_at, parse_json, text_at
from mdgen.importers.richtext import rich_to_markdown, rich_to_text
from mdgen.importers.works import COLUMNS, cells_of, titled
from mdgen.importers.worktypes import WorkType
from mdgen.problems import MdgenError, Place, Problem, Refusal
from mdgen.sheets.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

PUBLIC_API: Final = "https://pub.orcid.org/v3.0"
# https://info.orcid.org/documentation/integration-guide/working-with-orcid-identifiers/
_ID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?")
_MOST_WORKS_AT_ONCE: Final = 100
_TYPES: Final = {
    "journal-article": WorkType.ARTICLE, "magazine-article": WorkType.ARTICLE,
    "newspaper-article": WorkType.ARTICLE, "review": WorkType.ARTICLE,
    "book-review": WorkType.ARTICLE, "journal-issue": WorkType.ARTICLE,
    "conference-paper": WorkType.CONFERENCE, "conference-abstract": WorkType.CONFERENCE,
    "conference-poster": WorkType.CONFERENCE, "conference-proceedings": WorkType.CONFERENCE,
    "book": WorkType.BOOK, "edited-book": WorkType.BOOK, "book-chapter": WorkType.CHAPTER,
    "encyclopedia-entry": WorkType.CHAPTER, "dictionary-entry": WorkType.CHAPTER,
    "dissertation": WorkType.THESIS, "dissertation-thesis": WorkType.THESIS,
    "supervised-student-publication": WorkType.THESIS, "report": WorkType.REPORT,
    "working-paper": WorkType.REPORT, "manual": WorkType.REPORT, "preprint": WorkType.PREPRINT,
    "data-set": WorkType.DATASET, "software": WorkType.SOFTWARE, "patent": WorkType.PATENT,
}  # fmt: skip


def orcid_id(text: str) -> str:
    """Return an ORCID iD as `0000-0002-1825-0097`, from the iD or its URL.

    Raises `Refusal` for what is none: the last character is a checksum (ISO 7064 MOD 11-2) that
    shows a slip of the finger.
    """
    found = _ID.fullmatch(text.strip())
    if found is None:
        raise Refusal(f"'{text}' is no ORCID iD; it has the form 0000-0002-1825-0097")
    identity = found[1].upper()
    total = 0
    for digit in identity.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if identity[-1] != ("X" if check == 10 else str(check)):  # noqa: PLR2004 - X stands for 10
        raise Refusal(
            f"'{text}' is no ORCID iD: its last character does not fit the others; look it up again"
        )
    return identity


def read_orcid(data: bytes, source: str, categories: Collection[str] = ()) -> Imported:
    """Return a row for every work of a saved ORCID record (version 3, as JSON).

    The file may be the whole record, its works, or works in full (`{"bulk": […]}`); only the last
    name the authors. Raises SheetError for what is no JSON.
    """
    decoded = decode(source, data)
    value = parse_json(decoded.content.decode(), source)
    imported = orcid_items(_works(value), source, categories)
    return Imported(imported.items, imported.problems, (*decoded.notices, *imported.notes))


def fetch_orcid(
    identity: str,
    get: Callable[[str], bytes],
    categories: Collection[str] = (),
    *,
    base: str = PUBLIC_API,
) -> Imported:
    """Return a row for every work of the person with the ORCID iD `identity`.

    `get` gives back what a URL below `base` answers with. The works are asked for in full, a
    hundred at a time, because only so they name their authors. Raises `Refusal` for what is no iD,
    `MdgenError` for an answer that is no record.
    """
    identity = orcid_id(identity)
    url = f"{base.rstrip('/')}/{identity}"
    source = f"orcid.org/{identity}"
    summary = parse_json(get(f"{url}/works").decode(errors="replace"), source)
    if not isinstance(child(summary, "group"), list):
        raise MdgenError(f"{source}: the answer is no list of works")
    codes = [code for work in _works(summary) if (code := text_at(work, "put-code"))]
    works: list[Json] = []
    for start in range(0, len(codes), _MOST_WORKS_AT_ONCE):
        some = ",".join(codes[start : start + _MOST_WORKS_AT_ONCE])
        works += _works(parse_json(get(f"{url}/works/{some}").decode(errors="replace"), source))
    return orcid_items(works, source, categories)


def orcid_items(works: Iterable[Json], source: str, categories: Collection[str] = ()) -> Imported:
    """Return the rows for ORCID's works or summaries of works."""
    items, problems, notes = [], [], []
    for number, work in enumerate(works, 1):
        cells = _cells(work, categories)
        named = f"work {text_at(work, 'put-code') or number}"
        if "title" not in cells:
            problems.append(
                Problem(Place(source), f"{named} has no title; give it one on orcid.org")
            )
            continue
        items.append(Item(cells, Place(source), bibtex_key(cells.get("bibtex", ""))))
        if "pub_date" not in cells:
            notes.append(Problem(Place(source), f"{named} has no year; give one in pub_date"))
    return Imported(tuple(items), tuple(problems), tuple(notes))


def _works(value: Json) -> list[Json]:
    """Return the works in an answer; of one work told by several sources the preferred one."""
    works = [child(bulk, "work") for bulk in objects_at(value, "bulk")]
    groups = list(objects_at(value, "group")) or list(
        objects_at(value, "activities-summary", "works", "group")
    )
    for group in groups:
        summaries = sorted(objects_at(group, "work-summary"), key=_rank, reverse=True)
        works += summaries[:1]
    if not works and isinstance(child(value, "title"), dict):
        works.append(value)
    return [work for work in works if work is not None]


def _rank(summary: Json) -> int:
    index = text_at(summary, "display-index")
    return int(index) if index.isdecimal() else 0


def _cells(work: Json, categories: Collection[str]) -> dict[str, str]:
    ids = _identifiers(work)
    title = rich_to_markdown(text_at(work, "title", "title", "value"))
    subtitle = rich_to_markdown(text_at(work, "title", "subtitle", "value"))
    date = child(work, "publication-date")
    parts = [text_at(date, part, "value") for part in ("year", "month", "day")]
    sort = text_at(work, "type").lower().replace("_", "-")
    cells = {
        "pub_date": partial_date(*parts),
        "title": titled(title, subtitle),
        "venue": rich_to_text(text_at(work, "journal-title", "value")),
        "authors": _authors(work),
        "paper_url": text_at(work, "url", "value"),
        "doi": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "description": rich_to_markdown(text_at(work, "short-description"), paragraphs=True),
    }
    cells = cells_of(cells, _TYPES.get(sort, WorkType.OTHER), categories)
    return _with_citation(cells, work, categories)


def _identifiers(work: Json) -> dict[str, str]:
    """Return the work's own identifiers by type: not those of the book that it is part of."""
    found: dict[str, str] = {}
    for each in objects_at(work, "external-ids", "external-id"):
        if text_at(each, "external-id-relationship").lower() in {"", "self", "version-of"}:
            found.setdefault(
                text_at(each, "external-id-type").lower(), text_at(each, "external-id-value")
            )
    return found


def _authors(work: Json) -> str:
    names = [
        _credit_name(text_at(person, "credit-name", "value"))
        for person in objects_at(work, "contributors", "contributor")
        if text_at(person, "contributor-attributes", "contributor-role").lower()
        in {"", "author", "first-author", "writing-original-draft", "co-author"}
    ]
    return authors_cell(names)


def _credit_name(name: str) -> str:
    """Return a name as it is credited: of "Ada Lovelace" nothing more is known."""
    last, comma, first = name.partition(",")
    if comma:
        return person_name(last.strip(), first.strip())
    return " ".join(name.replace(";", " ").split()) if " " in name.strip() else group_name(name)


def _with_citation(
    cells: dict[str, str], work: Json, categories: Collection[str]
) -> dict[str, str]:
    """Fill what is missing from the BibTeX entry that a work may bring along."""
    if text_at(work, "citation", "citation-type").lower() != "bibtex":
        return cells
    entry = read_bibtex_text(text_at(work, "citation", "citation-value"), "", categories).items
    if not entry:
        return cells
    filled = {**entry[0].values, **cells}
    return {name: filled[name] for name in COLUMNS if name in filled}
