from __future__ import annotations

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from mdgen.bibtex import check_entry, entry_from, entry_key
from mdgen.markup import one_line, plain
from mdgen.names import Author, parse_authors
from mdgen.problems import Refusal
from mdgen.work import Work


def fields(entry: str) -> dict[str, str]:
    """Read an entry with an independent parser; it must be the only one, and whole."""
    library = parse_string(entry)
    assert not library.failed_blocks
    assert not library.comments
    [read] = library.entries
    return {field.key: field.value for field in read.fields}


def decoded(latex: str) -> str:
    """Give LaTeX as text, with pylatexenc, which does not know the names of braces."""
    latex = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    text: str = LatexNodes2Text(keep_comments=True).latex_to_text(latex)
    return text.replace("ˆ", "^")


def test_a_conference_paper() -> None:
    work = Work(
        title="WhiteFox: White-box Compiler Fuzzing via Large Language Models",
        year=2024,
        authors=parse_authors("Chenyuan Yang; Runyu Lu*; M. de la Cruz; King, Jo, Jr.; et al."),
        category="conferences",
        month=10,
        venue="Proc. A & B",
        volume="8",
        issue="2",
        pages="1–12",
        publisher="ACM",
        status="in press",
        doi="10.1145/3689736_1",
        arxiv="2310.15991",
        url="https://x.org/a_b?c=%20#{d}",
    )
    assert entry_from(work) == (
        "@inproceedings{yang2024whitefox,\n"
        "  author = {Yang, Chenyuan and Lu, Runyu and de la Cruz, M. and King, Jr., Jo"
        " and others},\n"
        "  title = {{WhiteFox}: White-box Compiler Fuzzing via Large Language Models},\n"
        "  booktitle = {Proc. A \\& B},\n"
        "  year = {2024},\n"
        "  month = oct,\n"
        "  volume = {8},\n"
        "  number = {2},\n"
        "  pages = {1--12},\n"
        "  publisher = {ACM},\n"
        "  note = {in press},\n"
        "  doi = {10.1145/3689736_1},\n"
        "  eprint = {2310.15991},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://x.org/a_b?c=%20#%7Bd%7D}\n"
        "}"
    )


@pytest.mark.parametrize(
    ("work", "entry"),
    [
        (
            Work("A", 2020, category="manuscripts", venue="J"),
            "@article{anonymous2020a,\n  title = {A},\n  journal = {J},\n  year = {2020}\n}",
        ),
        (
            Work("B", 2020, category="manuscripts"),
            "@misc{anonymous2020b,\n  title = {B},\n  year = {2020}\n}",
        ),
        (
            Work("B", 2020, category="theses", venue="MIT"),
            "@misc{anonymous2020b,\n  title = {B},\n  howpublished = {MIT},\n  year = {2020}\n}",
        ),
        (
            Work("B", 2020, category="books", venue="CUP"),
            "@book{anonymous2020b,\n  title = {B},\n  publisher = {CUP},\n  year = {2020}\n}",
        ),
        (
            Work("B", 2020, category="books", venue="Series", publisher="CUP"),
            "@book{anonymous2020b,\n  title = {B},\n  series = {Series},\n  year = {2020},\n"
            "  publisher = {CUP}\n}",
        ),
    ],
)
def test_the_category_gives_the_type(work: Work, entry: str) -> None:
    assert entry_from(work).replace("anonymous2020,", "anonymous2020a,") == entry
    assert check_entry(entry) == entry


