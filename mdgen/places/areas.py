"""Countries, states and provinces: the names and short forms by which an address gives them."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mdgen.places.folding import fold
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MISSING = (
    "places are found with the packages of an extra that is not installed; "
    "install it with: pip install 'mdgen[map]'"
)

# What people write for a country besides its names in ISO 3166.
_USUAL = {
    "AE": "UAE; Emirates",
    "AX": "Åland",
    "BO": "Bolivia",
    "BN": "Brunei",
    "CD": "DR Congo; DRC; Congo-Kinshasa",
    "CG": "Congo-Brazzaville; Republic of Congo",
    "CI": "Ivory Coast",
    "CN": "PR China; PRC; Mainland China",
    "CV": "Cape Verde",
    "CZ": "Czech Republic; Czech Rep",
    "GB": "UK; U.K.; Great Britain; Britain",
    "HK": "Hong Kong SAR; Hong Kong S.A.R.; HKSAR",
    "IR": "Iran",
    "KP": "North Korea; DPRK",
    "KR": "South Korea; Korea; S Korea; ROK",
    "LA": "Laos",
    "MD": "Moldova",
    "MK": "Macedonia; FYROM",
    "MM": "Burma",
    "MO": "Macau; Macao; Macau SAR; Macao SAR",
    "NL": "Holland",
    "PS": "Palestine",
    "RU": "Russia",
    "SY": "Syria",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey; Türkiye",
    "TW": "Taiwan; Taiwan ROC",
    "TZ": "Tanzania",
    "US": "USA; U.S.A.; U.S.; United States of America; America; the States",
    "VA": "Vatican",
    "VE": "Venezuela",
    "VN": "Vietnam; Viet Nam",
}

# What English calls regions and islands that ISO 3166-2 has by other names, or not at all.
_REGIONS = {
    "BE": "Flanders; Wallonia",
    "DE": "Saxony",
    "ES": "Balearic Islands; Basque Country; Canary Islands; Gran Canaria; Majorca; Mallorca;"
    " Navarre; Tenerife",
    "FR": "Brittany; Normandy",
    "GR": "Crete; Peloponnese",
    "IT": "Sicily; Tuscany",
    "PT": "Algarve; Azores",
}

# The short forms of states and provinces from before there were codes: "Cambridge, Mass.".
_SHORT = {
    "AU": "Qld=QLD Tas=TAS Vic=VIC",
    "CA": "Alta=AB Ont=ON Que=QC Sask=SK",
    "US": "Ala=AL Ariz=AZ Ark=AR Cal=CA Calif=CA Colo=CO Conn=CT Del=DE Fla=FL Ga=GA Ill=IL Ind=IN"
    " Kan=KS Kans=KS Ky=KY La=LA Mass=MA Md=MD Me=ME Mich=MI Minn=MN Miss=MS Mo=MO Mont=MT Neb=NE"
    " Nebr=NE Nev=NV Okla=OK Ore=OR Pa=PA Penn=PA Tenn=TN Tex=TX Va=VA Vt=VT Wash=WA Wis=WI"
    " Wisc=WI Wyo=WY",
}

# Addresses name these under the state that they belong to, ISO 3166 gives them codes of their own.
_WITHIN = {
    "AU": {"CC", "CX", "NF"},
    "CN": {"HK", "MO", "TW"},
    "DK": {"FO", "GL"},
    "FI": {"AX"},
    "FR": {"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"},
    "GB": {"BM", "FK", "GG", "GI", "IM", "JE", "KY", "VG"},
    "NL": {"AW", "BQ", "CW", "SX"},
    "NO": {"SJ"},
    "US": {"AS", "GU", "MP", "PR", "VI"},
}

# Whose regions an address gives the way it gives a country ("Calgary, Alberta"), and how GeoNames
# numbers them: as ISO does, or by the older FIPS 10-4.
_REGION_CODES: Mapping[str, Mapping[str, str]] = {
    "US": {},
    "GB": {"ENG": "ENG", "SCT": "SCT", "WLS": "WLS", "NIR": "NIR"},
    "AU": {
        code: f"{number:02}"
        for number, code in enumerate(["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"], 1)
    },
    "CA": {
        code: f"{number:02}"
        for number, code in enumerate(
            ["AB", "BC", "MB", "NB", "NL", "", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"], 1
        )
        if code
    },
}

_CODE = re.compile(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Area:
    """A country (ISO 3166-1 alpha-2), or one of its regions (GeoNames' first-order code)."""

    country: str
    region: str
    name: str

    def holds(self, country: str, region: str) -> bool:
        """Tell whether a town with these codes lies in the area."""
        if country == self.country:
            return not self.region or region == self.region
        return not self.region and country in _WITHIN.get(self.country, ())

    def contains(self, other: Area) -> bool:
        """Tell whether the other area is this one or lies in it."""
        return self.holds(other.country, other.region)


def is_code(text: str) -> bool:
    """Tell whether the text is two or three capitals, such as `CA`, `USA` or `U.K.`."""
    return bool(_CODE.fullmatch(text.replace(".", "").strip()))


class Areas:
    """The world's countries and regions by every name that an address may give them."""

    def __init__(self, countries: Mapping[str, str]) -> None:
        """Read the ISO 3166 tables of pycountry; an `MdgenError` says how to install it.

        `countries` has the usual English name of each country by its alpha-2 code.
        """
        try:
            import pycountry  # noqa: PLC0415 - start-up time
        except ModuleNotFoundError as error:
            raise MdgenError(MISSING) from error
        self._iso = pycountry
        self._usual = countries
        self._named: defaultdict[str, list[Area]] = defaultdict(list)
        self._coded: defaultdict[str, list[Area]] = defaultdict(list)
        # A two-letter code in an address is a state first: "CA" and "IN" seldom are countries.
        for area, code in self._regions:
            self._coded[code].append(area)
        for area, names in self._countries():
            for name in names:
                self._enter(name, area)
        for area, _ in self._regions:
            self._enter(area.name, area)

    def strong(self, text: str) -> tuple[Area, ...]:
        """Give the areas that the whole text names: most likely first, none when it names none.

        Countries, the states and provinces of the United States, Canada and Australia, and the
        countries of the United Kingdom. Codes count in capitals only.
        """
        coded = self._coded.get(text.replace(".", "").strip(), []) if is_code(text) else []
        return tuple(dict.fromkeys([*coded, *self._named.get(fold(text), [])]))

    def short(self, text: str) -> tuple[Area, ...]:
        """Give the state or province whose older short form the whole text is: `Mass.`, `Ont.`."""
        area = self._short.get(text.rstrip("."))
        return (area,) if area else ()

    def weak(self, text: str) -> tuple[Area, ...]:
        """Give the countries that the whole text hints at.

        A country's name in another language ("Deutschland"), or any region of ISO 3166-2 in any
        language ("Bayern", "Corsica").
        """
        return tuple(
            Area(code, "", self.country_name(code))
            for code in self._foreign.get(text.casefold(), ())
        )

    def country_name(self, code: str) -> str:
        """Give the usual English name of a country: `Russia`, `South Korea`."""
        return self._usual.get(code, code)

    def _countries(self) -> Iterator[tuple[Area, list[str]]]:
        for entry in self._iso.countries:
            fields = dict(entry)
            code = fields["alpha_2"]
            keys = ("name", "common_name", "official_name")
            names = [fields[key] for key in keys if key in fields]
            # "Korea, Republic of"
            names += [" ".join(reversed(name.split(", "))) for name in names if ", " in name]
            usual = [name.strip() for name in _USUAL.get(code, "").split(";") if name]
            every = [self.country_name(code), *names, *usual, code, fields["alpha_3"]]
            yield Area(code, "", self.country_name(code)), every

    @cached_property
    def _regions(self) -> list[tuple[Area, str]]:
        names = {str(entry.code): str(entry.name) for entry in self._iso.subdivisions}
        return [
            (Area(country, codes.get(code, code), names[f"{country}-{code}"]), code)
            for country, codes in _REGION_CODES.items()
            for code in codes or (full[3:] for full in names if full.startswith(f"{country}-"))
        ]

    @cached_property
    def _short(self) -> dict[str, Area]:
        regions = {(area.country, code): area for area, code in self._regions}
        return {
            form: regions[country, code]
            for country, forms in _SHORT.items()
            for form, code in (pair.split("=") for pair in forms.split())
        }

    def _enter(self, name: str, area: Area) -> None:
        if is_code(name):
            self._coded[name.replace(".", "")].append(area)
        else:
            self._named[fold(name)].append(area)

    @cached_property
    def _foreign(self) -> dict[str, dict[str, None]]:
        """Country codes by what any language calls the country or one of its regions."""
        english: defaultdict[str, list[str]] = defaultdict(list)
        codes: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for country in self._iso.countries:
            for name in dict(country).values():
                english[str(name)].append(country.alpha_2)
        for region in self._iso.subdivisions:
            english[region.name].append(region.country_code)
            codes[region.name.casefold()][region.country_code] = None
        for code, names in _REGIONS.items():
            for name in names.split("; "):
                codes[name.casefold()][code] = None
        for name, foreign in _translations(Path(self._iso.LOCALES_DIR)):
            for code in english.get(name, ()):
                codes[foreign.casefold()][code] = None
        return codes


def _translations(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every English name with its name in another language, from gettext's catalogues.

    The module gettext only looks up single messages, a million of them here. For the form of the
    files: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    """
    for file in sorted(folder.glob("*/LC_MESSAGES/iso3166-[12].mo")):
        text = file.read_bytes()
        order = "<" if text[:4] == b"\xde\x12\x04\x95" else ">"
        count, originals, translations = struct.unpack_from(f"{order}3I", text, 8)
        spans = [
            struct.unpack_from(f"{order}{2 * count}I", text, start)
            for start in (originals, translations)
        ]
        for place in range(0, 2 * count, 2):
            name, foreign = (text[at[place + 1] : at[place + 1] + at[place]] for at in spans)
            yield name.decode(), foreign.decode()
