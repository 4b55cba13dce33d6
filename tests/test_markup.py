"""Text as typed → text in a page: each rule on its own, and anything at all through kramdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mdgen import markup
from mdgen.problems import Refusal
from tests.jekyll.build import markdownify, render, seen
from tests.jekyll.nasty import STRINGS, folded
from tests.jekyll.safety import dangers


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("WhiteFox: White-box Compiler Fuzzing", "WhiteFox: White-box Compiler Fuzzing"),
        ("  two\n lines \u2028 and\ttabs ", "two lines and tabs"),
        ("A | B", "A &#124; B"),
        ("1984. A Novel", "1984&#46; A Novel"),
        ("2001: A", "2001: A"),
        ("# 1 reason", "&#35; 1 reason"),
        ("- dash", "&#45; dash"),
        ("-dash", "-dash"),
        ("* * *", "&#42; &#42; &#42;"),
        ("> quote > more", "&gt; quote > more"),
        ("a >> b", "a &gt;&gt; b"),
        ("[^1]: x", "&#91;&#94;1]: x"),
        ("[Invited] Talk", "[Invited] Talk"),
        ("*[X]: y", "&#42;&#91;X]: y"),
        ("a <b", "a &lt;b"),
        ("AT&T & Co", "AT&amp;T & Co"),
        ("&amp; &eacute; &nosuch;", "&amp; é &amp;nosuch;"),
        ("<i>Homo sapiens</i>", "<i>Homo sapiens</i>"),
        ("<I>Homo</I>", "<i>Homo</i>"),
        ("<i><b>x</i></b>", "<i>&lt;b&gt;x</i>&lt;/b>"),
        ("<i/>x<i class='y'>z</i></br>", "&lt;i/>x<i>z</i>&lt;/br>"),
        ("a<br/>b<hr>", "a<br /> b&lt;hr>"),
        ("<u>x</u> <a href='/x'>y</a>", "&lt;u>x&lt;/u> &lt;a href='/x'>y&lt;/a>"),
        ("`ok code` `a<b`", "`ok code` <code>a&lt;b</code>"),
        ("`` a`b `` `", "<code>a&#96;b</code> &#96;"),
        ("<code>x &lt; y</code>", "<code>x &lt; y</code>"),
        ("$x_1$ and $5", "$x&#95;1$ and $5"),
        ("of $$x^2$$ is", "of $$x^2$$ is"),
        ("$$x^2$$", "&#92;(x&#94;2&#92;)"),
        (r"\(a_b\) \[c\]", r"&#92;(a&#95;b&#92;) &#92;&#91;c&#92;&#93;"),
        ('$\\text{"a"}$', "$&#92;text&#123;&#8221;a&#8221;}$"),
        ("$$$$", "&#36;&#36;&#36;$"),
        (r"\*a\* \"b\" \x", r'&#42;a&#42; "b" \x'),
        ('""a"" (""b""', '&#8220;"a&#8221;" (&#8220;"b&#8221;"'),
        ('"The ""Moon"""', 'The "Moon"'),
        ("x{:.y}", "x&#123;:.y}"),
    ],
)
def test_a_title(typed: str, written: str) -> None:
    assert markup.title(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Plain *prose* with a  \nbreak.\n\n- and\n- a list", None),
        ("See [this](https://x.y/a_b?c=d&e) and [that](paper.pdf) and [there](../x/).", None),
        ("[a](</x y>)", "[a&#93;(&lt;/x y>)"),
        ("[a](</x>) <https://a.b> <me@a.b>", None),
        ('[x][a]\n\n[a]: https://x.y "T"', None),
        ("[a]: https://x.y", "[a&#93;: https://x.y"),
        ("See [1]\n\n[1]: Smith", "See [1]\n\n[1&#93;: Smith"),
        ("x[^n]\n\n[^n]: note", None),
        ("[^n]: note[^n]", "[^n&#93;: note[^n]"),
        ("*[HTML]: Hyper", "&#42;[HTML&#93;: Hyper"),
        ("*[Code](https://x.y)* here", None),
        ("a\n^\nb", "a\n&#94;\nb"),
        ("1984. A year\n2. two", "1984&#46; A year\n2. two"),
        (": first", "&#58; first"),
        ("P(A|B)", "P(A&#124;B)"),
        ("a | b\n--|--\nc | d", None),
        ("| a | b |\n| c | d |", None),
        ("a & b &amp; &lt; &#0; &#x3b1; &zzz;", "a & b &amp; &lt; &amp;#0; &#x3b1; &amp;zzz;"),
        ("&eacute; &rsquo; &commat; &NewLine; &ast;", "&eacute; &rsquo; &#64; &#10; &#42;"),
        (r"\<b> \* \{ \` \\", r"&lt;b> \* &#123; &#96; \\"),
        ("`a` `a<b`", "`a` <code>a&lt;b</code>"),
        ("<code>a<b &lt;</code>", "<code>a&lt;b &lt;</code>"),
        ("```python\nx = 1\n```", None),
        (
            "```python\nx < 1\n\ny\n```",
            '<pre><code class="language-python">x &lt; 1\n\ny</code></pre>',
        ),
        ("- x\n\n  ~~~\n  <b>\n  c\n  ~~~", "- x\n\n  <pre><code>&lt;b&gt;&#10;c</code></pre>"),
        ("a\n```\nnever\n", "a\n&#96;&#96;&#96;\nnever"),
        ("a\n\n    x = 1\n\nb", None),
        ("a\n\n    if x < y:\n        z", "a\n\n<pre><code>if x &lt; y:\n    z</code></pre>"),
        ("1. a\n\n    <b>p</b>", None),
        ("$a$ $b_1$ $$c$$ $$d|e$$ $$", "$a$ $b&#95;1$ $$c$$ &#92;(d&#124;e&#92;) &#36;$"),
        ("<p>a</p>\n\n<div>\n\nb\n\n</div>", None),
        ("<b>a\n\nb</b>", "&lt;b&gt;a\n\nb&lt;/b>"),
        ("<div>\n\n<i>a\n\nb", "&lt;div&gt;\n\n&lt;i&gt;a\n\nb"),
        ("<ul><li>a</ul>", "<ul>&lt;li&gt;a</ul>"),
        ("a<hr>b<img>", "a<hr />b&lt;img>"),
        ('<img src="/a.png" onload=x>', '&lt;img src="/a.png" onload=x>'),
        ('<img src="/a.png" style="x" alt="`">', '<img src="/a.png" alt="&#96;">'),
        ('<a href="javascript:x">y</a>', '&lt;a href="javascript:x">y&lt;/a>'),
        ("<a href=/x target=_blank>y</a>", '<a href="/x">y</a>'),
        ("<!-- c --> <?php", "&lt;!-- c --> &lt;?php"),
        ('*x*{: onclick="y"}', '*x*&#123;: onclick="y"}'),
        ("a\r\nb\rc\u2029d", "a\nb\nc\n\nd"),
    ],
)
def test_blocks(typed: str, written: str | None) -> None:
    assert markup.blocks(typed) == (typed if written is None else written)


