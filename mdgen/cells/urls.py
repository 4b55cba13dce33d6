"""URL cells: what people paste where a link belongs, as addresses that are safe in an `href`.

No URL from here holds a quote `"`, `<`, `>`, white space or a control character, nor `{`, `}`, `|`,
a backslash or a back-tick: such characters are percent-encoded. Letters of all scripts stay as
typed (browsers take IRIs, and people can read them). Only http, https, mailto and paths on the site
are links; every other scheme is refused, however it is disguised.

A bare file name means the folder where the theme keeps such files: `paper.pdf` is
`/files/paper.pdf`, `photo.png` is `/images/photo.png`. `../files/paper.pdf` is meant from a page.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, unquote

from mdgen.cells.datewords import is_status
from mdgen.cells.identifiers import arxiv_url, doi_url, find_arxiv, find_doi, parse_arxiv, parse_doi
from mdgen.cells.quoted import quoted
from mdgen.problems import Refusal

__all__ = ["arxiv_url", "doi_url", "parse_arxiv", "parse_doi", "parse_urls", "site_path"]

_PLAIN = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9._~:/?#@!$'()*+=-]*[A-Za-z0-9_~/#=+-])?")
_NOTHING = re.compile(
    r"[#/.?*_–—−-]*|(?:https?://)?(?:www\.)?|https?:/?|#?n[./]?a\.?|nan|none|null|nil|undefined|no|"
    r"not available|unavailable|not yet|tb[acd]|todo|(?:coming )?soon|forthcoming|in press|"
    r"to appear|#ref!|0",
    re.IGNORECASE,
)


LONGEST = 4000
"""The longest cell, in characters, that is looked at for URLs."""


def parse_urls(text: str) -> tuple[str, ...]:
    """Return the URLs in a cell, in order and each once; () if it says that there is none.

    Raises Refusal, naming the piece that is no link.
    """
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return (text,)
    if len(text) > LONGEST:
        raise Refusal(f"{quoted(text)} is longer than any address; {_WAY_OUT}")
    pieces = _pieces(_decoded(text))
    urls = [_url(piece) for piece in pieces]
    for piece, url in zip(pieces, urls, strict=True):
        if url is None:
            raise Refusal(_why_not(piece, text if not any(urls) else piece, text))
    return tuple(dict.fromkeys(url for url in urls if url))


def site_path(url: str) -> str | None:
    """Return the file that a path on the site names, relative to the site's root, with `/`.

    Percent-decoded, without query and fragment. None for other URLs, for the root itself, and for
    paths that lead out of the site on any system.
    """
    if not url.startswith("/") or url.startswith("//"):
        return None
    path = unquote(re.split("[?#]", url, maxsplit=1)[0])
    if re.search(r"[\\\x00]", path):
        return None
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    if not parts or re.match(r"[A-Za-z]:", parts[0]):
        return None
    return "/".join(parts)


# --- from a cell to pieces ---

_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_MARKDOWN = re.compile(
    r"!?\[[^\[\]]*\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s<>]+))[^<>]*>(?:(?:(?!<a\b).)*?</a>)?",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED = re.compile(r"<((?:https?:|mailto:|www\.)[^<>]*)>", re.IGNORECASE)
_START = r"(?:https?://|www\.|mailto:|doi:|arxiv:|10\.[0-9]{4}|/?(?:files|images|assets)/)"
_S, _SS = r"\s{0,9}", r"\s{1,9}"
_STRONG = re.compile(
    rf"[\r\n\t]+|{_S}[|;,]{_S}(?={_START})|{_SS}/{_SS}(?={_START})|{_SS}(?:(?:and|&|or){_SS})?(?={_START})",
    re.IGNORECASE,
)
_WEAK = re.compile(rf"[;,]{_SS}|{_SS}\|{_SS}")
_NAMES = (
    r"(?:url|links?|pdf|web(?:site)?|home ?page|project|paper|preprint|code|github|data|video|"
    r"slides|poster|doi|arxiv|bibtex|demo)"
)
_LABEL_ENDS = re.compile(rf"(?:^|[\s;,|])(?:[a-z]{{2,12}}\s?[:=]|{_NAMES})\s*$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_NOTE = re.compile(r"\s+\([\w .,-]{1,40}\)$")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def _decoded(text: str) -> str:
    """Undo HTML entities, and drop the characters that nobody sees and browsers skip."""
    for _ in range(3):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char for char in text if char in "\t\r\n" or unicodedata.category(char) not in _HIDDEN
    )


def _pieces(text: str) -> list[str]:
    marked = _MARKDOWN.sub(r"\n\1\n", text)
    marked = _ANCHOR.sub(lambda found: f"\n{found[1] or found[2] or found[3] or ''}\n", marked)
    marked = _BRACKETED.sub(r"\n\1\n", marked)
    pieces: list[str] = []
    end = 0
    for found in _STRONG.finditer(marked):
        piece = marked[end : found.start()]
        if "\n" not in found[0] and _LABEL_ENDS.search(piece):
            continue  # `DOI: 10.1145/…` is one piece
        pieces += _weakly_split(piece)
        end = found.end()
    pieces += _weakly_split(marked[end:])
    return [bare for piece in pieces if (bare := _bare(piece))]


def _weakly_split(piece: str) -> list[str]:
    """Split at `, ` and `; `, unless that is in a file's name: `files/Smith, 2020.pdf`."""
    return [piece] if _is_one(piece) else _WEAK.split(piece)


