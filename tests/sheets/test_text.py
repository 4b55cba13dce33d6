"""CSV, TSV and their kin: cells as typed, on the lines where the editor shows them."""

from __future__ import annotations

import pytest

from mdgen.problems import Place
from mdgen.sheets import Row, Table
from tests.sheets.reading import cells, notices, numbered, problems, refusal, table

NBSP = "\N{NO-BREAK SPACE}"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def test_a_text_becomes_a_table() -> None:
    assert table("title,date\nWhiteFox,2024-10-20\n") == Table(
        source="sheet",
        worksheet="",
        header=("title", "date"),
        letters=("", ""),
        rows=(Row(2, ("WhiteFox", "2024-10-20")),),
        links={},
        notices=(),
        problems=(),
        header_number=1,
    )


def test_places_name_line_and_column() -> None:
    found = table("\ntitle,date\nWhiteFox,soon\n")
    [row] = found.rows
    assert found.place(row, 1) == Place("sheet", 3, "date")
    assert found.place(row) == Place("sheet", 3)
    assert found.place(column=0) == Place("sheet", 2, "title")
    assert found.place() == Place("sheet")


def test_text_stays_as_it_was_typed() -> None:
    sheet = "title,date,venue\n007,NA,1e5\nnull,TRUE,1.50\n,-,#N/A\n"
    assert cells(sheet) == [
        ("title", "date", "venue"),
        ("007", "NA", "1e5"),
        ("null", "TRUE", "1.50"),
        ("", "-", "#N/A"),
    ]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|", ":", "^", "~", "\x1f"])
def test_the_delimiter_is_the_one_under_which_the_header_makes_sense(delimiter: str) -> None:
    sheet = "title,date,venue\nA,2024,Rome\n".replace(",", delimiter)
    assert cells(sheet) == [("title", "date", "venue"), ("A", "2024", "Rome")]


def test_commas_in_the_rows_do_not_make_a_tab_separated_text_comma_separated() -> None:
    sheet = "title\tauthors\nA, B, C, D\tE, F, G, H\n"
    assert cells(sheet) == [("title", "authors"), ("A, B, C, D", "E, F, G, H")]


def test_one_column_needs_no_delimiter() -> None:
    assert cells("title\nFoo, bar; baz\n") == [("title",), ("Foo, bar; baz",)]


def test_where_no_title_is_known_the_likeliest_delimiter_is_taken() -> None:
    assert cells("Foo;Bar, baz\n1;2, 3\n4;5\n") == [("Foo", "Bar, baz"), ("1", "2, 3"), ("4", "5")]


def test_a_line_that_names_the_delimiter_is_obeyed() -> None:
    assert numbered("sep=;\ntitle;date,venue\nA;2024\n") == {3: ("A", "2024")}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_under_every_line_break(ending: str) -> None:
    sheet = 'title,date\nA,2024\n\n"B\nb",2025\n ,\nC,2026\n'.replace("\n", ending)
    assert numbered(sheet) == {2: ("A", "2024"), 4: ("B\nb", "2025"), 7: ("C", "2026")}


def test_line_breaks_of_all_sorts_may_be_mixed() -> None:
    sheet = 'title,date\rA,2024\r\n"B\nb\r\nb",2025\nC,2026\r'
    assert numbered(sheet) == {2: ("A", "2024"), 3: ("B\nb\nb", "2025"), 6: ("C", "2026")}


def test_line_breaks_at_the_edges_of_cells_count_as_lines_too() -> None:
    assert numbered('title,date\n"\nA\n\n",2024\nB,2025\n') == {2: ("A", "2024"), 6: ("B", "2025")}


def test_spaces_around_cells_go_and_those_inside_stay() -> None:
    sheet = f" title ,date{NBSP}\n {NBSP}A  b{NBSP}c{NBSP},\t2024 \n"
    assert cells(sheet) == [("title", "date"), (f"A  b{NBSP}c", "2024")]


def test_titles_lose_what_nobody_sees() -> None:
    assert cells(f"{BOM}{BOM}ti\N{ZERO WIDTH SPACE}tle,\N{SOFT HYPHEN}date\nA,2024\n") == [
        ("title", "date"),
        ("A", "2024"),
    ]


def test_short_rows_are_filled_and_empty_cells_at_the_end_do_no_harm() -> None:
    sheet = "title,date,venue\nA\nB,2024,Rome,,,\n,,,,,,\n\n"
    assert cells(sheet) == [("title", "date", "venue"), ("A", "", ""), ("B", "2024", "Rome")]


def test_blank_columns_go_and_a_column_without_title_stays_if_it_holds_anything() -> None:
    sheet = ",title,,date,\n,A,,2024,note\n,B,,2025,\n"
    assert cells(sheet) == [("title", "date", ""), ("A", "2024", "note"), ("B", "2025", "")]


