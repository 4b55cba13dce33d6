"""URL cells: what people paste, the addresses it means, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.cells.urls import arxiv_url, doi_url, parse_arxiv, parse_doi, parse_urls, site_path
from mdgen.problems import Refusal

WAY_OUT = (
    "write an address that starts with https://, a path on the site such as /files/paper.pdf,"
    " or leave the cell empty"
)
WINDOWS = "put it into the site's folder files and write /files/paper.pdf"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        # as they are
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a?b=1&c=2#d", "http://example.org/a?b=1&c=2#d"),
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
        ("https://example.org/x;y=1,2", "https://example.org/x;y=1,2"),
        ("https://example.org/über/论文", "https://example.org/über/论文"),
        ("http://localhost:4000/x", "http://localhost:4000/x"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("/files/paper.pdf", "/files/paper.pdf"),
        ("/publication/2024-10-20-whitefox", "/publication/2024-10-20-whitefox"),
        # completed
        ("www.example.org", "https://www.example.org"),
        ("example.org/x", "https://example.org/x"),
        ("conference2025.de", "https://conference2025.de"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("//example.org/x", "https://example.org/x"),
        ("me@example.org", "mailto:me@example.org"),
        ("HTTPS://Example.org/X", "https://Example.org/X"),
        ("files/paper.pdf", "/files/paper.pdf"),
        ("./files/paper.pdf", "/files/paper.pdf"),
        ("../files/paper.pdf", "/files/paper.pdf"),
        ("//files/paper.pdf", "/files/paper.pdf"),
        ("mine/paper.pdf", "/mine/paper.pdf"),
        ("teaching/course", "/teaching/course"),
        ("paper.pdf", "/files/paper.pdf"),
        ("10.1234.test.00123.pdf", "/files/10.1234.test.00123.pdf"),
        ("photo.png", "/images/photo.png"),
        ("{{ site.baseurl }}/files/paper.pdf", "/files/paper.pdf"),
        ("ttps://example.org/x", "https://example.org/x"),
        ("https//example.org/x", "https://example.org/x"),
        ("htttp:/example.org/x", "http://example.org/x"),
        ("htpps://example.org/x", "https://example.org/x"),
        ("https ://example.org/x", "https://example.org/x"),
        ("https:// example.org/x", "https://example.org/x"),
        ("files\\paper.pdf", "/files/paper.pdf"),
        ("submitted/paper.pdf", "/submitted/paper.pdf"),
        ("draft.pdf", "/files/draft.pdf"),
        # identifiers
        ("10.1111/test.12345", "https://doi.org/10.1111/test.12345"),
        ("DOI: 10.1145/3689736", "https://doi.org/10.1145/3689736"),
        ("doi 10.1145/3689736.", "https://doi.org/10.1145/3689736"),
        ("doi.org/10.1145/3689736", "https://doi.org/10.1145/3689736"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        ),
        ("arXiv:2310.15991", "https://arxiv.org/abs/2310.15991"),
        ("arXiv: 2310.15991v2 [cs.SE]", "https://arxiv.org/abs/2310.15991v2"),
        ("1211.0123", "https://arxiv.org/abs/1211.0123"),
        ("cs/0112017", "https://arxiv.org/abs/cs/0112017"),
        ("math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("2023.01.02.123456", "https://doi.org/10.1101/2023.01.02.123456"),
        # wrapped
        ("<https://example.org/x>", "https://example.org/x"),
        ("(https://example.org/x)", "https://example.org/x"),
        ("[https://example.org/x]", "https://example.org/x"),
        ("PDF https://example.org/x", "https://example.org/x"),
        ("Preprint: https://example.org/x", "https://example.org/x"),
        ('"https://example.org/x".', "https://example.org/x"),
        ("https://example.org/x)", "https://example.org/x"),
        ("[PDF](https://example.org/x_(y))", "https://example.org/x_(y)"),
        ('[PDF](files/a.pdf "the title")', "/files/a.pdf"),
        ('<a href="https://example.org/x" target="_blank">x</a>', "https://example.org/x"),
        ("<a href='files/a.pdf'>", "/files/a.pdf"),
        ("<a href=files/a.pdf>a</a>", "/files/a.pdf"),
        ("PDF: https://example.org/x", "https://example.org/x"),
        ("doi: https://doi.org/10.1145/3689736", "https://doi.org/10.1145/3689736"),
        ("https://example.org/x (slides)", "https://example.org/x"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("https://example.org/?a=1&amp;amp;b=2", "https://example.org/?a=1&b=2"),
        ("https://exam\u200bple.org/\x07x", "https://example.org/x"),
        # percent-encoded
        ("/files/my paper.pdf", "/files/my%20paper.pdf"),
        ("files/Smith, 2020.pdf", "/files/Smith,%202020.pdf"),
        ("https://example.org/my paper.pdf", "https://example.org/my%20paper.pdf"),
        ('https://example.org/"x"onclick=y', "https://example.org/%22x%22onclick=y"),
        ("/files/a<b>.pdf", "/files/a%3Cb%3E.pdf"),
        ("/files/{{x}}`y`\\z^|.pdf", "/files/%7B%7Bx%7D%7D%60y%60%5Cz%5E%7C.pdf"),
        ("https://example.org/a\u00a0b.pdf", "https://example.org/a%C2%A0b.pdf"),
        ("https://example.org/100%.pdf", "https://example.org/100%25.pdf"),
        ("https://example.org/a%20b.pdf", "https://example.org/a%20b.pdf"),
    ],
)
def test_a_cell_means_one_url(text: str, url: str) -> None:
    assert parse_urls(text) == (url,)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.org/x https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("https://a.org/x;https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("https://a.org/x,https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("https://a.org/x\nhttps://b.org/y\n", ("https://a.org/x", "https://b.org/y")),
        ("https://a.org/x | /files/b.pdf", ("https://a.org/x", "/files/b.pdf")),
        ("https://a.org/x|https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("a.org/x, b.org/y.pdf; -", ("https://a.org/x", "https://b.org/y.pdf")),
        ("a.pdf, b.pdf", ("/files/a.pdf", "/files/b.pdf")),
        ("https://a.org/x and https://b.org/y", ("https://a.org/x", "https://b.org/y")),
        ("[a](https://a.org/x), [b](files/b.pdf)", ("https://a.org/x", "/files/b.pdf")),
        ("PDF: https://a.org/x, code: https://b.org", ("https://a.org/x", "https://b.org")),
        (
            "doi:10.1145/3689736, arXiv:2310.15991",
            ("https://doi.org/10.1145/3689736", "https://arxiv.org/abs/2310.15991"),
        ),
        ("https://a.org/x https://a.org/x", ("https://a.org/x",)),
        ("https://a.org / https://b.org", ("https://a.org", "https://b.org")),
    ],
)
def test_several_urls_come_in_order(text: str, urls: tuple[str, ...]) -> None:
    assert parse_urls(text) == urls


@pytest.mark.parametrize(
    "text",
    ["", " ", "#", "-", "–", "--", "---", "/", "n/a", "N/A", "NaN", "none", "TBD", "https://", '""',
     "coming soon", "forthcoming", "under review", "Submitted", "Accepté", "#N/A", ".", "../"],
)  # fmt: skip
def test_words_for_nothing_are_no_url(text: str) -> None:
    assert parse_urls(text) == ()


ONLY = "holds more than an address; keep only the address"


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("javascript:alert(1)", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("JaVaScRiPt:alert(1)", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("java script:x", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("java&#115;cript:x", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("java&amp;#115;cript&colon;x", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("java\x00scr\u200bipt:x", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        ("[x](javascript:x)", "", f"is no link for a page (javascript:); {WAY_OUT}"),
        (
            "https://a.org/x; vbscript:x",
            "vbscript:x",
            f"is no link for a page (vbscript:); {WAY_OUT}",
        ),
        ("data:text/html,x", "", f"is no link for a page (data:); {WAY_OUT}"),
        ("ftp://example.org/x", "", f"is no link for a page (ftp:); {WAY_OUT}"),
        ("https://a.org javascript:x", "", ONLY),
        ("https://a.org is mine", "", ONLY),
        ("file:///home/me/paper.pdf", "", f"is a file on one computer; {WINDOWS}"),
        ("C:\\Users\\me\\paper.pdf", "", f"is a file on one computer; {WINDOWS}"),
        ("\\\\server\\paper.pdf", "", f"is a file on one computer; {WINDOWS}"),
        ("123456", "", f"is no URL; {WAY_OUT}"),
        ("and/or", "", f"is no URL; {WAY_OUT}"),
        ("I gave a talk", "", f"is no URL; {WAY_OUT}"),
        ("Doe, J. (2020). A paper.", "", f"is no URL; {WAY_OUT}"),
        ("see https://a.org", "", f"is no URL; {WAY_OUT}"),
        ("x" * 4001, "x" * 59 + "…", f"is longer than any address; {WAY_OUT}"),
    ],
)
def test_what_is_refused_and_with_which_words(text: str, value: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_urls(text)
    assert str(refused.value) == f"'{value or text}' {why}"


UGLY = re.compile('["<>{}|\\\\`\\s\x00-\x20\x7f-\x9f]')
LINK = re.compile(r"https?://[^/?#]|mailto:.|/(?!/)")
SCHEMES = st.sampled_from(
    ["https://x.org/", "http://", "mailto:", "/files/", "javascript:", "10.1145/", ""]
)


@given(st.builds("{}{}".format, SCHEMES, st.text(max_size=60)))
def test_no_text_gives_an_ugly_url_or_another_scheme(text: str) -> None:
    try:
        urls = parse_urls(text)
    except Refusal:
        return
    for url in urls:
        assert not UGLY.search(url)
        assert LINK.match(url)
        assert parse_urls(url) == (url,)
        path = site_path(url)
        assert path is None or not path.startswith("/")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3689736", "10.1145/3689736"),
        ("10.1371/JOURNAL.TEST.1234567 ", "10.1371/JOURNAL.TEST.1234567"),
        ("doi:10.1145/3689736", "10.1145/3689736"),
        ("DOI 10.1145/3689736.", "10.1145/3689736"),
        ("https://doi.org/10.1145/3689736", "10.1145/3689736"),
        ("http://dx.doi.org/10.1145/3689736", "10.1145/3689736"),
        ("DOI: https://doi.org/10.1145/3689736", "10.1145/3689736"),
        ("https://doi.org/https://doi.org/10.1145/3689736", "10.1145/3689736"),
        ("https://dl.acm.org/doi/pdf/10.1145/3689736?download=true", "10.1145/3689736"),
        (
            "https://www.frontiersin.org/articles/10.3389/ftest.2015.00123/full",
            "10.3389/ftest.2015.00123",
        ),
        ("https://doi.org/10.1002/%28SICI%291097", "10.1002/(SICI)1097"),
        ("doi.org/10.1002/a%20b", "10.1002/a%20b"),
        ("-", ""),
        ("", ""),
        ("n/a", ""),
    ],
)
def test_a_doi_is_found_in_what_people_paste(text: str, doi: str) -> None:
    assert parse_doi(text) == doi


@pytest.mark.parametrize("text", ["https://example.org/x", "paper", "10.1145/1 10.1145/2"])
def test_what_is_no_doi_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_doi(text)
    assert str(refused.value) == (
        f"'{text}' is no DOI; write it as 10.1145/3689736, or leave the cell empty"
    )


@pytest.mark.parametrize(
    ("text", "identifier", "url"),
    [
        ("2310.15991", "2310.15991", "https://arxiv.org/abs/2310.15991"),
        ("arXiv:2310.15991v2", "2310.15991v2", "https://arxiv.org/abs/2310.15991v2"),
        ("arXiv preprint arXiv:2310.15991", "2310.15991", "https://arxiv.org/abs/2310.15991"),
        ("1211.0123", "1211.0123", "https://arxiv.org/abs/1211.0123"),
        ("hep-th/9901001", "hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("https://arxiv.org/abs/1811.01234", "1811.01234", "https://arxiv.org/abs/1811.01234"),
        (
            "https://arxiv.org/pdf/1811.01234v3.pdf",
            "1811.01234v3",
            "https://arxiv.org/abs/1811.01234v3",
        ),
        ("10.48550/arXiv.2510.01234", "2510.01234", "https://arxiv.org/abs/2510.01234"),
        (
            "https://doi.org/10.48550/arXiv.2510.01234",
            "2510.01234",
            "https://arxiv.org/abs/2510.01234",
        ),
        (
            "2023.01.02.123456",
            "10.1101/2023.01.02.123456",
            "https://doi.org/10.1101/2023.01.02.123456",
        ),
    ],
)
def test_an_arxiv_id_is_found_in_what_people_paste(text: str, identifier: str, url: str) -> None:
    assert parse_arxiv(text) == identifier
    assert arxiv_url(identifier) == url


def test_no_arxiv_id_is_nothing_or_refused() -> None:
    assert parse_arxiv("–") == ""
    with pytest.raises(Refusal) as refused:
        parse_arxiv("2013.9")
    assert str(refused.value) == (
        "'2013.9' is no arXiv id; write it as 2310.15991, or leave the cell empty"
    )


@given(st.text())
def test_no_doi_gives_an_ugly_url(text: str) -> None:
    assert not UGLY.search(doi_url(f"10.1145/{text}"))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/files/paper.pdf", "files/paper.pdf"),
        ("/files/my%20paper.pdf?download#page=2", "files/my paper.pdf"),
        ("/files//a/./b/../c.pdf", "files/a/c.pdf"),
        ("/../etc/passwd", None),
        ("/files/../../x", None),
        ("/%2e%2e/x", None),
        ("/%2Fetc/passwd", "etc/passwd"),
        ("/..%5Cx", None),
        ("/C:/x", None),
        ("/a%00b", None),
        ("/", None),
        ("//example.org/x", None),
        ("https://example.org/x", None),
        ("mailto:me@example.org", None),
    ],
)
def test_a_site_path_never_leads_out(url: str, path: str | None) -> None:
    assert site_path(url) == path
