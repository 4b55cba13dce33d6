"""The word that a person probably meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def nearest(name: str, known: Sequence[str]) -> str:
    """Return the way out where `name` is none of `known`: the likeliest of them, or all."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
