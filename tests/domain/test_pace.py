"""A wall clock that leaps forward is waited for, and believed in the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.pace import LEAP_SECONDS, WAIT_SECONDS, Leap, Pace

NOON = 1795400000
BOOT = 5000.0


def at(pace: Pace, passed: int, ahead: int = 0) -> Leap | None:
    """Look ``passed`` seconds after noon at a wall clock that is so much ahead of the machine."""
    return pace.look(NOON + passed + ahead, BOOT + passed)


@pytest.fixture
def pace() -> Pace:
    made = Pace()
    assert at(made, 0) is None
    return made


def test_a_clock_that_keeps_pace_is_believed_however_long_nobody_looked(pace: Pace) -> None:
    assert at(pace, 100_000) is None
    assert pace.settled == ()


def test_the_first_look_believes_the_wall_clock_whatever_it_says() -> None:
    assert Pace().look(9_999_999_999, 3.5) is None


def test_ten_minutes_are_a_step_and_a_second_more_is_a_leap(pace: Pace) -> None:
    assert at(pace, 60, LEAP_SECONDS) is None
    leap = at(pace, 120, 2 * LEAP_SECONDS + 1)
    assert leap == Leap(
        expected=NOON + 120 + LEAP_SECONDS, seen=NOON + 121 + 2 * LEAP_SECONDS, since=BOOT + 120
    )
    assert pace.leap == leap


def test_a_leap_is_believed_after_five_minutes_of_the_machine(pace: Pace) -> None:
    assert at(pace, 10, 3600) is not None
    assert at(pace, 10 + WAIT_SECONDS - 1, 3600) is not None
    assert at(pace, 10 + WAIT_SECONDS, 3600) is None
    assert [(leap.expected, leap.seen, leap.end) for leap in pace.settled] == [
        (NOON + 310, NOON + 3910, "waited")
    ]
    assert pace.leap is None
    assert at(pace, 900, 3600) is None


def test_a_confirmed_leap_ends_at_the_next_look(pace: Pace) -> None:
    at(pace, 10, 3600)
    assert pace.accept()
    assert at(pace, 11, 3600) is None
    assert [leap.end for leap in pace.settled] == ["confirmed"]


def test_a_confirmation_without_a_leap_excuses_no_later_one(pace: Pace) -> None:
    assert not pace.accept()
    assert at(pace, 10, 3600) is not None
    assert at(pace, 20, 3600) is not None


def test_a_confirmation_does_not_cover_a_leap_nobody_saw_by_then(pace: Pace) -> None:
    at(pace, 10, 3600)
    pace.accept()
    assert at(pace, 20, 90_000) is not None
    assert at(pace, 10 + WAIT_SECONDS, 90_000) is not None
    assert at(pace, 20 + WAIT_SECONDS, 90_000) is None


def test_a_clock_that_is_set_back_had_not_leapt(pace: Pace) -> None:
    at(pace, 10, 3600)
    assert at(pace, 20, 2) is None
    assert [(leap.expected, leap.seen, leap.end) for leap in pace.settled] == [
        (NOON + 20, NOON + 22, "back")
    ]


def test_a_step_back_is_believed_and_the_way_forward_again_is_a_leap(pace: Pace) -> None:
    assert at(pace, 10, -3600) is None
    assert at(pace, 20) is not None


def test_what_ended_is_told_until_it_is_on_record(pace: Pace) -> None:
    at(pace, 10, 3600)
    at(pace, 20)
    at(pace, 30, 7200)
    at(pace, 330, 7200)
    assert [leap.end for leap in pace.settled] == ["back", "waited"]
    pace.recorded()
    assert pace.settled == ()


LOOKS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from([0, 0, 0, 1, -1, 599, 600, 601, -600, -601, 3600, -3600, 7200]),
        st.booleans(),
    ),
    max_size=30,
)


def read_out(looks: list[tuple[int, int, bool]]) -> list[tuple[str | None, ...]]:
    """The law by the letter, from the whole story each time: what ended, or None in place of it while held.

    A look is (boot seconds, seconds ahead, confirmed just before).
    """
    said: list[tuple[str | None, ...]] = []
    first: int | None = None  # the look that began what is pending
    for here, (boot, ahead, confirmed) in enumerate(looks):
        if first is None:
            if not here or ahead - looks[here - 1][1] <= 600:
                said.append(())
                continue
            first = here
        base = looks[first - 1][1]
        newest = max(i for i in range(first, here + 1) if looks[i][1] - looks[i - 1][1] > 600)
        if ahead - base <= 600:
            end: str | None = "back"
        elif confirmed and newest != here:
            end = "confirmed"
        elif boot - looks[newest][0] >= 300:
            end = "waited"
        else:
            end = None
        first = first if end is None else None
        said.append((end,))
    return said


@given(LOOKS)
def test_every_story_of_two_clocks_is_read_by_the_letter_of_the_law(
    steps: list[tuple[int, int, bool]],
) -> None:
    pace, boot, ahead, looks, said = Pace(), 0, 0, [], []
    for passed, moved, confirmed in steps:
        boot, ahead = boot + passed, ahead + moved
        looks.append((boot, ahead, confirmed))
        if confirmed:
            pace.accept()
        held = at(pace, boot, ahead)
        said.append((None,) if held else tuple(leap.end for leap in pace.settled))
        pace.recorded()
    assert said == read_out(looks)


@given(LOOKS, st.integers(300, 10_000))
def test_no_leap_holds_longer_than_five_minutes_without_another(
    steps: list[tuple[int, int, bool]], wait: int
) -> None:
    pace, boot, ahead = Pace(), 0, 0
    for passed, moved, _ in steps:
        boot, ahead = boot + passed, ahead + moved
        at(pace, boot, ahead)
    assert at(pace, boot + wait, ahead) is None
