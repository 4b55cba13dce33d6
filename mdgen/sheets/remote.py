"""A sheet on the web → its bytes: a published Google Sheet, or any https address.

The standard library's client is enough, and starts faster than requests or httpx: this is one GET,
and neither of those bounds the whole time or the size by itself.
"""

from __future__ import annotations

import http.client
import queue
import re
import socket
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Final

from mdgen.problems import SheetError
from mdgen.sheets.limits import MAX_BYTES, refusal

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO
    from urllib.request import Request

MAX_SECONDS: Final = 60.0
"""For the whole of it, from the first packet to the last byte: a sheet of 10 MB over a slow
line.
"""

_WAIT: Final = 15.0
"""For one answer of the other side."""

_REDIRECTS: Final = range(300, 400)
_CHUNK: Final = 2**16
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_GOOGLE_HOST: Final = "docs.google.com"
_GOOGLE: Final = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?P<id>(?!e/)[\w-]+)")
_GOOGLE_PUBLISHED: Final = re.compile(r"/spreadsheets/(?:u/\d+/)?d/e/(?P<id>[\w-]+)/pub(?:html)?\b")

_NOT_SHARED: Final = (
    "is not shared; in Google Sheets choose Share > General access > Anyone with the link"
)


def export_address(address: str) -> str:
    """Return where the sheet itself is to be had: for a page of Google Sheets, its export."""
    parts = urllib.parse.urlsplit(address)
    if parts.hostname != _GOOGLE_HOST:
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
    return urllib.parse.urlunsplit(
        ("https", parts.netloc, path, urllib.parse.urlencode(wanted), "")
    )


def fetch(
    url: str, *, seconds: float = MAX_SECONDS, wait: float = _WAIT, size: int = MAX_BYTES
) -> bytes:
    """Return the bytes of the sheet at `url`, or raise SheetError, within `seconds`.

    The other side has `wait` seconds for each of its answers.
    """
    answers: queue.SimpleQueue[bytes | SheetError] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(_fetched(url, wait, size))
        except SheetError as error:
            answers.put(error)

    # Timeouts of sockets begin anew with each byte, and looking up a name has none: only another
    # thread bounds it all.
    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise refusal(
            url, f"did not arrive within {seconds:g} seconds; try again, or save the sheet here"
        ) from None
    if isinstance(answer, SheetError):
        raise answer
    return answer


def _fetched(url: str, wait: float, size: int) -> bytes:
    try:
        address = export_address(url)
        _refuse_unsafe(url, address)
        local = _is_local(address)
        handlers = [_Redirects(url), *([urllib.request.ProxyHandler({})] if local else [])]
        opener = urllib.request.build_opener(*handlers)
        opener.addheaders = [("User-Agent", "mdgen")]
        with opener.open(address, timeout=wait) as response:
            return _body(url, response, size)
    except urllib.error.HTTPError as error:
        with error:
            raise refusal(url, status_message(url, error.code, error.reason)) from None
    except urllib.error.URLError as error:
        raise refusal(url, f"cannot be reached: {_words(error.reason)}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise refusal(url, f"cannot be reached: {_words(error)}") from None


def _is_local(address: str) -> bool:
    return urllib.parse.urlsplit(address).hostname in _LOCAL


def _refuse_unsafe(url: str, address: str, *, local: bool = True) -> None:
    """Refuse what is not https: anyone could change it on its way. Here at home, http will do."""
    scheme = urllib.parse.urlsplit(address).scheme.lower()
    if scheme == "https" or (scheme == "http" and local and _is_local(address)):
        return
    shown = "it" if address == url else f"it leads to '{address[:100]}', which"
    raise refusal(url, f"is not read: {shown} does not begin with https://")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, each to an address that would be read by itself."""

    max_redirections = 5
    max_repeats = 2

    def __init__(self, url: str) -> None:
        self._url = url

    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature of urllib
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        try:
            _refuse_unsafe(self._url, newurl, local=_is_local(req.full_url))
        except SheetError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _body(url: str, response: http.client.HTTPResponse, size: int) -> bytes:
    refuse_login(url, response.url)
    told = response.headers.get("Content-Length", "")
    expected = int(told) if told.isascii() and told.isdigit() else None
    chunks: list[bytes] = []
    received = 0
    while received <= size and (expected is None or expected <= size):
        chunk = response.read1(_CHUNK)
        if not chunk:
            break
        chunks.append(chunk)
        received += len(chunk)
    else:
        raise refusal(
            url, f"is larger than {size / 2**20:g} MB, which no sheet of pages is; split it"
        )
    if expected is not None and received < expected:
        raise refusal(url, f"broke off after {received:,} of {expected:,} bytes; try again")
    return b"".join(chunks)


def refuse_login(url: str, address: str) -> None:
    """Refuse the page to which Google leads those who may not read a sheet."""
    if urllib.parse.urlsplit(address).hostname == "accounts.google.com":
        raise refusal(url, _NOT_SHARED)


def status_message(url: str, code: int, reason: str) -> str:
    """Return what an answer other than 200 means for the person."""
    if code in {401, 403}:
        if urllib.parse.urlsplit(url).hostname == _GOOGLE_HOST:
            return _NOT_SHARED
        return f"is not for everyone to read ({code} {reason}); make it public or save it here"
    if code in {404, 410}:
        return f"is not there ({code} {reason})"
    if code in _REDIRECTS and "not allowed" in reason:
        return "is not read: it leads to an address that does not begin with https://"
    if code in _REDIRECTS:
        return "leads from one address to another without end"
    return f"cannot be had: the server answers {code} {reason}"


def _words(reason: object) -> str:
    if isinstance(reason, ssl.SSLError):
        return f"its certificate or encryption fails ({reason.reason or reason})"
    if isinstance(reason, socket.gaierror):
        return "no server of this name is known"
    if isinstance(reason, TimeoutError):
        return "the server does not answer"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror.lower()
    return " ".join(str(reason).split())[:200] or type(reason).__name__
