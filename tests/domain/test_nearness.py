"""Who mistypes a code is shown those that it may have been."""

from __future__ import annotations

from concierge.domain.nearness import nearest, nearest_first

CODES = ("emergency", "neighbour", "meals", "fees")


def test_the_likeliest_code_comes_first_and_none_is_left_out() -> None:
    assert nearest(" Neigbour", CODES) == ("neighbour",)
    assert nearest_first("neigbour", CODES) == ("neighbour", "emergency", "meals", "fees")


def test_nothing_is_guessed_from_what_looks_like_no_code() -> None:
    assert nearest("xyz", CODES) == ()
    assert nearest_first("xyz", CODES) == CODES
