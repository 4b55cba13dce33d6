"""LaTeX as it stands in bibliographies, to Markdown or to plain text.

pylatexenc knows which character a macro stands for; the walk over the text is here, because its
own one loses the text of `\\mbox`, the emphasis and the math that a page wants to keep, and takes
twenty times as long.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from mdgen.importers.richtext import escape_markdown, tags_to_latex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SPECIAL = re.compile(r"[\\{}$~`&<*_]|--|''|\s{2}|[\n\t]")
_KEPT = re.compile("\ue000([0-9]+)\ue001")
_TOKEN = re.compile(
    r"\\[A-Za-z]+\*?[ \t]*\n?[ \t]*|\\.|\$\$?|[{}~]|---?|``|''|`|\s+|-|'|[^\\${}~`'\s-]+", re.DOTALL
)
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
# What pylatexenc's table leaves out, or what a page should show otherwise.
_SYMBOLS: Final = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "par": "\n\n",
    "newline": " ", "linebreak": " ", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "LaTeXe": "LaTeX2ε", "XeTeX": "XeTeX", "copyright": "©", "textcopyright": "©", "S": "§",
    "P": "¶", "pounds": "£", "euro": "€", "EUR": "€", "glqq": "„", "grqq": "“", "glq": "‚",
    "grq": "‘", "flqq": "«", "frqq": "»", "quad": " ", "qquad": " ", "space": " ",
    "nobreakspace": " ", "thinspace": " ", "textquotesingle": "'", "textasciiacute": "´",
    "degree": "°", "textsubscript": "", "today": "", "slash": "/", "dash": "–", "and": "and",
    "bibrangedash": "–", "bibnamedash": "—", "textcelsius": "℃", "cprime": "ʹ", "cdprime": "ʺ",
}  # fmt: skip
_ITALIC: Final = frozenset({"emph", "textit", "textsl", "mkbibemph", "mkbibitalic"})
_BOLD: Final = frozenset({"textbf", "mkbibbold"})
_ITALIC_FROM_HERE: Final = frozenset({"it", "em", "itshape", "sl", "slshape"})
_BOLD_FROM_HERE: Final = frozenset({"bf", "bfseries"})
_DROPPED_WITH_ARGUMENT: Final = frozenset(
    {"footnote", "thanks", "label", "cite", "citep", "citet", "ref", "vspace", "hspace", "index",
     "begin", "end"}
)  # fmt: skip
_FIRST_ARGUMENT_DROPPED: Final = frozenset({"textcolor", "color", "foreignlanguage", "fontsize"})
_QUOTED: Final = frozenset({"enquote", "mkbibquote"})

_SUPER: Final = dict(zip("0123456789+-−=()nihjklrswxyabcdefgmoptuvz°∘′∗",
                         "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʰʲᵏˡʳˢʷˣʸᵃᵇᶜᵈᵉᶠᵍᵐᵒᵖᵗᵘᵛᶻ°°′*", strict=True))  # fmt: skip
_SUB: Final = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ",
                       "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))  # fmt: skip


def to_markdown(latex: str) -> str:
    r"""Return LaTeX as Markdown: `\emph{x}` is `*x*`, blank lines stay between paragraphs.

    Math that plain characters can show becomes them (`$\alpha$`, `H$_2$O`), other math stays LaTeX
    between `$$`, which the theme's MathJax reads. Braces that protect capitals go. What Markdown
    would read as markup is escaped. Unknown macros leave their text; nothing is an error.
    """
    if not _SPECIAL.search(latex):
        return latex.strip()
    return _tidy(_Reader(_prepared(latex), markdown=True).everything(), paragraphs=True)


@lru_cache(maxsize=8192)
def to_text(latex: str) -> str:
    """Return LaTeX as one line of plain text, without marks for emphasis."""
    if not _SPECIAL.search(latex):
        return latex.strip()
    return _tidy(_Reader(_prepared(latex), markdown=False).everything(), paragraphs=False)


def _prepared(latex: str) -> str:
    if "&" in latex:
        # Exports of publishers and of Mendeley: `{\&}amp;`, `\&amp;`, `&lt;i&gt;`.
        latex = html.unescape(latex.replace("{\\&}", "\\&").replace("\\&amp;", "\\&"))
    if "\ue000" in latex:
        latex = latex.replace("\ue000", "")
    return tags_to_latex(latex) if "<" in latex else latex


def _tidy(text: str, *, paragraphs: bool) -> str:
    if paragraphs and "\n\n" in text:
        return "\n\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n\n"))))
    return " ".join(text.split())


@cache
def _symbols() -> Mapping[str, str]:
    """Return macro → characters, as pylatexenc's tables have it."""
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - start-up time

    known = {
        spec.macroname: spec.simplify_repl
        for spec in get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and not re.search(r"%|<.*>", spec.simplify_repl)
    }
    return {**known, **_SYMBOLS}


