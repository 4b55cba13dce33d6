"""A public geocoder, asked only when a person says so: Nominatim, through geopy.

Its rules (https://operations.osmfoundation.org/policies/nominatim/): a user agent of one's own, at
most one request a second, answers kept; they go to `data/places.csv`.
"""

from __future__ import annotations

import time
from typing import Protocol

from mdgen.places.coordinates import Coordinates
from mdgen.problems import MdgenError


class _Answer(Protocol):
    latitude: float
    longitude: float


class _Geopy(Protocol):
    def geocode(self, query: str) -> _Answer | None: ...


USER_AGENT = "mdgen (talk map of an academicpages site)"
_SECONDS_BETWEEN = 1.0
_TIMEOUT_SECONDS = 10.0
_RETRIES = 2


class Nominatim:
    """Asks a Nominatim server where places are, at most once a second."""

    def __init__(
        self,
        server: str = "https://nominatim.openstreetmap.org",
        *,
        seconds_between: float = _SECONDS_BETWEEN,
        timeout: float = _TIMEOUT_SECONDS,
    ) -> None:
        """Take the server's address; an `MdgenError` names the extra where geopy is missing."""
        try:
            from geopy.geocoders import (  # type: ignore[import-untyped]  # noqa: PLC0415 - start-up time
                Nominatim as Geopy,
            )
        except ModuleNotFoundError as error:
            raise MdgenError(
                "--geocoder nominatim needs the package geopy; "
                "install it with: pip install 'mdgen[map]'"
            ) from error
        scheme, _, domain = server.rstrip("/").rpartition("://")
        self._server = server
        self._geopy: _Geopy = Geopy(
            user_agent=USER_AGENT, domain=domain, scheme=scheme or "https", timeout=timeout
        )
        self._seconds_between = seconds_between
        self._next = 0.0

    def find(self, place: str) -> Coordinates | None:
        """Give where the place is, or None where the server knows no such place.

        An `MdgenError` says when the server cannot be reached, is busy, or refuses.
        """
        from geopy.exc import (  # type: ignore[import-untyped]  # noqa: PLC0415 - start-up time
            GeopyError,
        )

        for attempt in range(1, _RETRIES + 2):
            self._wait()
            try:
                answer = self._geopy.geocode(place)
            except GeopyError as error:
                if attempt > _RETRIES:
                    raise MdgenError(
                        f"{self._server} does not answer ({error or type(error).__name__}); "
                        "run it again later, what was found is kept"
                    ) from error
            else:
                return (
                    None
                    if answer is None
                    else Coordinates(round(answer.latitude, 5), round(answer.longitude, 5))
                )
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _wait(self) -> None:
        pause = self._next - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._next = time.monotonic() + self._seconds_between
