r"""LaTeX as it stands in bibliographies, to Markdown or to plain text.

pylatexenc knows which character a macro stands for; the walk over the text is here, because its
own one loses the text of `\mbox`, the emphasis and the math that a page wants to keep, and takes
twenty times as long.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from mdgen.importers.latexmath import math_to_text
from mdgen.importers.latexsymbols import SUB, SUPER, raised, symbols
from mdgen.importers.tags import escape_markdown, tags_to_latex

if TYPE_CHECKING:
    from collections.abc import Callable

# `*`, `_` and `[` say something in Markdown only.
_SPECIAL = re.compile(r"[\\$~`&<*_\[\ue000]|--|''|\n\s*\n")
# Mendeley escapes the tags of titles as well.
_TEXT_TAG = re.compile(r"\{\\textless\}(/?\w+)\{\\textgreater\}")
_KEPT = re.compile("\ue000([0-9]+)\ue001")
_TOKEN = re.compile(
    r"[^\\${}~`'\s-]+(?:[ '-][^\\${}~`'\s-]+)*"
    r"|\\[A-Za-z]+\*?[ \t]*\n?[ \t]*|\\.|\$\$?|[{}~]|---?|``|''|`|\s+|-|'",
    re.DOTALL,
)
# What is the same between backticks.
_CODE = re.compile(r"\w[\w .,:;/+#()@=-]*")
# Between two dollars that are prices: "from $5 billion to $6 billion".
_MONEY = re.compile(r"\d[^\\^_={}]*[\s(]")
# TeX itself stops at 255 groups; no bibliography nests deeper than a few.
_DEEPEST: Final = 60

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "h": "\u0309",
}  # fmt: skip
_LITERAL: Final = {
    "%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}", " ": " ", "\\": " ",
    "/": "", "-": "", "@": "", "!": "", ",": " ", ";": " ", ":": " ", ">": " ", "|": "‖",
    "\n": " ", "\t": " ",
}  # fmt: skip
_EMPHASIS: Final = {
    "emph": "*", "textit": "*", "textsl": "*", "mkbibemph": "*", "mkbibitalic": "*",
    "textbf": "**", "mkbibbold": "**",
}  # fmt: skip
_EMPHASIS_FROM_HERE: Final = {
    "it": "*", "em": "*", "itshape": "*", "sl": "*", "slshape": "*", "bf": "**", "bfseries": "**",
}  # fmt: skip
_MATH_OPENS: Final = {"(": "\\)", "[": "\\]"}
_DROPPED_WITH_ARGUMENT: Final = frozenset(
    {"footnote", "thanks", "label", "cite", "citep", "citet", "ref", "vspace", "hspace", "index",
     "begin", "end", "noopsort", "NoopSort", "SortNoop"}
)  # fmt: skip
_FIRST_ARGUMENT_DROPPED: Final = frozenset({"textcolor", "color", "foreignlanguage", "fontsize"})


def to_markdown(latex: str) -> str:
    r"""Return LaTeX as Markdown: `\emph{x}` is `*x*`, blank lines stay between paragraphs.

    Math that plain characters can show becomes them (`$\alpha$`, `H$_2$O`), other math stays LaTeX
    between `$$`, which the theme's MathJax reads. Braces that protect capitals go. What Markdown
    would read as markup is escaped. Unknown macros leave their text; nothing is an error.
    """
    if not _SPECIAL.search(latex):
        return _without_braces(latex)
    return _tidy(_Reader(_prepared(latex), markdown=True).everything(), paragraphs=True)


@lru_cache(maxsize=8192)
def to_text(latex: str) -> str:
    """Return LaTeX as one line of plain text, without marks for emphasis."""
    if not _SPECIAL.search(latex):
        return _without_braces(latex)
    return _tidy(_Reader(_prepared(latex), markdown=False).everything(), paragraphs=False)


def _without_braces(latex: str) -> str:
    if "{" in latex or "}" in latex:
        latex = latex.replace("{", "").replace("}", "")
    return " ".join(latex.split())


def _prepared(latex: str) -> str:
    if "&" in latex:
        # Exports of publishers and of Mendeley: `{\&}amp;`, `\&amp;`, `&lt;i&gt;`.
        latex = html.unescape(latex.replace("{\\&}", "\\&").replace("\\&amp;", "\\&"))
    if "\\textless" in latex:
        latex = _TEXT_TAG.sub(r"<\1>", latex)
    if "\ue000" in latex:
        latex = latex.replace("\ue000", "")
    return tags_to_latex(latex) if "<" in latex else latex


def _tidy(text: str, *, paragraphs: bool) -> str:
    if paragraphs and "\n\n" in text:
        return "\n\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n\n"))))
    return " ".join(text.split())


class _Reader:
    """One pass over the tokens of a text; groups and arguments are read by calling down."""

    def __init__(self, latex: str, *, markdown: bool) -> None:
        self._tokens: list[str] = _TOKEN.findall(latex)
        self._at = 0
        self._depth = 0
        self._markdown = markdown
        self._emphases: set[str] = set()
        self._kept: list[str] = []

    def everything(self) -> str:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._until_brace())
            self._at += 1  # a closing brace that nothing opened
        text = unicodedata.normalize("NFC", "".join(parts))
        if not self._markdown:
            return text
        return _KEPT.sub(lambda found: self._kept[int(found[1])], escape_markdown(text))

    def _keep(self, markup: str) -> str:
        """Let `markup` come through the escaping that the text around it gets at the end."""
        self._kept.append(markup)
        return f"\ue000{len(self._kept) - 1}\ue001"

    def _until_brace(self) -> str:
        """Read up to the brace that closes this group, or to the end, and stop there."""
        parts: list[str] = []
        tokens, at = self._tokens, self._at
        while at < len(tokens):
            token = tokens[at]
            if token[0].isalnum():
                parts.append(token)
                at += 1
            elif token == "}":  # noqa: S105 - a brace
                break
            else:
                self._at = at + 1
                parts.append(self._one(token))
                at = self._at
        self._at = at
        return "".join(parts)

    def _one(self, token: str) -> str:
        first = token[0]
        if first == "\\" and len(token) > 1:
            return self._macro(token)
        if first == "{":
            return self._group()
        if first == "$":
            return self._math(token)
        if first.isspace():
            return "\n\n" if token.count("\n") > 1 else " "
        return _PLAIN.get(token, token)

    def _group(self) -> str:
        if self._depth == _DEEPEST:
            return ""
        self._depth += 1
        inside = self._until_brace()
        self._at += 1
        self._depth -= 1
        return inside

    def _argument(self) -> str:
        """Read what a macro takes: a group, a macro, or one character."""
        while self._at < len(self._tokens) and self._tokens[self._at].isspace():
            self._at += 1
        if self._at == len(self._tokens) or self._tokens[self._at] == "}":
            return ""
        token = self._tokens[self._at]
        if token[0] in "{\\$~" or len(token) == 1:
            self._at += 1
            return self._one(token)
        self._tokens[self._at] = token[1:]
        return token[0]

    def _verbatim(self) -> str:
        """Read the group that follows without looking into it: an address."""
        if self._at == len(self._tokens) or self._tokens[self._at] != "{":
            return ""
        start, depth = self._at + 1, 0
        for end in range(self._at, len(self._tokens)):
            depth += {"{": 1, "}": -1}.get(self._tokens[end], 0)
            if depth == 0:
                break
        else:
            end = len(self._tokens)
        self._at = end + 1
        return re.sub(r"\\([%#&_~{}])", r"\1", "".join(self._tokens[start:end])).strip()

    def _macro(self, token: str) -> str:
        name = token[1:].strip().rstrip("*") or token[1]
        if name in _ACCENTS:
            return _accented(self._argument(), _ACCENTS[name], name)
        if name in _LITERAL:
            return _LITERAL[name]
        if name in _MATH_OPENS:
            return self._math(_MATH_OPENS[name])
        return self._named(name)

    def _named(self, name: str) -> str:
        if name in _EMPHASIS:
            return self._emphasised(self._argument, _EMPHASIS[name])
        if name in _EMPHASIS_FROM_HERE:
            return self._emphasised(self._until_brace, _EMPHASIS_FROM_HERE[name])
        if name in _DROPPED_WITH_ARGUMENT:
            self._argument()
            return ""
        if name in _FIRST_ARGUMENT_DROPPED:
            self._argument()
            return self._argument()
        if name in self._WITH_ARGUMENT:
            return self._WITH_ARGUMENT[name](self)
        return symbols().get(name, "")

    def _quotation(self) -> str:
        return f"“{self._argument()}”"

    def _address(self) -> str:
        return self._keep(self._verbatim()) if self._markdown else self._verbatim()

    def _link(self) -> str:
        url, text = self._verbatim(), self._argument()
        if not (self._markdown and url and text):
            return text
        return f"{self._keep('[')}{text}{self._keep(f']({url})')}"

    def _first_of_two(self) -> str:
        shown = self._argument()
        self._argument()
        return shown

    def _code(self) -> str:
        code = self._argument()
        return self._keep(f"`{code}`") if self._markdown and _CODE.fullmatch(code) else code

    def _superscript(self) -> str:
        return raised(self._argument(), SUPER)

    def _subscript(self) -> str:
        return raised(self._argument(), SUB)

    def _ensured_math(self) -> str:
        return self._shown_math(self._verbatim())

    def _emphasised(self, read: Callable[[], str], mark: str) -> str:
        if mark in self._emphases:
            return read()
        self._emphases.add(mark)
        inside = read()
        self._emphases.remove(mark)
        text = inside.strip()
        if not self._markdown or not text or "\n\n" in text:
            return inside
        before, after = inside[: -len(inside.lstrip())], inside[len(inside.rstrip()) :]
        kept = self._keep(mark)
        return f"{before}{kept}{text}{kept}{after}"

    def _math(self, close: str) -> str:
        try:
            end = next(
                at for at in range(self._at, len(self._tokens)) if self._tokens[at].strip() == close
            )
        except StopIteration:
            return close if close[0] == "$" else ""
        source = "".join(self._tokens[self._at : end])
        if close == "$" and _MONEY.fullmatch(source):
            return close
        self._at = end + 1
        return self._shown_math(source)

    def _shown_math(self, source: str) -> str:
        shown = math_to_text(source)
        if shown is not None:
            return shown
        return self._keep(f"$${source.strip()}$$") if self._markdown else f"${source.strip()}$"

    _WITH_ARGUMENT: ClassVar[dict[str, Callable[[_Reader], str]]] = {
        "enquote": _quotation, "mkbibquote": _quotation, "url": _address, "path": _address,
        "nolinkurl": _address, "href": _link, "textsuperscript": _superscript,
        "textsubscript": _subscript, "ensuremath": _ensured_math,
        "texorpdfstring": _first_of_two, "texttt": _code,
    }  # fmt: skip


_PLAIN: Final = {
    "~": " ", "--": "–", "---": "—", "``": "“", "''": "”", "`": "‘", "'": "'", "-": "-",
    "$": "$",
}  # fmt: skip


def _accented(base: str, accent: str, name: str) -> str:
    if not base.strip():
        return name if name in "^~" else ""
    # \'{\i} is í: the dotless letters exist to carry an accent.
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    return unicodedata.normalize("NFC", first + accent) + base[1:]
