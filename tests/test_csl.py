from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mdgen.csl import cite_csl
from mdgen.names import own_names, parse_authors
from mdgen.problems import MdgenError, Refusal
from mdgen.work import Work

OWN = own_names(["Runyu Lu"])
ROOT = Path(__file__).parent
PAPER = Work(
    title="A study of *C. elegans* & p < 0.05: is it?",
    year=2024,
    authors=parse_authors("Runyu Lu; Rongxin Lu; Maria de la Cruz; The X Group; et al.; …"),
    category="manuscripts",
    month=10,
    venue="Journal of X & Y",
    volume="1",
    issue="2",
    pages="1-10",
    doi="10.1000/182",
)
STYLE = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Small</title><id>small</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout suffix=".">
      <names variable="author"><name form="long" font-variant="small-caps"/></names>
      <text variable="title" quotes="true" prefix=" wrote "/>
    </layout>
  </bibliography>
</style>
"""


@pytest.mark.parametrize(
    ("style", "html"),
    [
        (
            "apa",
            "<b>Lu, R.</b>, Lu, R., de la Cruz, M., The X Group, &amp; others. (2024)."
            " A study of <em>C. elegans</em> &amp; p &lt; 0.05: is it?"
            " <i>Journal of X &amp; Y</i>, <i>1</i>(2), 1–10. https://doi.org/10.1000/182",
        ),
        (
            "IEEE",
            "<b>R. Lu</b>, R. Lu, M. de la Cruz, The X Group, and others,"
            " “A study of <em>C. elegans</em> &amp; p &lt; 0.05: is it?”,"
            " <i>Journal of X &amp; Y</i>, vol. 1, no. 2, pp. 1–10, Oct. 2024,"
            " doi: 10.1000/182.",
        ),
        (
            "mla",
            "<b>Lu, R.</b>, et al. “A Study of <em>C. Elegans</em> &amp; P &lt; 0.05: Is It?”."
            " <i>Journal of X &amp; Y</i>, vol. 1, no. 2, Oct. 2024, pp. 1–10,"
            " https://doi.org/10.1000/182.",
        ),
        (
            "nature",
            "<b>Lu, R.</b>, Lu, R., de la Cruz, M., The X Group &amp; others."
            " A study of <em>C. elegans</em> &amp; p &lt; 0.05: is it?"
            " <i>Journal of X &amp; Y</i> <b>1</b>, 1–10 (2024).",
        ),
    ],
)
def test_a_paper_in_the_styles_of_the_processor(style: str, html: str) -> None:
    assert cite_csl(PAPER, style, OWN, root=ROOT) == html


def test_the_least_that_is_known() -> None:
    work = Work("Alone", 2024, parse_authors("R. Lu"), category="books")
    assert cite_csl(work, "apa", OWN, root=ROOT) == "<b>Lu, R.</b> (2024). <i>Alone</i>."


def test_a_work_without_authors_shows_its_title_once() -> None:
    work = Work("Alone", 2024, venue="J", pages="3", status="in press")
    assert cite_csl(work, "apa", OWN, root=ROOT) == (
        "&quot;Alone.&quot; (2024, in press). <i>J</i>. 3."
    )


def test_a_style_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    file = tmp_path / "styles" / "small.csl"
    file.write_text(STYLE, encoding="utf-8")
    html = cite_csl(PAPER, "styles/small.csl", OWN, root=tmp_path)
    assert html == (
        "<b>Runyu Lu</b>, Rongxin Lu, Maria de la Cruz, The X Group, others"
        " wrote “A study of <em>C. elegans</em> &amp; p &lt; 0.05: is it?”."
    )
    file.write_text(STYLE.replace(" wrote ", " made "), encoding="utf-8")
    assert " made " in cite_csl(PAPER, "styles/small.csl", OWN, root=tmp_path)


def test_text_cannot_break_out_of_a_citation(tmp_path: Path) -> None:
    (tmp_path / "small.csl").write_text(STYLE, encoding="utf-8")
    work = Work("a <script>x</script> <b", 2024, parse_authors("{a <b onload=x} and {A}"))
    assert cite_csl(work, "small.csl", OWN, root=tmp_path) == (
        "a &lt;b onload=x, A wrote “a &lt;script&gt;x&lt;/script&gt; &lt;b”."
    )


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("apaa", "citation_style 'apaa' is no CSL style; did you mean 'apa'?"),
        (
            "zzzzqqq",
            "citation_style 'zzzzqqq' is no CSL style; see https://www.zotero.org/styles",
        ),
        ("../x.csl", "citation_style '../x.csl' lies outside of the site"),
        ("x.csl", "citation_style 'x.csl' cannot be read: No such file or directory"),
        (
            "broken.csl",
            "citation_style 'broken.csl': the CSL processor cannot set a list of works in it"
            " (XMLSyntaxError: Start tag expected, '<' not found, line 1, column 1"
            " (<string>, line 1)); choose another style",
        ),
        (
            "notes.csl",
            "citation_style 'notes.csl': the CSL processor cannot set a list of works in it"
            " (AttributeError: 'NoneType' object has no attribute 'render');"
            " choose another style",
        ),
    ],
)
def test_a_style_that_cannot_be_used(style: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "broken.csl").write_text("no style", encoding="utf-8")
    before, _, rest = STYLE.partition("  <bibliography>")
    notes = before + rest.partition("</bibliography>\n")[2]
    (tmp_path / "notes.csl").write_text(notes, encoding="utf-8")
    with pytest.raises(MdgenError) as error:
        cite_csl(PAPER, style, OWN, root=tmp_path)
    assert str(error.value) == message


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(MdgenError) as error:
        cite_csl(PAPER, "apa", OWN, root=ROOT)
    assert str(error.value) == (
        "citation_style 'apa' needs the CSL processor: pip install 'mdgen[csl]'"
    )


def test_a_character_that_no_page_can_show_is_refused() -> None:
    with pytest.raises(Refusal, match="control character"):
        cite_csl(Work("A", 2024, venue="\x07"), "apa", OWN, root=ROOT)
