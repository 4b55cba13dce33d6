"""A workbook's cell that is no text → the text that says what the person sees in it."""

from __future__ import annotations

import datetime as dt
from typing import Final

Value = float | bool | dt.time | dt.date | dt.timedelta

_DIGITS: Final = 15


def shown(value: Value) -> str:
    """Return `2024-05-31`, `2024-05-31 14:30`, `7` for 7.0, or `TRUE`.

    Numbers have the fifteen digits that Excel keeps: 0.3, never 0.30000000000000004.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, dt.datetime):
        day, time = value.date().isoformat(), value.time()
        return f"{day} {_time(time)}" if time != dt.time() else day
    if isinstance(value, dt.time):
        return _time(value)
    return str(value)


def _time(time: dt.time) -> str:
    return time.isoformat("auto" if time.second or time.microsecond else "minutes")


def _number(value: float) -> str:
    if abs(value) < 10**_DIGITS and value == int(value):
        return str(int(value))
    return format(value, f".{_DIGITS}G")
