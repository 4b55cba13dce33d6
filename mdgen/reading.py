"""A table read as records of a kind: every cell typed, and everything wrong collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from mdgen import accepts
from mdgen.cells.blanks import is_dash, says_nothing
from mdgen.columns import Cells, Column, columns_of
from mdgen.headers import is_export, misfit, understand
from mdgen.nearest import nearest
from mdgen.problems import Place, Problem, Refusal, from_the_top
from mdgen.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mdgen.columns import Accepts
    from mdgen.frontmatter import Value
    from mdgen.headers import Header
    from mdgen.settings import Site
    from mdgen.sheets import Row, Table

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """What a table says: the records of its good rows, what is wrong, and what should be known.

    `problems` and `notices` come in the order of rows; a row with a problem is not among `records`.
    `rows` is the number of rows that were filled.
    """

    records: tuple[R, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    rows: int


def read_records(
    table: Table, record: type[R], site: Site, beside: Callable[[str], str] | None = None
) -> Reading[R]:
    """Read every row of `table` as a `record`.

    `beside` gives the text of a file that a cell names (`description_file`, `bibtex`); it raises
    `Refusal` for one that cannot be read. Nothing is raised for anything that a table can hold.
    """
    if wrong := _wrong_settings(record, site):
        return Reading((), wrong, table.notices, len(table.rows))
    header = header_of(table, record, site)
    if message := misfit(table.header, header, record):
        return Reading((), (Problem(table.place(), message),), table.notices, len(table.rows))
    reader = _Reader(table, header, site, beside or _nothing_beside)
    return reader.read(record)


def header_of(table: Table, record: type[Record], site: Site) -> Header:
    """Return how the titles of `table` are understood, seen what stands below them."""
    numbers = _numbers(table)
    counts = [str(number) for number in range(1, len(table.rows) + 1)]
    numbering = {index for index in numbers if [row.cells[index] for row in table.rows] == counts}
    return understand(table.header, record, site, numbers, numbering)


def _wrong_settings(record: type[Record], site: Site) -> tuple[Problem, ...]:
    """Return what is wrong with the titles of columns that the site's settings give a kind."""
    names = [column.name for column in columns_of(record)]
    place = Place("_config.yml", column=f"mdgen.columns.{record.KIND}")
    return tuple(
        Problem(place, f"{title}: '{name}' is no column of {record.KIND}; {nearest(name, names)}")
        for title, name in site.columns.get(record.KIND, {}).items()
        if name not in names
    )


def _numbers(table: Table) -> frozenset[int]:
    """Return the columns that hold whole numbers and nothing else."""
    columns = range(len(table.header)) if table.rows else ()
    return frozenset(
        index
        for index in columns
        if all(row.cells[index].isdigit() or not row.cells[index] for row in table.rows)
    )


def _cell(row: Row, index: int) -> str:
    return row.cells[index]


