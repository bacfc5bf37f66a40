"""What a paper tells of a promise found broken late, a role nobody holds, whoever was gone, a quiet day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concierge.export import render, render_report
from concierge.services.report_views import Share, Totals
from concierge.services.summary import Line
from tests.export.made_up import RICH, START
from tests.export.made_up_period import DAY as PERIOD

DAY = 86_400


def told(languages: tuple[str, ...], fmt: str = "md", **changed: object) -> str:
    text = render(fmt, replace(RICH, **changed), languages)  # type: ignore[arg-type]
    assert isinstance(text, str)
    return text


def broken(late: int) -> tuple[Line, ...]:
    line = Line(START, "broken", "T-20261123-001", "3-1201", None, "neighbour", "resolve")
    return (replace(line, due_at=START - late),)


@pytest.mark.parametrize("fmt", ["md", "html", "csv"])
def test_a_promise_found_broken_late_stands_with_the_time_at_which_it_ran_out(fmt: str) -> None:
    found = broken(20 * 60)
    assert "办结时限 06:40 已过（07:00 发现）" in told(("zh",), fmt, timeline=found)
    assert "resolve: the time ran out at 06:40 (found at 07:00)" in told(
        ("en",), fmt, timeline=found
    )


def test_one_that_ran_out_on_another_day_is_told_with_its_date() -> None:
    said = told(("zh",), timeline=broken(DAY))
    assert "办结时限 2026-11-22 07:00 已过（07:00 发现）" in said


def test_one_found_within_a_minute_needs_one_time_only() -> None:
    assert "07:00 发现" not in told(("zh",), timeline=broken(60))
    assert "07:00 发现" in told(("zh",), timeline=broken(61))


def test_several_who_were_told_are_listed_as_the_language_lists() -> None:
    line = Line(START, "escalated", rung=1, role="supervisor", who="陈丽, 孙浩")
    assert "陈丽、孙浩" in told(("zh",), timeline=(line,))
    assert "陈丽, 孙浩" in told(("en",), timeline=(line,))


def test_a_rung_that_reached_nobody_says_that_nobody_holds_the_role() -> None:
    rows = tuple(replace(row, people=(), to="manager") for row in RICH.escalated)
    section = told(("zh",), escalated=rows).split("## 升级\n")[1].split("##")[0]
    assert section.count("没有总经理可通知") == len(rows)
    assert "无人当班" not in section


@pytest.mark.parametrize("fmt", ["md", "html", "csv"])
def test_the_place_of_whoever_was_gone_says_why_it_is_empty(fmt: str) -> None:
    signatures = tuple(each for each in RICH.signatures if each.part != "outgoing")
    gone = {"ended_how": "absent", "signatures": signatures}
    why = told(("zh",), fmt, end_reason="急事先走", **gone)
    assert "不在场，未签：急事先走" in why
    forgotten = told(("zh",), fmt, end_reason=None, **gone)
    assert "不在场，未签" in forgotten
    assert "不在场，未签：" not in forgotten


def test_the_picture_of_a_day_tells_its_busiest_hour_and_of_a_day_without_any_matter_none() -> None:
    hours = tuple(
        Share(f"{hour:02}", Totals(received=3 * (hour == 9)), Totals()) for hour in range(24)
    )
    busy = render_report("html", replace(PERIOD, by_hour=hours), ("en",))
    assert "most came in at 09: 3." in str(busy)
    quiet = tuple(replace(hour, totals=Totals()) for hour in hours)
    page = str(render_report("html", replace(PERIOD, by_hour=quiet), ("en",)))
    assert "<desc>Received 0, kept in time 0, broken 0.</desc>" in page
