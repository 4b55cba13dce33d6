"""A CSV or TSV file with cells filled in: what changes, and that nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mdgen.problems import MdgenError, SheetError
from mdgen.sheetfiles import Edits, new_sheet, rewritten
from mdgen.sheetfiles.records import record_at
from mdgen.sheets import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = {"title", "venue", "date", "doi", "authors"}


def read(data: bytes, encoding: str | None = None) -> Table:
    def recognize(titles: Sequence[str]) -> int:
        return len(KNOWN.intersection(titles))

    return read_table("s.csv", data, recognize=recognize, encoding=encoding)


def edited(text: str, edits: Edits, encoding: str = "utf-8") -> str:
    data = text.encode(encoding)
    return rewritten(data, read(data), edits).decode(encoding)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        # an empty cell; a quoted empty cell; a missing one
        ("title,venue,doi\nA,,x\n", Edits({(2, 1): "J"}), "title,venue,doi\nA,J,x\n"),
        ('title,venue,doi\nA,"",x\n', Edits({(2, 1): "J"}), 'title,venue,doi\nA,"J",x\n'),
        ("title,venue,doi\nA\n", Edits({(2, 2): "x"}), "title,venue,doi\nA,,x\n"),
        ("title,venue,doi\nA\n", Edits({(2, 2): "x", (2, 1): "J"}), "title,venue,doi\nA,J,x\n"),
        # quotes where they must be
        ("title,venue\nA,\n", Edits({(2, 1): 'J, "x"'}), 'title,venue\nA,"J, ""x"""\n'),
        ("title,venue\nA,\n", Edits({(2, 1): " J"}), 'title,venue\nA," J"\n'),
        # blank lines, blank rows, line ends and a missing last line end stay
        ("title,venue\r\n\r\nA,\r\n,,\r\n\r\n", Edits({(3, 1): "J\nK"}, rows=(("B", "K"),)),
         'title,venue\r\n\r\nA,"J\r\nK"\r\nB,K\r\n,,\r\n\r\n'),
        ("title,venue\nA,", Edits(rows=(("B", "K"), ("C", ""))), "title,venue\nA,\nB,K\nC,"),
        ("title,venue\rA,\r", Edits(rows=(("B", "K"),)), "title,venue\rA,\rB,K\r"),
        # a sheet without rows, without a line end
        ("title,venue", Edits(rows=(("B", "K"),)), "title,venue\nB,K"),
        # new columns
        ("title,venue\nA,\nB,J\n", Edits({(3, 2): "x"}, ("doi",), (("C", "", "y"),)),
         "title,venue,doi\nA,\nB,J,x\nC,,y\n"),
        ('"title","venue"\n"A","J"\n', Edits({(2, 2): "x"}, ("doi",), (("C", "", "y"),)),
         '"title","venue","doi"\n"A","J","x"\n"C","","y"\n'),
        ('title,venue\nA,"J, K"\nB\n', Edits({(3, 2): "x"}, ("doi", "date")),
         'title,venue,doi,date\nA,"J, K",,\nB,,x\n'),
        # the habit of each column, and of the sheet for a column without one
        ('title,venue,doi\n"A",J,""\n"B",K,""\n', Edits(rows=(("C", "L", ""),)),
         'title,venue,doi\n"A",J,""\n"B",K,""\n"C",L,""\n'),
        ('title,venue\n"A, B",J\n', Edits(rows=(("C", "L"),)), 'title,venue\n"A, B",J\nC,L\n'),
        # other delimiters; blank columns, with a title, with content, with neither
        ("title\tvenue\nA, B\t\n", Edits({(2, 1): "J, K"}), "title\tvenue\nA, B\tJ, K\n"),
        ("title;venue\nA, B;\n", Edits({(2, 1): "J;K"}), 'title;venue\nA, B;"J;K"\n'),
        ("title^venue\nA^\n", Edits({(2, 1): "J"}), "title^venue\nA^J\n"),
        ("title,,venue,\nA,,,\n", Edits({(2, 1): "J", (2, 2): "x"}, ("doi",)),
         "title,,venue,,doi\nA,,J,,x\n"),
        ("title,,venue,date\nA,note,J,\n", Edits({(2, 3): "1"}), "title,,venue,date\nA,note,J,1\n"),
        # one column: the sheet's delimiter is not known yet
        ("title\nA, B\n", Edits({(2, 1): "J"}, ("venue",)), "title\tvenue\nA, B\tJ\n"),
        ("title\nA\n", Edits({(2, 1): "J"}, ("venue",)), "title,venue\nA,J\n"),
        # cells with line breaks push the rows below down
        ('title,venue\n"A\nB",J\nC,\n', Edits({(4, 1): "K"}), 'title,venue\n"A\nB",J\nC,K\n'),
        # above the header
        ("My papers\n\ntitle,venue\nA,\n", Edits({(4, 1): "K"}), "My papers\n\ntitle,venue\nA,K\n"),
        # quotes that quote nothing
        ('title\tvenue\n"A" is bad\t\n', Edits({(2, 1): "J"}), 'title\tvenue\n"A" is bad\tJ\n'),
        ('title,venue\n"He said "no" to it",\nB,\n', Edits({(3, 1): "J"}),
         'title,venue\n"He said "no" to it",\nB,J\n'),
    ],
)  # fmt: skip
def test_only_what_changed_differs(before: str, edits: Edits, after: str) -> None:
    assert edited(before, edits) == after


