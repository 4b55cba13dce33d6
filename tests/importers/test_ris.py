from __future__ import annotations

import pytest

from mdgen.importers.ris import read_ris


def test_a_file_without_a_record() -> None:
    [problem] = read_ris(b"@article{a, title={A}}", "refs.ris").problems
    assert str(problem) == (
        "refs.ris: has no record: none of its lines begins 'TY  - '; export it as RIS"
    )


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
        ("SP  - \nEP  - \nC7  - 101234", "101234"),
    ],
)
def test_pages(tags: str, pages: str) -> None:
    [item] = read_ris(f"TY  - JOUR\nTI  - A\nPY  - 2020\n{tags}\nER  - ".encode(), "x.ris").items
    assert item.values["pages"] == pages


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ("PY  - in press", {"status": "in press"}),
        ("PY  - 2020\nN1  - to appear in J", {"pub_date": "2020", "status": "to appear in J"}),
        ("PY  - 2020\nN1  - Export Date: 5 May 2020; Cited By: 3", {"pub_date": "2020"}),
        ("PY  - 2020\nN1  - Cited By :3", {"pub_date": "2020"}),
        ("PY  - 2020\nN1  - With a map", {"pub_date": "2020", "note": "With a map"}),
    ],
)
def test_what_notes_and_dates_say_of_the_work(tags: str, told: dict[str, str]) -> None:
    [item] = read_ris(f"TY  - JOUR\nTI  - A\n{tags}\nER  - ".encode(), "x.ris").items
    assert dict(item.values) == {"title": "A", "category": "manuscripts", **told}


def test_an_arxiv_id_stands_once() -> None:
    text = (
        "TY  - UNPB\nTI  - A\nPY  - 2023\nM1  - arXiv:2310.15991\nDO  - 10.48550/arXiv.2310.15991"
    )
    [item] = read_ris(text.encode(), "x.ris").items
    assert (item.values["arxiv"], item.values.get("note")) == ("2310.15991", None)


def test_lines_before_any_tag_and_unknown_tags_do_no_harm() -> None:
    text = "TY  - JOUR\nno tag\nXX  - unknown\nTI  - A\nTI  - again\nKW  - a\nKW  -\nUR  - x; http://a.b\n"
    [item] = read_ris(text.encode(), "x.ris").items
    assert item.values["title"] == "A"
    assert item.values["keywords"] == "a"
    assert item.values["paper_url"] == "http://a.b"
