"""Items into a sheet that has rows already: which row is the same work, and which cells it fills.

Plain values in and out: `merge` says what an import would change, and changes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mdgen.importers.sameness import equivalent, is_preprint, marks, same_work, share_identifier
from mdgen.importers.works import COLUMNS
from mdgen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
        found = [
            at for at in self._index.find(item.values) if same_work(self._rows[at], item.values)
        ]
        if len(found) > 1 and not share_identifier(self._rows[found[0]], item.values):
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
        outranked = is_preprint(values) and not is_preprint(row)
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
        added = [
            row for _, row in sorted(zip(self._order, new, strict=True), key=lambda pair: pair[0])
        ]
        used = {cell.column for cell in filled}.union(*added)
        missing = [name for name in _in_order(used) if name not in columns]
        differences = sorted(self._differences, key=lambda each: each.row)
        return Merge(
            filled, tuple(added), tuple(missing), tuple(differences), tuple(self._problems)
        )

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


_SHOWN: Final = 60


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