@pytest.mark.parametrize(
    ("authors", "title", "key"),
    [
        ("Runyu Lu", "The MuxServe System", "lu2024muxserve"),
        ("de la Cruz, M.", "On-line *trees*", "delacruz2024line"),
        ("Łukasz Ünal", "Über uns", "unal2024uber"),
        ("吴恩达", "深度学习", "wuenda2024shenduxuexi"),
        ("The ATLAS Collaboration", "1984. A Novel", "theatlascollaboration20241984"),
        ("et al.", "A", "anonymous2024"),
        ("", "???", "anonymous2024"),
    ],
)
def test_the_key_is_ascii_and_stable(authors: str, title: str, key: str) -> None:
    assert entry_key(Work(title, 2024, parse_authors(authors))) == key


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Serving LLMs with vLLM on a GPU", "Serving {LLMs} with {vLLM} on a {GPU}"),
        ("A study of bees in Germany and Peru", "A study of bees in {Germany} and {Peru}"),
        ("A Study of Bees in Germany", "A Study of Bees in Germany"),
        ("Deep", "Deep"),
        ("On *C. elegans* in **brown** soil", r"On \emph{{C}. elegans} in \textbf{brown} soil"),
        ("`a_b`, H<sub>2</sub>O and x<sup>n</sup>", r"\texttt{a\_b}, {H}\textsubscript{2}{O} and x\textsuperscript{n}"),
        ("A ` of Length 5'", r"A \textasciigrave{} of Length 5'"),
        ("Costs $x_1^2$ or 5 $ & 3 % of #1", r"Costs $x_1^2$ or 5 \$ \& 3 \% of \#1"),
        ("Of $}{$ and {x}", r"Of \$\textbraceright{}\textbraceleft{}\$ and \textbraceleft{}x\textbraceright{}"),
        ("Of $}$ and ~\\x^2", r"Of \$\textbraceright{}\$ and \textasciitilde{}\textbackslash{}x\textasciicircum{}2"),
        ('A "quoted" word&#10;!', 'A "quoted" word !'),
        ('A "quoted" word', 'A "quoted" word'),
        ("Words -- and more", "Words -- and more"),
        ("<small>a</small> <del>b</del><script>", "{a} {b}<script>"),
        ("A <i>b **c</i> d**", r"A \emph{b \textbf{c} d}"),
        ("Über den Wolken sind die Ähren", "Über den {Wolken} sind die {Ähren}"),
        ("Vitamin A From Within", "Vitamin A From Within"),
    ],
)  # fmt: skip
def test_titles_become_latex(title: str, latex: str) -> None:
    assert fields(entry_from(Work(title, 2024)))["title"] == latex


def test_what_bibtex_takes_for_a_border_in_names_is_protected() -> None:
    authors = (
        Author("Ann", "Sturm and Drang"),
        Author(literal="Barnes and Noble, Inc."),
        Author("Bo", "Li, the Elder"),
        Author("R. & D.", "O'Neil_{x}"),
        Author(literal="…"),
    )
    assert fields(entry_from(Work("A", 2024, authors)))["author"] == (
        "{Sturm and Drang}, Ann and {Barnes and Noble, Inc.} and {Li, the Elder}, Bo"
        r" and O'Neil\_\textbraceleft{}x\textbraceright{}, R. \& D. and others"
    )


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=30) | st.text(
    "ab{}\\\"'@%#$&~^_-`?!,<>=() \n", max_size=30
)


def meant(text: str) -> str:
    return one_line(plain(text)).strip()


@settings(deadline=None)
@given(TEXT, TEXT, TEXT)
@example("@article{x,", "}", "\\")
@example('"', "a = {b}", "--''``,,<<?`")
def test_any_text_can_be_read_back(venue: str, publisher: str, name: str) -> None:
    assume(meant(venue))
    authors = (Author(literal=name.strip() or "x"),)
    entry = entry_from(
        Work("T", 2024, authors, "manuscripts", venue=venue, publisher=publisher, volume=name)
    )
    assert check_entry(entry) == entry
    read = fields(entry)
    assert decoded(read["journal"]).strip() == meant(venue)
    assert decoded(read.get("publisher", "")).strip() == meant(publisher)
    assert decoded(read.get("volume", "")).strip() == meant(name)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_any_title_and_address_give_an_entry(title: str, address: str) -> None:
    entry = entry_from(Work(title, 2024, doi=address, url=address, arxiv=address, pages=address))
    assert check_entry(entry) == entry
    fields(entry)


