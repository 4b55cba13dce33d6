"""What people and programs write into a cell that is empty."""

from __future__ import annotations

import re
from typing import Final

_DASH: Final = re.compile("[-–—−]{1,3}")
_BLANK: Final = re.compile(r"#?n[./]?a\.?|nan|none|null|nil", re.IGNORECASE)
_LONGEST: Final = 5  # `#n/a.`; nearly every cell is longer, and not looked into


def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that it is empty: `-`, `n/a`, `None`, or `nan` of a program."""
    return len(text) <= _LONGEST and (is_dash(text) or _BLANK.fullmatch(text) is not None)


def is_dash(text: str) -> bool:
    """Tell whether a cell holds a dash and nothing else."""
    return _DASH.fullmatch(text) is not None
