"""Items into a sheet that has rows already: which row is the same work, and which cells it fills.

Plain values in and out: `merge` says what an import would change, and changes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from mdgen.importers.identifiers import arxiv_in
from mdgen.importers.sameness import closest, equivalent, is_preprint, marks, row_doi, same_work
from mdgen.importers.works import COLUMNS
from mdgen.problems import Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mdgen.importers import Item

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of an existing row that gets a value; `row` counts the rows of the sheet from 0."""

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
    `columns` the columns that the sheet lacks and some value needs. `origins` says for each new row
    which item, counted from 0, is the first that went into it. `differences` and `problems` change
    nothing: they are for the person to read.
    """

    filled: tuple[Filled, ...] = ()
    added: tuple[Mapping[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    origins: tuple[int, ...] = field(default=(), compare=False)

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
    or the title and an author within two years. The link of a preprint with a DOI of its own goes
    to `preprint_url`. Items that are one work become one row.

    Empty cells are filled. A filled cell stays, and is a difference, except in the columns of
    `update`. Merging the same items into the result changes nothing.
    """
    numbered = _published_first(items)
    done = _Pass(rows, numbered, update)
    origins = done.origins
    passes = 1
    while done.is_unsure and passes < _MOST_PASSES:
        before, done = done, _Pass(done.rows, numbered, update)
        origins += done.origins
        passes = _MOST_PASSES if done.rows == before.rows else passes + 1
    return replace(_merged(columns, rows, done), origins=origins)


_MOST_PASSES: Final = 20


class _Pass:
    """All items taken once, one after the other, into a copy of the rows; new rows come last.

    `is_unsure` says that an item had several rows to choose from, or a row several items: then
    what came later might have settled what came before.
    """

    def __init__(
        self,
        rows: Sequence[Mapping[str, str]],
        numbered: Iterable[tuple[int, Item]],
        update: Collection[str],
    ) -> None:
        self._there = len(rows)
        self._update = update
        self._rows: list[Row] = []
        self._order: list[int] = []
        self._index = _Index()
        self._spoken_for: set[tuple[int, str]] = set()
        self._touched: set[int] = set()
        self.is_unsure = False
        self.differences: list[Difference] = []
        self.problems: list[Problem] = []
        for row in rows:
            self._append({name: text.strip() for name, text in row.items() if text.strip()})
        for order, item in numbered:
            self._take(order, item)

    @property
    def rows(self) -> list[Row]:
        """The rows that were there, then the new ones in the order of the import."""
        new = zip(self._order, self._rows[self._there :], strict=True)
        return self._rows[: self._there] + [row for _, row in sorted(new, key=lambda pair: pair[0])]

    @property
    def origins(self) -> tuple[int, ...]:
        """The places in the import of the first items of the new rows."""
        return tuple(sorted(self._order))

    def _append(self, row: Row) -> None:
        self._rows.append(row)
        self._index.add(len(self._rows) - 1, row)

    def _take(self, order: int, item: Item) -> None:
        values = item.values
        found = [at for at in self._index.find(values) if same_work(self._rows[at], values)]
        if len(found) > 1:
            self.is_unsure = True
            chosen = closest(values, [self._rows[at] for at in found])
            found = [found[at] for at in chosen]
        if len(found) > 1:
            self.problems.append(Problem(item.place, _ambiguous(values, len(found))))
        elif found:
            self.is_unsure = self.is_unsure or found[0] in self._touched
            self._touched.add(found[0])
            self._fill(found[0], values)
            new = found[0] - self._there
            if new >= 0:
                self._order[new] = min(self._order[new], order)
        else:
            self._touched.add(len(self._rows))
            self._append(dict(values))
            self._order.append(order)

    def _fill(self, at: int, values: Mapping[str, str]) -> None:
        row = self._rows[at]
        outranked = is_preprint(values) and not is_preprint(row)
        if outranked and (doi := row_doi(values)) and row_doi(row):
            values = {**values, "preprint_url": f"https://doi.org/{doi}"}
        if outranked:
            values = {name: text for name, text in values.items() if not _of_preprint(name, text)}
        for column, new in values.items():
            if not row.get(column):
                row[column] = new
            elif not outranked and at < self._there and (at, column) not in self._spoken_for:
                self._compare(at, column, new)
            # Of several items for one row the first has its say, or they would take turns.
            self._spoken_for.add((at, column))
        self._index.add(at, row)

    def _compare(self, at: int, column: str, new: str) -> None:
        old = self._rows[at][column]
        if column in self._update:
            self._rows[at][column] = new
        elif not equivalent(column, old, new):
            self.differences.append(Difference(at, column, old, new))


def _of_preprint(column: str, text: str) -> bool:
    """Say whether a cell is true of a preprint alone; arXiv's address follows from its id."""
    return column in _OF_ONE_PRINT or (column == "paper_url" and bool(arxiv_in(text)))


_OF_ONE_PRINT: Final = frozenset({"status", "volume", "issue", "pages", "publisher"})


def _ambiguous(values: Mapping[str, str], rows: int) -> str:
    title = values.get("title", "")
    return f"'{shorten(title)}' could be any of {rows} rows; give the right one its DOI"


def _merged(columns: Sequence[str], rows: Sequence[Mapping[str, str]], done: _Pass) -> Merge:
    """Return what lies between the sheet's `rows` and what they have become."""
    after = done.rows
    filled = tuple(
        Filled(at, column, before.get(column, ""), new)
        for at, before in enumerate(rows)
        for column, new in after[at].items()
        if new != before.get(column, "").strip()
    )
    added = tuple(after[len(rows) :])
    used = {cell.column for cell in filled}.union(*added)
    differences = [
        each
        for each in sorted(done.differences, key=lambda each: each.row)
        if each.row < len(rows) and rows[each.row].get(each.column, "").strip()
    ]
    missing = tuple(name for name in _in_order(used) if name not in columns)
    return Merge(filled, added, missing, tuple(differences), tuple(done.problems))


class _Index:
    """Which rows might be the same work as some values, without looking at every row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[int, None]] = {}

    def add(self, at: int, row: Mapping[str, str]) -> None:
        for mark in marks(row):
            self._rows.setdefault(mark, {})[at] = None

    def find(self, values: Mapping[str, str]) -> list[int]:
        """Return the candidates, those of the surest kind of likeness first."""
        found: dict[int, None] = {}
        for mark in marks(values):
            found.update(self._rows.get(mark, {}))
        return list(found)


def _published_first(items: Iterable[Item]) -> list[tuple[int, Item]]:
    """Put preprints last, so that a row made of both says where the work was published."""
    numbered = list(enumerate(items))
    return sorted(numbered, key=lambda pair: is_preprint(pair[1].values))


def _in_order(used: Collection[str]) -> list[str]:
    known = [name for name in COLUMNS if name in used]
    return known + sorted(name for name in used if name not in known)
