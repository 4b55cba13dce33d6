"""Text as typed: what is refused, what was escaped for another program's sake, and plain text."""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import html5

from mdgen.problems import Refusal

# C0 and C1 but for the whitespace among them, halves of surrogate pairs, and non-characters.
_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
# Word's soft line break is a vertical tab; InDesign and the Mac's Pages paste LS and PS.
_PARAGRAPH = re.compile("\u2029")
_LINE = re.compile("\r\n?|[\v\f\x85\u2028]")
# Not \s: a no-break space is there because somebody wanted it.
_SPACES = re.compile("[ \t\n\r\v\f\x85\u2028\u2029]+")
_SPACE = " \t\n\r\v\f\x85\u2028\u2029"
# Printable ASCII without what means something to HTML or was escaped, and with single spaces.
_SAME_AS_HTML = re.compile(r"[!#-%(-;=?-\[\]-~]+(?: [!#-%(-;=?-\[\]-~]+)*")

# MathJax makes links of \href, those of scripts too, and commands of what stands after \csname.
_TEX_LINK = re.compile(
    r"\\(?:csname(?![A-Za-z])|href(?![A-Za-z])(?!\s*\{\s*(?:https?:|mailto:|[/#])))[^\n]{0,20}"
)

ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
_SHOWN_AT_MOST = 60


def checked(text: str) -> str:
    """Return `text` with its line breaks as LF.

    Raises `Refusal` for what no page can show, and for TeX that could link to a script.
    """
    meant = unescape(text) if "&" in text else text
    if "\\" in meant and (link := _TEX_LINK.search(meant)):
        raise Refusal(
            f"'{link[0]}' is TeX that can link to a script; write \\href{{https://…}}{{…}},"
            " or take it out"
        )
    if text.isprintable():
        return text
    if found := _REFUSED.search(text):
        raise Refusal(_refusal(text, found))
    return _LINE.sub("\n", _PARAGRAPH.sub("\n\n", text))


def one_line(text: str) -> str:
    """Return `text` on one line, each run of whitespace as one space; no-break spaces stay.

    Raises `Refusal` for control characters, lone surrogates and non-characters.
    """
    text = checked(text)
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return _SPACES.sub(" ", text.strip(_SPACE))


def plain(text: str) -> str:
    r"""Return the text that a person meant: nothing in it is escaped for anybody's sake.

    What the theme's old scripts wanted escaped is undone once: `&amp;` and every other complete
    character reference, `\"`, and quotes doubled inside of quotes. Line breaks are kept, as LF.
    Raises `Refusal` for control characters, lone surrogates and non-characters.
    """
    text = unwrapped(checked(text)).strip(_SPACE)
    if "&" in text:
        text = ENTITY.sub(_meant, text)
    return text.replace(r"\"", '"') if "\\" in text else text


def raw(text: str) -> str:
    """Return `text` as HTML for keys that the theme prints as they are; quotes are escaped too.

    The result is on one line. Raises `Refusal` as `plain` does.
    """
    if not text or _SAME_AS_HTML.fullmatch(text):
        return text
    return escape(one_line(plain(text)))


def unwrapped(text: str) -> str:
    """Return `text` without the quotes of a CSV field that were taken for its text.

    `"The ""Moon"" effect"` → `The "Moon" effect`. Text that is merely quoted stays quoted.
    """
    if '""' not in text or len(text) < 3 or text[0] != '"' or text[-1] != '"':  # noqa: PLR2004
        return text
    inside = text[1:-1]
    return text if '"' in inside.replace('""', "") else inside.replace('""', '"')


def character(entity: re.Match[str]) -> str | None:
    """Return the character that a match of `ENTITY` means, or `None` where it means none."""
    decimal, hexadecimal, name = entity.groups()
    if name is not None:
        return html5.get(f"{name};")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code > 0x10FFFF or _REFUSED.match(chr(code)):  # noqa: PLR2004 - the last of Unicode
        return None
    return unescape(entity[0])


def _meant(entity: re.Match[str]) -> str:
    return character(entity) or entity[0]


def _refusal(text: str, found: re.Match[str]) -> str:
    code = ord(found[0])
    start = max(0, found.start() - 30)
    shown = ("…" if start else "") + text[start : start + _SHOWN_AT_MOST]
    shown += "…" if start + _SHOWN_AT_MOST < len(text) else ""
    shown = _REFUSED.sub(lambda char: f"<U+{ord(char[0]):04X}>", shown)
    kind = "the control character"
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
        kind = "half of a character that was cut in two,"
    elif code > 0x9F:  # noqa: PLR2004 - the last control character
        kind = "what Unicode calls no character,"
    return f"'{shown}' holds {kind} U+{code:04X}, which no page can show; type it again without"
