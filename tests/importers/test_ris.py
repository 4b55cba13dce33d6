from __future__ import annotations

import pytest

from mdgen.importers.ris import read_ris


def test_a_file_without_a_record() -> None:
    [problem] = read_ris(b"@article{a, title={A}}", "refs.ris").problems
    assert str(problem) == "refs.ris: has no record: none of its lines begins 'TY  - '"


def test_the_last_record_needs_no_end() -> None:
    [item] = read_ris(b"TY  - JOUR\nTI  - A\nPY  - 2020", "refs.ris").items
    assert dict(item.values) == {"pub_date": "2020", "title": "A", "category": "manuscripts"}


@pytest.mark.parametrize(
    ("tags", "pages"),
    [
        ("SP  - 1\nEP  - 9", "1–9"),
        ("SP  - 1-9\nEP  - 9", "1–9"),
        ("SP  - 7", "7"),
        ("EP  - 9", "–9"),
    ],
)
def test_pages(tags: str, pages: str) -> None:
    [item] = read_ris(f"TY  - JOUR\nTI  - A\nPY  - 2020\n{tags}\nER  - ".encode(), "x.ris").items
    assert item.values["pages"] == pages


def test_lines_before_any_tag_and_unknown_tags_do_no_harm() -> None:
    text = "TY  - JOUR\nno tag\nXX  - unknown\nTI  - A\nTI  - again\nKW  - a\nKW  -\nUR  - x; http://a.b\n"
    [item] = read_ris(text.encode(), "x.ris").items
    assert item.values["title"] == "A"
    assert item.values["keywords"] == "a"
    assert item.values["paper_url"] == "http://a.b"
