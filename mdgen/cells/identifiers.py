"""DOIs and arXiv ids: as typed, bare or inside an address, and their URLs.

A DOI is `10.`, four to nine digits, `/`, and a name (https://www.doi.org/doi-handbook). An arXiv id
is `YYMM.NNNN` until December 2014, `YYMM.NNNNN` since, or `archive/YYMMNNN` before April 2007
(https://info.arxiv.org/help/arxiv_identifier.html). The numbers that bioRxiv and medRxiv give
(`2023.01.02.123456`) are kept in the same columns; they are the names of DOIs under 10.1101.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from mdgen.cells.quoted import quoted
from mdgen.problems import Refusal

_DOI = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s]+"
_BARE_DOI = re.compile(rf"(?:doi\s*[:=]?\s*)?(?:(?:dx\.|www\.)?doi\.org/+)?({_DOI})", re.IGNORECASE)
_DOI_INSIDE = re.compile(rf"(?:^|[/:=\s])({_DOI})", re.IGNORECASE)
_BIORXIV = re.compile(
    r"(?:(?:bio|med)rxiv\s*[:=]?\s*)?((?:20[0-9]{2})\.[01][0-9]\.[0-3][0-9]\.[0-9]{6,8}(?:v[0-9]+)?)",
    re.IGNORECASE,
)
_ARXIV_ID = (
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
    r"|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})(?:v[0-9]+)?"
)
_ARXIV = re.compile(rf"(?:(?i:arxiv(?:\s*preprint)?)\s*[:=]?\s*)*({_ARXIV_ID})(?:\s*\[[\w.-]+\])?")
_ARXIV_ADDRESS = re.compile(
    rf"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/[a-z]+/({_ARXIV_ID})(?:\.pdf)?/?(?:[?#].*)?"
)
_ARXIV_DOI = re.compile(rf"10\.48550/(?i:arxiv)\.({_ARXIV_ID})")
_NOTHING = re.compile(r"[-–—./#?]*|n/?a|nan|none|null|tb[acd]", re.IGNORECASE)


def find_doi(text: str) -> str | None:
    """Return the DOI that `text` is (`10.1145/…`, `doi:10.…`, `doi.org/10.…`), if it is one."""
    found = _BARE_DOI.fullmatch(text)
    return _readable(found[1]) if found else _biorxiv_doi(text)


def find_arxiv(text: str) -> str | None:
    """Return the arXiv id that `text` is, bare or after `arXiv:`, if it is one."""
    found = _ARXIV.fullmatch(text)
    return found[1] if found else None


def parse_doi(text: str) -> str:
    """Return the bare DOI, letter for letter, of a cell that holds one or its address.

    "" for nothing (`-`, `n/a`). Raises Refusal for anything else, and for several at once.
    """
    text = text.strip()
    if _NOTHING.fullmatch(text):
        return ""
    text = text.rstrip(" .,;")
    if doi := find_doi(text):
        return doi
    address = re.sub(r"^doi\s*[:=]?\s*(?=https?:)", "", text, flags=re.IGNORECASE)
    found = _DOI_INSIDE.findall(_readable(address))
    if not found or len(address.split()) > 1:
        raise Refusal(
            f"{quoted(text)} is no DOI; write it as 10.1145/3689736, or leave the cell empty"
        )
    return _shortest(found[-1])


def doi_url(doi: str) -> str:
    """Return the address of a bare DOI at https://doi.org."""
    return "https://doi.org/" + quote(doi, safe="/:;().,_-~!$'*+=@", errors="replace")


def parse_arxiv(text: str) -> str:
    """Return the bare arXiv id of a cell that holds one or its address; "" for nothing.

    A number of bioRxiv or medRxiv gives its DOI, which `arxiv_url` understands as well.
    """
    text = text.strip().rstrip(" .,;")
    if _NOTHING.fullmatch(text):
        return ""
    for pattern in (_ARXIV, _ARXIV_ADDRESS, _ARXIV_DOI):
        if found := pattern.fullmatch(text):
            return found[1]
    doi = find_doi(re.sub(r"^https?://(?=(?:dx\.)?doi\.org/)", "", text))
    if doi is None:
        raise Refusal(
            f"{quoted(text)} is no arXiv id; write it as 2310.15991, or leave the cell empty"
        )
    inside = _ARXIV_DOI.fullmatch(doi)
    return inside[1] if inside else doi


def arxiv_url(identifier: str) -> str:
    """Return the address of what `parse_arxiv` gave."""
    if identifier.startswith("10."):
        return doi_url(identifier)
    return f"https://arxiv.org/abs/{identifier}"


def _biorxiv_doi(text: str) -> str | None:
    found = _BIORXIV.fullmatch(text)
    return f"10.1101/{found[1]}" if found else None


def _readable(text: str) -> str:
    """Undo percent-encoding where that gives text without spaces and control characters."""
    plain = unquote(text)
    return plain if plain.isprintable() and " " not in plain else text


def _shortest(doi: str) -> str:
    """Drop what follows a DOI in a publisher's address: `/full`, `.pdf`, a query."""
    if "?" in doi or "#" in doi:
        doi = re.split("[?#]", doi, maxsplit=1)[0]
    return re.sub(r"(?:/(?:full|abstract|pdf|epdf|html|meta)|\.pdf|/)$", "", doi)
