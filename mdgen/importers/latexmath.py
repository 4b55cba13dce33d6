"""LaTeX's math, where a row of plain characters shows it as well."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from mdgen.importers.latexsymbols import SUB, SUPER, symbols

_MATH_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\s+|.", re.DOTALL)
_MATH_LETTERS: Final = {"mathbb": "DOUBLE-STRUCK CAPITAL "}
_MATH_TEXT: Final = frozenset(
    {"mathrm", "text", "textrm", "mathit", "mathsf", "mathtt", "operatorname", "textit", "mbox",
     "mathnormal", "rm", "it"}
)  # fmt: skip
_MATH_SPACES: Final = {"\\,": " ", "\\;": " ", "\\:": " ", "\\ ": " ", "\\!": "", "~": " "}
_MATH_PLAIN: Final = {"-": "−", "*": "∗", "'": "′"}


class _NotPlainError(Exception):
    """This math needs more than characters in a row."""


@lru_cache(maxsize=1024)
def math_to_text(source: str) -> str | None:
    r"""Return math as plain characters (`\alpha_2` is α₂), or None where that loses something."""
    tokens = _MATH_TOKEN.findall(source)
    tokens.reverse()
    try:
        parts = []
        while tokens:
            parts.append(_math_part(tokens))
    except (_NotPlainError, IndexError, RecursionError):
        return None
    return " ".join("".join(parts).split())


def _math_part(tokens: list[str]) -> str:
    token = tokens.pop()
    if token in {"^", "_"}:
        inside = _math_part(tokens)
        table = {"^": SUPER, "_": SUB}[token]
        if not all(char in table for char in inside):
            raise _NotPlainError
        return "".join(table[char] for char in inside)
    if token == "{":  # noqa: S105 - a brace
        return _math_group(tokens)
    if token[0] == "\\":
        return _math_macro(token, tokens)
    if token in {"}", "&"}:
        raise _NotPlainError
    return _MATH_PLAIN.get(token, token)


def _math_group(tokens: list[str]) -> str:
    parts = []
    while tokens[-1] != "}":
        parts.append(_math_part(tokens))
    tokens.pop()
    return "".join(parts)


def _math_macro(token: str, tokens: list[str]) -> str:
    if token in _MATH_SPACES:
        return _MATH_SPACES[token]
    name = token[1:]
    if name in set("%&#$_{}"):
        return name
    if name in _MATH_TEXT:
        return _math_part(tokens).replace("−", "-")
    if name in _MATH_LETTERS:
        try:
            return unicodedata.lookup(_MATH_LETTERS[name] + _math_part(tokens))
        except KeyError as error:
            raise _NotPlainError from error
    symbol = symbols().get(name, "")
    if not symbol or symbol.isspace() or name in {"sum", "prod", "int", "lim"}:
        raise _NotPlainError
    # The space after a macro ends its name and is not shown, but words and relations want it.
    if tokens and tokens[-1].isspace() and (symbol.isalpha() and len(symbol) == 1):
        tokens.pop()
    return symbol
