from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mdgen.citations import build_citation, clean_citation
from mdgen.names import own_names, parse_authors
from mdgen.problems import Refusal
from mdgen.work import Work

OWN = own_names(["Runyu Lu", "Your Name, You"])
NOBODY = own_names([])
ALLOWED = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}


class Tags(HTMLParser):
    """An independent reader of HTML: which tags there are, whether they balance, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def assert_safe(html: str) -> None:
    tags = Tags(html)
    assert not tags.open
    assert not tags.wrong
    assert {tag for tag, _ in tags.seen} <= ALLOWED
    for _, attributes in tags.seen:
        assert set(attributes) <= {"href", "title", "class", "aria-hidden"}
        scheme, colon, _ = (attributes.get("href") or "").partition(":")
        assert not colon or scheme.lower() in {"http", "https", "mailto"} or "/" in scheme
    assert "\n" not in html


SAMPLE = Work(
    title="Paper Title Number 1",
    authors=parse_authors("Your Name, You"),
    year=2009,
    venue="Journal 1",
    volume="1",
    issue="1",
)


def test_the_sample_of_the_theme() -> None:
    assert build_citation(SAMPLE, NOBODY) == (
        "Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1)."
    )
    assert build_citation(SAMPLE, OWN).startswith("<b>Your Name, You</b>. (2009).")


def test_everything_at_once() -> None:
    work = Work(
        title="Is *C. elegans* smarter than `a<b` & co?",
        authors=parse_authors("Hao Zhang*, Lu, R.*; O'Brien & Sons Ltd; et al."),
        year=2024,
        status="in press",
        venue="Proc. Natl. Acad. Sci.",
        volume="51",
        issue="19",
        pages="111--118",
        doi="https://doi.org/10.1000/a<1>",
    )
    assert build_citation(work, OWN) == (
        "Zhang, Hao*; <b>Lu, R.</b>*; O'Brien; Sons Ltd, et al. (2024, in press)."
        " &quot;Is <em>C. elegans</em> smarter than <code>a&lt;b</code> &amp; co?&quot;"
        " <i>Proc. Natl. Acad. Sci.</i> 51(19), 111–118."
        ' <a href="https://doi.org/10.1000/a%3C1%3E">doi:10.1000/a&lt;1&gt;</a>'
    )


@pytest.mark.parametrize(
    ("work", "html"),
    [
        (Work("A study"), "&quot;A study.&quot;"),
        (Work("A study.", year=2020), "&quot;A study.&quot; (2020)."),
        (Work("Why?", year=2020, venue="X"), "&quot;Why?&quot; (2020). <i>X</i>."),
        (Work("A", status="submitted"), "&quot;A.&quot; (submitted)."),
        (Work("A", year=2020, status="Published"), "&quot;A.&quot; (2020)."),
        (Work("A", year=2020, status="accepted 2020"), "&quot;A.&quot; (accepted 2020)."),
        (Work("A", volume="3"), "&quot;A.&quot; 3."),
        (Work("A", issue="3"), "&quot;A.&quot; no. 3."),
        (Work("A", pages="1 - 10"), "&quot;A.&quot; 1–10."),
        (Work("A", volume="3", pages="e12"), "&quot;A.&quot; 3, e12."),
        (Work("A", authors=parse_authors("Plato")), "Plato. &quot;A.&quot;"),
        (Work("A", authors=parse_authors("R. Lu")), "<b>Lu, R.</b> &quot;A.&quot;"),
        (Work("A", authors=parse_authors("R. Lu*")), "<b>Lu, R.</b>*. &quot;A.&quot;"),
        (
            Work("A", authors=parse_authors("Xu, Y., ..., Zi, W.")),
            "Xu, Y.; …; Zi, W. &quot;A.&quot;",
        ),
        (Work('A "b" & <c> &amp; d'), "&quot;A &quot;b&quot; &amp; &lt;c&gt; &amp; d.&quot;"),
        (
            Work("A", venue='B & "C" <d> &quot;e&quot;'),
            "&quot;A.&quot; <i>B &amp; &quot;C&quot; &lt;d&gt; &quot;e&quot;</i>.",
        ),
        (Work("A&#10;b&#13;"), "&quot;A b.&quot;"),
        (Work("1984. A Novel"), "&quot;1984. A Novel.&quot;"),
        (
            Work("A* search, *A* and snake_case"),
            "&quot;A* search, <em>A</em> and snake_case.&quot;",
        ),
        (
            Work("H<sub>2</sub>O <script>x</script>"),
            "&quot;H<sub>2</sub>O &lt;script&gt;x&lt;/script&gt;.&quot;",
        ),
        (Work("On $x_1$ and $$x_2$$"), r"&quot;On $x_1$ and \(x_2\).&quot;"),
        (Work("See [x](javascript:alert)"), "&quot;See [x](javascript:alert).&quot;"),
        (
            Work("  spaces \n everywhere ", venue=" J  K "),
            "&quot;spaces everywhere.&quot; <i>J K</i>.",
        ),
        (Work("", venue="J"), "<i>J</i>."),
        (Work(""), "(n.d.)"),
    ],
)
def test_what_is_missing_leaves_no_trace(work: Work, html: str) -> None:
    assert build_citation(work, OWN) == html


def test_a_character_that_no_page_can_show_is_refused() -> None:
    with pytest.raises(Refusal, match="control character"):
        build_citation(Work("A\x07"), OWN)
    with pytest.raises(Refusal, match="control character"):
        clean_citation("A\x07", OWN)
    with pytest.raises(Refusal, match="control character"):
        clean_citation("A &#7;", OWN)


CLEANED = [
    ("Lu, R. (2020). Title. <i>J</i>.", "<b>Lu, R.</b> (2020). Title. <i>J</i>."),
    # Text that is no HTML, and text that was escaped before.
    ("Kim, B., & Oh, P.", "Kim, B., &amp; Oh, P."),
    ("Kim, B., &amp; Oh, P.", "Kim, B., &amp; Oh, P."),
    ("R&amp;D, R&amp;amp;D, R&D;", "R&amp;D, R&amp;D, R&amp;D;"),
    ("&quot;T.&quot; &#39;x&#x27; &amp;quot;y&amp;quot;", '"T." \'x\' "y"'),
    ("?a=1&copy=2 &copy; &eacute;", "?a=1&amp;copy=2 © é"),
    ("p < 0.05, a<b and c>d, x <3", "p &lt; 0.05, a&lt;b and c&gt;d, x &lt;3"),
    (
        "List<T> by <me@x.org>, <https://x.org>",
        "List&lt;T&gt; by &lt;me@x.org&gt;, &lt;https://x.org&gt;",
    ),
    ("&lt;b&gt; is a tag", "&lt;b&gt; is a tag"),
    (r"\"T.\" by \"X\"", '"T." by "X"'),
    ('""T."" by <i class=""x"">""Y""</i>', '"T." by <i class="x">"Y"</i>'),
    ('<a title="" href="/">""T.""</a>', '<a title="" href="/">""T.""</a>'),
    ('5"" and "T."', '5"" and "T."'),
    ("'quoted'", "'quoted'"),
    ("a\nb\r\n c\u2028d ", "a b c d"),
    ("a\xa0b & c&nbsp;d", "a\xa0b &amp; c\xa0d"),
    # Tags.
    (
        "<em>a</em><STRONG>b</STRONG><sub>c</sub><u>d</u><br/>",
        "<em>a</em><strong>b</strong><sub>c</sub><u>d</u><br>",
    ),
    ("<p>a <font color=red>b</font></p><h1>c</h1>", "a bc"),
    ("a<script>alert(1)</script><style>b{}</style>c<!-- d -->", "ac"),
    ("A <i>open", "A <i>open</i>"),
    ("closed</i> b", "closed b"),
    ("<b><i>a</b></i>", "<b><i>a</i></b>"),
    ("<i>J<i> 1, <b>2<b>", "<i>J</i> 1, <b>2</b>"),
    ("<i>J<i> 1 <i>x", "<i>J</i> 1 <i>x</i>"),
    (
        '<i class="fas fa-trophy" aria-hidden="true" onclick="x()"></i>',
        '<i class="fas fa-trophy" aria-hidden="true"></i>',
    ),
    ('<i class="x>Nature</i> and more', '&lt;i class="x&gt;Nature and more'),
    # Links.
    (
        "<a href='https://x.org/?a=1&b=2' target=_blank>x</a>",
        '<a href="https://x.org/?a=1&amp;b=2">x</a>',
    ),
    (
        '<a href="/files/x.pdf">x</a> <a href="mailto:a@x.org">y</a>',
        '<a href="/files/x.pdf">x</a> <a href="mailto:a@x.org">y</a>',
    ),
    ('<a href="javascript:alert(1)">x</a> <a href="data:x">y</a>', "<a>x</a> <a>y</a>"),
    # Stars.
    (
        "In *2015 IEEE Conf* (pp. 1). **A. Title**",
        "In <i>2015 IEEE Conf</i> (pp. 1). <b>A. Title</b>",
    ),
    ("*Proc. ACM, 2*(CSCW), 68.", "<i>Proc. ACM, 2</i>(CSCW), 68."),
    ("**Runyu Lu** and *R. Lu*", "<b>Runyu Lu</b> and <i><b>R. Lu</b></i>"),
    (
        "Prum, R.O. *, Xu, J.*, Lu, H. (*shared first)",
        "Prum, R.O. *, Xu, J.*, Lu, H. (*shared first)",
    ),
    ("*Xu, R., *Yang, C. (*equal)", "*Xu, R., *Yang, C. (*equal)"),
    ("A* search, 2 * 3 * 4, x**2", "A* search, 2 * 3 * 4, x**2"),
    # The own name.
    ("Runyu Lu*, <b>R. Lu</b>, Rongxin Lu", "<b>Runyu Lu</b>*, <b>R. Lu</b>, Rongxin Lu"),
    (
        "Lu, R. & Xu, J.: <a href='/R. Lu'>R. Lu</a>",
        '<b>Lu, R.</b> &amp; Xu, J.: <a href="/R. Lu"><b>R. Lu</b></a>',
    ),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "html"), CLEANED, ids=[repr(typed) for typed, _ in CLEANED])
def test_a_typed_citation_is_kept_and_made_safe(typed: str, html: str) -> None:
    assert clean_citation(typed, OWN) == html
    assert clean_citation(html, OWN) == html
    assert_safe(html)


PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='",
        "'>",
        '">',
        "</a>",
        "<script>",
        "</script>",
        "<p>",
        "<!--",
        "-->",
        "<br/>",
        "&amp;",
        "&lt;",
        "&",
        "amp;",
        "lt;",
        "&#60;",
        "<",
        ">",
        "*",
        "**",
        "javascript:",
        "x",
        "Runyu Lu",
        "Lu, R.",
        " ",
        "\n",
        '"',
        '""',
        "\\",
        "<svg/onload=",
        "<math>",
        "<font>",
        "</font>",
        "<style>",
        '<u class="',
        "=",
        "<?",
        "<!",
        "]]>",
        "<textarea>",
        "é",
    ]
)
MARKUP = st.lists(PIECES, max_size=12).map("".join)
SHOWABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)


@settings(deadline=None)
@given(MARKUP | SHOWABLE)
@example("&<font>amp;lt;")
@example("*<font>x</font>*")
@example("***x***")
def test_any_text_becomes_balanced_inline_html(text: str) -> None:
    html = clean_citation(text, OWN)
    assert_safe(html)
    assert clean_citation(html, OWN) == html


@settings(deadline=None)
@given(SHOWABLE.filter(lambda text: not set('<&*\\"') & set(text)))
def test_text_without_markup_stays_letter_for_letter(text: str) -> None:
    shown = Tags(clean_citation(text, NOBODY)).text
    assert shown.replace(" ", "") == "".join(text.split(" ")).strip("\u2028\u2029").replace(
        "\u2028", ""
    ).replace("\u2029", "")


@settings(deadline=None)
@given(SHOWABLE, SHOWABLE, SHOWABLE)
def test_a_built_citation_is_safe_and_shows_its_parts(title: str, venue: str, number: str) -> None:
    authors = parse_authors("R. Lu; H. Zhang")
    html = build_citation(
        Work(
            title,
            2024,
            authors,
            status=number,
            venue=venue,
            volume=number,
            issue=number,
            doi=number,
        ),
        OWN,
    )
    assert_safe(html)
    assert Tags(html).text.startswith("Lu, R.; Zhang, H. (2024")
    plain_venue = " ".join(unescape(venue).replace("\\", "").split())
    assert plain_venue.replace('"', "") in " ".join(
        Tags(html).text.replace("\\", "").replace('"', "").split()
    )
