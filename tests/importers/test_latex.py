from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.importers.latex import to_markdown, to_text
from mdgen.importers.latexmath import math_to_text
from mdgen.importers.richtext import rich_to_markdown, rich_to_text


@pytest.mark.parametrize(
    ("latex", "markdown", "text"),
    [
        ("plain", "plain", "plain"),
        ("  two   spaces \n here ", "two spaces here", "two spaces here"),
        ("{GPU}s", "GPUs", "GPUs"),
        (r"{\"o}", "ö", "ö"),
        (r"\"\i{} and \'{\j}", "ï and j́", "ï and j́"),
        (r"\'", "", ""),
        (r"\' {e}", "é", "é"),
        (r"\^{} \~{}", "^ ~", "^ ~"),
        ("\\", "", ""),
        (r"a\_b \% \& \# \{ \}", "a_b % & # { }", "a_b % & # { }"),
        (r"\emph{a}b", "*a*b", "ab"),
        (r"\emph{ a }b", "*a* b", "a b"),
        (r"\emph{}x", "x", "x"),
        (r"\emph{a \emph{b} c}", "*a b c*", "a b c"),
        (r"\emph Homo", "*H*omo", "Homo"),
        (r"\emph\alpha", "*α*", "α"),
        (r"\emph ", "", ""),
        (r"{\emph}x", "x", "x"),
        (r"\emph{a" + "\n\n" + "b}", "a\n\nb", "a b"),
        (r"\textbf{\textit{x}}", "***x***", "x"),
        (r"{\bf x} y", "**x** y", "x y"),
        (r"\enquote{x}", "“x”", "“x”"),
        (r"\textsuperscript{2} \textsuperscript{Q}", "² Q", "² Q"),
        (r"\textsubscript{2}", "₂", "₂"),
        (r"\ensuremath{\alpha}", "α", "α"),
        (r"\(\beta\) and \[\gamma\]", "β and γ", "β and γ"),
        (r"$$x^2$$", "x²", "x²"),
        (r"$\frac12$", r"$$\frac12$$", r"$\frac12$"),
        ("costs $5", "costs $5", "costs $5"),
        (r"\(x", "x", "x"),
        (r"\href{https://x.org/a_b}{A}", "[A](https://x.org/a_b)", "A"),
        (r"\href{}{A} \href{https://x.org}{}", "A", "A"),
        (r"\url{https://x.org/\%7Ea_{b}}", "https://x.org/%7Ea_{b}", "https://x.org/%7Ea_{b}"),
        (r"\url x", "x", "x"),
        (r"\url", "", ""),
        (r"\url{open", "open", "open"),
        (r"a\\b\,c\-d~e", "a b cd e", "a b cd e"),
        (r"\footnote{x}y\cite{z}", "y", "y"),
        (r"\textcolor{red}{x}", "x", "x"),
        ("x } y", "x y", "x y"),
        ("{" * 70 + "x" + "}" * 70 + "y\\o", "xyø", "xyø"),
        ("A* `x` [a](b) _c_ d_e \\o", r"A\* ‘x‘ \[a](b) \_c\_ d_e ø", "A* ‘x‘ [a](b) _c_ d_e ø"),
        ("\ue000 a\\o", "aø", "aø"),
        ("<i>a</i> <b>b</b> <span class='x'>c</span>", "*a* **b** c", "a b c"),
        ("a < b &lt; c", "a < b < c", "a < b < c"),
    ],
)
def test_latex_as_markdown_and_as_text(latex: str, markdown: str, text: str) -> None:
    assert to_markdown(latex) == markdown
    assert to_text(latex) == text


@pytest.mark.parametrize(
    ("math", "text"),
    [
        (r"\alpha_2^{10}", "α₂¹⁰"),
        (r"n \geq 3", "n ≥ 3"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\mathbb{xy}", None),
        (r"\mathrm{NO_2}-x", "NO₂−x"),
        (r"\text{a-b}", "a-b"),
        (r"5\,\mu m\%", "5 μm%"),
        (r"x^Q", None),
        (r"\sum_i x", None),
        (r"\unknown", None),
        (r"{x", None),
        ("x}", None),
        ("a & b", None),
        ("x^", None),
        (r"\alpha", "α"),
    ],
)
def test_math_that_characters_can_show(math: str, text: str | None) -> None:
    assert math_to_text(math) == text


def test_deep_math_stays_math() -> None:
    assert math_to_text("{" * 100_000) is None


@pytest.mark.parametrize(
    ("rich", "markdown"),
    [
        ("plain", "plain"),
        ("{x} & $5 ~ a\\b `q` -- 100% #1", r"{x} & $5 ~ a\\b \`q\` -- 100% #1"),
        ("On <i>C. elegans</i>", "On *C. elegans*"),
        (r"The $\alpha_2$ of $5", "The α₂ of $5"),
        ("it''s --- a", "it''s --- a"),
    ],
)
def test_text_of_reference_managers_as_markdown(rich: str, markdown: str) -> None:
    assert rich_to_markdown(rich) == markdown


def test_paragraphs_of_reference_managers() -> None:
    abstract = "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>"
    assert rich_to_markdown(abstract, paragraphs=True) == "One.\n\nTwo."
    assert rich_to_text(abstract) == "One. Two."
    assert rich_to_text("plain") == "plain"


@given(st.text(alphabet=st.sampled_from("\\{}$~`'\"^_*-<>&%ab \n()[]"), max_size=60))
def test_no_latex_is_an_error(latex: str) -> None:
    assert isinstance(to_markdown(latex), str)
    assert "\n" not in to_text(latex)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_rich_text_without_markup_is_shown_as_it_is(text: str) -> None:
    if "&" not in text and "<" not in text and "$" not in text:
        assert rich_to_text(f"{text} {text}") in {f"{text} {text}", _nfc(f"{text} {text}")}


def _nfc(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - of no use to the other tests

    return unicodedata.normalize("NFC", text)
