"""Front matter that Ruby and Python read alike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mdgen.frontmatter import FrontMatter, Value, dump, load, parse_yaml, split
from mdgen.problems import MdgenError, Refusal
from tests.jekyll.build import read_pages

TRICKY = [
    "",
    " ",
    "plain",
    "1,000",
    "12:30",
    "2024-3-1",
    "2024-03-01",
    "1e3",
    "0o7",
    "0x1f",
    "yes",
    "~",
    "null",
    "a: b # c",
    "- x",
    "--- a ---- b ----- c",
    "\n---\nhidden: 1\n---\n",
    "...\n",
    'say "x" \\ and \\n',
    "tab\tnewline\nreturn\rnul\x00bell\x07escape\x1bdelete\x7f",
    "c1\x80\x9f nel\x85 ls\u2028 ps\u2029 bom\ufeff non\ufffe\uffff",
    "😀 שלום e\u0301 \u200b\u202e",
    "{{ x }} {% raw %} &anchor *alias !tag |",
    "x" * 10_000,
    "word " * 500,
]


def test_what_a_page_looks_like() -> None:
    front: FrontMatter = {
        "title": 'The "Moon": a study',
        "date": dt.date(2024, 3, 1),
        "authors": ["Ada Lovelace", "Émile Borel"],
        "published": False,
        "shown": True,
        "pages": 12,
        "nothing": [],
        "yes": "no",
        "café": "---",
    }
    assert dump(front) == (
        'title: "The \\"Moon\\": a study"\n'
        "date: 2024-03-01\n"
        "authors:\n"
        '  - "Ada Lovelace"\n'
        '  - "Émile Borel"\n'
        "published: false\n"
        "shown: true\n"
        "pages: 12\n"
        "nothing: []\n"
        '"yes": "no"\n'
        '"café": "-\\x2d-"\n'
    )


def as_read_by_ruby(value: Value) -> object:
    return {"date": value.isoformat()} if isinstance(value, dt.date) else value


def check(fronts: list[FrontMatter]) -> None:
    """Each of `fronts` comes back from Ruby and from Python as it was."""
    pages = [f"---\n{dump(front)}---\n\nbody\n" for front in fronts]
    for front, page, ruby in zip(fronts, pages, read_pages(pages), strict=True):
        assert page.count("---") == 2
        halves = split(page)
        assert halves == (dump(front), "\nbody\n")
        assert load(halves[0]) == dict(front)
        assert ruby == ({key: as_read_by_ruby(value) for key, value in front.items()}, "body\n")


def test_ruby_and_python_read_every_tricky_string_alike() -> None:
    check([{"a": text, "b": [text, text], "c": text} for text in TRICKY])


def test_ruby_and_python_read_the_other_values_alike() -> None:
    check(
        [
            {"date": dt.date(2024, 2, 29), "old": dt.date(999, 1, 1), "far": dt.date(9999, 12, 31)},
            {"yes": 0, "no": -7, "on": 10**30, "true": True, "y": False, "empty": []},
            {
                "_x": "a",
                "a-b": "b",
                "ключ": "c",
                "with space": "d",
                "1": "e",
                "~": "f",
                "a: b": "g",
            },
        ]
    )


VALUES = st.one_of(
    st.text(),
    st.text(alphabet="-\n\\\"\x85\u2028\ufeff #:{}[]&*!|>%@`'~0123456789"),
    st.booleans(),
    st.integers(),
    st.dates(),
    st.lists(st.text()),
)
FRONTS = st.dictionaries(st.text(min_size=1, max_size=20).filter(lambda key: key != "<<"), VALUES)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FRONTS, min_size=20, max_size=40))
def test_any_front_matter_is_read_as_it_was_given(fronts: list[FrontMatter]) -> None:
    check(fronts)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ude00\ud83d"])
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"U\+D[8-F][0-9A-F]{2} is half of a character"):
        dump({"title": text})


PAGES = {
    "---\na: 1\n---\nbody": ("a: 1\n", "body"),
    "---\na: 1\n---\n\n\n  body\n": ("a: 1\n", "\n\n  body\n"),
    "---\r\na: 1\r\n---\r\nbody\r\n": ("a: 1\r\n", "body\r\n"),
    "---  \na: 1\n---\t \nbody": ("a: 1\n", "body"),
    "---\na: 1\n...\nbody": ("a: 1\n", "body"),
    "---\n---\nbody": ("", "body"),
    "---\na: 1\n---": ("a: 1\n", ""),
    "---\na: |\n  ---\n---\nbody\n---\n": ("a: |\n  ---\n", "body\n---\n"),
    "---\na: |\n  1\n  --- no\n---\n": ("a: |\n  1\n  --- no\n", ""),
    "a: 1\n---\n": None,
    " ---\na: 1\n---\n": None,
    "\ufeff---\na: 1\n---\n": None,
    "---\na: 1\n": None,
    "": None,
}


@pytest.mark.parametrize("page", PAGES, ids=ascii)
def test_a_page_is_split_byte_for_byte(page: str) -> None:
    assert split(page) == PAGES[page]


def test_a_page_is_split_where_jekyll_splits_it() -> None:
    for halves, ruby in zip(PAGES.values(), read_pages(PAGES), strict=True):
        expected = halves and (load(halves[0]), halves[1].lstrip("\r\n"))
        assert ruby == expected


def test_front_matter_of_other_hands_is_read_as_well() -> None:
    text = "title: Foo\ndate: 2024-03-01\n2: two\ntags: [a, b]\nwhen: 2024-03-01 10:00:00\n"
    assert load(text) == {
        "title": "Foo",
        "date": dt.date(2024, 3, 1),
        "2": "two",
        "tags": ["a", "b"],
        "when": dt.datetime(2024, 3, 1, 10),  # noqa: DTZ001 - YAML's times have no zone
    }
    assert load("# only a comment\n") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: [\n", r"^line 3: "),
        ("a: b: c\n", r"^line 1: mapping values are not allowed"),
        ("a: 'x\n", r"^line 2: "),
        ("a: \x07", "special characters are not allowed|control characters are not allowed"),
        ("date: 2024-02-30\n", "^a value is not what it looks like: day"),
        ("a: !!python/object:os.system x\n", r"^line 1: could not determine a constructor"),
        ("just text", "^the front matter is not a list of keys and values$"),
        ("- a\n", "^the front matter is not a list of keys and values$"),
        ("[" * 100_000, "^the values are nested too deeply$"),
    ],
)
def test_what_is_no_front_matter_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(MdgenError, match=message):
        load(text)


def test_settings_may_be_any_yaml() -> None:
    assert parse_yaml("- a\n- {b: 1}\n") == ["a", {"b": 1}]
    assert parse_yaml("") is None
