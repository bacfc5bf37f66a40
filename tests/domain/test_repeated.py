"""When a complaint is a repeated matter: borders, examples, and a count by brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.policy import parse_policy
from concierge.domain.refusal import Refusal
from concierge.domain.repeated import (
    Complaint,
    Reason,
    Repeated,
    reasons,
    reasons_in_any_order,
    unsolved,
    unsolved_at,
)
from tests.domain.shipped import policy, raw_policy

DAY = 86_400
RULES = Repeated(window=30 * DAY, household=3, building=3, unsolved=30 * DAY)
NOW = 100 * DAY


def call(number: str, household: str, at: int = NOW, building: str = "3") -> Complaint:
    return Complaint(number, household, building, at)


def found(new: Complaint, *earlier: Complaint) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(each.kind, each.count, each.numbers) for each in reasons(RULES, new, earlier)]


def test_the_shipped_policy_has_the_figures_of_the_service() -> None:
    assert policy().repeated == RULES


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("window", "720 hours", "days"),
        ("unsolved", "30 working days", "days"),
        ("unsolved", "a month", "limit"),
        ("household", 1, "count"),
        ("household", -2, "count"),
        ("building", "3", "count"),
        ("building", True, "count"),
        ("street", 9, "unknown-key"),
    ],
)
def test_a_mistake_in_the_figures_is_named(key: str, value: object, problem: str) -> None:
    raw = raw_policy()
    raw["repeated"][key] = value
    with pytest.raises(Refusal) as refused:
        parse_policy(raw)
    told = refused.value.values
    assert (refused.value.code, told["key"], told["problem"]) == (
        "policy.bad",
        f"repeated.{key}",
        problem,
    )


def test_two_complaints_are_the_fewest_that_count_and_nought_counts_none() -> None:
    raw = raw_policy()
    raw["repeated"] |= {"household": 2, "building": 0}
    parsed = parse_policy(raw).repeated
    assert parsed is not None
    assert (parsed.household, parsed.building) == (2, 0)


def test_the_third_complaint_of_one_household_is_major_and_names_the_others() -> None:
    two = [call("1", "a", NOW - 5), call("2", "a", NOW - 3)]
    assert found(call("3", "a"), two[0]) == []
    assert found(call("3", "a"), *two) == [("household", 3, ("1", "2"))]
    assert found(call("4", "a"), *two, call("3", "a")) == [("household", 4, ("1", "2", "3"))]


def test_three_households_of_a_building_are_major_and_the_own_calls_are_not_named() -> None:
    others = [call("1", "b"), call("2", "c")]
    assert found(call("4", "a"), *others, call("3", "a")) == [("building", 3, ("1", "2"))]
    assert found(call("4", "a"), call("1", "b"), call("2", "c", building="4")) == []


def test_a_household_that_rings_ten_times_makes_no_trouble_spot_of_its_building() -> None:
    ten = [call(str(number), "b") for number in range(10)]
    assert found(call("x", "a"), *ten) == []


def test_the_nearer_reason_comes_first() -> None:
    calls = [call("1", "a"), call("2", "a"), call("3", "b"), call("4", "c")]
    assert [kind for kind, *_ in found(call("5", "a"), *calls)] == ["household", "building"]


@pytest.mark.parametrize(
    ("ago", "counts"), [(30 * DAY, True), (30 * DAY + 1, False), (0, True), (-1, False)]
)
def test_the_window_ends_at_its_last_second(ago: int, *, counts: bool) -> None:
    assert bool(found(call("3", "a"), call("2", "a"), call("1", "a", NOW - ago))) is counts


def test_a_complaint_is_never_its_own_predecessor() -> None:
    assert found(call("3", "a"), call("3", "a"), call("2", "a")) == []


def test_what_has_no_household_is_neither_counted_nor_major() -> None:
    assert found(call("3", ""), call("1", ""), call("2", "")) == []
    assert found(call("3", "a"), call("1", ""), call("2", "")) == []


def test_a_count_of_nought_turns_a_rule_off_and_no_rules_find_nothing() -> None:
    calls = [call("1", "a"), call("2", "a"), call("3", "b"), call("4", "c")]
    off = Repeated(window=30 * DAY, household=0, building=0, unsolved=DAY)
    assert reasons(off, call("5", "a"), calls) == ()
    assert reasons(None, call("5", "a"), calls) == ()


def test_a_complaint_written_down_after_later_ones_fills_their_window() -> None:
    later = [call("1", "a", NOW + 5 * DAY), call("2", "a", NOW + 30 * DAY)]
    new = call("3", "a")
    assert reasons(RULES, new, later) == ()
    assert reasons_in_any_order(RULES, new, later) == (Reason("household", 3, ("1", "2")),)
    too_late = [later[0], call("2", "a", NOW + 30 * DAY + 1)]
    assert reasons_in_any_order(RULES, new, too_late) == ()


def test_without_rules_nothing_written_down_late_is_repeated() -> None:
    two = [call("1", "a", NOW + 1), call("2", "a", NOW + 2)]
    assert reasons_in_any_order(RULES, call("3", "a"), two) != ()
    assert reasons_in_any_order(None, call("3", "a"), two) == ()


def test_unsolved_begins_the_second_after_its_last_day() -> None:
    end = unsolved_at(RULES, NOW)
    assert end == NOW + 30 * DAY
    assert unsolved(RULES, NOW, end) is None
    reason = unsolved(RULES, NOW, end + 1)
    assert reason is not None
    assert (reason.kind, reason.count, reason.numbers) == ("unsolved", 30, ())
    assert unsolved_at(None, NOW) is None
    assert unsolved(None, NOW, NOW + 400 * DAY) is None


CALLS = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c", "d"]), st.sampled_from(["3", "4"]),
              st.integers(-3, 12)),
    max_size=14,
)  # fmt: skip


@given(
    calls=CALLS, household=st.sampled_from(["", "a", "b"]), building=st.sampled_from(["3", "4"]),
    window=st.integers(0, 10), third=st.integers(0, 4), spot=st.integers(0, 4),
)  # fmt: skip
def test_it_is_what_counting_one_by_one_finds(
    *,
    calls: list[tuple[str, str, int]],
    household: str,
    building: str,
    window: int,
    third: int,
    spot: int,
) -> None:
    earlier = [
        Complaint(str(number), who, where, NOW - ago)
        for number, (who, where, ago) in enumerate(calls)
    ]
    new = Complaint("new", household, building, NOW)
    mine, others = 1, {household}
    for who, where, ago in calls:
        if who and 0 <= ago <= window:
            mine += who == household
            if where == building:
                others.add(who)
    expected = {}
    if household and third and mine >= third:
        expected["household"] = mine
    if household and spot and len(others) >= spot:
        expected["building"] = len(others)
    rules = Repeated(window=window, household=third, building=spot, unsolved=0)
    got = reasons(rules, new, earlier)
    assert {each.kind: each.count for each in got} == expected
    for each in got:
        named = [calls[int(number)] for number in each.numbers]
        if each.kind == "household":
            assert len(named) == mine - 1
        else:
            assert {who for who, *_ in named} == others - {household}


@given(
    written=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 25)), max_size=8),
    window=st.integers(0, 10),
)
def test_in_whatever_order_they_are_written_down_a_full_window_is_noticed(
    written: list[tuple[str, int]], window: int
) -> None:
    rules = Repeated(window=window, household=3, building=3, unsolved=0)
    calls = [call(str(nth), who, at) for nth, (who, at) in enumerate(written)]
    noticed = {
        each.kind
        for nth, new in enumerate(calls)
        for each in reasons_in_any_order(rules, new, calls[:nth])
    }
    full = set()
    for three in combinations(calls, 3):
        times = [each.received_at for each in three]
        if max(times) - min(times) <= window:
            full |= {1: {"household"}, 3: {"building"}}.get(
                len({each.household for each in three}), set()
            )
    # A reason found first leaves the other unsaid of the same complaint; of one kind alone none is missed.
    assert bool(noticed) == bool(full)
    assert noticed <= full
