"""Date cells: what people type, what it means, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.cells.dates import (
    DateOrder,
    PartialDate,
    column_order,
    habitual_order,
    holds_months,
    is_status,
    month_and_year,
    parse_date,
    parse_end,
    split_status,
)
from mdgen.problems import Refusal

DMY, MDY, YMD = DateOrder.DMY, DateOrder.MDY, DateOrder.YMD
DAYS = st.dates(dt.date(1583, 1, 1), dt.date(2199, 12, 31))
WAY_OUT = "write it as 2024-02-28, 2024-02 or 2024"
MORE = "holds more than a date; leave '{}' here and put the rest in a column of its own"


def message(text: str, order: DateOrder | None = None) -> str:
    """Return the words with which a date cell is refused."""
    with pytest.raises(Refusal) as refused:
        parse_date(text, order)
    return str(refused.value)


def ambiguous(value: str, dmy: str, mdy: str, ymd: str) -> str:
    """Return the refusal of a date that can be read in all of these ways."""
    can = {DMY: (dmy, "day first"), MDY: (mdy, "month first"), YMD: (ymd, "year first")}
    readings = [f"{date} ({words})" for date, words in can.values() if date]
    orders = [str(order) for order, (date, _) in can.items() if date]
    return (
        f"'{value}' can be {' or '.join(readings)}, and its column does not say which; write it so,"
        f" or set `date_order` to {' or '.join(orders)} under `mdgen:` in _config.yml"
    )


def years_or_month(value: str) -> str:
    """Return the refusal of what can be an academic year and a month."""
    return (
        f"'{value}' can be the month 2010-11 or the years 2010 to 2011;"
        " write it as 2010-11 or 2010-2011"
    )


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        # ISO and its neighbours
        ("2024", "2024"),
        ("2024-10", "2024-10"),
        ("2024-10-20", "2024-10-20"),
        (" 2024-10-20 ", "2024-10-20"),
        ("2021-5-17", "2021-05-17"),
        ("2024.8", "2024-08"),
        ("2024/08", "2024-08"),
        ("2016/3/21", "2016-03-21"),
        ("2021.06.29", "2021-06-29"),
        ("2024. 5. 31.", "2024-05-31"),
        ("20240531", "2024-05-31"),
        ("202405", "2024-05"),
        ("2024-03-00", "2024-03"),
        ("2024-03-0", "2024-03"),
        ("2024-00-00", "2024"),
        ("2019.0", "2019"),
        # times
        ("2024-05-31 00:00:00", "2024-05-31"),
        ("2024-05-31 15:16:17", "2024-05-31"),
        ("2024-05-31T10:00:00Z", "2024-05-31"),
        ("2024-05-31T10:00:00.000+02:00", "2024-05-31"),
        ("Fri., May 31st, 2024 at 10:00 AM", "2024-05-31"),
        ("31 May 2024, 10:00 - 11:30", "2024-05-31"),
        ("Tue, 3 Nov 2020 09:30:00 GMT", "2020-11-03"),
        ("12 May 2020 at 3pm", "2020-05-12"),
        ("12 May 2020, 3-4 p.m.", "2020-05-12"),
        ("12 mai 2020, 14h30", "2020-05-12"),
        ("12. Mai 2020, 14 Uhr", "2020-05-12"),
        ("12. Mai 2020 um 14.15 Uhr", "2020-05-12"),
        # month names
        ("June 2019", "2019-06"),
        ("June 2018.", "2018-06"),
        ("Sep. 2019", "2019-09"),
        ("Sept 2019", "2019-09"),
        ("Augu 2023", "2023-08"),
        ("JUNE, 2019", "2019-06"),
        ("2019 June", "2019-06"),
        ("2019 (June)", "2019-06"),
        ("9 October 2019", "2019-10-09"),
        ("9th of October 2019", "2019-10-09"),
        ("29 July 2011.", "2011-07-29"),
        ("October 9th, 2019", "2019-10-09"),
        ("March 16 2023", "2023-03-16"),
        ("2019 Oct 9", "2019-10-09"),
        ("14-Sep-2020", "2020-09-14"),
        ("14-Sep-20", "2020-09-14"),
        ("14sep2020", "2020-09-14"),
        ("2020-Sep-14", "2020-09-14"),
        ("Mar-3-2021", "2021-03-03"),
        ("Sep 14 '20", "2020-09-14"),
        ("Jan-20", "2020-01"),
        ("Jan '20", "2020-01"),
        ("Dec-98", "1998-12"),
        ("janv.-20", "2020-01"),
        ("Sunday, 9 October 2019", "2019-10-09"),
        ("2024-05-31 (Friday)", "2024-05-31"),
        ("'2024-05-31", "2024-05-31"),
        # other languages and scripts
        ("9. Oktober 2019", "2019-10-09"),
        ("März 2020", "2020-03"),
        ("le 1er février 2020", "2020-02-01"),
        ("12 de mayo de 2021", "2021-05-12"),
        ("2024年5月31日", "2024-05-31"),
        ("2024年5月", "2024-05"),
        ("2024年", "2024"),
        ("2024년 5월 31일", "2024-05-31"),
        ("２０２４－０５－３１", "2024-05-31"),
        ("٢٠٢٤", "2024"),
        ("9\u00a0October\u20092019", "2019-10-09"),
        ("2024–10–20", "2024-10-20"),
        ("5 maj 2020", "2020-05-05"),
        ("12. května 2020", "2020-05-12"),
        ("12 мая 2020 г.", "2020-05-12"),
        ("12 maja 2020 r.", "2020-05-12"),
        ("12. marraskuuta 2020", "2020-11-12"),
        ("3 Kasım 2020", "2020-11-03"),
        ("3 Μαΐου 2020", "2020-05-03"),
        ("2020. május 12.", "2020-05-12"),
        ("令和2年5月12日", "2020-05-12"),
        ("平成元年", "1989"),
        ("民國109年5月", "2020-05"),
        ("12.V.2020", "2020-05-12"),
        ("12 XI 2020", "2020-11-12"),
        # as near as people knew it, or needed it
        ("early 2020", "2020"),
        ("mid-2020", "2020"),
        ("c. 2020", "2020"),
        ("~2020", "2020"),
        ("late May 2020", "2020-05"),
        ("2020b", "2020"),
        # year last
        ("2/21/20", "2020-02-21"),
        ("28/07/2023", "2023-07-28"),
        ("5/15/2020", "2020-05-15"),
        ("28/07/20", "2020-07-28"),
        ("17.02.26", "2026-02-17"),
        ("17. 2. 2026", "2026-02-17"),
        ("5.3.2020", "2020-03-05"),
        ("98-05-12", "1998-05-12"),
        ("5/2020", "2020-05"),
        ("05.2020", "2020-05"),
        # the same in either order
        ("1/1/2018", "2018-01-01"),
        ("5-5-20", "2020-05-05"),
        ("19-12-19", "2019-12-19"),
        # Excel's numbers
        ("45443", "2024-05-31"),
        ("45443.0", "2024-05-31"),
        ("45443.75", "2024-05-31"),
        # ranges: the first day counts
        ("Jan.–Mar. 2010", "2010-01"),
        ("12 May 2020; 3 June 2021", "2020-05-12"),
        ("2020-05-12, 2020-06-03", "2020-05-12"),
        ("May 2020, June 2021", "2020-05"),
        ("2011-08-18-20", "2011-08-18"),
        ("2011-08-18/20", "2011-08-18"),
        ("2011-08-18..20", "2011-08-18"),
        ("2011-08-18 - 2011-08-20", "2011-08-18"),
        ("2011-08-18-2011-08-20", "2011-08-18"),
        ("2011-08-18 to 2011-08-20", "2011-08-18"),
        ("2020-03/2020-05", "2020-03"),
        ("March 3-5, 2021", "2021-03-03"),
        ("March 3, 4 & 5, 2021", "2021-03-03"),
        ("Nov. 3rd–5th, 2021", "2021-11-03"),
        ("3 - 5 de junio de 2020", "2020-06-03"),
        ("2020 May 15-17", "2020-05-15"),
        ("Oct 28 - Nov 1, 2019", "2019-10-28"),
        ("28 Oct - 1 Nov 2019", "2019-10-28"),
        ("Dec 30, 2019 - Jan 2, 2020", "2019-12-30"),
        ("May–June 2020", "2020-05"),
        ("May/June 2020", "2020-05"),
        ("2020 May-June", "2020-05"),
        ("18-20.08.2011", "2011-08-18"),
        ("28.10.-01.11.2019", "2019-10-28"),
        ("18/08/2011-20/08/2011", "2011-08-18"),
        ("3/5/2021 - 15/5/2021", "2021-05-03"),
        ("March 2020 - present", "2020-03"),
    ],
)
def test_a_date_is_read(text: str, iso: str) -> None:
    date = parse_date(text)
    assert (date.iso, date.term) == (iso, "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Spring 2024", "2024-03"),
        ("Fall 2023", "2023-09"),
        ("2023 Fall", "2023-09"),
        ("Fall '23", "2023-09"),
        ("Fall Semester 2023", "2023-09"),
        ("Autumn quarter, 2023", "2023-09"),
        ("Winter 2022", "2022-01"),
        ("Winter 2020/21", "2020-10"),
        ("WS 2020/21", "2020-10"),
        ("WS20/21", "2020-10"),
        ("SoSe 2021", "2021-04"),
        ("Summer Session II 2020", "2020-06"),
        ("J-term 2019", "2019-01"),
        ("Maymester 2019", "2019-05"),
        ("Michaelmas 2019", "2019-10"),
        ("Trinity Term 2021", "2021-04"),
        ("Semester 1, 2020", "2020-01"),
        ("2nd semester 2020", "2020-07"),
        ("2019 Q3", "2019-07"),
        ("Trimester 2 2019", "2019-05"),
        ("Semester 4, 2020", "2020"),
        ("Spring and Fall 2020", "2020-03"),
        ("Fall 2019, Spring 2020", "2019-09"),
        ("Primavera 2020", "2020-03"),
        ("Otoño 2020", "2020-09"),
        ("2020-2021", "2020"),
        ("2016 -- 2018", "2016"),
        ("2019, 2020 and 2021", "2019"),
        ("2019 - present", "2019"),
        ("since 2019", "2019"),
        ("seit 2019", "2019"),
        ("AY 2020-21", "2020"),
        ("2020/21", "2020"),
        ("2020-21", "2020"),
        ("1999/00", "1999"),
        ("Block 3 2021", "2021"),
        ("Summer A 2020", "2020-06"),
        ("Fall_2021", "2021-09"),
        ("F23", "2023"),
        ("S'24", "2024"),
        ("2020W", "2020"),
        ("MT 2022", "2022-10"),
        ("HT24", "2024"),
        ("VT 2023", "2023-01"),
        ("Höstterminen 2021", "2021-09"),
        ("høst 2021", "2021-09"),
        ("zimní semestr 2020/21", "2020-09"),
        ("осень 2021", "2021-09"),
        ("1er semestre 2020", "2020-01"),
        ("Segundo semestre de 2020", "2020-07"),
        ("A.A. 2020-21", "2020"),
        ("a.a. 2020/2021", "2020"),
        ("Odd Sem 2021-22", "2021-07"),
        ("2020年秋季", "2020-09"),
        ("2020年度前期", "2020-04"),
        ("2020-2021學年度第二學期", "2020"),
        ("令和2年度", "2020"),
        ("2020년 2학기", "2020-09"),
    ],
)
def test_a_term_is_shown_as_typed(text: str, iso: str) -> None:
    date = parse_date(text)
    assert (date.iso, date.shown) == (iso, text)


def test_a_term_loses_the_space_and_line_break_around_it() -> None:
    assert parse_date(" 2018-2019\n").shown == "2018-2019"


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("3/4/2021", DMY, "2021-04-03"),
        ("3/4/2021", MDY, "2021-03-04"),
        ("3.4.2021", MDY, "2021-03-04"),
        ("19-06-17", DMY, "2017-06-19"),
        ("19-06-17", YMD, "2019-06-17"),
        ("19/06/17", YMD, "2019-06-17"),
        ("5/15/2020", DMY, "2020-05-15"),
        ("15/5/2020", YMD, "2020-05-15"),
        ("2021-03-04", DMY, "2021-03-04"),
    ],
)
def test_the_order_of_the_column_decides_where_it_can(
    text: str, order: DateOrder, iso: str
) -> None:
    assert parse_date(text, order).iso == iso


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["3/4/2021", "15/5/2020"], DMY),
        (["3/4/2021", "5/15/2020", "2021-04-01"], MDY),
        (["2/4/11", "10/22/19"], MDY),
        (["28/07/20", "01/02/20"], DMY),
        (["98/05/12", "20/05/12"], YMD),
        (["19-06-17", "15/5/2020"], DMY),
        (["19-06-17", "2-4-13", "13-4-02", "20-08-1998"], DMY),
        (["19-06-17", "98-06-17"], YMD),
        (["19-06-17", "20-08-03"], None),
        (["３／４／２０２１", "１５／５／２０２０"], DMY),
        (["5.15.2020", "3.4.2020"], MDY),
        (["18/08/2011-20/08/2011"], DMY),
        (["15/5/2020", "5/15/2020", "3/4/2021"], None),
        (["3/4/2021", "5/5/2021"], None),
        (["00/05/2020"], None),
        (["2024-10-20", "June 2019", "2011-08-18-20", "2016/3/21"], None),
        ([], None),
    ],
)
def test_a_column_proves_its_order_or_nothing(column: list[str], order: DateOrder | None) -> None:
    assert column_order(column) == order


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["01-02-2019", "01-11-2019", "01-09-2020"], DMY),
        (["11/1/2016", "8/1/2016", "5/1/2016", "June 2015"], MDY),
        (["1/7/17", "1/1/16", "2/7/14", "1/7/16", "1/9/18"], DMY),  # one stands in the middle
        (["１／７／２０１７", "１／８／２０１７", "１／９／２０１７"], DMY),
        (["11/1/2016", "8/1/2016"], None),  # two may be anything
        (["11/1/2016", "11/1/2016", "11/01/2016"], None),  # one day
        (["1/1/2016", "1/1/2017", "1/1/2018"], None),
        (["1/8/2016", "1/7/2017", "1/6/2018", "5/1/2019"], None),  # firsts in both
        (["15/5/2020", "5/15/2020", "1/7/2017", "1/8/2017", "1/9/2017"], None),  # contradictory
        (["01-07-17", "01-08-18", "01-09-19"], None),  # or the year is first
        ([], None),
    ],
)
def test_three_first_days_of_months_tell_how_a_column_is_meant(
    column: list[str], order: DateOrder | None
) -> None:
    assert habitual_order(column) == order


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from([DMY, MDY]))
def test_the_habit_says_nothing_against_a_proof(days: list[dt.date], order: DateOrder) -> None:
    form = "{0.day}/{0.month}/{0.year}" if order is DMY else "{0.month}/{0.day}/{0.year}"
    column = [form.format(day) for day in days]
    assert column_order(column) is None or habitual_order(column) is None


@pytest.mark.parametrize(
    ("column", "holds"),
    [
        (["Oct-14", "Jun-14", "14-Sep", "Dec-13"], True),
        (["Oct-14", "14-Sep", "Dec-13"], False),
        (["Oct-14", "Jun-14", "Dec-13"], False),  # nothing to turn round
        (["Oct-14", "Jun-14", "Dec-13", "14-Sep", "1-May", "15-Aug", "17-Jul"], False),
        (["14-Sep"], False),
    ],
)
def test_a_column_of_months_is_told(column: list[str], *, holds: bool) -> None:
    assert holds_months(column) is holds


def test_only_a_month_that_is_turned_round_is_turned_back() -> None:
    texts = ["14-Sep", "Sep-14", "14-Sep-2020", "4-Sep", "2014"]
    assert [month_and_year(text) for text in texts] == ["Sep-14", *texts[1:]]


def test_a_contradictory_column_settles_only_what_settles_itself() -> None:
    order = column_order(["15/5/2020", "5/15/2020", "3/4/2021"])
    assert parse_date("15/5/2020", order) == parse_date("5/15/2020", order)
    assert "2021-04-03 (day first) or 2021-03-04 (month first)" in message("3/4/2021", order)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/02/2024", "'31/02/2024' is no day of the calendar; write it as 2024-02-28"),
        ("2024-02-30", "'2024-02-30' is no day of the calendar; write it as 2024-02-28"),
        ("2024-13-01", "'2024-13-01' is no day of the calendar; write it as 2024-02-28"),
        ("2024-00-05", "'2024-00-05' is no day of the calendar; write it as 2024-02-28"),
        ("31 June 2020", "'31 June 2020' is no day of the calendar; write it as 2024-02-28"),
        ("13/13/2020", "'13/13/2020' is no day of the calendar; write it as 2024-02-28"),
        (
            "1204-05-01",
            "'1204-05-01' lies outside the years 1583 to 2199; write it as 2024-02-28",
        ),
        ("2204", "'2204' lies outside the years 1583 to 2199; write it as 2024-02-28"),
        ("0000-01-01", "'0000-01-01' lies outside the years 1583 to 2199; write it as 2024-02-28"),
        ("3/4/2021", ambiguous("3/4/2021", "2021-04-03", "2021-03-04", "")),
        ("19-06-17", ambiguous("19-06-17", "2017-06-19", "", "2019-06-17")),
        ("02-04-21", ambiguous("02-04-21", "2021-04-02", "2021-02-04", "2002-04-21")),
        ("31-06-19", ambiguous("31-06-19", "no day of the calendar", "", "2031-06-19")),
        ("2010/11", years_or_month("2010/11")),
        ("2010–11", years_or_month("2010–11")),
        ("March 3", "'March 3' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("3-5 March", "'3-5 March' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("March", "'March' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("Fall", "'Fall' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("14-Sep", "'14-Sep' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("Jan 20", "'Jan 20' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        ("6-3", "'6-3' has no year; write it with its year, as 2024-02-28 or 2024-02"),
        (
            "in press",
            (
                "'in press' is a status, not a date; give a year in `pub_date`"
                " and put the word in `status`"
            ),
        ),
        (
            "2024 (in press)",
            (
                "'2024 (in press)' holds a date and a status; leave '2024' here"
                " and put 'in press' in `status`"
            ),
        ),
        ("Online", f"'Online' is no date; {WAY_OUT}"),
        ("pp. 12−34", f"'pp. 12−34' is no date; {WAY_OUT}"),
        ("2024-09 Tokyo", f"'2024-09 Tokyo' {MORE.format('2024-09')}"),
        ("5 May 2020 (online)", f"'5 May 2020 (online)' {MORE.format('5 May 2020')}"),
        ("2020, postponed", f"'2020, postponed' {MORE.format('2020')}"),
        ("2020 (online)", f"'2020 (online)' {MORE.format('2020')}"),
        ("May 2020, in 1066", f"'May 2020, in 1066' {MORE.format('May 2020')}"),
        ("2020 Sepptember", f"'2020 Sepptember' is no date; {WAY_OUT}"),
        ("2020 12 May", f"'2020 12 May' is no date; {WAY_OUT}"),
        ("12 listopada 2020", f"'12 listopada 2020' is no date; {WAY_OUT}"),
        ("12.IIX.2020", f"'12.IIX.2020' is no date; {WAY_OUT}"),
        ("", f"'' is no date; {WAY_OUT}"),
        ("20", f"'20' is no date; {WAY_OUT}"),
        ("99999", f"'99999' is no date; {WAY_OUT}"),
        ("201012", f"'201012' is no date; {WAY_OUT}"),
        ("2020/03-05", f"'2020/03-05' is no date; {WAY_OUT}"),
        ("2011-08-20 - 2011-08-18", f"'2011-08-20 - 2011-08-18' is no date; {WAY_OUT}"),
        ("spring break", f"'spring break' is no date; {WAY_OUT}"),
        ("part 1 of 2", f"'part 1 of 2' is no date; {WAY_OUT}"),
        ("x" * 101, f"'{'x' * 59}…' is no date; {WAY_OUT}"),
    ],
)
def test_what_is_refused_and_with_which_words(text: str, said: str) -> None:
    assert message(text) == said


def test_an_impossible_day_is_not_read_in_another_order() -> None:
    assert message("19-06-31", YMD).startswith("'19-06-31' is no day of the calendar")


@pytest.mark.parametrize(
    "text",
    [
        "forthcoming",
        "In Press",
        "in press.",
        "submitted",
        "Submitted to Nature",
        "TBD",
        "accepted",
        "under review",
        "under blind review",
        "to appear",
        "n.d.",
        "im Druck",
        "à paraître",
        "en prensa",
        "投稿中",
    ],
)
def test_words_of_status_are_told(text: str) -> None:
    assert is_status(text)


@pytest.mark.parametrize("text", ["2024", "March 22nd, 2024", "Online", "", "2024 (in press)"])
def test_other_cells_are_no_status(text: str) -> None:
    assert not is_status(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2024 (in press)", ("2024", "in press")),
        ("to appear, 2025", ("2025", "to appear")),
        ("Accepted (May 2024)", ("May 2024", "Accepted")),
        ("March 2024, submitted to Nature", ("March 2024", "submitted to Nature")),
        ("ﬁn ß forthcoming", ("fin ss", "forthcoming")),
        ("May 2024", ("May 2024", "")),
    ],
)
def test_a_status_is_split_from_its_date(text: str, parts: tuple[str, str]) -> None:
    assert split_status(text) == parts


@pytest.mark.parametrize(
    "text",
    ["", " ", "present", "Present.", "now", "ongoing", "today", "–", "至今", "Heden", "in corso"],
)
def test_what_goes_on_has_no_end(text: str) -> None:
    assert parse_end(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024", "2024"),
        ("July 2024", "2024-07"),
        ("2024-07-31", "2024-07-31"),
        ("14-Sep-2020", "2020-09-14"),
        ("3/4/2021", "2021-04-03"),
        ("2018-2019", "2019"),
        ("2018 -- 2019", "2019"),
        ("May - June 2020", "2020-06"),
        ("Oct 28 to Nov 1, 2019", "2019-11-01"),
        ("Fall 2019 - Spring 2020", "2020-03"),
    ],
)
def test_an_end_is_a_date_or_the_end_of_a_range(text: str, iso: str) -> None:
    end = parse_end(text, DMY)
    assert end is not None
    assert end.iso == iso


@pytest.mark.parametrize("text", ["2019 - present", "March 2020 – now"])
def test_a_range_up_to_now_has_no_end(text: str) -> None:
    assert parse_end(text) is None


@pytest.mark.parametrize(
    ("date", "first", "iso", "shown"),
    [
        (PartialDate(2024), dt.date(2024, 1, 1), "2024", "2024"),
        (PartialDate(2024, 10), dt.date(2024, 10, 1), "2024-10", "October 2024"),
        (PartialDate(2024, 10, 20), dt.date(2024, 10, 20), "2024-10-20", "October 20, 2024"),
        (PartialDate(2024, 3, term="Spring 2024"), dt.date(2024, 3, 1), "2024-03", "Spring 2024"),
    ],
)
def test_a_partial_date_shows_what_it_knows(
    date: PartialDate, first: dt.date, iso: str, shown: str
) -> None:
    assert (date.first, date.iso, date.shown) == (first, iso, shown)


def test_dates_sort_by_time_and_the_unknown_first() -> None:
    dates = [
        PartialDate(2024, 1, 2),
        PartialDate(2024),
        PartialDate(2023, 12),
        PartialDate(2024, 1),
    ]
    assert [date.iso for date in sorted(dates)] == ["2023-12", "2024", "2024-01", "2024-01-02"]
    assert PartialDate(2024) <= PartialDate(2024)
    assert PartialDate(2024) != PartialDate(2024, term="2024-2025")


def test_a_date_is_not_compared_with_other_things() -> None:
    assert PartialDate(2024).__lt__(2024) is NotImplemented


@given(DAYS)
def test_every_day_is_read_in_every_unambiguous_form(day: dt.date) -> None:
    date = PartialDate(day.year, day.month, day.day)
    month = date.first.strftime("%B")
    for text in (
        date.iso,
        f"{day:%Y/%m/%d}",
        f"{day.day} {month} {day.year}",
        date.shown,
        f"{day.day}.{day.month}.{day.year}",
        f"{date.iso}T12:00:00Z",
    ):
        assert parse_date(text) == date


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from([DMY, MDY]))
def test_a_column_is_never_read_in_the_wrong_order(days: list[dt.date], order: DateOrder) -> None:
    form = "{0.day}/{0.month}/{0.year}" if order is DMY else "{0.month}/{0.day}/{0.year}"
    column = [form.format(day) for day in days]
    assert column_order(column) in {order, None}
    for text, day in zip(column, days, strict=True):
        try:
            assert parse_date(text, column_order(column)).first == day
        except Refusal:
            assert column_order(column) is None


@given(st.text(max_size=60) | st.text("0123456789-/. MarchJunefall&'", max_size=30))
def test_any_text_gives_a_date_that_jekyll_can_read_or_a_refusal(text: str) -> None:
    column_order([text])
    for order in (None, *DateOrder):
        try:
            date = parse_date(text, order)
        except Refusal:
            continue
        assert 1583 <= date.first.year <= 2199
        assert date.iso == date.first.isoformat()[: len(date.iso)]


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("3/4/2021", DateOrder.MDY, PartialDate(2021, 3, 4)),
        ("3-4-2021", DateOrder.DMY, PartialDate(2021, 4, 3)),
        ("14-Sep-2020", None, PartialDate(2020, 9, 14)),
        ("Oct 28-Nov 1, 2019", None, PartialDate(2019, 11, 1)),
        ("2020-03/2020-05", None, PartialDate(2020, 5)),
    ],
)
def test_the_end_of_a_period_is_not_a_part_of_a_date(
    text: str, order: DateOrder | None, date: PartialDate
) -> None:
    assert parse_end(text, order) == date
