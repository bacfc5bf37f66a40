"""What a director reads first: counts in sentences, and what waits for a decision."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from concierge.export import render, render_report
from concierge.services.summary import Kept, Received, ShiftSummary
from tests.export.made_up import EMPTY, END, RICH
from tests.export.made_up_period import MONTH


def rendered(fmt: str, summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    text = render(fmt, summary, languages)
    assert isinstance(text, str)
    return text


def as_json(summary: ShiftSummary) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(render("json", summary, ("en",)))
    return parsed


def test_one_matter_is_not_many_matters() -> None:
    one = replace(EMPTY, received=(Received("inquiry", "fees", 1, 0),))
    assert as_json(one)["story"]["en"].startswith("1 matter came in.")


def test_a_shift_without_a_broken_promise_says_so() -> None:
    kept = replace(EMPTY, kept=(Kept("answer", 4, 0),))
    assert "Promises: 4 kept in time, none broken." in as_json(kept)["story"]["en"]


def test_an_acknowledged_escalation_waits_for_no_decision() -> None:
    signed = tuple(
        replace(row, acknowledged_at=END, acknowledged_by="Zhou") for row in RICH.escalated
    )
    waits = as_json(replace(RICH, escalated=signed, carried=()))["needs_decision"]
    assert waits == {
        "nobody_told": [],
        "not_acknowledged": [],
        "overdue": [],
        "counts_differ": ["keys"],
    }
    quiet = replace(RICH, escalated=signed, carried=(), counts=(), notes=(), withheld=0)
    paper = rendered("md", quiet, ("en",))
    assert "**Nothing waits for a decision.**" in paper


def test_an_escalation_that_reached_nobody_is_told_apart_from_one_not_acknowledged() -> None:
    paper = rendered("md", RICH, ("en",))
    assert "1 escalation reached nobody: T-20261123-007" in paper
    assert "1 escalation is not acknowledged: T-20261123-007" in paper


def test_many_tickets_are_listed_once_each_and_then_counted() -> None:
    rows = tuple(replace(RICH.carried[0], number=f"T-20261123-{n:03}") for n in range(1, 10))
    paper = rendered("csv", replace(RICH, carried=rows + rows[:2]), ("en",))
    assert "11 overdue matters are carried over: T-20261123-001, " in paper
    assert "T-20261123-006 and 3 more." in paper
    assert "T-20261123-007 and" not in paper


def test_a_running_shift_is_told_as_running_up_to_now() -> None:
    paper = rendered("md", EMPTY, ("en",))
    assert "- State: still running" in paper
    assert "- So far, until: Monday 23 November 2026, 15:00" in paper


def test_nothing_is_carried_over_while_a_shift_runs() -> None:
    running = rendered("md", replace(RICH, ended_at=None, state="open"), ("en", "zh"))
    assert "1 cancelled, 3 open now." in running
    assert "1 open matter is overdue: T-20261123-007." in running
    for said in ("carried over", "Carried over", "移交下一班", "移交事项"):
        assert said not in running
        assert said in rendered("md", RICH, ("en", "zh"))


def test_what_is_open_now_stands_in_a_period_that_runs_and_in_no_past_one() -> None:
    for report, stands in ((replace(MONTH, until=MONTH.end - 1), True), (MONTH, False)):
        paper = str(render_report("md", report, ("en",)))
        assert ("| Open now | 26 |" in paper) is stands
        assert ("26 open now." in paper) is stands


def test_a_rehearsal_says_so_before_anything_else_and_a_real_shift_never() -> None:
    for fmt, mark in (("md", "REHEARSAL"), ("html", "REHEARSAL"), ("csv", "REHEARSAL")):
        body = rendered(fmt, RICH, ("en",))
        assert body.index(mark) < body.index("Lobby 3")
        assert mark not in rendered(fmt, EMPTY, ("en",))
    assert as_json(RICH)["rehearsal"] is True


def test_a_category_the_policy_has_dropped_is_shown_by_its_code() -> None:
    gone = replace(RICH, categories={})
    assert "| complaint | home-repair | 2 | 0 |" in rendered("md", gone, ("en",))


def test_times_in_json_carry_the_property_s_offset() -> None:
    values = as_json(RICH)
    assert values["schema"] == "concierge.shift-summary/2"
    assert values["started_at"] == "2026-11-23T07:00:00+08:00"
    assert values["broken"][1]["met_at"] is None
    assert values["broken"][1]["late_seconds"] == 40 * 60
    assert values["broken"][2]["late_seconds"] == 0


BARE = replace(RICH, notes=(), timeline=(), escalated=(), hours=())


@pytest.mark.parametrize(
    ("paper", "end"),
    [
        (RICH, RICH.started_at - 60),
        (replace(BARE, notes=RICH.notes), max(row.at for row in RICH.notes) - 1),
        (replace(BARE, escalated=RICH.escalated), RICH.escalated[0].fired_at - 1),
        (replace(BARE, timeline=RICH.timeline), max(row.at for row in RICH.timeline) - 1),
        (replace(BARE, hours=RICH.hours), RICH.hours[-1].start - 1),
    ],
)
def test_a_clock_that_was_put_back_during_the_shift_is_said_where_somebody_decides(
    paper: ShiftSummary, end: int
) -> None:
    back = replace(paper, until=end, ended_at=end)
    for code, said in (("en", "clock was put back"), ("zh", "时钟被往回拨过")):
        assert said in rendered("md", back, (code,))
        assert said not in rendered("md", RICH, (code,))
    for fmt in ("html", "csv", "json", "xlsx", "pdf"):
        assert render(fmt, back, ("zh", "en")), fmt
