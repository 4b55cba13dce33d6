from mdgen.problems import shorten


def test_long_values_are_shortened_in_messages() -> None:
    assert shorten("a\n b") == "a b"
    assert shorten("x" * 61) == "x" * 59 + "…"
