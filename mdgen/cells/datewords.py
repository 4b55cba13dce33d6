"""The words that stand in date cells: months, weekdays, states of a paper, the present day."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

# English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Russian and Greek,
# accents folded away: people cut these short.
_MONTH_NAMES = (
    "january januar janner janvier enero gennaio janeiro januari январь января ιανουαριου",
    "february februar februari fevrier febrero febbraio fevereiro февраль февраля φεβρουαριου",
    "march marz maerz mrz mars marzo marco maart mrt marts март марта μαρτιου",
    "april avril abril aprile апрель апреля απριλιου",
    "may mai mayo maggio maio mei maj маи мая μαιου",
    "june juni juin junio giugno junho июнь июня ιουνιου",
    "july juli juillet julio luglio julho июль июля ιουλιου",
    "august aout agosto augustus augusti август августа αυγουστου",
    "september septembre septiembre setiembre settembre setembro сентябрь сентября σεπτεμβριου",
    "october oktober octobre octubre ottobre outubro октябрь октября οκτωβριου",
    "november novembre noviembre novembro ноябрь ноября νοεμβριου",
    "december dezember decembre diciembre dicembre dezembro desember декабрь декабря δεκεμβριου",
)
_SHORTEST = 3

# Polish, Czech, Slovak, Croatian, Finnish, Estonian, Turkish, Romanian, Hungarian, Catalan and
# Indonesian, in full: `marraskuu` is no March. `listopada` is October in Croatian and November in
# Polish, and so is neither.
_WHOLE_NAMES = """
styczen stycznia leden ledna januara sijecanj sijecnja tammikuu tammikuuta jaanuar ocak ianuarie
gener |
luty lutego unor unora februara veljaca veljace helmikuu helmikuuta veebruar subat februarie
febrer |
marzec marca brezen brezna ozujak ozujka maaliskuu maaliskuuta marts mart martie marcius maret |
kwiecien kwietnia duben dubna aprila travanj travnja huhtikuu huhtikuuta aprill nisan aprilie
aprilis |
maja kveten kvetna svibanj svibnja toukokuu toukokuuta mayis majus maig |
czerwiec czerwca cerven cervna juna lipanj lipnja kesakuu kesakuuta juuni haziran iunie junius
juny |
lipiec lipca cervenec cervence jula srpanj srpnja heinakuu heinakuuta juuli temmuz iulie julius
juliol |
sierpien sierpnia srpen srpna augusta kolovoz kolovoza elokuu elokuuta agustos augusztus agost
agustus |
wrzesien wrzesnia zari septembra rujan rujna syyskuu syyskuuta eylul septembrie szeptember
setembre |
pazdziernik pazdziernika rijen rijna oktobra listopad listopada lokakuu lokakuuta oktoober ekim
octombrie |
listopad listopada listopadu novembra studeni studenoga marraskuu marraskuuta kasim noiembrie |
grudzien grudnia prosinec prosince decembra prosinac prosinca joulukuu joulukuuta detsember
aralik decembrie desembre
"""


def _months() -> dict[str, int]:
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(_MONTH_NAMES, start=1):
        for name in names.split():
            for end in range(_SHORTEST, len(name) + 1):
                meant[name[:end]].add(number)
    for number, names in enumerate(_WHOLE_NAMES.split("|"), start=1):
        for name in names.split():
            meant[name].add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}


MONTH_NUMBERS = _months()
"""Every name of a month, or beginning of one of three letters or more, that means one only."""

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
        "in corso",
        "atual",
        "atualmente",
        "heden",
        "nu",
        "obecnie",
        "настоящее время",
        "по настоящее время",
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
_UNDIVIDED = str.maketrans("ıłøđ", "ilod")  # letters that Unicode does not take apart


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
    return unicodedata.normalize("NFC", bare).translate(_UNDIVIDED)


_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?(元|[0-9]{{1,3}}) ?(?=年)")


def common_era(text: str) -> str:
    """Return `text` with the years of Japanese emperors and of Taiwan as those of everyone."""
    return _ERA.sub(
        lambda found: str(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))), text
    )


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
