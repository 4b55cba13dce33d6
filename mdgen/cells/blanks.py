"""What people and programs write into a cell that is empty."""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = re.compile(r"[-–—−]{1,3}|#?n[./]?a\.?|nan|none|null|nil", re.IGNORECASE)


def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that it is empty: `-`, `n/a`, `None`, or `nan` of a program."""
    return _BLANK.fullmatch(text) is not None
