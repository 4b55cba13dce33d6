from __future__ import annotations

import json

import pytest

from mdgen.importers.csl_json import csl_cells, read_csl_json
from mdgen.problems import SheetError


@pytest.mark.parametrize(
    "wrapped",
    [
        [{"title": "A"}, {"title": "B"}],
        {"items": [{"title": "A"}, {"title": "B"}]},
        {"references": [{"title": "A"}, {"title": "B"}]},
        {"message": {"items": [{"title": ["A"]}, {"title": ["B"]}]}},
    ],
)
def test_items_in_a_list_wherever_it_is(wrapped: object) -> None:
    items = read_csl_json(json.dumps(wrapped).encode(), "x.json").items
    assert [item.values["title"] for item in items] == ["A", "B"]


@pytest.mark.parametrize("wrapped", [{"title": "A"}, {"message": {"title": ["A"]}}])
def test_one_item_alone(wrapped: object) -> None:
    [item] = read_csl_json(json.dumps(wrapped).encode(), "x.json").items
    assert item.values["title"] == "A"


def test_no_items() -> None:
    assert read_csl_json(b"[]", "x.json").items == ()


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"a": ' + "9" * 5000 + "}]"])
def test_json_that_python_will_not_read(text: str) -> None:
    with pytest.raises(SheetError, match="nested too deeply, or no JSON"):
        read_csl_json(text.encode(), "x.json")


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2020]]}, "2020"),
        ({"date-parts": [["2020", "2", "30"]]}, "2020-02"),
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": []}, ""),
        ({"date-parts": [[True]], "raw": "Jan 2020"}, "2020-01"),
        ({"literal": "c. 1999"}, "1999"),
        ("2020-05", "2020-05"),
        (7, ""),
        (2020, "2020"),
    ],
)
def test_dates(issued: object, date: str) -> None:
    [item] = read_csl_json(json.dumps({"title": "A", "issued": issued}).encode(), "x.json").items
    assert item.values.get("pub_date", "") == date


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ({"title": ["Foxes"], "subtitle": ["A Study"]}, "Foxes: A Study"),
        ({"title": ["Foxes: A Study"], "subtitle": ["A Study"]}, "Foxes: A Study"),
        ({"title": "$k$-means in $O(n^2)$"}, "k-means in O(n²)"),
        ({"title": "From US$5 to $6 and $7"}, "From US$5 to $6 and $7"),
    ],
)
def test_titles(title: dict[str, object], shown: str) -> None:
    assert csl_cells({**title})["title"] == shown  # type: ignore[dict-item]


def test_what_is_not_what_it_should_be_is_passed_over() -> None:
    cells = csl_cells({"title": "A", "author": ["Ng", {"family": "Ng"}, {}], "volume": 1.5})
    assert cells == {"title": "A", "authors": "Ng", "category": "manuscripts"}
