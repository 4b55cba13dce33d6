"""Which encoding a text is in, and what the person is told of it."""

from __future__ import annotations

import pytest

from tests.bounds import processor_time
from tests.sheets.reading import cells, notices, refusal

WESTERN = "title,venue\nJosé Müller’s “naïve” view – 2nd part,Universität Zürich\n"
KANJI = "title,venue\n深層学習コンパイラのファジング,東京大学\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_unicode_proves_itself(encoding: str) -> None:
    data = WESTERN.encode(encoding)
    assert cells(data) == [tuple(line.split(",")) for line in WESTERN.splitlines()]
    assert notices(data) == []


def test_the_sign_for_the_end_is_no_row() -> None:
    assert cells(b"title,venue\nA,B\n\x1a") == [("title", "venue"), ("A", "B")]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_a_mark_of_either_order(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert cells(mark + WESTERN.replace(",", "\t").encode(order))[1] == (
        "José Müller’s “naïve” view – 2nd part",
        "Universität Zürich",
    )


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp1252", "cp1252", WESTERN),
        ("cp1252", "cp1252", "title,venue\nA,Kolmården\n"),
        ("cp1252", "cp1252", "title,venue\nPages 64–77,the 10° ± 5 µm\n"),
        ("cp1252", "cp1252", "title,venue\nA.\xa0B,C\n"),
        ("mac_roman", "mac_roman", WESTERN),
        ("mac_roman", "mac_roman", "title,venue\nthe floor’s end,b\n"),
        ("mac_roman", "mac_roman", "title,venue\nBiología,México\n"),
        ("mac_roman", "mac_roman", "title,venue\nÉCOLE NORMALE SUPÉRIEURE,b\n"),
        ("mac_roman", "mac_roman", "title,venue\nR.\xa0Cochrane,“25 years”\n"),
        ("cp932", "shift_jis", KANJI),
        ("euc_jp", "euc_jp", KANJI),
        ("gb18030", "gb18030", "title,venue\n深度学习编译器模糊测试,清华大学\n"),
        ("gb18030", "gb18030", "title,venue\n张伟 of the LLM 方法,b\n"),
        ("big5", "big5", "title,venue\n深度學習編譯器模糊測試,臺灣大學\n"),
        ("cp949", "euc_kr", "title,venue\n딥러닝 컴파일러 퍼징,서울대학교\n"),
        ("cp1251", "cp1251", "title,venue\nГлубокое обучение,Москва\n"),
        ("koi8_r", "koi8_r", "title,venue\nГлубокое обучение,Москва\n"),
        ("cp1253", "cp1253", "title,venue\nΒαθιά μάθηση,Αθήνα\n"),
        ("cp1250", "cp1250", "title,venue\nŁukasz z Łodzi – żółty kot,Kraków\n"),
        ("cp1250", "cp1250", "title,venue\nJiří Dvořák a kol.,Věda v Brně\n"),
        ("cp1250", "cp1250", "title,venue\nĐorđe Čačić,Šime Đurić\n"),
        ("cp1254", "cp1254", "title,venue\nBaşlık,Güneş\n"),
        ("cp1254", "cp1254", "title,venue\nBir çalışma,Boğaziçi Üniversitesi\n"),
        ("cp1252", "cp1252", "title,venue\nHélène Møller y José García,Þróun í Boðgjöf\n"),
    ],
)
def test_what_older_programs_write_is_found_out_and_said(
    encoding: str, name: str, text: str
) -> None:
    data = text.encode(encoding)
    assert cells(data) == [tuple(line.split(",")) for line in text.splitlines()]
    assert notices(data) == [f"sheet: read as {name}; save it as UTF-8 to be sure"]


def test_an_encoding_that_no_spreadsheet_program_writes_is_left_to_the_detector() -> None:
    data = "title,venue\nmåndag kväll på ön,Åbo\n".encode("cp037")
    assert notices(data)[0].startswith("sheet: read as ")


def test_the_encoding_may_be_told() -> None:
    data = "title,venue\nDoğan Yılmaz,Muğla\n".encode("cp1254")
    assert cells(data, encoding="cp1254")[1] == ("Doğan Yılmaz", "Muğla")
    assert cells(WESTERN.encode("utf-8-sig"), encoding="utf-8")[0] == ("title", "venue")


def test_what_is_not_in_the_encoding_told_is_refused_with_its_line() -> None:
    data = "title,venue\r\nA,B\r\nJosé,C\r\n".encode("cp1252")
    assert refusal(data, encoding="utf-8") == (
        "sheet:3: is not utf-8: byte E9 here is no character of it; --encoding names another"
    )


@pytest.mark.parametrize("encoding", ["klingon", "hex", "a\0b", "undefined"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    assert refusal("title\nA\n", encoding=encoding) == (
        f"sheet: '{encoding}' is no known encoding; try utf-8, cp1252, mac_roman, shift_jis …"
    )


def test_lines_of_another_encoding_in_utf_8_are_read_and_named() -> None:
    data = "title,venue\nJosé,Zürich\nÅse,Tromsø\n".encode() + "João,Genève\n".encode("cp1252")
    assert cells(data)[1:] == [("José", "Zürich"), ("Åse", "Tromsø"), ("João", "Genève")]
    assert notices(data) == [
        "sheet:4: is UTF-8, but for 2 places from here on, read as cp1252;"
        " save it as UTF-8 to be sure"
    ]


def test_a_broken_byte_in_utf_8_is_refused_with_its_line() -> None:
    data = "title,venue\nJosé,Zürich\nÅse,Tromsø\nit".encode() + b"\xe2\x80s,C\n"
    assert refusal(data) == (
        "sheet:4: is UTF-8, but byte E2 here is not; type the character anew and save as UTF-8"
    )


def test_a_broken_byte_behind_a_mark_of_utf_8_is_treated_alike() -> None:
    data = "title,venue\nJosé,Zürich\nÅse,Tromsø\n".encode("utf-8-sig") + b"b\x81c,C\n"
    assert refusal(data).startswith("sheet:4: is UTF-8, but byte 81 here is not")


def test_characters_that_an_earlier_conversion_lost_are_named() -> None:
    assert notices("title\nA\nB\N{REPLACEMENT CHARACTER}\n") == [
        "sheet:3: holds \N{REPLACEMENT CHARACTER} where an earlier conversion lost a character;"
        " type it anew"
    ]


def test_half_a_character_of_utf_16_is_refused_with_its_line() -> None:
    data = "title\nA\nB\n".encode("utf-16") + b"C"
    assert refusal(data) == (
        "sheet:4: is not UTF-16: byte 43 here is no character of it; --encoding names another"
    )


@pytest.mark.parametrize("data", [b"title\r\nA\r\nB\0\r\n", b"title\r\nA\r\n\0\0\0\0B"])
def test_nul_characters_are_refused_with_their_line(data: bytes) -> None:
    assert refusal(data) == (
        "sheet:3: holds a NUL character here: it is no text, or was damaged; save it anew"
    )


def test_nul_characters_in_utf_16_are_refused_too() -> None:
    assert refusal("title\nA\0\n".encode("utf-16")) == (
        "sheet:2: holds a NUL character here: it is no text, or was damaged; save it anew"
    )


def test_surrogates_that_a_codec_lets_through_are_replaced() -> None:
    assert cells(b"title\n+2AA-x\n", encoding="utf-7")[1] == ("?x",)


def test_a_cell_that_is_one_long_word_is_looked_at_once() -> None:
    with processor_time(5):
        assert cells(f"title\ncafé {'a' * 60_000}\n".encode("cp1252"))[1] == (
            f"café {'a' * 60_000}",
        )
