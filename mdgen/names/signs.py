"""What people put around names in a cell: bold, links, signs of equal contribution."""

from __future__ import annotations

import re
from html import unescape

_MARKS = "*†‡#§¶⋆★♯"
# Stars of other fonts, as PDF has them; the envelope of a corresponding author.
_SAME = str.maketrans({"∗": "*", "⁎": "*", "＊": "*", "✉": None, "\ufe0f": None})
_NOTHING_TO_DO = re.compile(
    rf"[^{_MARKS}∗⁎＊✉<>&\[\]_\\^$~\d²³¹⁰⁴-⁹(\r\n\t\xa0\u200b\u2060\ufeff]*"
)

_SUP = re.compile(r"<sup\b[^>]*>(.*?)</sup\s*>", re.IGNORECASE | re.DOTALL)
_MATH_SIGN = re.compile(r"\$?\^\{?([^${}\s]*)\}?\$|\^\{([^{}]*)\}")
_BREAK = re.compile(r"<(?:br|/p|/li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])(.{1,80}?)(?<=[^\s*_])\1")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_NOT_A_MARK = re.compile(rf"[^{_MARKS}]+")

# `Lu^1`, `Lu [2,3]`, `Lu (0000-0001-2345-6789)`.
_FOOTNOTE = re.compile(
    r"(?<=[^\W\d_])(?:\^\d+(?:,\d+)*(?!\w)|\s*\[\d+(?:,\s*\d+)*\]|\s*\((?:\d{4}-){3}\d{3}[\dX]\))"
)
_EQUAL = re.compile(r"\s*\((?=[^()]*(?:equal|first|contribut))[^()]*\)", re.IGNORECASE)
_NOTE = re.compile(r"(?<=\S)\s*\((?=[^()]*[^\W\d_]{2})[^()]*\)\s*\.?\s*$")
_SIGN = rf"[{_MARKS}\d²³¹⁰⁴-⁹⁺]"
_LEADING = re.compile(rf"(?:[{_MARKS}]\s*)+")
_TRAILING = re.compile(
    rf"(?<=[^\W\d_])\s*{_SIGN}(?:{_SIGN}|[\s,])*$|(?<=\.)\s*[{_MARKS}][{_MARKS}\s]*$"
)


def plain_text(cell: str) -> str:
    """Give the cell's text without HTML and Markdown; signs and line ends stay."""
    if _NOTHING_TO_DO.fullmatch(cell):
        return cell
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", cell.translate(_SAME)))
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _SUP.sub(lambda match: _signs_of(match[1]), text)
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "^" in text:
        text = _MATH_SIGN.sub(lambda match: _signs_of(match[1] or match[2] or ""), text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = text.replace("\\*", "*").replace("\xa0", " ").replace("~", " ")
    return _NOTE.sub("", _EQUAL.sub("*", _BOLD.sub(r"\2", text)))


def take_signs(name: str) -> tuple[str, str]:
    """Part a name from its signs: "Yuan Xue*" gives "Yuan Xue" and "*".

    Digits (footnotes, affiliations) are dropped, and so is Markdown emphasis around the name.
    """
    if _NOTHING_TO_DO.fullmatch(name):
        return name, ""
    before = _LEADING.match(name)
    name_only = name[before.end() :] if before else name
    after = _TRAILING.search(name_only)
    typed_before = _signs_of(before[0]) if before else ""
    typed_after = _signs_of(after[0]) if after else ""
    if after:
        name_only = name_only[: after.start()]
    if name_only.startswith("_") and name_only.endswith("_"):
        name_only = name_only.strip("_")
    if typed_before == typed_after == "*":  # Markdown's emphasis, not two signs
        return name_only.strip(), ""
    return _NOTE.sub("", name_only).strip(), "".join(dict.fromkeys(typed_before + typed_after))


def _signs_of(text: str) -> str:
    return _NOT_A_MARK.sub("", text.replace(r"\dagger", "†").replace(r"\ast", "*"))