def _bare(piece: str) -> str:
    """Take off the punctuation around a piece that is not its own."""
    piece = piece.rstrip("\t\n .,;").strip("\"'“”„«»` \t\n").rstrip(" .,;")
    if _NOTHING.fullmatch(piece) or (_WORDS.fullmatch(piece) and is_status(piece)):
        return ""
    piece = _NOTE.sub("", piece)
    if piece[:1] + piece[-1:] in {"()", "[]", "{}"}:
        piece = piece[1:-1]
    if piece.endswith(")") and piece.count(")") > piece.count("("):
        piece = piece[:-1]
    return piece.strip()


# --- from a piece to a URL ---

_LABEL = re.compile(
    rf"(?:{_NAMES}(?:\s*[:=]\s*|\s+)|(?:see|available at)\s*[:=]\s*)(?=https?://|www\.)",
    re.IGNORECASE,
)
_SLIP = re.compile(r"h{0,2}t{1,3}p{1,2}(s?)(?: ?:/{0,3}|;//|//|\.//) ?(?=[\w-]+\.)", re.IGNORECASE)
_SITE_VARIABLE = re.compile(r"\{\{[^{}]*\}\}(?=/)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"https?://[^/?#\s]*[\w][^/?#\s]*", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?([^\s@:/?\"<>]+@[\w.-]+\.\w{2,}(?:\?\S*)?)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]+)?(?:[/?#].*)?", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:", re.IGNORECASE)
_DOCUMENT = re.compile(
    r".*\.(?:pdf|ps|docx?|pptx?|xlsx?|odt|odp|ods|key|bib|ris|tex|txt|md|csv|tsv|json|zip|gz|tgz|tar|"
    r"html?|mp3|mp4|m4a|mov|avi|webm|ipynb|py|r|epub)(?:[?#]\S*)?",
    re.IGNORECASE | re.DOTALL,
)
_IMAGE = re.compile(
    r".*\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|ico)(?:[?#]\S*)?", re.IGNORECASE | re.DOTALL
)
_FOLDER = re.compile(
    r"(?:files?|images?|assets|static|docs?|documents|downloads?|pdfs?|papers?|publications?|talks?|"
    r"slides|posters?|data|media|uploads|teaching|projects?|_pages|bibtex)/",
    re.IGNORECASE,
)
_WAY_OUT = (
    "write an address that starts with https://, a path on the site such as /files/paper.pdf,"
    " or leave the cell empty"
)


def _url(piece: str) -> str | None:
    piece = _LABEL.sub("", piece, count=1)
    if doi := find_doi(piece):
        return doi_url(doi)
    if arxiv := find_arxiv(piece):
        return arxiv_url(arxiv)
    url = _web(piece) or _path(piece)
    return None if url is None else _encoded(url)


def _web(piece: str) -> str | None:
    """Return the address of a page elsewhere, or of a mailbox."""
    piece = _SLIP.sub(lambda found: f"http{found[1].lower()}://", piece, count=1)
    if re.match(r"//[^/?#]*\.", piece):
        piece = f"https:{piece}"
    if _WEB.match(piece):
        scheme, rest = piece.split(":", 1)
        return f"{scheme.lower()}:{rest}" if _is_one(rest) else None
    if found := _MAIL.fullmatch(piece):
        return f"mailto:{found[1]}"
    if _DOMAIN.fullmatch(piece) and _is_one(piece):
        return None if "/" not in piece and _is_file(piece) else f"https://{piece}"
    return None


def _path(piece: str) -> str | None:
    """Return a path on the site, from its root."""
    piece = _SITE_VARIABLE.sub("", piece, count=1)
    if _SCHEME.match(piece) or piece.startswith("\\") or not _is_one(piece):
        return None
    if piece.startswith("/"):
        return re.sub("^/{2,}", "/", piece)
    piece = piece.replace("\\", "/")
    inner = re.sub(r"^(?:\.{1,2}/)+", "", piece)
    if inner != piece or _FOLDER.match(inner):
        return f"/{inner}" if inner else None
    is_image = _IMAGE.fullmatch(inner)
    if not is_image and not _DOCUMENT.fullmatch(inner):
        return None
    if "/" in inner:
        return f"/{inner}"
    return f"/images/{inner}" if is_image else f"/files/{inner}"


def _is_one(text: str) -> bool:
    """Tell one address with spaces in its file name (`/files/my paper.pdf`) from running text."""
    words = text.split()
    if len(words) <= 1:
        return True
    *before, last = words
    if not _is_file(last) or any(_is_file(word.rstrip(",;")) for word in before):
        return False
    return not any("/" in word and _DOMAIN.fullmatch(word) for word in words[1:])


def _is_file(word: str) -> bool:
    return (_DOCUMENT.fullmatch(word) or _IMAGE.fullmatch(word)) is not None


_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w!#$%&'()*+,./:;=?@\[\]~-]")


def _encoded(url: str) -> str:
    return _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), url)


def _why_not(piece: str, named: str, cell: str) -> str:
    """Say what is wrong with `piece`; a word that is no URL is named with the text around it."""
    value = quoted(named)
    if _DRIVE.match(piece):
        return (
            f"{value} is a file on one computer; put it into the site's folder files and write"
            " /files/paper.pdf"
        )
    scheme = _SCHEME.match("".join(piece.split()))
    if scheme and scheme[1].lower() in {"http", "https"}:
        return f"{value} holds more than an address; keep only the address"
    if scheme:
        return f"{value} is no link for a page ({scheme[1].lower()}:); {_WAY_OUT}"
    return f"{quoted(cell)} is no URL; {_WAY_OUT}"
