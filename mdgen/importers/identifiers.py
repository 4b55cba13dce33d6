"""DOIs and arXiv ids, wherever a reference manager put them."""

from __future__ import annotations

import re
from typing import Final

# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
# Where nothing stands beside it, it may have signs that end one elsewhere: Wiley's had `<693::3>`.
_WHOLE_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.\d{4,9}/[^\s\"]+)", re.IGNORECASE
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
# https://info.arxiv.org/help/arxiv_identifier.html: new ids since April 2007, old ones before.
_NEW_ID: Final = r"\d{4}\.\d{4,5}"
_OLD_ID: Final = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}"
_ARXIV_ID = re.compile(rf"(?P<id>{_NEW_ID}|{_OLD_ID})(?P<version>v\d+)?")
_ARXIV_NAMED = re.compile(
    rf"(?:arxiv(?:\.org/(?:abs|pdf|html)/|[\s:.]+)|\babs/)(?P<id>{_NEW_ID}|{_OLD_ID})(?:v\d+)?",
    re.IGNORECASE,
)

_KEY = re.compile(r"\s*@\w+\s*[{(]\s*([^\s,{}()]+)\s*,")


def doi_in(text: str) -> str:
    """Return the DOI that stands in `text` (bare, as a URL, after `doi:`), or nothing."""
    found = _WHOLE_DOI.fullmatch(text.strip()) or _DOI.search(text)
    if found is None:
        return ""
    doi = found[found.lastgroup or 0].rstrip(".,;")
    # A closing bracket belongs to a DOI only where it was opened: 10.1016/S0014(12)00-1
    return doi[:-1] if doi.endswith(")") and doi.count("(") < doi.count(")") else doi


def arxiv_in(text: str) -> str:
    """Return the arXiv id that `text` names as one (`arXiv:2310.15991v2`, its URL, its DOI)."""
    if "arxiv" not in (low := text.lower()) and "abs/" not in low:
        return ""
    found = _ARXIV_NAMED.search(text)
    return found["id"] if found else ""


def bare_arxiv(text: str) -> str:
    """Return the arXiv id when `text` is nothing else, with or without `arXiv:` and a version."""
    found = _ARXIV_ID.fullmatch(text.strip())
    return found["id"] if found else arxiv_in(text)


def arxiv_of_doi(doi: str) -> str:
    """Return the arXiv id behind one of arXiv's own DOIs, or nothing."""
    found = _ARXIV_DOI.fullmatch(doi)
    return bare_arxiv(found["id"]) if found else ""


def bibtex_key(entry: str) -> str:
    """Return the key of the BibTeX entry that `entry` begins with, or nothing."""
    found = _KEY.match(entry)
    return found[1] if found else ""
