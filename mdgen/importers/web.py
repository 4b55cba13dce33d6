"""One way to ask a web service: bounded in time, size and tries."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_BYTES: Final = 2**26
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_LONGEST_PAUSE: Final = 30.0


def get_json(
    url: str,
    *,
    timeout: float = 20.0,
    tries: int = 3,
    pause: Callable[[float], None] = time.sleep,
) -> bytes:
    """Return what `url` answers with, asked for as JSON.

    A service that is busy or fails is asked again, up to `tries` times in all, after the pause that
    it names or one, two, four … seconds. `timeout` is in seconds, for each try. Raises `MdgenError`
    that says in words what went wrong: no answer, not found, too large, not http or https.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise MdgenError(f"'{url}' is no web address; it should begin with https://")
    for attempt in range(tries - 1):
        try:
            return _asked(url, timeout)
        except _TryAgainError as error:
            pause(min(error.wait or 2.0**attempt, _LONGEST_PAUSE))
    try:
        return _asked(url, timeout)
    except _TryAgainError as error:
        raise MdgenError(f"{url}: {error}; try again later") from error


class _TryAgainError(Exception):
    """It may go well another time; `wait` is what the service asks for, in seconds."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _asked(url: str, timeout: float) -> bytes:
    request = urllib.request.Request(  # noqa: S310 - the scheme has been looked at
        url, headers={"Accept": "application/json", "User-Agent": "mdgen (academicpages)"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - as above
            data: bytes = answer.read(_MOST_BYTES + 1)
            missing = answer.length or 0
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in _AGAIN:
            wait = error.headers.get("Retry-After", "")
            raise _TryAgainError(
                f"the service answers {error.code}", float(wait) if wait.isdecimal() else 0.0
            ) from error
        said = "there is nothing at this address" if error.code == 404 else "the service refuses"  # noqa: PLR2004
        raise MdgenError(f"{url}: {said} ({error.code})") from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise _TryAgainError(f"no answer ({reason})") from error
    if len(data) > _MOST_BYTES:
        raise MdgenError(f"{url}: the answer is larger than {_MOST_BYTES >> 20} MB")
    if missing:  # urllib says so only when asked for everything
        raise _TryAgainError("the answer breaks off")
    return data
