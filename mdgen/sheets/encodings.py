"""Bytes of a text file → its text, and in which encoding it was written.

UTF-8 and UTF-16 prove themselves. What older programs write is found by trying: charset-normalizer
names what else is possible, and `likeness` judges what each encoding makes of the bytes beyond
ASCII. The detector's own order is not followed: it weighs blocks of text, and in a sheet one name
in a thousand ASCII words carries an accent.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem
from mdgen.sheets.likeness import likeness
from mdgen.sheets.limits import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LEGACY: Final = {
    "cp1252": "cp1252",
    "mac_roman": "mac_roman",
    "cp932": "shift_jis",
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp949": "euc_kr",
    "euc_jp": "euc_jp",
    "cp1251": "cp1251",
    "koi8_r": "koi8_r",
    "cp1253": "cp1253",
    "cp1250": "cp1250",
    "cp1254": "cp1254",
}
"""What Excel writes in the West, in East Asia and in Eastern Europe: codec → what people call it.

Of two that make equally good text the earlier one is taken.
"""

_SAMPLE_LINES: Final = 500
_SAMPLE_BYTES: Final = 100_000
_SEPARATOR: Final = re.compile(r"[\t\r\n,;|]")
_WHOLE: Final = re.compile("[^\0-\x7f\udc80-\udcff]")
_BROKEN: Final = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text: as UTF-8, its line breaks LF, and what the person should hear about it."""

    content: bytes
    notices: tuple[Problem, ...] = ()