MANY = 9


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[" * MANY, "&#91;" * MANY),
        ("a [b] " + "![" * MANY, "a [b] !&#91;" + "&#33;&#91;" * (MANY - 1)),
        ("![" * 10 + "a" + "](/x)" * 10, "![" + "&#33;[" * 9 + "a" + "](/x)" * 10),
        ("*a " * MANY + "*b* **c** _d_", "*a " + "&#42;a " * (MANY - 1) + "&#42;b* **c** _d_"),
        ("**a _b " * MANY + "c", "&#42;&#42;a &#95;b " * MANY + "c"),
        ("*a * b " * MANY, ("&#42;a * b " * MANY).strip()),
        ("_a_b " * MANY + "__c__", "&#95;a&#95;b " * MANY + "__c__"),
        ("<i>*a</i> " * MANY + "b", "<i>&#42;a</i> " * MANY + "b"),
        ("x" + "<b>" * 101 + "</b>" * 101, "x" + "<b>" * 100 + "&lt;b>" + "</b>" * 100 + "&lt;/b>"),
    ],
)
def test_delimiters_without_partner_are_text_where_they_are_many(typed: str, written: str) -> None:
    assert markup.blocks(typed) == written


def test_a_title_has_no_delimiters_without_partner_where_they_are_many() -> None:
    written = "&#42;&#42;a *b " + "&#42;&#42;a &#42;b " * (MANY - 1) + "&#42;c*"
    assert markup.title("**a *b " * MANY + "*c*") == written


@pytest.mark.parametrize(
    "typed",
    [
        "f(*args, **kwargs) and *.py and [x",
        "- *one* **two** `*` *args\n" * 8 + "- *one*",
        "\n".join(f"[{number}]: https://x.y/{number}" for number in range(MANY))
        + "\n\n"
        + " ".join(f"[{number}]" for number in range(MANY)),
        "a\n\n********************\n\n* * * * * * * * * *\n\n____________________",
        "- " * 60,
        "> " * 20 + "quoted",
    ],
)
def test_what_people_type_keeps_its_delimiters(typed: str) -> None:
    assert markup.blocks(typed) == typed.strip()


