"""A sheet on the web → its bytes: a published Google Sheet, or any https address.

The standard library's client is enough, and starts faster than requests or httpx: one GET with bounds that are our own
(neither of those bounds the whole time, or the size, by itself).
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Final

from mdgen.sheets.limits import MAX_BYTES, refusal

if TYPE_CHECKING:
    from email.message import Message

MAX_SECONDS: Final = 60.0
"""For the whole of it, from the first packet to the last byte: a sheet of 10 MB over a slow line."""

_WAIT: Final = 15.0
"""For one answer of the other side."""

_CHUNK: Final = 2**16
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_GOOGLE: Final = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?P<id>(?!e/)[\w-]+)")
_GOOGLE_PUBLISHED: Final = re.compile(r"/spreadsheets/(?:u/\d+/)?d/e/(?P<id>[\w-]+)/pub(?:html)?\b")


def is_address(sheet: str) -> bool:
    """Say whether `sheet` is a web address rather than a path."""
    return re.match(r"https?://", sheet, re.IGNORECASE) is not None


def export_address(address: str) -> str:
    """Return where the sheet itself is to be had: for a page of Google Sheets, its export."""
    parts = urllib.parse.urlsplit(address)
    if parts.hostname != "docs.google.com":
        return address
    told = urllib.parse.parse_qs(parts.query) | urllib.parse.parse_qs(parts.fragment)
    tab = {"gid": told["gid"][0]} if "gid" in told else {}
    if published := _GOOGLE_PUBLISHED.search(parts.path):
        wanted = {"output": "csv", "single": "true", **tab} if tab else {"output": "xlsx"}
        path = f"/spreadsheets/d/e/{published['id']}/pub"
    elif (edited := _GOOGLE.search(parts.path)) and not parts.path.endswith("/export"):
        # The workbook keeps its links and dates; one tab alone is to be had as CSV.
        wanted = {"format": "csv", **tab} if tab else {"format": "xlsx"}
        path = f"/spreadsheets/d/{edited['id']}/export"
    else:
        return address
    return urllib.parse.urlunsplit(("https", parts.netloc, path, urllib.parse.urlencode(wanted), ""))


def fetch(url: str, *, seconds: float = MAX_SECONDS, size: int = MAX_BYTES) -> bytes:
    """Return the bytes of the sheet at `url`; raise SheetError, in at most `seconds`, where there are none."""
    address = export_address(url)
    _check(url, address)
    deadline = time.monotonic() + seconds
    opener = urllib.request.build_opener(_Redirects(url, deadline), _NoCookies())
    request = urllib.request.Request(address, headers={"User-Agent": "mdgen", "Accept": "*/*"})  # noqa: S310 - checked
    try:
        with opener.open(request, timeout=min(_WAIT, seconds)) as response:
            return _body(url, response, deadline, size)
    except urllib.error.HTTPError as error:
        with error:
            raise refusal(url, _status(error.code, error.reason)) from None
    except urllib.error.URLError as error:
        raise refusal(url, f"cannot be reached: {_reason(error.reason)}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise refusal(url, f"cannot be reached: {_reason(error)}") from None