class _Reader:
    """One pass over the tokens of a text; groups and arguments are read by calling down."""

    def __init__(self, latex: str, *, markdown: bool) -> None:
        self._tokens = _TOKEN.findall(latex)
        self._at = 0
        self._depth = 0
        self._markdown = markdown
        self._italic = False
        self._bold = False
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
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token == "}":  # noqa: S105 - a brace
                break
            self._at += 1
            parts.append(self._one(token))
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
        while self._at < len(self._tokens):
            depth += {"{": 1, "}": -1}.get(self._tokens[self._at], 0)
            self._at += 1
            if depth == 0:
                break
        return re.sub(r"\\([%#&_~{}])", r"\1", "".join(self._tokens[start : self._at - 1])).strip()

    def _macro(self, token: str) -> str:
        name = token[1:].strip().rstrip("*") or token[1]
        if name in _ACCENTS:
            return _accented(self._argument(), _ACCENTS[name], name)
        if name in _LITERAL:
            return _LITERAL[name]
        return self._named(name)

    def _named(self, name: str) -> str:
        if name in _ITALIC:
            return self._emphasised(self._argument, "*", "_italic")
        if name in _BOLD:
            return self._emphasised(self._argument, "**", "_bold")
        if name in _ITALIC_FROM_HERE:
            return self._emphasised(self._until_brace, "*", "_italic")
        if name in _BOLD_FROM_HERE:
            return self._emphasised(self._until_brace, "**", "_bold")
        if name in _QUOTED:
            return f"“{self._argument()}”"
        if name in _DROPPED_WITH_ARGUMENT:
            self._argument()
            return ""
        if name in _FIRST_ARGUMENT_DROPPED:
            self._argument()
            return self._argument()
        return self._address_or_symbol(name)

    def _address_or_symbol(self, name: str) -> str:
        if name in {"url", "path", "nolinkurl"}:
            return self._verbatim()
        if name == "href":
            url, text = self._verbatim(), self._argument()
            if not (self._markdown and url and text):
                return text
            return f"{self._keep('[')}{text}{self._keep(f']({url})')}"
        if name == "textsuperscript":
            return _raised(self._argument(), _SUPER)
        if name == "textsubscript":
            return _raised(self._argument(), _SUB)
        if name == "ensuremath":
            return self._shown_math(self._verbatim())
        if name in {"(", "["}:
            return self._math("\\)" if name == "(" else "\\]")
        return _symbols().get(name, "")

    def _emphasised(self, read: Callable[[], str], mark: str, state: str) -> str:
        if getattr(self, state):
            return read()
        setattr(self, state, True)
        inside = read()
        setattr(self, state, False)
        text = inside.strip()
        if not self._markdown or not text or "\n\n" in text:
            return inside
        before, after = inside[: -len(inside.lstrip())], inside[len(inside.rstrip()) :]
        mark = self._keep(mark)
        return f"{before}{mark}{text}{mark}{after}"

    def _math(self, close: str) -> str:
        try:
            end = next(
                at for at in range(self._at, len(self._tokens))
                if self._tokens[at].strip() == close
            )
        except StopIteration:
            return close if close[0] == "$" else ""
        source = "".join(self._tokens[self._at : end])
        self._at = end + 1
        return self._shown_math(source)

    def _shown_math(self, source: str) -> str:
        shown = math_to_text(source)
        if shown is not None:
            return shown
        return self._keep(f"$${source.strip()}$$") if self._markdown else f"${source.strip()}$"


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


def _raised(text: str, table: Mapping[str, str]) -> str:
    if all(char in table for char in text):
        return "".join(table[char] for char in text)
    return text


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
    if token in "^_":
        inside = _math_part(tokens)
        table = _SUPER if token == "^" else _SUB  # noqa: S105 - not a password
        if not all(char in table for char in inside):
            raise _NotPlainError
        return "".join(table[char] for char in inside)
    if token == "{":  # noqa: S105 - a brace
        return _math_group(tokens)
    if token[0] == "\\":
        return _math_macro(token, tokens)
    if token in "}&":
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
    if name in _LITERAL and name in "%&#$_{}":
        return name
    if name in _MATH_TEXT:
        return _math_part(tokens).replace("−", "-")
    if name in _MATH_LETTERS:
        try:
            return unicodedata.lookup(_MATH_LETTERS[name] + _math_part(tokens))
        except KeyError as error:
            raise _NotPlainError from error
    symbol = _symbols().get(name, "")
    if not symbol or symbol.isspace() or name in {"sum", "prod", "int", "lim"}:
        raise _NotPlainError
    # The space after a macro ends its name and is not shown, but words and relations want it.
    if tokens and tokens[-1].isspace() and (symbol.isalpha() and len(symbol) == 1):
        tokens.pop()
    return symbol
