"""The life of a ticket, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.policy import Category
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import (
    check_meeting,
    check_past,
    closes,
    default_agreed_clock,
    first_due,
    is_to_be_agreed,
    may_reopen,
    meets,
    number_text,
    replan,
    restarted,
    starts_resolve,
    stays_broken,
)
from tests.domain.shipped import policy

NOW = 1795414380


def category(code: str) -> Category:
    """A shipped category."""
    return policy().categories[code]


def test_what_happened_up_to_five_minutes_ago_needs_no_reason() -> None:
    assert check_past(NOW - 300, NOW, None, 300) is False
    assert check_past(NOW, NOW, None, 300) is False


def test_earlier_needs_a_reason_and_is_logged_late() -> None:
    assert check_past(NOW - 301, NOW, "was with a resident", 300) is True
    for reason in (None, "", "   "):
        with pytest.raises(Refusal, match=r"time\.late-reason"):
            check_past(NOW - 301, NOW, reason, 300)


def test_nothing_is_received_in_the_future() -> None:
    with pytest.raises(Refusal, match=r"time\.future"):
        check_past(NOW + 1, NOW, "any", 300)


def test_a_clock_is_not_met_before_it_was_counted_from() -> None:
    with pytest.raises(Refusal, match=r"time\.before-received"):
        check_meeting(NOW - 1, NOW, None, "reason", counted_from=NOW, late_after=300)


def test_turning_a_breach_into_a_kept_promise_needs_a_reason_however_short_ago() -> None:
    due = NOW - 60
    with pytest.raises(Refusal, match=r"time\.late-reason"):
        check_meeting(NOW - 90, NOW, due, None, counted_from=NOW - 900, late_after=300)
    check_meeting(NOW - 90, NOW, due, "was there", counted_from=NOW - 900, late_after=300)
    check_meeting(NOW - 30, NOW, due, None, counted_from=NOW - 900, late_after=300)
    check_meeting(NOW, NOW, NOW, None, counted_from=NOW - 900, late_after=300)


def test_resolving_meets_every_clock_and_attending_only_its_own() -> None:
    running = ("answer", "attend", "resolve")
    assert meets("resolve", "complaint", running) == running
    assert meets("attend", "complaint", running) == ("attend",)
    assert meets("attend", "complaint", ("resolve",)) == ()
    assert meets("answer", "errand", ("answer", "resolve")) == ("answer",)


def test_answering_an_inquiry_closes_it_and_so_meets_every_clock() -> None:
    assert closes("answer", "inquiry")
    assert not closes("answer", "complaint")
    assert closes("resolve", "errand")
    assert meets("answer", "inquiry", ("attend", "answer")) == ("attend", "answer")


@given(
    st.sampled_from(["attend", "answer", "resolve"]),
    st.sampled_from(["complaint", "inquiry", "errand"]),
    st.sets(st.sampled_from(["answer", "attend", "resolve"])),
)
def test_closing_leaves_no_clock_running_and_nothing_is_met_that_did_not_run(
    action: str, kind: str, running: set[str]
) -> None:
    met = set(meets(action, kind, running))
    assert met <= running
    if closes(action, kind):
        assert met == running


def test_an_open_complaint_without_a_clock_gets_one() -> None:
    assert starts_resolve("complaint", ())
    assert not starts_resolve("complaint", ("attend",))
    assert not starts_resolve("inquiry", ())


def test_the_clock_due_first_is_found_and_ties_go_in_order() -> None:
    assert first_due([("attend", 5), ("resolve", 3)]) == "resolve"
    assert first_due([("attend", 3), ("resolve", 3)]) == "attend"
    assert first_due([]) is None


def test_a_reopening_restarts_resolve_and_for_an_inquiry_the_answer() -> None:
    assert restarted(category("neighbour"), policy()).kind == "resolve"
    assert restarted(category("fees-on-site"), policy()).kind == "answer"
    without = replace(category("neighbour"), clocks=category("neighbour").clocks[:1])
    assert restarted(without, policy()) == policy().resolve_default


def test_a_ticket_may_be_reopened_for_seven_times_twenty_four_hours() -> None:
    week = policy().reopen_within
    assert may_reopen(NOW - week, NOW, week)
    assert not may_reopen(NOW - week - 1, NOW, week)


def test_a_change_of_category_keeps_starts_and_stops_clocks() -> None:
    plan = replan(category("public-repair"), ("attend", "resolve"), (), policy())
    assert [kind for kind, _ in plan.keep] == ["resolve"]
    assert (plan.start, plan.stop) == ((), ("attend",))
    plan = replan(category("emergency"), ("resolve",), ("attend",), policy())
    assert ([k for k, _ in plan.keep], plan.start, plan.stop) == (["resolve"], (), ())
    plan = replan(category("fees"), ("resolve",), (), policy())
    assert [spec.kind for spec in plan.start] == ["answer"]


def test_after_a_change_some_clock_always_runs() -> None:
    plan = replan(category("public-repair"), (), ("resolve",), policy())
    assert [spec.kind for spec in plan.start] == ["resolve"]
    only_attend = replace(category("neighbour"), clocks=category("neighbour").clocks[:1])
    plan = replan(only_attend, (), ("attend",), policy())
    assert plan.start == (policy().resolve_default,)
    plan = replan(category("fees"), (), ("answer",), policy())
    assert [spec.kind for spec in plan.start] == ["answer"]


def test_an_agreed_time_goes_to_the_clock_by_agreement_first() -> None:
    assert default_agreed_clock([("attend", False), ("resolve", True)]) == "resolve"
    assert default_agreed_clock([("answer", True), ("resolve", False)]) == "answer"
    assert default_agreed_clock([("answer", False), ("attend", False)]) == "answer"
    assert default_agreed_clock([("attend", False)]) == "attend"
    assert default_agreed_clock([]) is None


def test_a_number_holds_the_day_and_grows_beyond_three_digits() -> None:
    assert number_text("20261123", 12) == "T-20261123-012"
    assert number_text("20261123", 1234) == "T-20261123-1234"


@pytest.mark.parametrize(
    ("by_agreement", "agreed_at", "at_once", "wanted"),
    [
        (True, None, None, True),
        (True, 5, None, False),
        (True, None, "30 minutes", False),
        (False, None, None, False),
    ],
)
def test_a_time_is_to_be_agreed_until_one_is_or_it_is_wanted_at_once(
    by_agreement: bool, agreed_at: int | None, at_once: str | None, wanted: bool
) -> None:
    found = is_to_be_agreed(by_agreement=by_agreement, agreed_at=agreed_at, at_once=at_once)
    assert found is wanted


@pytest.mark.parametrize(
    ("at", "is_open", "breached", "broken"),
    [
        (100, True, False, False),  # to the second
        (101, True, False, True),
        (100, True, True, False),  # said to have been done in time after all
        (101, False, False, False),  # kept long before
        (99, False, True, True),
    ],
)
def test_a_promise_stays_broken_by_what_was_done_and_when(
    at: int, is_open: bool, breached: bool, broken: bool
) -> None:
    assert stays_broken(at, due_at=100, is_open=is_open, breached=breached) is broken
