"""The address of a tile server, as the settings name it."""

from __future__ import annotations

import re

from mdgen.problems import Refusal

_ADDRESS = re.compile(r"(?P<host>https?://[\w.:-]+)?/[^\s\"'<>;]*")


def tile_host(url: str) -> str:
    """Give the source that a content security policy must allow for the tiles at `url`.

    That is the host, or `'self'` for a path on the site. A `Refusal` says what is no such address.
    """
    found = _ADDRESS.fullmatch(url)
    if not found or any(name not in url for name in ("{z}", "{x}", "{y}")):
        raise Refusal(
            f"'{url}' is no address of map tiles; write one such as "
            "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
        )
    return found["host"] or "'self'"
