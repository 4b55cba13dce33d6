from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.places.folding import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ["São Paulo", "Sao Paulo", "SAO PAULO", "sao-paulo"],
        ["St. Paul", "St Paul", "Saint Paul", "Saint-Paul"],
        ["The Netherlands", "the netherlands", "Netherlands"],
        ["Tromsø", "Tromso"],
        ["King's Lynn", "King’s Lynn", "Kings Lynn"],
        ["Straße", "STRASSE"],
        ["Łódź", "Lodz"],
        ["Washington, D.C.".replace(",", ""), "Washington DC"],
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: list[str]) -> None:
    assert len({fold(name) for name in spellings}) == 1


def test_the_alone_is_a_name() -> None:
    assert fold("The") == "the"
    assert fold("") == ""


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(name).strip() == fold(name)