def test_the_header_may_stand_below_a_heading() -> None:
    found = table("My talks\n\ntitle,date\nA,2024\n")
    assert (found.header_number, found.header) == (3, ("title", "date"))
    assert found.rows == (Row(4, ("A", "2024")),)


def test_a_heading_may_be_wider_than_the_table() -> None:
    assert numbered("My,talks,and,more\ntitle,date\nA,2024\n") == {3: ("A", "2024")}


def test_the_first_row_is_the_header_where_nothing_below_makes_clear_sense() -> None:
    assert cells("Foo,Bar\ntitle,x\n") == [("Foo", "Bar"), ("title", "x")]


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert cells("title,date\n") == [("title", "date")]


def test_a_cell_beyond_the_header_is_a_problem_and_its_row_is_cut() -> None:
    sheet = "title,date\nFoo, bar,2024\nB,2025\nC,2026,,x\n"
    assert problems(sheet) == [
        "sheet:2: '2024' stands beyond the last column, 'date'; probably a comma inside an earlier"
        " cell splits it: put that cell in double quotes, or take the comma out",
        "sheet:4: 'x' stands beyond the last column, 'date'; probably a comma inside an earlier"
        " cell splits it: put that cell in double quotes, or take the comma out",
    ]
    assert cells(sheet)[1:] == [("Foo", "bar"), ("B", "2025"), ("C", "2026")]


def test_a_long_value_beyond_the_header_is_shortened() -> None:
    [problem] = problems(f"title;date\nA;2024;{'x' * 100}\n")
    assert problem == (
        f"sheet:2: '{'x' * 59}…' stands beyond the last column, 'date'; probably a semicolon inside"
        " an earlier cell splits it: put that cell in double quotes, or take the semicolon out"
    )


def test_very_many_cells_beyond_the_header_are_one_problem() -> None:
    [problem] = problems("title|date\nA" + "|x" * 600 + "\n")
    assert problem == (
        "sheet:2: 'x' stands beyond the last column, 'date'; probably a bar inside an earlier cell"
        " splits it: put that cell in double quotes, or take the bar out"
    )


def test_titles_with_spaces_for_a_tab_between_them_are_named_as_the_cause() -> None:
    sheet = "title\tvenue   date\turl\nA\tRome\t2024\thttps://a.example\n"
    assert problems(sheet) == [
        "sheet:2: 'https://a.example' stands beyond the last column, 'url'; probably 'venue   date'"
        " in the header should be two titles: put a tab between them"
    ]


def test_titles_with_spaces_in_them_are_one_where_the_rows_say_so() -> None:
    assert cells("title\tvenue   date\nA\tRome\n") == [("title", "venue   date"), ("A", "Rome")]


def test_titles_set_apart_by_two_tabs_stand_above_cells_set_apart_by_one() -> None:
    sheet = "title\t\tdate\t\tvenue\nA\t2024\tRome\n"
    assert cells(sheet) == [("title", "date", "venue"), ("A", "2024", "Rome")]
    assert notices(sheet) == [
        "sheet:1: the titles are set apart doubly, and the cells below are not; read as if both"
        " were"
    ]


def test_blank_columns_between_all_titles_stay_blank_columns() -> None:
    sheet = "title\t\tdate\t\tvenue\nA\t\t2024\t\tRome\n"
    assert cells(sheet) == [("title", "date", "venue"), ("A", "2024", "Rome")]


def test_a_merge_that_git_left_is_refused() -> None:
    sheet = "title,date\n<<<<<<< HEAD\nA,2024\n=======\nA,2025\n>>>>>>> main\n"
    assert refusal(sheet) == (
        "sheet:2: a merge that git could not settle begins here; keep one side and remove the marks"
    )


def test_a_worksheet_named_for_a_text_is_said_to_be_none() -> None:
    found = table("title\nA\n", worksheet="Talks")
    assert [str(notice) for notice in found.notices] == [
        "sheet: a text has no worksheets: --worksheet names none here"
    ]


def test_what_only_looks_like_a_merge_is_text() -> None:
    assert cells("title,date\n<<<<<<< HEAD,2024\n") == [
        ("title", "date"),
        ("<<<<<<< HEAD", "2024"),
    ]


def test_a_comma_in_quotes_is_text_where_the_last_row_ends_in_empty_cells() -> None:
    sheet = 'title,date,venue,note\nOne,2020,V,n\n"Two, too",2021,,\n,,,\n\n'
    assert cells(sheet)[-1] == ("Two, too", "2021", "", "")


def test_a_header_that_stands_there_again_is_no_row() -> None:
    assert numbered("title,date\nA,2024\ntitle , date\nB,2025\n") == {
        2: ("A", "2024"),
        4: ("B", "2025"),
    }
