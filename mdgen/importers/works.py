"""What the reference formats share: from the fields of a work to the cells of its row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.importers.identifiers import arxiv_in, arxiv_of_doi, bare_arxiv, doi_in
from mdgen.importers.issued import status_in
from mdgen.importers.worktypes import WorkType, category

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# The columns that imports fill, in the order in which a new sheet shows them.
COLUMNS: Final = (
    "pub_date", "title", "venue", "authors", "category", "status", "award", "paper_url", "doi",
    "arxiv", "volume", "issue", "pages", "publisher", "slides_url", "code_url", "data_url",
    "video_url", "poster_url", "project_url", "description", "keywords", "note", "bibtex",
)  # fmt: skip

_ARXIV_VENUE = re.compile(r"(?:arxiv|corr\b|computing research repository)", re.IGNORECASE)
_AWARD = re.compile(
    r"\b(?:award|prize|distinguished paper|honou?rable mention|best (?:\w+ )?paper)\b",
    re.IGNORECASE,
)
# What Zotero keeps in "Extra" and exports as the note: what it had no other field for.
_BOOKKEEPING = re.compile(
    r"\s*(?:publisher|number|issue|volume|pages?|series|section|place|type|version|edition|medium"
    r"|(?:conference|meeting|container|publication|journal|proceedings)[ -]\w+|\w+-place|\w+-date"
    r"|issn|isbn|oclc|pmc?id|arxiv|doi|mag id|zscc|qid|citation key|google-books-id"
    r"|_?eprint|tex\.[\w.]+|[a-z]+-[a-z-]+)\s*[:=]",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+")
_RANGE = re.compile(r"(?<=\d)\s*[-‐-―−]+\s*(?=[A-Za-z]?\d)")
# What a note says about the entry, not about the work.
_ASIDE = re.compile(
    r"\[?(?:(?:last|online;?) )?(?:accessed|retrieved|visited)\b|(?:cited by|export date)\s*:",
    re.IGNORECASE,
)


def cells_of(
    fields: Mapping[str, str], work: WorkType, categories: Collection[str] = ()
) -> dict[str, str]:
    """Return the cells of a work's row: no empty ones, in the order of `COLUMNS`.

    `fields` go by column, as its source says them. A DOI and an arXiv id are found in the URL, the
    note, the venue and each other; a status and an award in the note. What arXiv hosts and no
    journal is named for, nor a DOI, has the venue `arXiv`. `categories` are the site's, else the
    theme's.
    """
    cells = {name: text for name, text in fields.items() if text}
    _identify(cells)
    _read_note(cells)
    if _ARXIV_VENUE.match(cells.get("venue", "")):
        cells["venue"] = "arXiv"
        for name in ("volume", "issue", "pages", "publisher"):
            cells.pop(name, None)
    hosted = cells.get("venue") == "arXiv" or not (cells.get("venue") or cells["doi"])
    if hosted and "arxiv" in cells:
        cells["venue"] = "arXiv"
        work = WorkType.PREPRINT if work in _PERHAPS_PREPRINT else work
    if "pages" in cells:
        cells["pages"] = _RANGE.sub("–", cells["pages"])
    if sort := category(work, categories):
        cells["category"] = sort
    return {name: cells[name] for name in COLUMNS if cells.get(name)}


def is_bookkeeping(note: str) -> bool:
    """Say whether every line of a note is one of a reference manager's own: `PMID: 123`."""
    return all(map(_BOOKKEEPING.match, filter(str.strip, note.splitlines())))


def titled(title: str, subtitle: str) -> str:
    """Return the whole title, which may name the subtitle already."""
    if not title or not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":")) else f"{title}: {subtitle}"


_PERHAPS_PREPRINT: Final = frozenset(
    {WorkType.ARTICLE, WorkType.OTHER, WorkType.REPORT, WorkType.PREPRINT}
)


def _identify(cells: dict[str, str]) -> None:
    url, venue = cells.get("paper_url", ""), cells.get("venue", "")
    doi = doi_in(cells.get("doi", "")) or (doi_in(url) if "doi.org/" in url else "")
    arxiv = bare_arxiv(cells.pop("arxiv", ""))
    if own := arxiv_of_doi(doi):
        doi, arxiv = "", arxiv or own
    if not arxiv and _ARXIV_VENUE.match(venue):
        arxiv = arxiv_in(f"{venue} {cells.get('volume', '')} {cells.get('pages', '')}")
    arxiv = arxiv or arxiv_in(url)
    if "arxiv" in (note := cells.get("note", "")).lower() and (noted := arxiv_in(note)):
        arxiv = arxiv or noted
        is_all = arxiv == noted and len(note) < len("arXiv preprint arXiv: ") + 20
        cells["note"] = "" if is_all else note
    cells["doi"], cells["arxiv"] = doi, arxiv
    if not arxiv:
        del cells["arxiv"]


def _read_note(cells: dict[str, str]) -> None:
    note = cells.get("note", "")
    if not note:
        return
    if _ASIDE.match(note):
        cells["note"] = ""
    elif status := status_in(note):
        cells.setdefault("status", status)
        cells["note"] = "" if len(status) >= len(note.rstrip(".")) else note
    elif _AWARD.search(note) and "award" not in cells:
        cells["award"], cells["note"] = note.strip(" .,;()"), ""
    elif _URL.fullmatch(note) and not cells.get("paper_url"):
        cells["paper_url"], cells["note"] = note, ""
