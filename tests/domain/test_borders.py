"""The borders of the rules, to the second and to the word of what they refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from concierge.domain.escalation import NextRung, next_at
from concierge.domain.policy import overlay, parse_policy
from concierge.domain.refusal import Refusal
from concierge.domain.roles import rank
from concierge.domain.ticket import (
    check_meeting,
    check_past,
    default_agreed_clock,
    replan,
    restarted,
)
from concierge.settings import shipped_policy
from tests.domain.shipped import policy

NOW = 1_000_000
LATE = 300


def refused(call: Any, *args: Any, **more: Any) -> tuple[str, dict[str, object]]:
    """What a call refuses, with all its values."""
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    return caught.value.code, dict(caught.value.values)


def test_what_lies_ahead_or_back_without_a_reason_is_refused_with_its_instants() -> None:
    assert refused(check_past, NOW + 1, NOW, "why", LATE) == (
        "time.future",
        {"at": NOW + 1, "now": NOW},
    )
    assert check_past(NOW, NOW, None, LATE) is False
    assert check_past(NOW - LATE, NOW, None, LATE) is False
    early = NOW - LATE - 1
    assert refused(check_past, early, NOW, "  ", LATE) == (
        "time.late-reason",
        {"at": early, "minutes": 5},
    )
    assert check_past(early, NOW, "the line was busy", LATE) is True
    assert refused(check_past, 0, NOW, None, 359)[1]["minutes"] == 5


def meeting(at: int, due: int | None, reason: str | None, counted_from: int = 0) -> Any:
    """Whether a clock may be met at ``at``."""
    return check_meeting(at, NOW, due, reason, counted_from=counted_from, late_after=LATE)


def test_a_clock_is_met_from_the_second_it_is_counted_from() -> None:
    meeting(NOW, None, None, counted_from=NOW)
    assert refused(meeting, NOW - 1, None, None, counted_from=NOW) == (
        "time.before-received",
        {"at": NOW - 1, "received": NOW},
    )


def test_a_time_of_its_own_that_turns_a_breach_into_kept_needs_a_reason() -> None:
    due = NOW - 10
    assert refused(meeting, due, due, None) == ("time.late-reason", {"at": due, "minutes": 0})
    meeting(due, due, "he was there, the phone was flat")
    meeting(due + 1, due, None)  # late all the same
    meeting(NOW, NOW, None)  # in time, and now
    meeting(NOW - 1, NOW, None)  # nothing was broken yet
    meeting(NOW - LATE - 1, None, "busy")
    assert refused(meeting, NOW - LATE - 1, None, None)[0] == "time.late-reason"


@pytest.mark.parametrize(
    ("clocks", "chosen"),
    [
        ([("attend", False), ("answer", False), ("resolve", False)], "resolve"),
        ([("attend", False), ("answer", False)], "answer"),
        ([("limit", False), ("attend", False)], "attend"),
        ([("limit", False)], "limit"),
        ([("resolve", False), ("attend", True)], "attend"),
        ([], None),
    ],
)
def test_an_agreed_time_is_for_the_clock_that_runs_by_agreement_then_by_rank(
    clocks: list[tuple[str, bool]], chosen: str | None
) -> None:
    assert default_agreed_clock(clocks) == chosen
    assert default_agreed_clock(clocks[::-1]) == chosen


def test_reopening_and_a_category_without_a_running_clock_start_the_clock_that_ends_the_matter() -> (
    None
):
    rules = policy()
    fees, neighbour = rules.categories["fees-on-site"], rules.categories["neighbour"]
    assert restarted(fees, rules).kind == "answer"
    assert restarted(neighbour, rules) == neighbour.clock("resolve")
    only_attend = replace(
        neighbour, clocks=tuple(c for c in neighbour.clocks if c.kind == "attend")
    )
    assert restarted(only_attend, rules) == rules.resolve_default
    met = ("attend", "resolve")
    assert replan(neighbour, (), met, rules).start == (neighbour.clock("resolve"),)
    assert replan(fees, (), ("attend", "answer"), rules).start == (fees.clock("answer"),)


def test_a_sweep_looks_at_what_comes_first_of_rung_breach_and_raising() -> None:
    rung = NextRung(2, "director", 500)
    assert next_at(rung, 300, breach_recorded=True) == 500
    assert next_at(rung, 300, breach_recorded=False) == 300
    assert next_at(rung, 300, breach_recorded=True, raise_at=400) == 400
    assert next_at(rung, 300, breach_recorded=True, raise_at=600) == 500


def test_a_role_that_is_none_is_named_with_those_there_are() -> None:
    assert refused(rank, "owner") == (
        "role.unknown",
        {"role": "owner", "roles": "concierge, supervisor, director, manager"},
    )


def ladder(*rungs: tuple[str, str]) -> dict[str, object]:
    """The shipped policy with other rungs on the ladder of minutes."""
    rows = [{"to": to, "when": when} for to, when in rungs]
    return overlay(shipped_policy(), {"ladders": {"minutes": {"rungs": rows}}})


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        ("due + 5 minutes", "due", "due"),
        ("due + 60 minutes", "due + 1 hour", "1 hour"),
        ("due + 60 business minutes", "due + 60 minutes", "60 minutes"),
        ("due + 24 hours", "due + 1 day", "1 day"),
        ("due", "due", "due"),
    ],
)
def test_rungs_out_of_order_are_refused_with_the_line_they_stand_in(
    low: str, high: str, value: str
) -> None:
    raw = ladder(("supervisor", "due"), ("supervisor", low), ("director", high))
    if low == "due":
        raw = ladder(("supervisor", low), ("director", high))
    code, values = refused(parse_policy, raw)
    nth = 1 if low == "due" else 2
    assert (code, values) == (
        "policy.bad",
        {"key": f"ladders.minutes.rungs[{nth}].when", "problem": "order", "value": value},
    )


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("due + 59 minutes", "due + 1 hour"),
        ("due + 1 hour", "due + 61 minutes"),
        ("due + 23 hours", "due + 1 day"),
        ("due + 1 day", "due + 25 hours"),
        ("due + 1 minute", "due + 2 minutes"),
    ],
)
def test_rungs_in_order_are_taken_and_one_role_may_be_told_twice(low: str, high: str) -> None:
    rungs = parse_policy(ladder(("supervisor", low), ("supervisor", high))).ladders["minutes"].rungs
    assert [rung.to for rung in rungs] == ["supervisor", "supervisor"]


def test_a_role_below_the_one_before_it_is_refused_with_its_line() -> None:
    raw = ladder(("director", "due"), ("supervisor", "due + 5 minutes"))
    assert refused(parse_policy, raw)[1] == {
        "key": "ladders.minutes.rungs[1].to",
        "problem": "role-order",
        "value": "supervisor",
    }
