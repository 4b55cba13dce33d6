"""Front matter as lines: which belong to which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen import frontmatter
from mdgen.plan import frontlines
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    import datetime as dt

FRONT = """\
# About the title
title: "A: b"
'quoted key': 1

# About tags
tags:
- a
# between
- b
text: |
  # no comment
  no: key

date: 2024-01-01
# The end
"""


def test_lines_by_key() -> None:
    assert frontlines.by_key(FRONT) == {
        "title": '# About the title\ntitle: "A: b"\n',
        "quoted key": "'quoted key': 1\n",
        "tags": "\n# About tags\ntags:\n- a\n# between\n- b\n",
        "text": "text: |\n  # no comment\n  no: key\n",
        "date": "\ndate: 2024-01-01\n# The end\n",
    }


@given(st.text(st.sampled_from('ab: "#-\n\r\u2028')))
def test_lines_are_all_there(front: str) -> None:
    parts = frontlines.by_key(front)
    assert sorted("".join(parts.values())) == sorted(front)


def test_certain_gives_lines_and_values() -> None:
    assert frontlines.certain("a: 1\r\nb: [x]") == {"a": ("a: 1\r\n", 1), "b": ("b: [x]", ["x"])}
    assert frontlines.certain("# nothing\n") == {}


@pytest.mark.parametrize("front", ['a: "x\nb: y"\n', "{a: 1}\n", "? a\n: 1\n"])
def test_certain_refuses_what_is_not_told_line_by_line(front: str) -> None:
    with pytest.raises(MdgenError):
        frontlines.certain(front)


def test_values_of_what_mdgen_writes_and_of_what_people_write() -> None:
    front = (
        'title: "A"\ndate: 2024-01-01\nvenue: \'B\'\nredirect_from:\n  - "/a"\n  - "/b"\n'
        "permalink: [\ndoi: '10'\nmore: 1\n"
    )
    keys = frozenset({"title", "date", "venue", "redirect_from", "permalink", "missing"})
    assert frontlines.values(front, keys) == {
        "title": "A",
        "date": "2024-01-01",
        "venue": "B",
        "redirect_from": ["/a", "/b"],
    }


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.text("ab\\\"'\n"), st.dates()
)
def test_values_of_any_generated_page(links: list[str], title: str, date: dt.date) -> None:
    front = frontmatter.dump({"title": title, "redirect_from": links, "date": date})
    found = frontlines.values(front, frozenset({"title", "redirect_from", "date"}))
    assert (found["title"], found["redirect_from"]) == (title, links)
    assert str(found["date"]) == date.isoformat()


def test_texts() -> None:
    assert frontlines.texts("a") == ["a"]
    assert frontlines.texts(["a", 1, "b"]) == ["a", "b"]
    assert frontlines.texts(None) == []
