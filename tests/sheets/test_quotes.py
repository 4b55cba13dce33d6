"""Double quotes: those that hold a cell together, and those that a person typed."""

from __future__ import annotations

import pytest

from tests.bounds import processor_time
from tests.sheets.reading import cells, numbered


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('"Excessive" is bad', '"Excessive" is bad'),
        ('"A" and "B"', '"A" and "B"'),
        ('"Open', '"Open'),
        ('Close"', 'Close"'),
        ('6" pipes', '6" pipes'),
        ('"', '"'),
        ('"Quoted, whole"', "Quoted, whole"),
        ('"say ""hi"""', 'say "hi"'),
        (r'"say \"hi\" there"', 'say "hi" there'),
        ('"He said "no" to it"', 'He said "no" to it'),
        ('"with a\ttab"', "with a\ttab"),
        ('""', ""),
        ('"""', '"""'),
        (r'"C:\path\"', "C:\\path\\"),
        (r'Erd\H{o}s "the" great', r'Erd\H{o}s "the" great'),
    ],
)
def test_quotes_of_a_cell_between_tabs(typed: str, read: str) -> None:
    sheet = f"title\tdate\tvenue\nA\t{typed}\tRome\nB\t2025\tOslo\n"
    assert cells(sheet)[1:] == [("A", read, "Rome"), ("B", "2025", "Oslo")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('"Foo, bar"', "Foo, bar"),
        (' "Foo, bar"', "Foo, bar"),
        ('"Foo, bar" ', "Foo, bar"),
        ('"say ""hi, you"""', 'say "hi, you"'),
        (r'"say \"hi, you\" there"', 'say "hi, you" there'),
        ('"Excessive" is bad', '"Excessive" is bad'),
        ('"two\nlines, and ""quotes"""', 'two\nlines, and "quotes"'),
    ],
)
def test_quotes_of_a_cell_between_commas(typed: str, read: str) -> None:
    sheet = f"title,date,venue\nA,{typed},Rome\nB,2025,Oslo\n"
    assert cells(sheet)[1:] == [("A", read, "Rome"), ("B", "2025", "Oslo")]


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_quote_that_never_closes_swallows_nothing(column: int) -> None:
    first = ["A", "2024", "Rome"]
    first[column] = '"' + first[column]
    sheet = "title\tdate\tvenue\n" + "\t".join(first) + "\nB\t2025\tOslo\nC\t2026\tBonn\n"
    assert numbered(sheet) == {
        2: tuple(first),
        3: ("B", "2025", "Oslo"),
        4: ("C", "2026", "Bonn"),
    }


def test_a_quote_that_closes_in_another_row_swallows_nothing() -> None:
    sheet = 'title\tdate\tvenue\nA\t2024\t"Rome\nB\t2025\tOslo\n"C"\t2026\tBonn"\n'
    assert numbered(sheet) == {
        2: ("A", "2024", '"Rome'),
        3: ("B", "2025", "Oslo"),
        4: ("C", "2026", 'Bonn"'),
    }


def test_prose_may_have_as_many_commas_as_a_narrow_sheet() -> None:
    sheet = 'title,venue\nA,"one\ntwo, three"\nB,Oslo\n'
    assert numbered(sheet) == {2: ("A", "one\ntwo, three"), 4: ("B", "Oslo")}


def test_a_line_of_prose_with_as_many_commas_as_a_wide_sheet_is_no_row() -> None:
    prose = "We skip words.\n\nOf nouns, verbs, names, terms, dates, signs, and marks some were not read.\nWhy?"
    sheet = f'title,date,venue,location,description,type,talk_url\nA,2024,B,C,"{prose}",D,\n'
    assert numbered(sheet) == {2: ("A", "2024", "B", "C", prose, "D", "")}


def test_a_comma_in_quotes_is_text_in_a_short_row_beside_stray_quotes() -> None:
    sheet = 'title,date,venue\n"Two, too",2021\n"Big" data,2022,Rome\n'
    assert numbered(sheet) == {2: ("Two, too", "2021", ""), 3: ('"Big" data', "2022", "Rome")}


def test_two_cells_that_begin_and_end_with_a_quote_are_not_one() -> None:
    sheet = 'title\tvenue\tdate\n"The start\tthe end"\t2024\n'
    assert cells(sheet)[1:] == [('"The start', 'the end"', "2024")]


@pytest.mark.parametrize("rest", ["", "\t2024\tRome"])
def test_a_cell_goes_on_over_lines(rest: str) -> None:
    sheet = f'title\tdate\tvenue\n"one\ntwo, ""2""\n\nthree"{rest}\nB\t2025\tOslo\n'
    assert numbered(sheet) == {
        2: ('one\ntwo, "2"\n\nthree', *(rest.split("\t")[1:] or ("", ""))),
        6: ("B", "2025", "Oslo"),
    }


def test_a_cell_of_some_lines_may_have_a_backslash_before_a_quote_in_its_first() -> None:
    sheet = 'title,bibtex,x\nA,"@misc{a, author = {M\\""uller},\n title = {A}}",\n'
    assert numbered(sheet) == {2: ("A", '@misc{a, author = {M\\"uller},\n title = {A}}', "")}


def test_a_stray_quote_and_a_cell_of_some_lines_stand_in_one_sheet() -> None:
    sheet = 'title\tvenue\n"Big" data\tRome\nB\t"two\nlines"\n"Open\tOslo\n'
    assert numbered(sheet) == {
        2: ('"Big" data', "Rome"),
        3: ("B", "two\nlines"),
        5: ('"Open', "Oslo"),
    }


def test_very_many_stray_quotes_take_no_longer_than_reading() -> None:
    sheet = 'title,date\n"a "b' + ',"a "b' * 20_000 + "\n" + '"open,x\n' * 5_000
    with processor_time(10), pytest.raises(Exception, match="columns"):
        cells(sheet)


def test_an_open_quote_in_every_row_takes_no_longer_than_reading() -> None:
    with processor_time(10):
        sheet = "title\tdate\tvenue\n" + '"Big" data\t2024\t"Rome\n' * 50_000
        assert cells(sheet)[1:] == [('"Big" data', "2024", '"Rome')] * 50_000


@pytest.mark.parametrize("mark", [",", "\t"])
def test_rows_that_were_quoted_as_a_whole_are_rows(mark: str) -> None:
    rows = [("title", "date", "venue"), ("A", "2024", "Rome"), ('say "hi"', "2025", "Oslo, Bonn")]
    lines = ["title,date,venue", "A,2024,Rome", '"say ""hi""",2025,"Oslo, Bonn"']
    typed = "\n".join(
        line if mark == "," else mark.join(row) for line, row in zip(lines, rows, strict=True)
    )
    wrapped = ['"' + line.replace('"', '""') + '"' for line in typed.split("\n")]
    assert cells("\n".join(wrapped) + "\n") == rows
    assert cells("\n".join([*typed.split("\n")[:2], wrapped[2]]) + "\n") == rows


def test_a_row_of_one_quoted_cell_is_one_cell() -> None:
    sheet = 'title,date,venue\nA,2024,Rome\n"Reading, writing, counting"\n'
    assert cells(sheet)[2] == ("Reading, writing, counting", "", "")
    assert cells('title,date\n"one ""or"" two"\n')[1] == ('one "or" two', "")
    assert cells('title\n"Reading, ""writing"""\n')[1] == ('Reading, "writing"',)
