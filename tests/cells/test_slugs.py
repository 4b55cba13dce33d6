"""Slugs: kept letter for letter while safe, made safe otherwise, made from titles where missing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.cells.slugs import LONGEST, UNTITLED, parse_file_name, parse_slug, slug_from
from mdgen.problems import Refusal


@pytest.mark.parametrize(
    "slug",
    [
        "paper-title-number-1",
        "2024-05-01-paper",
        "Curie_Lecture70",
        "Case-Kept",
        "a,b,-",
        "c++",
        "a~b!c=d@e(f)",
        "two--dashes-",
        "205101",
        "console",
        "x" * LONGEST,
    ],
)
def test_a_safe_slug_is_kept_letter_for_letter(slug: str) -> None:
    assert parse_slug(slug) == slug
    assert parse_slug(f" {slug}\n") == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Spring School 2021", "Spring-School-2021"),
        ("A/B testing", "A-B-testing"),
        ("gpt-4.5", "gpt-4-5"),
        ("a:b", "a-b"),
        ("100% sure?", "100-sure"),
        ("netter:-drawing-text,-", "netter-drawing-text"),
        ("the lantern’s 'aim'", "the-lanterns-aim"),
        ("Journal of <i>Tests</i>. 12.", "Journal-of-Tests-12"),
        ("Q&amp;A", "Q-A"),
        ("-lead", "lead"),
        (".hidden", "hidden"),
        # endings, paths and addresses
        ("paper.md", "paper"),
        ("paper.HTML", "paper"),
        ("journal.test.0123456.PDF", "journal-test-0123456"),
        ("/talks/Lecture2023", "Lecture2023"),
        ("talks/Lecture2023/", "Lecture2023"),
        ("../files/My-PrePrint.pdf", "My-PrePrint"),
        ("C:\\papers\\final.pdf", "final"),
        ("http://example.org/papers/my-paper.pdf#page=2", "my-paper"),
        ("https://doi.org/10.1016/j.tests.2018.11.001.", "j-tests-2018-11-001"),
        ("https://openreview.net/forum?id=abc", "forum-id-abc"),
        ("https://example.org/", "example-org"),
        ("www.example.org/x", "x"),
        ("10.1111/test.12345", "10-1111-test-12345"),
        ("art%3A10.1007%2Fs12345.pdf", "art-10-1007-s12345"),
        # other scripts
        ("café", "cafe"),
        ("深度学习", "Shen-Du-Xue-Xi"),
        ("Ελληνικά", "Ellenika"),
        ("naïve—approach", "naive-approach"),
        # names that Windows keeps for devices
        ("con", "con-page"),
        ("LPT1", "LPT1-page"),
        ("aux.md", "aux-page"),
        # nothing that a slug could hold
        ("", ""),
        ("???", ""),
        ("..", ""),
        ("_", ""),
        ("N/A", ""),
        ("/", ""),
        ("\u200b", ""),
        # too long
        ("word-" * 60, ("word-" * 46)[:-1]),
        ("x" * 300, "x" * LONGEST),
    ],
)
def test_an_unsafe_slug_is_made_safe(text: str, slug: str) -> None:
    assert parse_slug(text) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (
            "WhiteFox: White-box Compiler Fuzzing via Large Language Models",
            "whitefox-white-box-compiler-fuzzing-via-large-language",
        ),
        ("Paper Title Number 1", "paper-title-number-1"),
        ("Poincaré’s “Don’t” — A—B", "poincares-dont-a-b"),
        ("1,000 papers", "1000-papers"),
        ("C++ for C# people", "cpp-for-csharp-people"),
        ("R&D &amp; more", "r-and-d-and-more"),
        # markup
        ("H<sub>2</sub>O and<br>CO<sub>2</sub>", "h2o-and-co2"),
        ("*On* the [title](http://example.org)", "on-the-title"),
        (r"A $\mathcal{O}(n\log n)$ bound", "a-o-n-log-n-bound"),
        (r"$\alpha$-divergence and \(L_2\) norms", "alpha-divergence-and-l2-norms"),
        (r"\"{O}sterreich, {GPT} and G\'eza", "osterreich-gpt-and-geza"),
        # other scripts
        ("深度学习入门", "shen-du-xue-xi-ru-men"),
        ("GPT模型第3章", "gpt-mo-xing-di-3-zhang"),
        ("はじめての統計", "hasimetenotong-ji"),
        ("한국어 제목", "hangugeo-jemog"),
        ("Введение в теорию", "vvedenie-v-teoriiu"),
        ("Ελληνικά κείμενα", "ellenika-keimena"),
        ("الذكاء الاصطناعي", "aldhka-alastna-y"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("ﬁne Ｗｉｄｅ", "fine-wide"),
        # never empty, never reserved, never cut inside a word that fits
        ("", UNTITLED),
        ("???", UNTITLED),
        ("🎉", UNTITLED),
        ("CON", "con-page"),
        ("A" * 80, "a" * 60),
    ],
)
def test_a_title_gives_a_slug(title: str, slug: str) -> None:
    assert slug_from(title) == slug


SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_~+,!=@()-]*")
RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
TEXTS = st.text(max_size=80) | st.text("aB1-_./\\:%?#&<>$\\{} é中", max_size=40)


@given(TEXTS)
def test_any_text_gives_a_safe_slug_that_stays(text: str) -> None:
    slug = parse_slug(text)
    assert not slug or SAFE.fullmatch(slug)
    assert slug.lower() not in RESERVED
    assert len(f"2024-10-20-{slug}.md".encode()) <= 255
    assert parse_slug(slug) == slug


@given(TEXTS)
def test_any_title_gives_a_slug_of_its_own_making(title: str) -> None:
    slug = slug_from(title)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert slug not in RESERVED
    assert len(slug) <= 60
    assert parse_slug(slug) == slug


@given(st.text("abcXYZ0189 :-", max_size=80))
def test_plain_titles_read_alike_on_the_short_way_and_the_long(title: str) -> None:
    assert slug_from(title) == slug_from(f"{title} é".replace("é", "*"))


@pytest.mark.parametrize("name", ["2014-spring-course", "gpt-4.5", "课程 1", "a_b", "console"])
def test_a_file_name_is_kept_letter_for_letter(name: str) -> None:
    assert parse_file_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["a/b", "a\\b", ".a", "_a", "#a", "~a", "a.", "a~", "con", "nul.x", "50%", "a\tb", "é" * 116],
)
def test_a_file_name_that_some_file_system_or_jekyll_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_file_name(name)
    shown = name if len(name) <= 60 else f"{name[:59]}…"
    assert str(refused.value) == (
        f"'{shown}' is no name for the file of a page;"
        " write it without folder and ending, such as 2014-spring-course"
    )
