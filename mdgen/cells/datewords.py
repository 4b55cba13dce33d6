"""The words that stand in date cells: months, weekdays, states of a paper, the present day."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

# English, German, French, Spanish, Italian, Portuguese and Dutch, accents folded away.
_MONTH_NAMES = (
    "january januar janner janvier enero gennaio janeiro januari",
    "february februar februari fevrier febrero febbraio fevereiro",
    "march marz maerz mrz mars marzo marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
_SHORTEST = 3


def _months() -> dict[str, int]:
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(_MONTH_NAMES, start=1):
        for name in names.split():
            for end in range(_SHORTEST, len(name) + 1):
                meant[name[:end]].add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}


MONTH_NUMBERS = _months()
"""Every beginning of a month's name, of three letters or more, that can mean one month only."""

_WEEKDAY_NAMES = (
    "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday"
    " sun sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi"
    " mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo"
)
WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())

PRESENT = frozenset(
    (
        "",
        "-",
        "present",
        "the present",
        "now",
        "ongoing",
        "on-going",
        "current",
        "currently",
        "today",
        "to date",
        "to present",
        "till now",
        "until now",
        "continuing",
        "heute",
        "jetzt",
        "laufend",
        "aujourd'hui",
        "present day",
        "en cours",
        "actualidad",
        "actualmente",
        "presente",
        "oggi",
        "至今",
        "现在",
        "現在",
        "今",
    )
)

_STATUS = re.compile(
    r"(?:currently )?(?:"
    r"forthcoming|in press|in print|in the press|to appear|to be published|to be submitted|"
    r"(?:re-?)?submitted|under (?:\w+ )?(?:review|revision|submission|consideration)|"
    r"in (?:review|revision|prep(?:aration)?|progress|production|submission)|"
    r"(?:conditionally |provisionally )?accepted|revis(?:e|ing|ion)(?: and resubmit)?|r ?& ?r|"
    r"minor revisions?|major revisions?|tb[acd]|to be (?:announced|determined|confirmed)|"
    r"unpublished|pending|(?:coming )?soon|upcoming|online first|early access|ahead of print|epub|"
    r"working paper|(?:pre-?)?print|draft|manuscript|planned|n ?\.? ?d|no date|undated|"
    r"im druck|im erscheinen|erscheint|eingereicht|angenommen|in vorbereitung|"
    r"a paraitre|sous presse|soumis|accepte|en preparation|"
    r"en prensa|por aparecer|enviado|aceptado|en revision|"
    r"in corso di stampa|in stampa|no prelo|in druk|"
    r"投稿中|印刷中|査読中|已接收|已录用|已錄用|待发表|待發表|审稿中|審稿中|在审|录用"
    r")(?![a-z])"
)

_DASHES = re.compile("[‐‑‒–—―−﹘﹣－~∼〜～]")
_SPACES = re.compile(r"\s+")


def straight(text: str) -> str:
    """Return `text` with plain digits, dashes, quotes and single spaces; letters stay."""
    if not text.isascii():
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
        text = text.replace("’", "'").replace("‘", "'").replace("´", "'")
        text = "".join(
            str(unicodedata.decimal(char)) if char.isdecimal() else char
            for char in text
            if unicodedata.category(char) != "Cf"
        )
    return _SPACES.sub(" ", text).strip()


def folded(text: str) -> str:
    """Return `straight(text)` in lower case and without accents; other scripts stay."""
    text = straight(text).casefold()
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def split_status(text: str) -> tuple[str, str]:
    """Return (rest, status words): `2024 (in press)` gives ("2024", "in press").

    Without a status the rest is `text` itself and the status is empty.
    """
    plain = straight(text)
    low = folded(text)
    if len(low) != len(plain):  # a letter that folds to several: positions no longer agree
        plain = low
    for start in _word_starts(low):
        if found := _STATUS.match(low, start):
            end = found.end()
            before = plain[:start].rstrip(" ,;:([-/")
            after = plain[end:]
            if re.search("[0-9]", after):
                after = after.strip(" ,;:()[]-/.")
                return (f"{before} {after}".strip(), plain[start:end])
            status = plain[start:].strip(" .,;:)]")
            return before, status
    return text, ""


def _word_starts(text: str) -> list[int]:
    starts = [found.start() for found in re.finditer(r"(?<![a-z0-9])[a-z]|[^\x00-\x7f]", text)]
    return starts[:12]


def is_status(text: str) -> bool:
    """Tell whether a date cell holds the state of a paper ("in press", "submitted") and no date."""
    rest, status = split_status(text)
    return bool(status) and not rest.strip()
