"""Slugs: the part of a page's name and address after its date.

A slug that people typed is kept letter for letter while a URL and a file name can bear it, since
links to the page exist: letters, digits, and `- _ ~ + , ! = @ ( )`. What others do (seen with
Jekyll 4.3): `:x` and a bare `%` abort the build, `%41` becomes `A`, a dot makes a file without
`.html`, `?` and `#` end the path for every browser, Windows has no file names with `* " < > |`,
quotes, `&`, `;` and `$` mean something in HTML or a shell. Letters of other scripts work in a file
name, but turn into `%C3%A9` in every link that is copied.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from mdgen.problems import Refusal

LONGEST_FROM_TITLE = 60

# File systems give a name 255 bytes; `2024-10-20-` and `.md` take 14 of them, and the rest is left
# to the suffix of the temporary file that is written first.
LONGEST = 230

UNTITLED = "untitled"
"""The slug of a title that has no letter or digit at all (`???`)."""

_SAFE = re.compile(r"(?=[^A-Za-z0-9]*[A-Za-z0-9])[A-Za-z0-9_][A-Za-z0-9_~+,!=@()-]*")
_NOTHING = re.compile(r"#?n\.?/a\.?", re.IGNORECASE)
_NOT_IN_SLUGS = re.compile(r"[^A-Za-z0-9_]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ´`](?=\w)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]+")
_ALEFS = str.maketrans(dict.fromkeys("اأإآ", "a"))  # slugify leaves these vowels out
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def parse_slug(text: str) -> str:
    """Return the slug a cell asks for: `text` itself if that is safe, else the nearest safe one.

    Of a pasted URL or path the last segment is taken, and endings such as `.html` or `.pdf` go. The
    result is safe in a URL and a file name, at most 230 characters, and gives itself when parsed
    again; it is empty when nothing in `text` could be in a slug.
    """
    text = text.strip()
    if _NOTHING.fullmatch(text):
        return ""
    if _SAFE.fullmatch(text) and len(text) <= LONGEST:
        return _unreserved(text)
    plain = _APOSTROPHE.sub("", _TAG.sub("", html.unescape(text)))
    slug = _NOT_IN_SLUGS.sub("-", _ascii(_last_segment(plain.strip())))
    slug = _cut(slug.strip("-"), LONGEST)
    return _unreserved(slug) if _SAFE.fullmatch(slug) else ""


def parse_file_name(text: str) -> str:
    """Return the name of a page's file, without its ending, as typed.

    Unlike a slug it may hold dots, spaces and letters of any script: it names a file that is there.
    Raises `Refusal` for what some file system or Jekyll (which passes over names that begin with
    `.`, `_`, `#` or `~`) would not take.
    """
    name = text.strip()
    fits = len(name.encode("utf-8", "surrogatepass")) <= LONGEST and name.isprintable()
    if fits and _FILE_NAME.fullmatch(name) and not _RESERVED.fullmatch(name.partition(".")[0]):
        return name
    raise Refusal(
        f"'{name if len(name) <= _SHOWN else name[: _SHOWN - 1] + '…'}' is no name for the file of"
        " a page; write it without folder and ending, such as 2014-spring-course"
    )


_FILE_NAME = re.compile(r'(?![._#~])[^%<>:"/\\|?*]+(?<![ .~])')
_SHOWN = 60


def slug_from(title: str) -> str:
    """Return a slug made from a title: `a-z`, `0-9` and `-`, at most 60 characters, cut at a word.

    Markup, entities and LaTeX commands are left out; other scripts are written in Latin letters.
    Never empty: a title without a letter or digit gives `untitled`.
    """
    text = title
    if not _PLAIN.fullmatch(title):
        text = _ascii(_without_markup(title))
    slug = _NOT_IN_WORDS.sub("-", text.lower()).strip("-")
    return _unreserved(_cut(slug, LONGEST_FROM_TITLE)) or UNTITLED


_PLAIN = re.compile(r"[A-Za-z0-9 :;.!?()/\n\t-]*")
_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_MATH = re.compile(r"\$\$?([^$]+)\$\$?|\\\(((?:(?!\\\().)+?)\\\)")
_FORMATTING = re.compile(
    r"\\(?:math[a-z]*|text[a-z]*|emph|rm|bf|it|mbox|operatorname|left|right|boldsymbol|displaystyle)(?![a-z])"
)
_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[Hcuvkr](?=\{|\s\w))\s?(?=[{\w])")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NAMED = (
    (re.compile(r"(?<![A-Za-z])[Cc]\+\+"), "cpp"),
    (re.compile(r"(?<![A-Za-z])([CFcf])#"), r"\1sharp"),
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),
    (re.compile(r"&"), " and "),
)


def _without_markup(title: str) -> str:
    text = html.unescape(html.unescape(title))
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    text = _MATH.sub(lambda found: re.sub(r"[_^{}]", "", found[1] or found[2]), text)
    if "\\" in text:
        text = _ACCENT.sub("", _FORMATTING.sub("", text))
        text = _COMMAND.sub(r" \1 ", text)
    text = _APOSTROPHE.sub("", re.sub(r"[{}]", "", text))
    for pattern, word in _NAMED:
        text = pattern.sub(word, text)
    return text


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return _OTHER_SCRIPT.sub(lambda found: _in_latin(found[0]), unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def _in_latin(run: str) -> str:
    """Write a run of other letters in Latin ones; what is no letter parts words."""
    from slugify import slugify  # noqa: PLC0415 - start-up time

    letters = "".join(
        char if unicodedata.category(char)[0] in "LMN" else " " for char in run
    ).translate(_ALEFS)
    latin = slugify(letters, lowercase=False, separator=" ")
    if _WIDE.search(letters):
        return f" {latin} "
    return letters[: len(letters) - len(letters.lstrip())] + latin + " " * letters.endswith(" ")


_ENDING = re.compile(
    r"\.(?:md|markdown|html?|pdf|docx?|pptx?|ps|tex|bib|txt|php|aspx?)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|www\.", re.IGNORECASE)
_PATH = re.compile(
    r"\.{0,2}[/\\]|[A-Za-z]:\\"
    r"|(?:_?(?:publications?|talks?|teaching|experience|portfolio|posts|files|papers?|pdfs?))/",
    re.IGNORECASE,
)


def _last_segment(text: str) -> str:
    """Return what names the thing in a pasted URL or path; other text as it is."""
    if _ADDRESS.match(text):
        text = text.split("#", 1)[0]
    elif not _PATH.match(text):
        return _ENDING.sub("", unquote(text))
    segments = [part for part in re.split(r"[/\\]", text) if part.strip(" .")]
    return _ENDING.sub("", unquote(segments[-1]).strip()) if segments else ""


def _cut(slug: str, longest: int) -> str:
    """Shorten at a hyphen, or inside a word that is too long by itself."""
    if len(slug) <= longest:
        return slug
    end = slug.rfind("-", 1, longest + 1)
    return slug[: end if end > 0 else longest].rstrip("-")


def _unreserved(slug: str) -> str:
    """Keep clear of the device names of Windows."""
    return f"{slug}-page" if _RESERVED.fullmatch(slug) else slug
