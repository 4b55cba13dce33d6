"""Latitude and longitude: as values, and as people write them into cells."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from mdgen.problems import Refusal

_EARTH_RADIUS_KM = 6371.0

_ANGLE = re.compile(
    r"""\s*+(?P<sign>[-+−–])?\s*+
        (?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*+[°º]?\s*+
        (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*+['’′]\s*+
           (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*+(?:"|”|″|''|’’)\s*+)?)?
        (?P<side>[NSEWO])?\s*+""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point on the earth in degrees, north and east positive (WGS 84)."""

    latitude: float
    longitude: float

    def kilometres_to(self, other: Coordinates) -> float:
        """Give the distance along the surface, taking the earth for a sphere."""
        here, there = math.radians(self.latitude), math.radians(other.latitude)
        east = math.radians(other.longitude - self.longitude)
        chord = (
            math.sin((there - here) / 2) ** 2
            + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
        )
        return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def decimal(degrees: float) -> str:
    """Write degrees to six places, a tenth of a metre, without zeros at the end."""
    return f"{degrees + 0.0:.6f}".rstrip("0").rstrip(".")


def point(latitude: float | None, longitude: float | None) -> Coordinates | None:
    """Give the point of a row's two cells, None where both are empty; one alone is a `Refusal`."""
    if latitude is not None and longitude is not None:
        return Coordinates(latitude, longitude)
    if latitude is None and longitude is None:
        return None
    filled, empty = ("latitude", "longitude") if longitude is None else ("longitude", "latitude")
    raise Refusal(f"has a {filled} and no {empty}; fill in both, or neither")


def latitude(text: str) -> float:
    """Read a latitude: `51.5`, `51,5`, `51°30'N`, `-33.9`; anything else is a `Refusal`."""
    return _angle(text, "latitude", "NS", 90)


def longitude(text: str) -> float:
    """Read a longitude: `-0.12`, `0°7'12"W`, `151.2`; anything else is a `Refusal`."""
    return _angle(text, "longitude", "EWO", 180)


def _angle(text: str, what: str, sides: str, limit: int) -> float:
    found = _ANGLE.fullmatch(text)
    side = (found["side"] or "").upper() if found else ""
    if not found or (side and side not in sides):
        raise Refusal(
            f"'{text}' is no {what}; write degrees with a decimal point, such as 51.5074 or -0.1278"
        )
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    size = degrees + minutes / 60 + seconds / 3600
    if size > limit:
        raise Refusal(f"'{text}' is no {what}; it lies between -{limit} and {limit}")
    # "O" is west in the Romance languages (Ouest, Oeste, Ovest).
    negative = (found["sign"] or "+") != "+" or side in {"S", "W", "O"}
    return round(-size if negative else size, 6) + 0.0
