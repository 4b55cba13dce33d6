"""Items into a sheet that has rows already: which row is the same work, and which cells it fills.

Plain values in and out: `merge` says what an import would change, and changes nothing itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mdgen.cells.dates import parse_date
from mdgen.importers.identifiers import arxiv_in, arxiv_of_doi, bare_arxiv, doi_in
from mdgen.importers.works import COLUMNS
from mdgen.problems import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from mdgen.importers import Item

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of an existing row that gets a value: `row` counts the rows given to `merge` from 0."""

    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A filled cell that the import has another value for, and that stays as it is."""

    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What an import means for a sheet.

    `filled` are cells of rows that are there, `added` whole new rows in the order of the import,
    `columns` the columns that the sheet lacks and some value needs. `differences` and `problems`
    change nothing: they are for the person to read.
    """

    filled: tuple[Filled, ...] = ()
    added: tuple[Mapping[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def changes(self) -> bool:
        """Say whether the sheet would change."""
        return bool(self.filled or self.added)


def merge(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    items: Iterable[Item],
    *,
    update: Collection[str] = (),
) -> Merge:
    """Return what importing `items` into a sheet with `columns` and `rows` changes.

    All columns go by their own names (`pub_date`, not `Year`); a row maps them to its cells' texts.
    A row is the same work by DOI, arXiv id, BibTeX key, or title and year, in that order; what has
    two DOIs is two works. A preprint and what was published of it are one: they share the arXiv id,
    or the title and an author within two years. Items that are one work become one row.

    Empty cells are filled. A filled cell stays, and is a difference, except in the columns of
    `update`. Merging the same items into the result changes nothing.
    """
    sheet = _Sheet(rows, tuple(update))
    for item in _published_first(items):
        sheet.take(item)
    return sheet.merged(columns)


class _Sheet:
    """The rows during a merge: those of the sheet first, then those that are new."""

    def __init__(self, rows: Sequence[Mapping[str, str]], update: tuple[str, ...]) -> None:
        self._before = rows
        self._update = update
        self._rows: list[Row] = []
        self._order: list[int] = []
        self._index = _Index()
        self._differences: list[Difference] = []
        self._problems: list[Problem] = []
        self._spoken_for: set[tuple[int, str]] = set()
        for row in rows:
            self._append({name: text.strip() for name, text in row.items() if text.strip()})

    def _append(self, row: Row) -> None:
        self._rows.append(row)
        self._index.add(len(self._rows) - 1, row)

    def take(self, numbered: tuple[int, Item]) -> None:
        order, item = numbered
        found = [at for at in self._index.find(item.values) if same_work(self._rows[at], item.values)]
        if len(found) > 1 and not _share_identifier(self._rows[found[0]], item.values):
            self._ambiguous(item, found)
        elif found:
            self._fill(found[0], item.values)
            self._order_of(found[0], order)
        else:
            self._append(dict(item.values))
            self._order.append(order)

    def _order_of(self, at: int, order: int) -> None:
        new = at - len(self._before)
        if new >= 0:
            self._order[new] = min(self._order[new], order)

    def _ambiguous(self, item: Item, found: Sequence[int]) -> None:
        title = item.values.get("title", "")
        self._problems.append(
            Problem(
                item.place,
                f"'{_short(title)}' could be any of {len(found)} rows of the sheet; "
                "give the right one its DOI",
            )
        )

    def _fill(self, at: int, values: Mapping[str, str]) -> None:
        row = self._rows[at]
        outranked = _is_preprint(values) and not _is_preprint(row)
        for column, new in values.items():
            old = row.get(column, "")
            if not old:
                row[column] = new
            elif not outranked and at < len(self._before) and (at, column) not in self._spoken_for:
                self._compare(at, column, new)
            # Of several items for one row the first has its say, or they would take turns.
            self._spoken_for.add((at, column))
        self._index.add(at, row)

    def _compare(self, at: int, column: str, new: str) -> None:
        old = self._rows[at][column]
        if column in self._update:
            self._rows[at][column] = new
        elif not equivalent(column, old, new):
            self._differences.append(Difference(at, column, old, new))

    def merged(self, columns: Sequence[str]) -> Merge:
        filled = tuple(self._filled())
        new = self._rows[len(self._before) :]
        added = [row for _, row in sorted(zip(self._order, new, strict=True), key=lambda pair: pair[0])]
        used = {cell.column for cell in filled}.union(*added)
        missing = [name for name in _in_order(used) if name not in columns]
        differences = sorted(self._differences, key=lambda each: each.row)
        return Merge(filled, tuple(added), tuple(missing), tuple(differences), tuple(self._problems))

    def _filled(self) -> Iterator[Filled]:
        for at, before in enumerate(self._before):
            for column, new in self._rows[at].items():
                old = before.get(column, "")
                if new != old.strip():
                    yield Filled(at, column, old, new)


class _Index:
    """Which rows might be the same work as some values, without looking at every row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[int, None]] = {}

    def add(self, at: int, row: Mapping[str, str]) -> None:
        for mark in _marks(row):
            self._rows.setdefault(mark, {})[at] = None

    def find(self, values: Mapping[str, str]) -> list[int]:
        """Return the candidates, those of the surest kind of likeness first."""
        found: dict[int, None] = {}
        for mark in _marks(values):
            found.update(self._rows.get(mark, {}))
        return list(found)


def _marks(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a work may be known by, the surest first."""
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
    dois = row_doi(one), row_doi(other)
    if all(dois):
        return dois[0] == dois[1]
    arxivs = row_arxiv(one), row_arxiv(other)
    if all(arxivs):
        return arxivs[0] == arxivs[1]
    titles = folded(one.get("title", "")), folded(other.get("title", ""))
    if titles[0] != titles[1]:
        return bool(row_key(one)) and row_key(one) == row_key(other) and _alike(one, other)
    return _years_meet(one, other) and _authors_meet(one, other)


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether a shared BibTeX key is no accident: the title was only corrected."""
    return _year(one) == _year(other) and _authors_meet(one, other, unknown=False)


def _share_identifier(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(
        bool(of(one)) and of(one) == of(other) for of in (row_doi, row_arxiv, row_key)
    )


def _years_meet(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    years = _year(one), _year(other)
    if not all(years) or years[0] == years[1]:
        return True
    apart = abs(int(years[0]) - int(years[1]))
    return apart <= _YEARS_TO_PRINT and (_is_preprint(one) or _is_preprint(other))


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
        word for word in re.split(r"[^\w]+", _fold(authors)) if len(word) > 1 and word not in _JOINTS
    )


_JOINTS: Final = frozenset({"and", "et", "al", "de", "van", "von", "der", "la", "jr", "the"})
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def _year(row: Mapping[str, str]) -> str:
    found = _YEAR.search(row.get("pub_date", ""))
    return found[0] if found else ""


def _is_preprint(row: Mapping[str, str]) -> bool:
    """Say whether a row names no place of publication but a preprint server."""
    venue = row.get("venue", "")
    return not row_doi(row) and (not venue or bool(_PREPRINT.search(venue)))


_PREPRINT = re.compile(r"arxiv|\bcorr\b|biorxiv|medrxiv|ssrn|preprint|openreview|techrxiv", re.IGNORECASE)


def _published_first(items: Iterable[Item]) -> list[tuple[int, Item]]:
    """Put preprints last, so that a row made of both says where the work was published."""
    numbered = list(enumerate(items))
    return sorted(numbered, key=lambda pair: _is_preprint(pair[1].values))


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
    found = _KEY.match(row.get("bibtex", ""))
    return found[1].lower() if found else ""


_KEY = re.compile(r"\s*@\w+\s*[{(]\s*([^\s,{}()]+)\s*,")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Return what counts of a title: its letters and digits, without accents, case and markup."""
    return re.sub(r"[\W_]+", "", _fold(text))


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


def _in_order(used: Collection[str]) -> list[str]:
    known = [name for name in COLUMNS if name in used]
    return known + sorted(name for name in used if name not in known)


_SHOWN: Final = 60


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
