"""One name as typed to its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from mdgen.names.author import Author

_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,3}\.?|(?:Ch|Kh|Ph|Sh|Th|Ts|Ya|Ye|Yu|Zh)\.)"
    r"(?:(?:(?<=\.)|[\s-]+)-?(?:[^\W\d_](?![^\W\d_])\.?|[^\W\d_]{2}\.|(?:Ch|Sh|Ya|Ye|Yu|Zh)\.))*"
    r"(?P<particles>(?:\s+[^\W\d_]+['’.]?)*)"
)
_ONE_LETTER_IN_CYRILLIC = re.compile(r"(?:Ch|Kh|Ph|Sh|Th|Ts|Ya|Ye|Yu|Zh)\.")
_MOST_INITIALS = 3
_MOST_WORDS = 12
_FAMILY_THEN_INITIALS = re.compile(
    r"(?P<family>[^.]{2,}) (?P<initials>(?:(?![a-z])[^\W\d_]){1,3}(?:-[^\W\d_])?"
    r"|[^\W\d_]\.(?:[ -]?[^\W\d_]\.){0,3})"
    r"(?P<particle>(?: [a-z]+)*)"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr|Junior|II|III|IV|Ph\. ?D|PhD|D\.?Phil|[BM]\.?Sc|Esq)\.?")
_ENDS_IN_SUFFIX = re.compile(rf",?\s+({_SUFFIX.pattern})$")
_TITLE = re.compile(r"(?:(?:Drs?|Prof|Professor|Mr|Mrs|Ms)\.?\s+(?=\S))+")
_GLUED_INITIALS = re.compile(r"(\b[^\W\d_]\.)(?=[^\W\d_][^\W\d_.])")
_ORGANISATIONS = frozenset(
    {"Alliance", "Association", "Collaboration", "Committee", "Consortium", "Foundation", "GmbH"}
    | {"Group", "Inc", "Initiative", "Institute", "Investigators", "LLC", "Laboratories"}
    | {"Laboratory", "Ltd", "Network", "Organisation", "Organization", "Project", "Society", "Team"}
    | {"University"}
)
# Han, Kana, Hangul: written without a space, family name first, so never taken apart.
_UNSPACED_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def is_initials(text: str) -> bool:
    """Say whether `text` is initials: "J.", "J. C.", "JC", "J.-P.", "M. de" with a particle."""
    if text.isalpha() and len(text) > _MOST_INITIALS:
        return False
    match = _INITIALS.fullmatch(text)
    if match is None:
        return False
    particles = match["particles"]
    letters = _ONE_LETTER_IN_CYRILLIC.sub("X", text[: match.start("particles")])
    return letters.isupper() and (not particles or particles.islower())


def is_suffix(text: str, *, after_full_name: bool = False) -> bool:
    """Say whether `text` is what follows a name: "Jr.", "III", "PhD".

    "MD" is that behind a full name; behind a family name it is initials.
    """
    return _SUFFIX.fullmatch(text) is not None or (after_full_name and text in {"MD", "M.D."})


def is_literal(text: str) -> bool:
    """Say whether `text` is a collaboration or a name that is not to be taken apart."""
    return (
        text.startswith(("The ", "the ", "for the ", "on behalf of "))
        or (text.endswith("AI") and text[-3:-2].islower())
        or not _ORGANISATIONS.isdisjoint(text.split())
        or (not text.isascii() and _UNSPACED_SCRIPT.search(text) is not None)
    )


def family_then_initials(text: str, mark: str = "") -> Author | None:
    """Give the author typed as medicine does ("Lu R", "Vanderwolf K.J.", "Mora M de"), or None."""
    match = _FAMILY_THEN_INITIALS.fullmatch(text)
    if match is None or not match["initials"].isupper() or match["family"].isupper():
        return None
    return last_first(match["family"], match["initials"] + match["particle"], mark=mark)


def last_first(last: str, first: str, suffix: str = "", mark: str = "") -> Author:
    """Give the author typed as "Last, First"; a particle behind the given name goes first."""
    suffixed = _ENDS_IN_SUFFIX.search(last)
    if suffixed and not suffix:
        last, suffix = last[: suffixed.start()], suffixed[1]
    given = first.split()
    cut = len(given)
    while cut > 1 and given[cut - 1].islower():
        cut -= 1
    return Author(" ".join(given[:cut]), " ".join([*given[cut:], last]), suffix, mark=mark)


@lru_cache(maxsize=4096)
def reading_order(text: str, mark: str = "") -> Author:
    """Give the author typed in reading order: "Runyu Lu", "Maria de la Cruz", "King III"."""
    text, _, suffix = _TITLE.sub("", text, count=1).partition(", ")
    if suffix:
        return replace(reading_order(text, mark), suffix=suffix)
    if "." in text:
        text = _GLUED_INITIALS.sub(r"\1 ", text)
    words = text.split()
    if len(words) == 1:
        return Author(literal=text, mark=mark)
    first, last = words[0], words[-1]
    settled = not first[0].islower() and not last[0].islower() and not is_suffix(last)
    if settled and all(len(word.rstrip(".")) == 1 and word.isupper() for word in words[1:-1]):
        return Author(" ".join(words[:-1]), last, mark=mark)
    return _looked_up(words, mark)


@cache
def _vocabulary() -> frozenset[str]:
    from nameparser import Lexicon  # noqa: PLC0415 - start-up time

    lexicon = Lexicon.default()
    return lexicon.particles | lexicon.suffix_words | lexicon.suffix_acronyms | lexicon.conjunctions


def _looked_up(words: list[str], mark: str) -> Author:
    """Let nameparser find particles and suffixes, where there is a word that could be one."""
    by_position = Author(" ".join(words[:-1]), words[-1], mark=mark)
    known = _vocabulary()
    if words[0] in known and words[0].islower():
        return Author(family=" ".join(words), mark=mark)
    possible = any(word.lower().rstrip(".,") in known for word in words[1:])
    if not possible or len(words) > _MOST_WORDS:
        return by_position
    from nameparser import parse  # noqa: PLC0415 - start-up time

    parsed = parse(" ".join(words))
    given = " ".join(part for part in (parsed.title, parsed.given, parsed.middle) if part)
    author = Author(given, parsed.family, parsed.suffix, mark=mark)
    # It sorts nicknames and degrees out of the name; every word that was typed has to stay.
    return author if author.family and author.plain.split() == words else by_position
