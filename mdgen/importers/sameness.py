"""When two rows are one work, and when two cells say the same."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mdgen.cells.dates import parse_date
from mdgen.importers.identifiers import (
    arxiv_in,
    arxiv_of_doi,
    bare_arxiv,
    bibtex_key,
    doi_in,
)
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def marks(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a work may be known by, the surest first."""
    if page := row_page(row):
        yield "page", page
    if doi := row_doi(row):
        yield "doi", doi
    if arxiv := row_arxiv(row):
        yield "arxiv", arxiv
    if key := row_key(row):
        yield "key", key
    if title := folded(row.get("title", "")):
        yield "title", title


def same_work(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two rows are one work, as `merge` takes it."""
    pages = row_page(one), row_page(other)
    if all(pages):
        return pages[0] == pages[1]
    dois = row_doi(one), row_doi(other)
    if all(dois):
        return dois[0] == dois[1] or _is_preprint_of(one, other) or _is_preprint_of(other, one)
    arxivs = row_arxiv(one), row_arxiv(other)
    if all(arxivs):
        return arxivs[0] == arxivs[1]
    titles = folded(one.get("title", "")), folded(other.get("title", ""))
    if titles[0] != titles[1]:
        return bool(row_key(one)) and row_key(one) == row_key(other) and _alike(one, other)
    return _years_meet(one, other) and _authors_meet(one, other)


def _is_preprint_of(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether a preprint with a DOI of its own was published as `other`, under its title."""
    return (
        _SERVERS.match(row_doi(one)) is not None
        and _SERVERS.match(row_doi(other)) is None
        and folded(one.get("title", "")) == folded(other.get("title", "")) != ""
        and _years_meet(one, other)
        and _authors_meet(one, other, unknown=False)
    )


# bioRxiv and medRxiv (letters follow 10.1101/ in a journal's DOI), SSRN, PsyArXiv, OSF, ChemRxiv,
# Preprints.org, Research Square, TechRxiv.
_SERVERS = re.compile(
    r"10\.(?:1101/\d|64898/|2139/ssrn|31234/|31219/|26434/|20944/|21203/rs|36227/techrxiv)"
)


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether a shared BibTeX key is no accident: the title was only corrected."""
    return _year(one) == _year(other) and _authors_meet(one, other, unknown=False)


def _years_meet(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    if "pub_date" not in one and "pub_date" not in other:
        # A talk is given twice, a course held every year: the day is part of what it is.
        return _day(one) == _day(other)
    years = _year(one), _year(other)
    if not all(years) or years[0] == years[1]:
        return True
    apart = abs(int(years[0]) - int(years[1]))
    return apart <= _YEARS_TO_PRINT and (is_preprint(one) or is_preprint(other))


def _day(row: Mapping[str, str]) -> str:
    date = row.get("date") or row.get("start_date") or ""
    return _iso(date) if date else ""


_YEARS_TO_PRINT: Final = 2


def _authors_meet(
    one: Mapping[str, str], other: Mapping[str, str], *, unknown: bool = True
) -> bool:
    families = _families(one.get("authors", "")), _families(other.get("authors", ""))
    if not all(families):
        return unknown
    return bool(families[0] & families[1])


@lru_cache(maxsize=16384)
def _families(authors: str) -> frozenset[str]:
    """Return the words of the first names in a list: enough to tell whose work it is."""
    return frozenset(
        word
        for word in re.split(r"[^\w]+", _fold(authors))
        if len(word) > 1 and word not in _JOINTS
    )


_JOINTS: Final = frozenset({"and", "et", "al", "de", "van", "von", "der", "la", "jr", "the"})
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def _year(row: Mapping[str, str]) -> str:
    found = _YEAR.search(row.get("pub_date", ""))
    return found[0] if found else ""


def is_preprint(row: Mapping[str, str]) -> bool:
    """Say whether a row names no place of publication but a preprint server."""
    venue, doi = row.get("venue", ""), row_doi(row)
    if doi:
        return _SERVERS.match(doi) is not None
    return not venue or bool(_PREPRINT.search(venue))


_PREPRINT = re.compile(
    r"arxiv|\bcorr\b|biorxiv|medrxiv|ssrn|preprint|openreview|techrxiv", re.IGNORECASE
)


def closest(values: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> list[int]:
    """Return which of `rows`, all the same work as `values`, have the surest likeness to it."""
    left = list(range(len(rows)))
    for of in (row_page, row_doi, row_arxiv, row_key):
        own = of(values)
        alike = [at for at in left if own and of(rows[at]) == own]
        if len(alike) == 1:
            return alike
        left = alike or left
    return left


def row_doi(row: Mapping[str, str]) -> str:
    """Return the DOI that a row is known by, in lower case; not arXiv's own."""
    doi = doi_in(row.get("doi", ""))
    if not doi and "doi.org/" in (url := row.get("paper_url", "")):
        doi = doi_in(url)
    return "" if arxiv_of_doi(doi) else doi.lower()


def row_arxiv(row: Mapping[str, str]) -> str:
    """Return the arXiv id that a row is known by."""
    arxiv = bare_arxiv(row.get("arxiv", "")) or arxiv_in(row.get("paper_url", ""))
    return (arxiv or arxiv_of_doi(doi_in(row.get("doi", "")))).lower()


def row_key(row: Mapping[str, str]) -> str:
    """Return the key of the BibTeX entry in a row."""
    return bibtex_key(row.get("bibtex", "")).lower()


def row_page(row: Mapping[str, str]) -> str:
    """Return the file name, without its ending, that a row says its page has; else nothing."""
    if file := row.get("page_file"):
        return file
    date = row.get("pub_date") or row.get("date") or row.get("start_date") or ""
    slug = row.get("url_slug", "")
    return f"{_iso(date)}-{slug}" if date and slug else ""


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Return what counts of a title: its letters and digits, without accents, case and markup."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", text))
    return re.sub(r"[\W_]+", "", _fold(text))


_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def equivalent(column: str, one: str, other: str) -> bool:
    """Say whether two texts of a column mean the same, so that nobody need choose."""
    if one == other or " ".join(one.split()) == " ".join(other.split()):
        return True
    judge = _EQUIVALENT.get(column, _same_words)
    return judge(one, other)


def _same_words(one: str, other: str) -> bool:
    return folded(one) == folded(other) != ""


def _same_day(one: str, other: str) -> bool:
    """Take one date for the other where it only says more: 2020-06 and 2020."""
    dates = _iso(one), _iso(other)
    return bool(all(dates)) and (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))


def _iso(text: str) -> str:
    try:
        return parse_date(text).iso
    except Refusal:  # 3/4/2021, which only the rest of its column settles
        found = _YEAR.search(text)
        return found[0] if found else ""


def _same_people(one: str, other: str) -> bool:
    return _families(one) <= _families(other) or _families(other) <= _families(one)


def _same_address(one: str, other: str) -> bool:
    return _bare_url(one) == _bare_url(other)


def _bare_url(url: str) -> str:
    return re.sub(r"^https?://(?:www\.|dx\.)?", "", url.strip().rstrip("/")).lower()


def _whatever(_one: str, _other: str) -> bool:
    """Leave to the person what an import can only guess."""
    return True


_EQUIVALENT: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "pub_date": _same_day,
    "authors": _same_people,
    "doi": lambda one, other: doi_in(one).lower() == doi_in(other).lower() != "",
    "arxiv": lambda one, other: bare_arxiv(one) == bare_arxiv(other) != "",
    "paper_url": _same_address,
    "category": _whatever,
}