@settings(deadline=None)
@given(TEXT)
def test_any_plain_title_can_be_read_back(title: str) -> None:
    assume(not set("*_`[]\\<>&$~^|#{}'-!?,\"") & set(title) and not title[:1].isdigit())
    read = fields(entry_from(Work(title, 2024)))
    assert " ".join(decoded(read.get("title", "")).split()) == " ".join(title.split())


def test_a_typed_entry_is_kept_as_typed() -> None:
    typed = (
        "% my paper\r\n@string{j = {Journal}}\r\n\r\n"
        '@Article{lu, title = "A {"}b{"}",\r\n\tjournal = j # { of } # "X",\r\n  month = jan,\r\n}'
    )
    assert check_entry(f"\n {typed} \n") == typed.replace("\r\n", "\n")
    assert check_entry("@misc{a, month = 1 # JAN}\n@misc{b}").startswith("@misc{a")
    assert check_entry("@article(lu, title = {A})") == "@article(lu, title = {A})"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("hello", "'hello' is no BibTeX entry; write @article{key, title = …}"),
        ("", "'' is no BibTeX entry; write @article{key, title = …}"),
        (
            "@article{k,\n title={x}",
            "'@article{k,', line 1 of the BibTeX: unexpectedly reached end of file",
        ),
        (
            "@article{k, title={x}}\n}",
            "'}', line 2 of the BibTeX: this stands outside of every entry",
        ),
        (
            "@article{a b, title={x}}",
            "'@article{a b, title={x}}', line 1 of the BibTeX: the key 'a b' has a space;"
            " bibtex stops there",
        ),
        (
            "@article{, title={x}}",
            "'@article{, title={x}}', line 1 of the BibTeX: the entry has no key;"
            " write @article{key, …}",
        ),
        (
            "@article{k, a={x},\n a={y}}",
            "'@article{k, a={x},', line 1 of the BibTeX: the entry has the field 'a' twice",
        ),
        (
            "@misc{k,a={b}}\n@misc{k,a={c}}",
            "'@misc{k,a={c}}', line 2 of the BibTeX: there are two entries with the key 'k'",
        ),
        (
            "@misc{k title={x}}",
            "'@misc{k title={x}}', line 1 of the BibTeX:"
            " expected comma after entry key, but found =",
        ),
        *(
            (
                f"@misc{{k,\n a = {value}}}",
                f"'a = {value}}}', line 2 of the BibTeX: the value of 'a' goes on behind its end;"
                " look for a missing comma, quote or brace",
            )
            for value in ['"a "b" c"', "{x} b={2}", r"{a \} b}", "{a}{b}", "a b", "1--2", "“a”"]
        ),
        (
            "@misc{k, ti tle={x}}",
            "'@misc{k, ti tle={x}}', line 1 of the BibTeX: 'ti tle' is no name of a field",
        ),
        (
            "@misc{k,\n month = october}",
            "'month = october}', line 2 of the BibTeX: 'october' is no @string; write {october}",
        ),
        (
            "@misc{k, a={x}}\n@misc{K, a={y}}",
            "'@misc{K, a={y}}', line 2 of the BibTeX: there are two entries with the key 'K'",
        ),
        (
            "@misc{k, a = {" + "x" * 80,
            f"'@misc{{k, a = {{{'x' * 45}…', line 1 of the BibTeX:"
            " unexpectedly reached end of file",
        ),
    ],
)
def test_what_a_bibtex_parser_cannot_read_is_refused(
    typed: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refusal) as refusal:
        check_entry(typed)
    assert str(refusal.value) == message
    assert capfd.readouterr() == ("", "")


def test_a_control_character_is_refused() -> None:
    with pytest.raises(Refusal, match="control character"):
        check_entry("@misc{k, a={\x07}}")


@settings(deadline=None)
@given(st.text('@{}",=#abk%\\ \n', max_size=30))
def test_what_is_accepted_has_whole_entries(tail: str) -> None:
    try:
        entry = check_entry(f"@misc{{k, a = {{b}}{tail}")
    except Refusal:
        return
    library = parse_string(entry)
    assert library.entries
    assert not library.failed_blocks
    assert all(
        (read.raw or "").count("{") == (read.raw or "}").count("}") for read in library.entries
    )