def test_a_row_whose_quotes_had_to_be_mended_is_written_anew() -> None:
    before = 'title,venue,doi\n"He said "no, no" to it",,x\n,,\nB,,\n'
    [mended, _] = read(before.encode()).rows
    assert mended.cells[0] == 'He said "no, no" to it'
    assert edited(before, Edits({(2, 1): "J"})) == (
        'title,venue,doi\n"He said ""no, no"" to it",J,x\n,,\nB,,\n'
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encoding_and_byte_order_mark_stay(encoding: str) -> None:
    before = "title,venue\nA,\nB,J\nC,K\n".encode(encoding)
    after = "title,venue\nA,Łódź\nB,J\nC,K\n".encode(encoding)
    assert rewritten(before, read(before), Edits({(2, 1): "Łódź"})) == after


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "shift_jis"])
def test_older_encodings_stay_too(encoding: str) -> None:
    title = (
        "日本語の論文、東京の大学" if encoding == "shift_jis" else "Café études à Genève et déjà là"
    )
    before = f"title,venue\n{title},\n".encode(encoding)
    after = f"title,venue\n{title},J\n".encode(encoding)
    assert rewritten(before, read(before), Edits({(2, 1): "J"})) == after


def test_a_character_that_the_encoding_lacks() -> None:
    before = "title,venue\nCafé,\n".encode("cp1252")
    with pytest.raises(MdgenError) as raised:
        rewritten(before, read(before), Edits({(2, 1): "Łódź"}))
    assert str(raised.value) == (
        "s.csv: is written in cp1252, which has no 'Ł'; save it as UTF-8 first"
    )


def test_mixed_encodings() -> None:
    lines = ["title,venue", "Étude à la carte,", "Ça va déjà,", "Où êtes-vous,"]
    before = "\n".join(lines).encode() + "\nCafé,\n".encode("cp1252")
    with pytest.raises(MdgenError, match="mixes encodings; save it as UTF-8 first"):
        rewritten(before, read(before), Edits({(2, 1): "J"}))


def test_a_header_that_had_to_be_mended() -> None:
    before = b'"The "title" x",venue\nA,\n'
    with pytest.raises(MdgenError, match="its titles do not stand over their columns"):
        rewritten(before, read(before), Edits({(2, 1): "J"}))


def test_columns_that_stand_elsewhere_than_their_titles() -> None:
    before = b"title,,venue\nA,note,\nB,note,\n"
    with pytest.raises(MdgenError, match="its titles do not stand over their columns"):
        rewritten(before, read(before), Edits({(2, 1): "J"}))


def test_a_sheet_with_rows_that_do_not_fit_is_left_alone() -> None:
    before = b"title,venue\nA,J,K\n"
    with pytest.raises(SheetError, match="'K' stands beyond the last column"):
        rewritten(before, read(before), Edits({(2, 1): "J"}, ("doi",)))


def test_no_edits_give_the_same_bytes() -> None:
    data = b"title,venue\nA,\n"
    assert rewritten(data, read(data), Edits(columns=("doi",))) is data


def test_a_new_sheet() -> None:
    rows = (("A, B", ""), ("x\ny", "J"))
    assert new_sheet(("title", "venue"), rows) == b'title,venue\n"A, B",\n"x\ny",J\n'


CELL = st.text(alphabet=st.sampled_from("ab é,;\"'\t\n\\{}"), max_size=6).map(str.strip)
GRID = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5)


def quoted(cell: str, newline: str, *, always: bool) -> str:
    if always or any(char in cell for char in ',"\n') or cell != cell.strip():
        return '"' + cell.replace('"', '""').replace("\n", newline) + '"'
    return cell


@given(
    GRID,
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), CELL), max_size=3),
    GRID | st.just([]),
)
def test_all_other_bytes_stay(
    grid: list[tuple[str, str, str]],
    newline: str,
    always: bool,  # noqa: FBT001 - hypothesis gives them by position
    changes: list[tuple[int, int, str]],
    added: list[tuple[str, str, str]],
) -> None:
    lines = [",".join(quoted(cell, newline, always=always) for cell in row) for row in grid]
    text = newline.join(["title,venue,doi", *lines, ""])
    table = read(text.encode())
    assume([row.cells for row in table.rows] == [row for row in grid if any(row)])
    cells = {
        (table.rows[row].number, column): text
        for row, column, text in changes
        if row < len(table.rows) and text
    }
    columns = ("authors",) if any(column == 3 for _, column in cells) else ()
    rows = tuple(row + ("",) * len(columns) for row in added if row[0])
    edits = Edits(cells, columns, rows)
    after = rewritten(text.encode(), table, edits).decode()
    assert spoken(after, newline) == expected(grid, table, edits)
    untouched = [line for at, line in enumerate(lines) if not changed(at, grid, table, cells)]
    position = 0
    for line in untouched:
        position = after.index(line, position) + len(line)


def changed(
    at: int, grid: list[tuple[str, str, str]], table: Table, cells: dict[tuple[int, int], str]
) -> bool:
    filled = [index for index, row in enumerate(grid) if any(row)]
    return at in filled and any(
        number == table.rows[filled.index(at)].number for number, _ in cells
    )


def spoken(text: str, newline: str) -> list[list[str]]:
    """Return the filled rows below the header, read as RFC 4180 says."""
    rows, at = [], 0
    while at < len(text):
        record = record_at(text, at, len(text), ",")
        rows.append([cell.text.replace(newline, "\n") for cell in record.cells])
        at = record.end + len(newline)
    return [trimmed(row) for row in rows[1:] if any(row)]


def expected(grid: list[tuple[str, str, str]], table: Table, edits: Edits) -> list[list[str]]:
    rows = [[*row, *[""] * len(edits.columns)] for row in grid if any(row)]
    for at, row in enumerate(table.rows):
        for (number, column), text in edits.cells.items():
            if number == row.number:
                rows[at][column] = text
    return [trimmed(row) for row in [*rows, *map(list, edits.rows)] if any(row)]


def trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row
