"""Front matter as the lines that a person sees: which of them belong to which key."""

from __future__ import annotations

import re
from contextlib import suppress

from mdgen import frontmatter
from mdgen.problems import MdgenError

# A key at the left margin, bare or quoted. Lists may stand at the margin too, after their key.
_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<key>[^\s"'#\-\[\]{},&*!|>%@`?:][^"'\n]*?)(?P=quote)[ \t]*:(?=\s|$)"""
)
# What most lines look like, and need no YAML reader for.
_SCALAR = re.compile(r'[^\s:]+: (?:"([^"\\]*)"|(\d{4}-\d\d-\d\d))\r?\n?')
_LIST = re.compile(r'[^\s:]+:\r?\n(?:  - "[^"\\]*"\r?\n)+')
_IN_LIST = re.compile(r'  - "([^"\\]*)"\r?\n')


def by_key(front: str) -> dict[str, str]:
    """Part front matter into its keys, each with its lines as they stand; joined, they are `front`.

    Comments and blank lines go with the key below them, at the end with the last. What stands
    before no key at all is under the key `""`. Only the layout is looked at: call `certain` where
    that must be right for what a person wrote.
    """
    result: dict[str, str] = {}
    key, waiting = "", ""
    for line in _lines(front):
        found = _KEY.match(line)
        if found is not None:
            key = found["key"]
            result[key] = result.get(key, "") + waiting + line
            waiting = ""
        elif line[0] == "#" or not line.strip():
            waiting += line
        else:
            result[key] = result.get(key, "") + waiting + line
            waiting = ""
    if waiting:
        result[key] = result.get(key, "") + waiting
    return result


def certain(front: str) -> dict[str, tuple[str, object]]:
    """Part front matter into key → its lines and its value.

    Raises `MdgenError` where the lines of one key cannot be told from those of another, and for
    what is no YAML at all.
    """
    values = frontmatter.load(front)
    if not values:
        return {}
    parts = {key: (text, frontmatter.load(text).get(key)) for key, text in by_key(front).items()}
    if {key: value for key, (_, value) in parts.items()} != values:
        raise MdgenError("its keys cannot be told apart line by line")
    return parts


def values(front: str, keys: frozenset[str]) -> dict[str, object]:
    """Give the values of those of `keys` that are there and whose own lines are YAML.

    Dates may come as text.
    """
    result: dict[str, object] = {}
    for key, lines in by_key(front).items():
        if key not in keys:
            continue
        if found := _SCALAR.fullmatch(lines):
            result[key] = found[2] or found[1]
        elif _LIST.fullmatch(lines):
            result[key] = in_list(lines)
        else:
            with suppress(MdgenError):
                result |= frontmatter.load(lines)
    return result


def in_list(lines: str) -> list[str]:
    """Give the strings of a list as mdgen writes it, none of them with a backslash."""
    return _IN_LIST.findall(lines)


def texts(value: object) -> list[str]:
    """Give the strings in a value that may be one string, a list, or nothing."""
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _lines(text: str) -> list[str]:
    # Not str.splitlines: it would part a line at NEL, LS and PS.
    return re.findall(r"[^\n]*\n|[^\n]+", text)
