"""A cell's text as a message shows it."""

from __future__ import annotations

LONGEST = 60


def quoted(text: str) -> str:
    """Return `text` in single quotes, on one line and shortened to 60 characters."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rstrip() + "…"
    return f"'{line}'"