def _indices(names: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """Return the columns that have one name, by that name."""
    found: dict[str, tuple[int, ...]] = {}
    for index, name in names.items():
        found[name] = (*found.get(name, ()), index)
    return found


def _nothing_beside(name: str) -> str:
    raise Refusal(f"'{name}': only a sheet in a file can name a file beside it")


@dataclass(slots=True)
class _Reader:
    """Reads a table column by column, so that what a whole column proves is asked for once."""

    table: Table
    header: Header
    site: Site
    beside: Callable[[str], str]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def read(self, record: type[R]) -> Reading[R]:
        rows = self.table.rows
        self.problems += self.table.problems
        self.notices += self.table.notices
        self._say_what_is_strange()
        fields = {
            column.name: self._column(column, self.header.fields[column.name])
            for column in sorted(columns_of(record), key=self._first_index)
            if column.name in self.header.fields
        }
        grouped = _indices(self.header.own).items()
        own = self._by_row({key: self._own(found, key) for key, found in grouped})
        labels = _indices(self.header.links).items()
        links = self._by_row({label: self._links(found) for label, found in labels})
        bad = {problem.place.row for problem in self.problems}
        names = tuple(fields)
        columns = zip(*fields.values(), strict=True)
        records = tuple(
            record(
                place=self.table.place(row),
                own=own[number],
                links=links[number],
                **dict(zip(names, values, strict=True)),
            )
            for number, (row, values) in enumerate(zip(rows, columns, strict=True))
            if row.number not in bad and not self.header.strangers
        )
        self.notices += [
            Problem(self.table.place(), message) for message in record.notices(records)
        ]
        return Reading(records, from_the_top(self.problems), from_the_top(self.notices), len(rows))

    def _first_index(self, column: Column[object]) -> int:
        return self.header.fields.get(column.name, (0,))[0]

    def _say_what_is_strange(self) -> None:
        for index, message in self.header.strangers.items():
            self.problems.append(Problem(self.table.place(column=index), message))
        for index, title in enumerate(self.table.header):
            if not title:
                message = f"column {index + 1} has no title; its cells are not used"
                self.notices.append(Problem(self.table.place(), message))

    def _column(self, column: Column[T], indices: tuple[int, ...]) -> list[T]:
        """Return the value of one field for every row; a bad cell gives a problem and `empty`."""
        texts = self._texts(column, indices)
        at: int | None = None

        def warn(message: str) -> None:
            whole = self.table.place(column=indices[0])
            place = whole if at is None else self._place(at, indices)
            self.notices.append(Problem(place, message))

        read = column.accepts.reader(self._cells(texts, warn))
        empty = cast("T", column.empty)  # of a required column no record is made
        values: list[T] = []
        for at, text in enumerate(texts):
            value = empty
            if text:
                try:
                    value = read(text)
                except Refusal as refusal:
                    self.problems.append(Problem(self._place(at, indices), str(refusal)))
            elif column.required:
                place = self.table.place(self.table.rows[at], indices[0])
                self.problems.append(Problem(place, f"is empty; write {column.accepts.wants}"))
            values.append(value)
        return values

    def _texts(self, column: Column[T], indices: tuple[int, ...]) -> list[str]:
        first, *others = indices
        linked = bool(self.table.links) and column.accepts.follows_links
        read: Callable[[Row, int], str] = self._or_target if linked else _cell
        optional = column.name in self.header.fields and not column.required
        if others or (optional and not column.accepts.takes_any_text):
            read = self._without_blanks(read)
        if not others:
            return [read(row, first) for row in self.table.rows]
        titles = [self.table.header[index] for index in indices]
        texts = [
            column.accepts.gather(titles, [read(row, index) for index in indices])
            for row in self.table.rows
        ]
        if not linked:
            self._say_what_is_left(column, indices, texts)
        return texts

    def _without_blanks(self, read: Callable[[Row, int], str]) -> Callable[[Row, int], str]:
        """Return what reads a cell as `read` does, and as empty where it says that it is.

        Of words it is told, once of a column. Text is shown as typed, and so is what stands in
        columns of the site's own; but it does not win over another column for the same.
        """
        said: set[int] = set()

        def filled(row: Row, index: int) -> str:
            text = read(row, index)
            if not text or not says_nothing(text):
                return text
            if index not in said and not is_dash(text):
                said.add(index)
                place = self.table.place(row, index)
                self.notices.append(Problem(place, f"'{text}' counts as an empty cell"))
            return ""

        return filled

    def _or_target(self, row: Row, index: int) -> str:
        """Return the text of a cell; the target of its hyperlink where the text is no address."""
        target = self.table.links.get((row.number, index), "")
        return target if target and not accepts.is_link(row.cells[index]) else row.cells[index]

    def _say_what_is_left(
        self, column: Column[T], indices: tuple[int, ...], texts: Sequence[str]
    ) -> None:
        """Say once of a column that some of its cells stand nowhere, for another one goes before.

        Not of an export, which says the same thing in many ways.
        """
        sort: object = column.accepts
        if isinstance(sort, accepts.Day) or is_export(self.table.header):
            return
        for index in indices[1:]:
            rows = zip(self.table.rows, texts, strict=True)
            lost = next((row for row, text in rows if row.cells[index] not in text), None)
            if lost is not None:
                first = next(self.table.header[each] for each in indices if lost.cells[each])
                message = (
                    f"not shown where '{first}' is filled, for both mean `{column.name}`;"
                    " call it otherwise to keep both"
                )
                self.notices.append(Problem(self.table.place(lost, index), message))

    def _place(self, number: int, indices: tuple[int, ...]) -> Place:
        """Return the first filled cell of a row among those of `indices`."""
        row = self.table.rows[number]
        filled = (index for index in indices if row.cells[index])
        return self.table.place(row, next(filled, indices[0]))

    def _cells(self, texts: Sequence[str], warn: Callable[[str], None]) -> Cells:
        filled = list(filter(None, texts))
        rows = [row.cells for row in compress(self.table.rows, texts)]
        return Cells(filled, rows, self.site, warn, self.beside)

    def _links(self, indices: tuple[int, ...]) -> list[tuple[str, ...]]:
        """Return the links of columns that the kind does not know; other text in them is said."""
        column = Column("", accepts.MaybeUrls(), (), False, (), "", "")  # noqa: FBT003
        return self._column(column, indices)

    def _own(self, indices: tuple[int, ...], key: str) -> list[Value]:
        """Return the values of the columns that become one key; each row may fill one of them."""
        sort: Accepts[Value] = accepts.OwnList() if key in self.site.lists else accepts.Own()
        if key == "citation":
            sort = accepts.OwnHtml()
        for row in self.table.rows if len(indices) > 1 else ():
            filled = [index for index in indices if row.cells[index]]
            if len({row.cells[index] for index in filled}) > 1:
                first = self.table.header[filled[0]]
                message = f"gives the key `{key}`, as '{first}' does; call one of them otherwise"
                self.problems.append(Problem(self.table.place(row, filled[1]), message))
        return self._column(Column(key, sort, (), False, "", "", ""), indices)  # noqa: FBT003

    def _by_row(self, columns: Mapping[str, list[T]]) -> list[dict[str, T]]:
        """Return for every row what it has under each key, without the empty ones."""
        if not columns:
            return [{}] * len(self.table.rows)
        return [
            {
                key: values[number]
                for key, values in columns.items()
                if values[number] not in ("", ())
            }
            for number in range(len(self.table.rows))
        ]
