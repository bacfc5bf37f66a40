"""Quiet hours: to the second, over midnight, over a change of the clocks, against a walk minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.instants import parse_instant
from concierge.domain.policy import overlay, parse_policy
from concierge.domain.quiet import QuietHours, quiet_until
from concierge.domain.refusal import Refusal
from concierge.settings import shipped_policy
from tests.domain.shipped import policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours(22 * 60, 7 * 60 + 30, ("director", "manager"))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    """An instant by the clock on the wall."""
    return parse_instant(text, zone)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-23T21:59:59", None),
        ("2026-11-23T22:00:00", "2026-11-24T07:30"),
        ("2026-11-24T00:00:00", "2026-11-24T07:30"),
        ("2026-11-24T07:29:59", "2026-11-24T07:30"),
        ("2026-11-24T07:30:00", None),
        ("2026-11-24T12:00:00", None),
    ],
)
def test_a_director_is_left_to_sleep_from_ten_to_half_past_seven(
    moment: str, until: str | None
) -> None:
    assert quiet_until(NIGHT, "director", at(moment), SHANGHAI) == (at(until) if until else None)


def test_whoever_stands_at_the_desk_or_is_not_named_is_told_at_any_hour() -> None:
    midnight = at("2026-11-24T00:00")
    assert quiet_until(NIGHT, "supervisor", midnight, SHANGHAI) is None
    assert quiet_until(None, "director", midnight, SHANGHAI) is None


def test_the_night_the_clocks_change_ends_at_half_past_seven_by_the_wall() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for evening, morning, hours in (
        ("2026-03-28T22:00", "2026-03-29T07:30", 8.5),
        ("2026-10-24T22:00", "2026-10-25T07:30", 10.5),
    ):
        start = at(evening, berlin)
        assert quiet_until(NIGHT, "manager", start, berlin) == at(morning, berlin)
        assert at(morning, berlin) - start == hours * 3600


def test_the_shipped_policy_has_the_quiet_hours_of_the_design() -> None:
    assert policy().quiet == NIGHT


@pytest.mark.parametrize(
    ("quiet", "key", "problem"),
    [
        ({"from": "22:00", "to": "22:00", "roles": ["director"]}, "quiet.to", "quiet-empty"),
        ({"from": "25:00", "to": "07:30", "roles": []}, "quiet.from", "time-of-day"),
        ({"from": "22:00", "to": "7", "roles": []}, "quiet.to", "time-of-day"),
        ({"from": "22:00", "to": "07:30", "roles": ["owner"]}, "quiet.roles", "choice"),
        ({"from": "22:00", "to": "07:30", "roles": [], "x": 1}, "quiet.x", "unknown-key"),
    ],
)
def test_a_mistake_in_the_quiet_hours_is_named(
    quiet: dict[str, object], key: str, problem: str
) -> None:
    with pytest.raises(Refusal) as caught:
        parse_policy({**shipped_policy(), "quiet": quiet})
    assert (caught.value.values["key"], caught.value.values["problem"]) == (key, problem)


def walk(quiet: QuietHours, moment: int, zone: ZoneInfo) -> int | None:
    """The oracle: read the wall minute by minute until it is not quiet any more."""

    def is_quiet(second: int) -> bool:
        wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)).astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        if quiet.start < quiet.end:
            return quiet.start <= minute < quiet.end
        return minute >= quiet.start or minute < quiet.end

    if not is_quiet(moment):
        return None
    later = moment - moment % 60 + 60
    while is_quiet(later):
        later += 60
    return later


@given(
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    moment=st.integers(1_767_225_600, 1_830_297_600),
    # Kolkata is no whole number of hours away; neither zone changes its clocks.
    zone=st.sampled_from([SHANGHAI, ZoneInfo("Asia/Kolkata")]),
)
def test_the_end_is_where_a_walk_along_the_wall_clock_finds_it(
    start: int, end: int, moment: int, zone: ZoneInfo
) -> None:
    if start == end:
        return
    quiet = QuietHours(start, end, ("director",))
    assert quiet_until(quiet, "director", moment, zone) == walk(quiet, moment, zone)


def test_a_top_rung_below_the_first_is_refused_and_one_above_cuts_the_ladder() -> None:
    def with_top(role: str) -> dict[str, object]:
        return overlay(shipped_policy(), {"categories": {"neighbour": {"top": role}}})

    with pytest.raises(Refusal) as caught:
        parse_policy(with_top("concierge"))
    assert caught.value.values["problem"] == "top"
    cut = parse_policy(with_top("director"))
    ladder = cut.ladders["minutes"].up_to(cut.categories["neighbour"].top)
    assert [rung.to for rung in ladder.rungs] == ["supervisor", "director"]


def test_rungs_that_climb_down_are_refused_and_a_repeat_may_be_a_limit() -> None:
    minutes = shipped_policy()["ladders"]["minutes"]  # type: ignore[index]
    down = [{"to": "director", "when": "due"}, {"to": "supervisor", "when": "due + 5 minutes"}]
    with pytest.raises(Refusal) as caught:
        parse_policy(
            overlay(shipped_policy(), {"ladders": {"minutes": {**minutes, "rungs": down}}})
        )
    assert caught.value.values["problem"] == "role-order"
    often = overlay(shipped_policy(), {"ladders": {"minutes": {"repeat": "4 hours"}}})
    assert str(parse_policy(often).ladders["minutes"].repeat) == "4 hours"