@pytest.mark.parametrize(
    "unit", [">", "> ", "1. ", "- + ", "![", "[[a]", "**a *b ", "_a_b ", "[a]("]
)
def test_ten_thousand_characters_do_not_keep_kramdown_busy(unit: str) -> None:
    typed = unit * (10_000 // len(unit))
    [title], [html] = markdownify([markup.title(typed)]), render([markup.blocks(typed)])
    for shown in (title, html):
        assert folded(seen(LexborHTMLParser(shown).body)) == folded(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" a ", "a"),
        ("a\r\nb", "a\nb"),
        ("AT&amp;T &lt;b&gt; &#39;x&#x27; &ouml;", "AT&T <b> 'x' ö"),
        ("&amp;amp;", "&amp;"),
        ("&nosuch; &copy &#0; &#1234567;", "&nosuch; &copy &#0; &#1234567;"),
        (r"\"x\" \y", r'"x" \y'),
        ('"a ""b"" c"', 'a "b" c'),
        ('""a""', '""a""'),
        ('"a" and "b"', '"a" and "b"'),
        ('"a ""b" c"', '"a ""b" c"'),
        ('""', '""'),
    ],
)
def test_plain_text_is_what_was_meant(typed: str, meant: str) -> None:
    assert markup.plain(typed) == meant


def test_text_for_raw_places_is_html() -> None:
    assert markup.raw("A <b> & 'c'\n\"d\" &amp; e") == (
        "A &lt;b&gt; &amp; &#x27;c&#x27; &quot;d&quot; &amp; e"
    )


def test_one_line_keeps_no_break_spaces() -> None:
    assert markup.one_line(" a\u00a0b \n\v c\u2029") == "a\u00a0b c"
    assert markup.one_line("é") == "é"


@pytest.mark.parametrize(
    "function", [markup.plain, markup.one_line, markup.raw, markup.title, markup.blocks]
)
def test_characters_that_no_page_can_show_are_refused(function: object) -> None:
    assert callable(function)
    with pytest.raises(Refusal) as refused:
        function("ab\x07c")
    assert str(refused.value) == (
        "'ab<U+0007>c' holds the control character U+0007, which no page can show;"
        " type it again without"
    )
    with pytest.raises(Refusal, match="half of a character that was cut in two, U\\+D83D"):
        function("x" * 100 + "\ud83d" + "y" * 100)
    with pytest.raises(Refusal, match="what Unicode calls no character, U\\+FFFF"):
        function("\uffff")


@pytest.mark.parametrize(
    "text",
    [
        r"$\href{javascript:alert(1)}{x}$",
        r"\(\href { java&#9;script:alert(1)}{x}\)",
        "$&#92;h&#114;ef{data:text/html,x}{y}$",
        r"$\let\h\href$",
        r"$\csname href\endcsname{javascript:alert(1)}{x}$",
    ],
)
def test_no_formula_links_to_a_script(text: str) -> None:
    for function in (markup.plain, markup.one_line, markup.raw, markup.title, markup.blocks):
        with pytest.raises(Refusal, match="is TeX that can link to a script; write "):
            function(text)


def test_a_formula_may_link_to_a_page() -> None:
    for text in (r"$\href{https://example.org}{x}$", r"$\href{/files/a.pdf}{x}$", r"$\hrefs$"):
        assert markup.one_line(text) == text


def test_a_long_value_is_refused_in_short() -> None:
    with pytest.raises(Refusal) as refused:
        markup.plain("x" * 100 + "\x00" + "y" * 100)
    assert str(refused.value).startswith(f"'…{'x' * 30}<U+0000>{'y' * 29}…' holds")


@pytest.mark.parametrize(
    ("label", "url", "written"),
    [
        ("Code", "https://x.y/a_(b)?c=d&e=f", "[Code](https://x.y/a_%28b%29?c=d&e=f)"),
        ("a]b|c*", '/x y"<z>\\', "[a&#93;b&#124;c&#42;](/x%20y%22%3Cz%3E%5C)"),
        ("x", "?a&copy;b", "[x](?a&amp;copy;b)"),
        ("x", "{{y}}", "[x](%7B%7By%7D%7D)"),
        ("x", "files/a:b.pdf", "[x](files/a:b.pdf)"),
        ("x", "mailto:a@b.c", "[x](mailto:a@b.c)"),
    ],
)
def test_a_link(label: str, url: str, written: str) -> None:
    assert markup.link(label, url) == written


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JavaScript:x/"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match="is no address that a page may link to"):
        markup.link("x", url)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("word", "word"),
        ("Two words", "Two words"),
        ("- a *b* [c] --- d...", "&#45; a &#42;b&#42; &#91;c&#93; &#45;&#45;&#45; d&#46;.."),
        ("12345. x", "12345&#46; x"),
        ("+1", "&#43;1"),
    ],
)
def test_literal_text(typed: str, written: str) -> None:
    assert markup.literal(typed) == written


def test_literal_text_is_seen_as_typed() -> None:
    for item, html in zip(
        STRINGS, markdownify(markup.literal(item.typed) for item in STRINGS), strict=True
    ):
        assert folded(seen(LexborHTMLParser(html).body)) == item.seen("text")


