"""Front matter: YAML that Ruby and Python read alike. The one home of yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, TypeAlias

from mdgen.problems import MdgenError, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = str | int | bool | dt.date | list[str]
FrontMatter: TypeAlias = Mapping[str, Value]

# What JSON leaves as it is and YAML does not: DEL, C1 with NEL, LS, PS, the BOM and the two last
# non-characters; and hyphens that would stand three in a row, at which simple readers split a page.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|--(?=-)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
# YAML 1.1 reads these as booleans and nulls, as keys too.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

_LEVEL = re.compile(r"[\[{]|[-?:]\s")
_LEVELS = 5_000

# Jekyll's own expression (jekyll/document.rb) in Python's syntax, the same in 3.10 and 4.3, but
# for blank lines at the start of the body, which it drops and `split` keeps.
_PAGE = re.compile(
    r"\A---\s*\n(?P<front>.*?\n?)^(?:---|\.\.\.)[ \t\r\f\v]*(?:\n|\Z)(?P<body>.*)",
    re.ASCII | re.DOTALL | re.MULTILINE,
)


def dump(front: FrontMatter) -> str:
    r"""Return `front` as lines of YAML, without the `---` around them; the same input, same bytes.

    Every string is double-quoted, so that Ruby's Psych and PyYAML read back what was given
    (`1,000`, `12:30`, `yes`, `~` stay strings); dates, whole numbers and booleans are plain;
    a list is a block sequence of quoted strings. `---` never stands in the result (`-\x2d-`), and
    no line but those of a list begins with anything but a key.

    Raises `Refusal` for half a surrogate pair, which no UTF-8 file can hold.
    """
    text = "".join(
        [f"{_key(key)}:{_value(value, encode_basestring)}\n" for key, value in front.items()]
    )
    if _is_yaml(text):
        return text
    return "".join([f"{_key(key)}:{_value(value, _quoted)}\n" for key, value in front.items()])


def load(text: str) -> dict[str, object]:
    """Return the front matter that `split` found as Ruby and Python both read it.

    Dates come as `date`, quoted text as `str`; an empty text gives an empty mapping.
    Raises `MdgenError`, with the line, for what is no YAML mapping.
    """
    data = parse_yaml(text)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise MdgenError("the front matter is not a list of keys and values")
    return {str(key): value for key, value in data.items()}


def split(text: str) -> tuple[str, str] | None:
    """Return a page's front matter and body, or `None` where Jekyll would see no front matter.

    The front matter comes without its `---` lines, the body byte for byte as it stands after them.
    """
    if (found := _PAGE.match(text)) is None:
        return None
    return found["front"], found["body"]


def parse_yaml(text: str) -> object:
    """Return what the YAML of a `_config.yml` or of a front matter holds.

    Raises `MdgenError`, with the line where YAML names one, for what is no YAML.
    """
    import yaml  # noqa: PLC0415 - start-up time

    # libyaml's loader overflows the stack where Python's says so: tens of thousands of levels.
    deep = len(_LEVEL.findall(text)) > _LEVELS
    loader = yaml.SafeLoader if deep else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data: object = yaml.load(text, Loader=loader)  # noqa: S506 - both loaders are safe
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = "" if mark is None else f"line {mark.line + 1}: "
        raise MdgenError(f"{line}{error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise MdgenError(str(error).replace("\n", " ")) from error
    except (ValueError, OverflowError) as error:
        raise MdgenError(f"a value is not what it looks like: {error}") from error
    except RecursionError as error:
        raise MdgenError("the values are nested too deeply") from error
    return data


def _value(value: Value, quote: Callable[[str], str]) -> str:
    if isinstance(value, str):
        return " " + quote(value)
    if isinstance(value, bool):
        return " true" if value else " false"
    if isinstance(value, int):
        return f" {value}"
    if isinstance(value, list):
        return "".join([f"\n  - {quote(item)}" for item in value]) or " []"
    return f" {value.year:04d}-{value.month:02d}-{value.day:02d}"


def _is_yaml(quoted: str) -> bool:
    """Tell that text which is quoted for JSON needs no more than that for YAML."""
    return quoted.isascii() and "---" not in quoted and "\x7f" not in quoted


def _quoted(text: str) -> str:
    # JSON's escapes are YAML's as well; its \ud83d\ude00 for one emoji is not, so no ensure_ascii.
    quoted = encode_basestring(text)
    if _is_yaml(quoted):
        return quoted
    if found := _SURROGATE.search(quoted):
        code = ord(found[0])
        raise Refusal(
            f"U+{code:04X} is half of a character that was cut in two; type the character again"
        )
    return _ESCAPED.sub(_escape, quoted)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return r"-\x2d" if char == "--" else rf"\u{ord(char):04x}"


@lru_cache(maxsize=1024)
def _key(key: str) -> str:
    if _PLAIN_KEY.fullmatch(key) and key.lower() not in _WORDS:
        return key
    return _quoted(key)
