"""Sheets as nobody keeps them: random bytes, and small sheets with some bytes changed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

from tests.sheets.makers import STRICT, archive, ods, ods_row, ole, xls, xlsx

if TYPE_CHECKING:
    from random import Random

_ROWS = (
    ("title", "date", "venue", "url"),
    (
        '"Excessive" is bad, José’s “view”',
        dt.date(2024, 5, 31),
        "Zürich; Genève",
        "https://a.example",
    ),
    ("two\nlines, and a \ttab", 2024, 'say "no"', True),
    ("NA", 0.5, "", "007"),
)

_TOKENS = (
    b'"',
    b'""',
    b"\\",
    b"\t",
    b",",
    b";",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
)
_XML_TOKENS = (
    b"<",
    b">",
    b"&",
    b'r="XFD1048576"',
    b'r="A0"',
    b'repeated="999999999"',
    b"-1",
    b"1e308",
    b'"',
)


def seeds() -> list[bytes]:
    """Return one small sheet of each sort."""
    text = "".join(
        "\t".join('"' + str(cell).replace('"', '""') + '"' for cell in row) + "\r\n"
        for row in _ROWS
    )
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "mac_roman", "gb18030")
    texts = [text.encode(encoding, errors="replace") for encoding in encodings]
    plain = [[str(cell) for cell in row] for row in _ROWS]
    return [
        *texts,
        *(text.replace("\t", delimiter).encode() for delimiter in ",;|"),
        text.replace("\r\n", "\r").encode(),
        text.replace('"', "").encode(),
        xlsx({"Notes": [["see Talks"]], "Talks": _ROWS}),
        xlsx({"Talks": _ROWS}, ns=STRICT),
        xls({"Talks": plain}),
        ods({"Talks": "".join(ods_row(*row) for row in plain) + ods_row(None, repeated=1_048_000)}),
    ]


def mutated(random: Random, sheets: list[bytes]) -> bytes:
    """Return bytes at random, or one of `sheets` with some of its bytes changed."""
    if random.random() < 0.1:
        return random.randbytes(random.choice((1, 3, 64, 700)))
    data = bytearray(random.choice(sheets))
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        _change(random, data)
    return bytes(data)


def _change(random: Random, data: bytearray) -> None:
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 1, 2, 8, 100)))
    match random.randrange(6):
        case 0:
            data[start:end] = random.randbytes(end - start)
        case 1:
            del data[start:end]
        case 2:
            data[start:start] = random.choice((*_TOKENS, *_XML_TOKENS))
        case 3:
            data[start:end] = random.choice((*_TOKENS, *_XML_TOKENS))
        case 4:
            data[start:start] = data[start:end] * random.choice((1, 50))
        case _ if start < len(data):
            data[start] ^= 1 << random.randrange(8)
        case _:
            del data[start // 2 :]


def repacked(random: Random, sheets: list[bytes]) -> bytes:
    """Return a workbook whose archive is whole, and one part of it changed."""
    data = random.choice([sheet for sheet in sheets if sheet.startswith((b"PK", b"\xd0\xcf"))])
    if data.startswith(b"\xd0"):
        records = bytearray(data[512:1536])
        _change(random, records)
        return ole("Workbook", bytes(records))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = random.choice(sorted(parts))
    part = bytearray(parts[name])
    for _ in range(random.choice((1, 1, 2, 5))):
        _change(random, part)
    return archive(parts | {name: bytes(part)})
