"""Text and titles as LaTeX, for the fields of a BibTeX entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdgen.citations.titles import is_plain, title_tokens
from mdgen.markup import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable

# Text as LaTeX. Letters stay Unicode, which LaTeX (since 2018), biber and all reference managers
# read; the eight-bit bibtex passes them through. Braces are no `\{`: bibtex counts that one too.
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "\xa0": "~",
    **{char: rf"\{char}" for char in "&%$#_"},
}
_SPECIAL = re.compile(r"[\\{}~^`\xa0&%$#_]")
# Fonts of TeX make one sign of these; the title's dashes are meant so, as they are in Markdown.
_UNUSUAL = re.compile(r"[\\{}~^`&%$#_\"]|--|[',<>]{2}|  |^ | $")
_BLANK = re.compile(r"[\t\n\r]")
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=[',<>])(?=[',<>])")
_MATH = re.compile(r"(\$\$?[^$]+\$\$?)")
_TAGS = {
    "em_open": r"\emph{",
    "strong_open": r"\textbf{",
    "em_close": "}",
    "strong_close": "}",
    "softbreak": " ",
    "hardbreak": " ",
}
_HTML = {
    "i": r"\emph{",
    "em": r"\emph{",
    "b": r"\textbf{",
    "strong": r"\textbf{",
    "sub": r"\textsubscript{",
    "sup": r"\textsuperscript{",
    "code": r"\texttt{",
    "small": "{",
    "span": "{",
    "ins": "{",
    "del": "{",
}
_HTML_TAG = re.compile(r"<(/?)(\w+)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# No macro, and nothing in its braces that stand for it alone.
_PROTECTED = re.compile(rf"\\[A-Za-z]+\{{\}}|(?P<word>{_WORD.pattern})")
_LONG = 4
_LOWER_IN_TITLES = frozenset({"about", "from", "into", "onto", "over", "than", "through", "with"})


def latex(text: str, *, dashes: bool = False) -> str:
    """Give text as LaTeX that shows the same; with `dashes`, hyphens may become dashes."""
    if text.isprintable() and not _UNUSUAL.search(text):
        return text
    text = one_line(plain(text))
    if not dashes:
        text = _LIGATURE.sub("\0", text)
    return _escaped(text).replace("\0", "{}")


def title_latex(title: str) -> str:
    """Give a title's Markdown as LaTeX, with the capitals protected that a style would lower."""
    protect = _protector(title)
    if is_plain(title):
        return protect(latex(title, dashes=True))
    return "".join(
        _token_latex(token.type, token.content, protect) for token in title_tokens(title)
    )


def _token_latex(kind: str, content: str, protect: Callable[[str], str]) -> str:
    if kind == "text":
        return "".join(
            part if place % 2 and _is_balanced(part) else protect(_escaped(part))
            for place, part in enumerate(_MATH.split(_BLANK.sub(" ", content)))
        )
    if kind == "code_inline":
        return rf"\texttt{{{latex(content)}}}"
    tag = _HTML_TAG.match(content) if kind == "html_inline" else None
    if tag is None or tag[2].lower() not in _HTML:
        return _TAGS.get(kind, "")
    return "}" if tag[1] else _HTML[tag[2].lower()]


def _is_balanced(math: str) -> bool:
    depth = 0
    for char in math:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return not depth


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda char: _SPECIALS[char[0]], text)


def _protector(title: str) -> Callable[[str], str]:
    """Give the function that puts braces around words: acronyms, and names in sentence case."""
    words = _WORD.findall(title)
    first = words[0] if words else ""
    is_sentence_case = any(
        word.islower() and len(word) >= _LONG and word not in _LOWER_IN_TITLES for word in words
    )

    def protected(match: re.Match[str]) -> str:
        word = match["word"]
        if word is None:
            return match[0]
        is_acronym = any(map(str.isupper, word[1:]))
        is_symbol = len(word) == 1 and word != "A"
        is_name = word[0].isupper() and word != first and (is_sentence_case or is_symbol)
        return f"{{{word}}}" if is_acronym or is_name else word

    return lambda latex: _PROTECTED.sub(protected, latex)
