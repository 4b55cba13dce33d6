"""A cell of authors to tokens: what stands between its separators, and of what kind that is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mdgen.names.author import ELISION, ET_AL
from mdgen.names.joined import names_in
from mdgen.names.person import is_initials, is_literal, is_suffix
from mdgen.names.signs import take_signs

_PLACEHOLDERS = re.compile("[\ue000-\uf8ff]")
_OTHERS_SIGN, _ELISION_SIGN, _FIRST_BRACED = "\ue000", "\ue001", 0xE002
_OTHERS = re.compile(
    r"\bet\.?\s+al\b\.?|(?:\band|&)\s+(?:\d+\s+(?:more|others)|others|colleagues)\b\.?",
    re.IGNORECASE,
)
_MORE = re.compile(r"others|colleagues|\d more")
_DOTS = re.compile(r"(?:\.\s?){2}\.(?!\.)|…")
_BRACED_SIGN = re.compile(f"[{chr(_FIRST_BRACED)}-\uf8ff]")
_BRACED = re.compile(r"(?<![^\s,;])\{\s*([^{}\s][^{}]*)\}(?=\s*(?:$|[,;&\n]|and\b))")

# What separates names and cannot stand inside of one.
STRONG = re.compile(r"[;；؛、|/]|(?<=\s)[•·](?=\s)")
_COMMA = re.compile(r"[,，،]")
_AND = re.compile(
    r"(?:^|[\s,，;])(?:and|und|et|og|och|ve|(?:joint(?:ly)? )?with|AND|&)(?:\s|$)"
    r"|(?<=[\w.])&(?=\w)"
)
_FOR_OTHERS = re.compile(r"(?<=\S)\s+(?=(?:on behalf of|for) the\s)")
_BULLET = re.compile(r"\s*(?:[-*•·]|\d+[.)])\s+")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2})\.$")


class Token(NamedTuple):
    """What stands between two separators, and a letter for what kind of thing it is.

    F: a full name. R: one that begins with initials, so in reading order. G: one that ends with
    initials, so given names. W: one word, or a particle and its word. I: initials. L: literal.
    &: the word "and" between two others.
    """

    text: str
    kind: str
    mark: str = ""


AND_TOKEN = Token("&", "&")


def shielded(text: str) -> tuple[str, list[str]]:
    """Put one private character for each "et al.", "…" and {braced name}, set off as a name."""
    braced: list[str] = []

    def keep(match: re.Match[str]) -> str:
        braced.append(" ".join(match[1].split()))
        return chr(_FIRST_BRACED + len(braced) - 1)

    text = _PLACEHOLDERS.sub("", text)
    if "{" in text:
        text = _BRACED.sub(keep, text).replace("{", "").replace("}", "")
    separator = ";" if STRONG.search(text) else ","
    if " the " in text:
        text = _FOR_OTHERS.sub(f"{separator} ", text)
    if "al" in text or "AL" in text or _MORE.search(text):
        text = _OTHERS.sub(f"{separator}{_OTHERS_SIGN}{separator}", text)
    if ".." in text or ". ." in text or "…" in text:
        text = _DOTS.sub(f"{separator}{_ELISION_SIGN}{separator}", text)
    if "\n" in text or "\r" in text:
        text = _one_line(text.splitlines())
    return text, braced


def _one_line(lines: list[str]) -> str:
    """Join lines: a line each is a name each, unless the lines are those of a wrapped list."""
    filled = [_BULLET.sub("", line, count=1).strip() for line in lines if line.strip()]
    name_each = all(len(_COMMA.findall(line)) <= 1 for line in filled) and not any(
        line.endswith((",", "&", " and")) for line in filled[:-1]
    )
    return (";" if name_each else " ").join(filled)


def tokens_in(text: str, braced: list[str]) -> list[Token]:
    """Give what stands between the commas and the "and" of a shielded text."""
    tokens: list[Token] = []
    for number, part in enumerate(_AND.split(text) if _may_have_and(text) else [text]):
        if number and tokens and tokens[-1] is not AND_TOKEN:
            tokens.append(AND_TOKEN)
        for piece in _COMMA.split(part):
            for place, typed in enumerate(names_in(piece.strip())):
                if place and tokens and tokens[-1] is not AND_TOKEN:
                    tokens.append(AND_TOKEN)
                name, mark = take_signs(typed)
                if name and not (name.isdigit() and tokens):
                    _add(tokens, _token(name, mark, braced))
    return tokens[:-1] if tokens and tokens[-1] is AND_TOKEN else tokens


def _may_have_and(text: str) -> bool:
    return any(word in text for word in ("nd", "&", "et", "AND", "og", "och", "ve", "with"))


def _add(tokens: list[Token], token: Token) -> None:
    """Add a token; a suffix between commas belongs to the token before it."""
    before = tokens[-1] if tokens else AND_TOKEN
    if before is not AND_TOKEN and is_suffix(token.text, after_full_name=before.kind == "F"):
        tokens[-1] = tokens[-1]._replace(text=f"{tokens[-1].text}, {token.text}")
    else:
        tokens.append(token)


def _token(name: str, mark: str, braced: list[str]) -> Token:
    if "\ue000" <= name[0] <= "\uf8ff":
        return Token(_shown(name, braced), "L")
    if braced:  # `Jane {de la Cruz}`: a part of a name
        name = _BRACED_SIGN.sub(lambda sign: braced[ord(sign[0]) - _FIRST_BRACED], name)
    name = " ".join(name.split())
    if name.endswith("."):
        bare = _FULL_STOP.sub("", name)
        name = name if is_suffix(name.rpartition(" ")[2]) or is_initials(name) else bare
    return Token(name, _kind(name), mark)


def _shown(sign: str, braced: list[str]) -> str:
    if sign[0] == _OTHERS_SIGN:
        return ET_AL
    return ELISION if sign[0] == _ELISION_SIGN else braced[ord(sign[0]) - _FIRST_BRACED] + sign[1:]


@lru_cache(maxsize=8192)
def _kind(name: str) -> str:
    if is_literal(name):
        return "L"
    first, _, rest = name.partition(" ")
    if is_initials(name):
        return "I"
    if not rest:
        return "R" if "." in first.strip(".") else "W"
    if first.islower():
        return "W"
    if is_initials(first):
        return "R"
    last = rest.rpartition(" ")[2]
    return "G" if (len(last) == 1 or last.endswith(".")) and is_initials(last) else "F"
