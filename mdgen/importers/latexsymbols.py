"""Which character a LaTeX macro stands for, and what Unicode can raise and lower."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# What pylatexenc's table leaves out, or what a page should show otherwise.
_SYMBOLS: Final = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{",
    "textasciicircum": "^",
    "textbraceright": "}", "textbackslash": "\\", "par": "\n\n",
    "newline": " ", "linebreak": " ", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "textunderscore": "_", "textquotedbl": '"', "og": "« ", "fg": " »",
    "LaTeXe": "LaTeX2ε", "XeTeX": "XeTeX", "copyright": "©", "textcopyright": "©", "S": "§",
    "P": "¶", "pounds": "£", "euro": "€", "EUR": "€", "glqq": "„", "grqq": "“", "glq": "‚",
    "grq": "‘", "flqq": "«", "frqq": "»", "quad": " ", "qquad": " ", "space": " ",
    "nobreakspace": " ", "thinspace": " ", "textquotesingle": "'", "textasciiacute": "´",
    "degree": "°", "textsubscript": "", "today": "", "slash": "/", "dash": "–", "and": "and",
    "bibrangedash": "–", "bibnamedash": "—", "textcelsius": "℃", "cprime": "ʹ", "cdprime": "ʺ",
}  # fmt: skip
SUPER: Final = dict(zip("0123456789+-−=()nihjklrswxyabcdefgmoptuvz°∘′∗",
                         "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʰʲᵏˡʳˢʷˣʸᵃᵇᶜᵈᵉᶠᵍᵐᵒᵖᵗᵘᵛᶻ°°′*", strict=True))  # fmt: skip
SUB: Final = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ",
                       "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))  # fmt: skip


@cache
def symbols() -> Mapping[str, str]:
    """Return macro → characters, as pylatexenc's tables have it."""
    from pylatexenc.latex2text import (  # type: ignore[import-untyped]  # noqa: PLC0415
        get_default_latex_context_db,
    )

    known = {
        spec.macroname: spec.simplify_repl
        for spec in get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and not re.search(r"%|<.*>", spec.simplify_repl)
    }
    return {**known, **_SYMBOLS}


def raised(text: str, table: Mapping[str, str]) -> str:
    """Return `text` in the characters of `table` (SUPER, SUB), as it is where one is lacking."""
    if all(char in table for char in text):
        return "".join(table[char] for char in text)
    return text
