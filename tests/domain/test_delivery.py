"""When a notice is tried again, and when it is given up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from concierge.domain.delivery import is_given_up, wait_after


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (9, 3600), (10_000, 3600)],
)
def test_the_wait_doubles_from_half_a_minute_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert wait_after(attempts) == seconds


@given(integers(1, 300))
def test_no_wait_is_shorter_than_the_one_before(attempts: int) -> None:
    assert 30 <= wait_after(attempts) <= wait_after(attempts + 1) <= 3600


def test_a_notice_is_given_up_a_day_after_it_might_first_be_sent() -> None:
    assert not is_given_up(1000, 1000 + 86_399, 30)
    assert is_given_up(1000, 1000 + 86_400, 30)


def test_a_computer_that_was_off_for_a_day_tries_for_an_hour_before_it_gives_up() -> None:
    assert not is_given_up(1000, 1000 + 200_000, 7)
    assert is_given_up(1000, 1000 + 200_000, 8)