def decode(source: str, data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data` as `encoding` or what it proves to be; raise SheetError where it is no text."""
    if encoding is not None:
        return _decoded(source, _strictly(source, data, encoding, encoding))
    for mark, name in _BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if name == "utf-8":
                return _utf8(source, rest)
            return _decoded(
                source, _strictly(source, rest, name, "UTF-16" if "16" in name else "UTF-32")
            )
    if b"\0" in data:
        return _decoded(source, _utf16_without_mark(source, data))
    return _utf8(source, data)


def _decoded(source: str, text: str, *notices: Problem) -> Decoded:
    # A lone surrogate (UTF-7 can spell one) has no place in UTF-8.
    content = text.removeprefix("\ufeff").encode(errors="replace")
    return Decoded(_with_lf(source, content), notices)


def _with_lf(source: str, content: bytes) -> bytes:
    """Write every line break as LF; a lone CR is what spreadsheet programs on a Mac write."""
    if b"\0" in content:
        line = len(re.findall(rb"\r\n?|\n", content[: content.index(b"\0")])) + 1
        raise refusal(
            source,
            "holds a NUL character here: it is no text, or was damaged; save it anew",
            row=line,
        )
    if b"\r" not in content:
        return content
    if re.search(rb"\r(?!\n)", content):
        return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content.translate(None, b"\r")


def _strictly(source: str, data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line(data[: error.start].decode(encoding, errors="replace"))
        broken = data[error.start : error.start + 1].hex().upper()
        message = (
            f"is not {name}: byte {broken} here is no character of it; --encoding names another"
        )
        raise refusal(source, message, row=line) from None
    except (LookupError, ValueError):
        message = (
            f"'{encoding[:60]}' is no known encoding; try utf-8, cp1252, mac_roman, shift_jis …"
        )
        raise refusal(source, message) from None


def _line(before: str) -> int:
    return len(re.findall(r"\r\n?|\n", before)) + 1


def _utf16_without_mark(source: str, data: bytes) -> str:
    """Decode UTF-16 by where its NULs are: each tab and line break has one."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or not _SEPARATOR.search(text):
        line = _line(data[: data.index(0)].decode("latin-1"))
        raise refusal(
            source,
            "holds a NUL character here: it is no text, or was damaged; save it anew",
            row=line,
        )
    return text


def _utf8(source: str, data: bytes) -> Decoded:
    data = data.rstrip(b"\x1a")  # Ctrl-Z, by which old programs know the end
    if data.isascii():
        return Decoded(_with_lf(source, data))
    try:
        data.decode()
    except UnicodeDecodeError:
        return _mended_utf8(source, data) or _legacy(source, data)
    notices = []
    lost = data.find(b"\xef\xbf\xbd")
    if lost >= 0:
        message = "holds \ufffd where an earlier conversion lost a character; type it anew"
        notices = [Problem(Place(source, _line(data[:lost].decode())), message)]
    return Decoded(_with_lf(source, data), tuple(notices))


def _mended_utf8(source: str, data: bytes) -> Decoded | None:
    """Read UTF-8 into which other lines were pasted; None where it is rather another encoding."""
    sample = _sample(data)
    text = sample.decode(errors="surrogateescape")
    if len(_WHOLE.findall(text)) <= len(_BROKEN.findall(text)):
        return None
    likely = {name: likeness(_filled(text, name)) for name in ("cp1252", "mac_roman")}
    best = max(likely, key=lambda name: likely[name])
    others = (likeness(reading) for _, reading in _readings(sample, _LEGACY))
    if max(others, default=0) > max(0, likely[best]):
        return None
    return _filled_in(source, data.decode(errors="surrogateescape"), best)


def _filled_in(source: str, text: str, encoding: str) -> Decoded:
    places = list(_BROKEN.finditer(text))
    line = _line(text[: places[0].start()])
    pasted = "\n".join(part for part in re.split(r"[\r\n]", text) if _BROKEN.search(part))
    if likeness(_filled(pasted, encoding)) <= 0:
        byte = places[0][0].encode(errors="surrogateescape")[:1].hex().upper()
        message = (
            f"is UTF-8, but byte {byte} here is not; type the character anew and save as UTF-8"
        )
        raise refusal(source, message, row=line)
    message = (
        f"is UTF-8, but for {len(places)} places from here on, read as {encoding};"
        " save it as UTF-8 to be sure"
    )
    return _decoded(source, _filled(text, encoding), Problem(Place(source, line), message))


def _filled(text: str, encoding: str) -> str:
    return _BROKEN.sub(
        lambda broken: (
            broken[0].encode(errors="surrogateescape").decode(encoding, errors="replace")
        ),
        text,
    )


def _legacy(source: str, data: bytes) -> Decoded:
    # Mac Roman gives every byte a meaning, so one of them always fits.
    encoding, text = next(_readings(data, _ranked(_sample(data)), whole=True))
    name = _LEGACY.get(encoding, encoding)
    notice = Problem(Place(source), f"read as {name}; save it as UTF-8 to be sure")
    return _decoded(source, text, notice)


def _sample(data: bytes) -> bytes:
    """Return the lines that tell encodings apart: those with bytes beyond ASCII."""
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    return b"\n".join(lines[:_SAMPLE_LINES])[:_SAMPLE_BYTES]


def _ranked(sample: bytes) -> list[str]:
    """Return the encodings in which `sample` can be, the likeliest first.

    What no spreadsheet program writes (code pages of DOS, say) comes after all that look right.
    """
    likely = {encoding: likeness(text) for encoding, text in _readings(sample, _LEGACY)}
    ranked = sorted(likely, key=lambda encoding: -likely[encoding])
    if ranked and likely[ranked[0]] > 0:
        return ranked
    from charset_normalizer import from_bytes  # noqa: PLC0415 - start-up time: few sheets need it

    possible = dict.fromkeys(match.encoding for match in from_bytes(sample))
    likely |= {encoding: likeness(text) for encoding, text in _readings(sample, possible)}
    return sorted(likely, key=lambda encoding: -likely[encoding])


def _readings(
    data: bytes, encodings: Iterable[str], *, whole: bool = False
) -> Iterator[tuple[str, str]]:
    """Give each encoding that `data` can be in, and its text; its end may be cut unless `whole`."""
    for encoding in encodings:
        try:
            yield encoding, codecs.getincrementaldecoder(encoding)().decode(data, whole)
        except UnicodeDecodeError:
            continue
