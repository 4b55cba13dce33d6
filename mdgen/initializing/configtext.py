"""Additions to a YAML file that somebody keeps by hand: every line there stays as it is.

A round trip through a library is not for that: ruamel.yaml, which keeps comments, writes 78 of the
320 lines of one real `_config.yml` anew and 101 of the 361 of another (aligned colons, indented
lists, blanks before comments). So the new lines are put into the text, where PyYAML says that a
list or a mapping ends, and the result is read again: it has to be what was there, and what was to
be added, and nothing else.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from mdgen import frontmatter
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

Data: TypeAlias = "str | bool | list[Data] | dict[str, Data] | None"

BOM: Final = "\ufeff"
STEP: Final = 2
# What Ruby and Python both read as text without quotes, in a flow collection too.
_PLAIN: Final = re.compile(r"[A-Za-z.][\w./-]*", re.ASCII)
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def add(text: str, key: str, value: Data, *, above: str = "", below: str = "") -> str:
    """Return the YAML `text` with `value` added to what stands under the top-level `key`.

    A mapping takes the entries of `value`, a list its items; where nothing stands there, `value`
    itself does. `above` and `below` are comments, without the `#`, around what is new.

    Raises `MdgenError` where that cannot be done without touching what is there: another kind of
    value, an alias, a second document, YAML that is broken.
    """
    body = text.removeprefix(BOM)
    before = frontmatter.parse_yaml(body)
    wanted = _added(before, key, value)
    try:
        result = _Editor(body).add(key, value, above, below)
    except yaml.YAMLError:  # pragma: no cover - parse_yaml has read it
        result = body
    if _parsed(result) != wanted or wanted == before:
        raise MdgenError(
            f"mdgen cannot add to `{key}` here without touching what is there; add it yourself:\n"
            + block({key: value})
        )
    return text[: len(text) - len(body)] + result


def block(value: Data) -> str:
    """Return `value` as lines of YAML."""
    return "\n".join([*_block(value, 0), ""])


def _parsed(text: str) -> object:
    try:
        return frontmatter.parse_yaml(text)
    except MdgenError:
        return None


def _added(data: object, key: str, value: Data) -> object:
    """Return what the file is to say; keys that share an anchor with `key` stay as they are."""
    result = dict(data) if isinstance(data, dict) else {}
    there = result.get(key)
    if isinstance(there, dict) and isinstance(value, dict):
        result[key] = there | value
    elif isinstance(there, list) and isinstance(value, list):
        result[key] = there + value
    elif there is None:
        result[key] = value
    return result


class _Editor:
    """One text, and where its nodes stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        # The loader in C counts bytes, this one characters.
        self._root = yaml.compose(text, Loader=yaml.SafeLoader)
        self._tokens = [
            token
            for token in yaml.scan(text, Loader=yaml.SafeLoader)
            if not isinstance(token, yaml.BlockEndToken | yaml.StreamEndToken)
        ]

    def add(self, key: str, value: Data, above: str, below: str) -> str:
        pair = self._pair(key)
        if pair is None:
            lines = [*_comment(above, 0), *_block({key: value}, 0), *_comment(below, STEP)]
            return self._at_the_end(lines)
        name, node = pair
        if isinstance(node, yaml.CollectionNode) and node.flow_style:
            return self._into_flow(node, value)
        if isinstance(node, yaml.CollectionNode):
            column = node.start_mark.column
            lines = _block(value, column)
            return self._below(self._end(node), [*_comment(above, column), *lines], column)
        column = name.start_mark.column + STEP
        lines = [*_comment(above, column), *_block(value, column)]
        return self._below(name.end_mark.index, lines, column)

    def _pair(self, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        pairs = self._root.value if isinstance(self._root, yaml.MappingNode) else []
        return next((pair for pair in reversed(pairs) if pair[0].value == key), None)

    def _at_the_end(self, lines: Sequence[str]) -> str:
        text = self._text
        if text and not text.endswith("\n"):
            text += self._newline
        blank = [""] if text.strip() and not text.endswith(("\n\n", "\n\r\n")) else []
        return text + self._joined([*blank, *lines])

    def _below(self, end: int, lines: Sequence[str], column: int) -> str:
        """Put lines below the line in which `end` is, and below comments on that."""
        start = self._line_after(end)
        while (found := re.compile(r"([ \t]*)#[^\n]*(?:\n|\Z)").match(self._text, start)) and (
            len(found[1]) > column
        ):
            start = found.end()
        head = self._text[:start]
        if head and not head.endswith("\n"):
            head += self._newline
        return head + self._joined(lines) + self._text[start:]

    def _line_after(self, end: int) -> int:
        found = self._text.find("\n", end)
        return len(self._text) if found < 0 else found + 1

    def _joined(self, lines: Sequence[str]) -> str:
        return "".join(f"{line}{self._newline}" for line in lines)

    def _into_flow(self, node: yaml.CollectionNode, value: Data) -> str:
        new = _flow(value)[1:-1]
        if not node.value:
            place = node.start_mark.index + 1
            return f"{self._text[:place]}{new}{self._text[place:]}"
        place = len(self._text[: node.end_mark.index - 1].rstrip())
        comma = "" if self._text[place - 1] == "," else ","
        return f"{self._text[:place]}{comma} {new}{self._text[place:]}"

    def _end(self, node: yaml.CollectionNode) -> int:
        """Return where what a block holds ends; PyYAML says of it where the next thing begins."""
        last = max(
            (token for token in self._tokens if token.start_mark.index < node.end_mark.index),
            key=lambda token: token.end_mark.index,
        )
        end: int = last.end_mark.index
        if isinstance(last, yaml.ScalarToken) and last.style in {"|", ">"}:
            return len(self._text[:end].rstrip())
        return end


def _comment(words: str, column: int) -> list[str]:
    return [f"{' ' * column}# {line}" for line in words.splitlines()]


def _block(value: Data, column: int) -> list[str]:
    indent = " " * column
    if isinstance(value, dict):
        return [
            line
            for key, item in value.items()
            for line in _entry(f"{indent}{_scalar(key)}:", item, column)
        ]
    if isinstance(value, list):
        lines: list[str] = []
        for item in value:
            first, *rest = _block(item, column + STEP)
            lines += [f"{indent}- {first.lstrip()}", *rest]
        return lines
    return [f"{indent}{_flow(value)}"]


def _entry(head: str, value: Data, column: int) -> list[str]:
    if isinstance(value, dict | list) and value:
        return [head, *_block(value, column + STEP)]
    return [head] if value is None else [f"{head} {_flow(value)}"]


def _flow(value: Data) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
        )
    return "[" + ", ".join(map(_flow, value)) + "]"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