LIQUID = ["{{ x }}", "{% raw %}", "{% endraw %}", "{{{", "{{{{{%", "{%", "a{b", "{% if %}\n\n{{"]


def test_liquid_is_printed_as_typed() -> None:
    assert markup.liquid_proof("a {{ x }} b") == 'a {{ "{{" }} x }} b'
    for typed, html in zip(LIQUID, render(map(markup.liquid_proof, LIQUID)), strict=True):
        assert folded(seen(LexborHTMLParser(html).body)) == folded(typed)


# Anything at all, through kramdown. Words must all be seen, and nothing may run or swallow.

MARKS = (
    "< > <b <b> </b> <i> </i> <script> </script> <div> </div> <code> </code> <pre> </pre> </a>"
    " <!-- --> <?php ?> ]]> ` `` ``` ~~~ | \\ \\\\ $ $$ * ** _ __ [ ] ]( ( ) ]: ![ [^1] *[ {: {:/}"
    " {{ }} {% %} & &amp; &lt; &#60; &#0; &#x1; &nosuch; # ## - + 1. 1984. --- === ^ \" ' -- ... <<"
    " >> ~~ = : ! @ \\( \\) \\[ \\] <br> <p> </p> <table> <td> <li> </ul> <style> <svg/onload=x>"
    " ](javascript:alert(1)) ](data:x) ](/f.pdf) ](<https://x>) ](https://x.y) <https://a.b/c>"
    " {::comment} {::nomarkdown} {:.x} <b/onclick=x> <a@b.c> javascript: <kbd> </kbd> <u> </u>"
)
FRAGMENTS = [
    *MARKS.split(),
    '<a href="javascript:x">',
    "<a href='https://a.b' title='`x|{:onclick'>",
    "<img src=x onerror=alert(1)>",
    '<img src="/x.png" alt="a]b`">',
    '{: onclick="alert(1)"}',
    '{::options parse_block_html="true" /}',
    "[x]: javascript:alert(1)\n",
    "\n[a]: /z 't'\n",
    "[a]",
    "[^1]: ",
    "](f\nx:y)",
    "](<b onclick=x>)",
    "<b onclick=x>",
    "{% raw %}",
    "{% endraw %}",
]
BREAKS = ["\n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n: ", "\n\n1. ", "\n  - ", "\n\t", " "]
PIECES = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.sampled_from(FRAGMENTS + BREAKS),
    st.sampled_from(["w1q", "w2q", "w3q"]),
    st.text(max_size=3),
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)
SAMPLES = st.lists(TEXTS, min_size=40, max_size=60)
ROUNDS = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def accepted(typed: list[str]) -> list[str]:
    """Return those of `typed` that are not refused, or nothing but white space."""
    found = []
    for text in typed:
        try:
            found += [text] if markup.title(text) else []
        except Refusal:
            continue
    return found


def words(text: str) -> list[str]:
    return re.findall(r"w\dq", text)


@ROUNDS
@given(SAMPLES)
def test_any_title_is_one_line_of_markdown(typed: list[str]) -> None:
    texts = accepted(typed)
    titles = [markup.title(text) for text in texts]
    listed = markdownify(titles)
    headed = markdownify(f"{title} - A Site" for title in titles)
    for text, title, *htmls in zip(texts, titles, listed, headed, strict=True):
        for html in htmls:
            assert html.startswith("<p>")
            assert html.count("<p>") == 1
            assert dangers(html) == []
            # The theme writes title="…" without escaping.
            assert '"' not in re.sub(r"<[^>]*>", "", html)
            assert words(seen(LexborHTMLParser(html).body)) == words(text)
        raw = f"<ul><li>{title}</li></ul><p>after</p>"
        assert dangers(raw) == []
        assert (LexborHTMLParser(raw).html or "").endswith("</li></ul><p>after</p></body></html>")


@ROUNDS
@given(SAMPLES)
def test_any_blocks_are_harmless_and_swallow_nothing(typed: list[str]) -> None:
    texts = accepted(typed)
    bodies = [f"{markup.liquid_proof(markup.blocks(text))}\n\nAfter [it](/x)" for text in texts]
    for text, html in zip(texts, render(bodies), strict=True):
        assert dangers(html) == []
        assert '<p>After <a href="/x">it</a></p>' in html
        # Some become an address or the number of a note.
        assert set(words(text)) <= set(words(html))


@ROUNDS
@given(SAMPLES)
def test_any_literal_text_is_seen_as_typed(typed: list[str]) -> None:
    texts = accepted(typed)
    htmls = markdownify(map(markup.literal, texts))
    for text, html in zip(texts, htmls, strict=True):
        meant = markup.one_line(markup.plain(text))
        assert folded(seen(LexborHTMLParser(html).body)) == folded(meant)
