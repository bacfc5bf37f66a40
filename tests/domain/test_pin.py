"""PINs: which may be chosen, and how they are kept."""

from __future__ import annotations

import pytest

from concierge.domain.pin import checked_pin, is_pin, sealed_pin
from concierge.domain.refusal import Refusal


@pytest.mark.parametrize(
    "typed", ["", "123", "12a4", "１２３", "1234567890123", "-1234", "1 34", "①②③④", "²²³³"]
)
def test_a_pin_is_digits_and_neither_short_nor_endless(typed: str) -> None:
    with pytest.raises(Refusal, match=r"pin\.bad"):
        checked_pin(typed)


@pytest.mark.parametrize("typed", ["0000", "1234", "9876", "２２２２２"])
def test_a_pin_that_repeats_or_counts_is_too_easy(typed: str) -> None:
    with pytest.raises(Refusal, match=r"pin\.easy"):
        checked_pin(typed)


def test_a_pin_typed_full_width_is_the_same_pin() -> None:
    assert checked_pin(" ２５８０ ") == "2580"
    assert is_pin("２５８０", sealed_pin("2580"))


def test_what_is_kept_tells_neither_the_pin_nor_that_two_are_equal() -> None:
    one, two = sealed_pin("2580"), sealed_pin("2580")
    assert one != two
    assert "2580" not in one
    assert is_pin("2580", one)
    assert is_pin("2580", two)
    assert not is_pin("2581", one)
    assert not is_pin("", one)


@pytest.mark.parametrize(
    "kept", ["", "plain", "scrypt$1$8$1$aa$bb", "md5$16384$8$1$aa$bb", "a$b$c$d$e$f"]
)
def test_what_was_kept_in_another_way_lets_nobody_in(kept: str) -> None:
    assert not is_pin("2580", kept)
