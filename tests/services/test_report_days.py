"""Where a day begins and ends, what it is compared with, and what no later act changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from concierge.domain.refusal import Refusal
from concierge.domain.shift import ShiftRules
from concierge.services.changes import change
from concierge.services.escalating import acknowledge
from concierge.services.figures import QUARTER, hour_of
from concierge.services.founding import know_desk
from concierge.services.handover import begin_handover
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest, count_item
from concierge.services.handover_signing import sign_handover
from concierge.services.handover_views import HandoverView
from concierge.services.periods import edges
from concierge.services.phoning import told_by_phone
from concierge.services.reopening import reopen
from concierge.services.report import report
from concierge.services.report_views import PeriodReport
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from concierge.services.timeline import LONGEST
from tests.services.world import World, clock_of

RULES = ShiftRules(starts=(420, 900, 1380), early=1800, relief=1800, ladder="shift")


def asked(
    world: World, first: str, last: str | None = None, name: str | None = None
) -> PeriodReport:
    return report(world.desk, first_day=first, last_day=last or first, name=name)


def test_a_night_shift_belongs_whole_to_the_day_on_which_it_began(world: World) -> None:
    world.go("2026-11-23T14:55")
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    world.go("2026-11-23T22:50")
    end_shift(world.desk, actor="Chen", alone="x")
    start_shift(world.desk, actor="Sun")
    world.go("2026-11-24T02:00")
    world.add("fees", answered="two yuan")
    world.go("2026-11-24T07:10")  # the next shift came late: this is still the night's
    world.add("fees", answered="two yuan")
    end_shift(world.desk, actor="Sun", alone="x")
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    monday, tuesday = asked(world, "2026-11-23"), asked(world, "2026-11-24")
    assert (monday.totals.received, tuesday.totals.received) == (3, 1)
    assert [line.staff for line in monday.shifts] == ["Chen", "Sun"]
    assert tuesday.before == monday.totals
    assert {share.key: share.totals.received for share in monday.by_hour if share.totals.received} == {
        "02": 1, "07": 1, "14": 1,
    }  # fmt: skip


def test_whoever_starts_early_works_the_next_day(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.go("2026-11-24T06:40")
    end_shift(world.desk, actor="Chen", alone="x")
    start_shift(world.desk, actor="Sun")
    world.add("fees", answered="two yuan")
    assert asked(world, "2026-11-23").totals.received == 0
    world.go("2026-11-24T07:00")
    assert asked(world, "2026-11-24").totals.received == 1


def test_a_desk_without_shifts_has_days_by_the_clock(world: World) -> None:
    for text in ("2026-11-23T14:13", "2026-11-24T06:59:59", "2026-11-24T07:00", "2026-11-25T00:00"):
        world.go(text)
        world.add("fees", answered="two yuan")
    found = asked(world, "2026-11-22", "2026-11-25")
    assert [day.received for day in found.days] == [0, 2, 2, 0]
    assert found.shifts == ()
    assert asked(world, "2026-11-24").before.received == 2


def test_the_first_shift_has_what_was_recorded_on_its_day_before_it(world: World) -> None:
    world.go("2026-11-23T06:30")
    world.add("fees", answered="two yuan")
    world.go("2026-11-23T09:00")
    world.add("fees", answered="two yuan")
    world.go("2026-11-23T10:00")
    start_shift(world.desk, actor="Chen")
    assert [row.count for row in shift_summary(world.desk).received] == [1]
    assert asked(world, "2026-11-22", "2026-11-23").totals.received == 2
    assert asked(world, "2026-11-23").totals.received == 1


def test_what_is_recorded_with_nobody_on_duty_belongs_to_the_next_shift_and_its_day_for_ever(
    world: World,
) -> None:
    days = [f"2026-11-{day}" for day in (23, 24, 25, 26)]

    def received(*, known: int = 4) -> list[int]:
        found = asked(world, days[0], days[known - 1])
        singly = [asked(world, day).totals.received for day in days[:known]]
        assert [day.received for day in found.days] == singly
        assert found.totals.received == sum(singly)
        return singly

    world.go(f"{days[0]}T08:00")
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    world.go(f"{days[0]}T23:00")
    end_shift(world.desk, actor="Chen", alone="nobody comes for two days")
    world.go(f"{days[1]}T12:00")
    world.add("fees", answered="two yuan")
    world.go(f"{days[2]}T06:59")
    assert received(known=2) == [1, 1]
    world.go(f"{days[2]}T12:00")
    world.add("fees", answered="two yuan")
    world.go(f"{days[3]}T06:50")
    assert received(known=3) == [1, 1, 1], "by the clock, while no shift has it"
    start_shift(world.desk, actor="Sun")
    world.go(f"{days[3]}T08:00")
    world.add("fees", answered="two yuan")
    assert received() == [1, 0, 0, 3]
    assert [row.count for row in shift_summary(world.desk).received] == [3]
    end_shift(world.desk, actor="Sun", alone="x")
    for later in (f"{days[3]}T23:00", "2026-11-28T12:00", "2026-12-05T12:00"):
        world.go(later)
        start_shift(world.desk, actor="Chen")
        end_shift(world.desk, actor="Chen", alone="x")
        assert received() == [1, 0, 0, 3]


def test_the_year_ends_between_two_days_and_december_is_compared_with_november(
    world: World,
) -> None:
    world.go("2026-11-30T12:00")
    world.add("fees", answered="two yuan")
    world.go("2026-12-31T23:30")
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    world.go("2027-01-01T00:30")
    world.add("fees", answered="two yuan")
    world.go("2027-01-01T07:00")
    end_shift(world.desk, actor="Chen", alone="x")
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    assert asked(world, "2026-12-31").totals.received == 2
    december = asked(world, "2026-12-01", "2026-12-31")
    assert (december.totals.received, december.before.received) == (2, 1)
    january = asked(world, "2027-01-01", "2027-01-31")
    assert (january.totals.received, january.before.received) == (1, 2)


def test_a_day_on_which_clocks_change_is_an_hour_shorter_or_longer() -> None:
    zone = ZoneInfo("America/New_York")
    starts = edges(RULES, date(2026, 3, 7), 2, zone)
    assert [(b - a) // 3600 for a, b in pairwise(starts)] == [23, 24]
    starts = edges(None, date(2026, 11, 1), 1, zone)
    assert starts[1] - starts[0] == 25 * 3600
    hours = {hour_of(at // QUARTER, zone) for at in range(starts[0], starts[1], QUARTER)}
    assert len(hours) == 25  # the hour that comes twice is told apart


def test_an_hour_begins_on_the_wall_also_where_offsets_are_no_whole_hours() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    at = 1795414500  # 14:15 in Shanghai, 12:00 there
    assert hour_of(at // QUARTER, zone) == at
    assert hour_of(at // QUARTER + 3, zone) == at


def test_no_later_act_changes_the_figures_of_a_day_that_is_over(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    first = world.add("neighbour", unit="3-1201")
    second = world.add("public-repair", unit="3-1201")
    world.go("14:40")
    world.sweep()
    acknowledge(world.desk, number=first.number, actor="Zhou")
    world.do("resolve", first, cause="forgotten")
    world.go("2026-11-24T07:00")
    end_shift(world.desk, actor="Chen", alone="x")
    start_shift(world.desk, actor="Sun")
    before, signed = asked(world, "2026-11-23"), shift_summary(world.desk, shift=1)
    change(
        world.desk,
        number=second.number,
        category="fees",
        grade="major",
        reason="mistyped",
        actor="Zhou",
    )
    reopen(world.desk, number=first.number, reason="again", actor="Sun")
    world.go("2026-11-24T09:00")
    world.sweep()
    world.do("answer", second, by="Sun", cause="forgotten")
    after = asked(world, "2026-11-23")
    assert replace(after, until=before.until, open_now=before.open_now) == before
    assert shift_summary(world.desk, shift=1) == signed
    assert (before.totals.received, before.totals.broken, before.totals.escalated) == (2, 1, 1)
    assert asked(world, "2026-11-24").totals.major == 1


def test_what_was_broken_about_staff_counts_in_a_signed_shift_s_line_as_in_the_day(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("staff-conduct", by="Zhou", place="Hall", about="Chen")
    world.add("neighbour", unit="3-1201")
    world.go("14:59")
    end_shift(world.desk, actor="Chen", alone="nobody came")
    found = asked(world, "2026-11-23")
    assert [(line.broken, line.carried) for line in found.shifts] == [(2, 2)]
    assert (found.totals.broken, found.open_now) == (2, 2)
    signed = shift_summary(world.desk, shift=1)
    assert (len(signed.carried), signed.withheld) == (1, 1)
    assert (signed.open_count, signed.overdue_count) == (2, 2)


def test_a_shift_without_any_ticket_is_all_naughts(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.go("16:20")
    found = shift_summary(world.desk)
    assert (found.received, found.kept, found.rungs, found.timeline, found.left_out) == (
        (),
        (),
        (),
        (),
        0,
    )
    assert [(hour.received, hour.met, hour.broken) for hour in found.hours] == [(0, 0, 0)] * 3
    day = asked(world, "2026-11-23")
    assert not any(share.totals.received for share in day.by_hour)
    assert (day.by_category, day.by_building, day.by_staff) == ((), (), ())


def test_two_thousand_tickets_in_one_shift_have_a_short_timeline(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("emergency", place="Lift 2")
    note_shift(world.desk, text="the lift firm is rung", actor="Chen")
    (head, added) = world.rows(
        "select events, (select id from event where kind = 'ticket.added') from chain_head"
    )[0]
    world.rows(
        "with recursive up(n) as (select 1 union all select n + 1 from up where n < 1999)"
        " insert into event (id, at, desk, kind, ticket_id, data, previous, hash)"
        " select ? + n, at + n, desk, kind, ticket_id, data, '', 'h' || n from up, event"
        " where event.id = ?",
        head, added,
    )  # fmt: skip
    world.rows("update chain_head set events = events + 1999")
    found = shift_summary(world.desk)
    assert sum(row.count for row in found.received) == 2000
    assert (len(found.timeline), found.left_out) == (LONGEST, 2002 - LONGEST)
    assert {"note", "escalated", "received"} == {line.what for line in found.timeline}
    assert [line.at for line in found.timeline] == sorted(line.at for line in found.timeline)
    assert asked(world, "2026-11-23").totals.received == 2000


def test_the_timeline_tells_who_was_told_who_signed_and_what_was_noted(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    late = world.add("neighbour", unit="3-1201")
    world.go("14:30")
    world.sweep()
    told_by_phone(world.desk, number=late.number, whom="Zhou", actor="Chen")
    acknowledge(world.desk, number=late.number, actor="Zhou")
    note_shift(world.desk, text="key 12 is out", actor="Chen", flag="next")
    world.go("14:31")
    world.do("attend", late, by="Sun")
    lines = shift_summary(world.desk).timeline
    assert {(line.what, line.who) for line in lines} == {
        ("broken", None), ("escalated", "Zhou"), ("told", "Zhou"), ("acknowledged", "Zhou"),
        ("note", "Chen"), ("met-late", "Sun"),
    }  # fmt: skip
    assert {line.number for line in lines} == {late.number, None}
    assert [line.clock for line in lines if line.what == "met-late"] == ["attend"]
    found = next(line for line in lines if line.what == "broken")
    due = clock_of(world.show(late), found.clock or "").due_at
    assert (found.due_at, found.at) == (due, lines[1].at)
    assert {line.due_at for line in lines if line.what != "broken"} == {None}


def test_within_a_second_causes_stand_before_what_came_of_them(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    late = world.add("neighbour", unit="3-1201")
    world.go("14:30")
    major = world.add("emergency", unit="3-1201")
    world.sweep()
    acknowledge(world.desk, number=late.number, actor="Zhou")
    told = [(line.number, line.what) for line in shift_summary(world.desk).timeline]
    assert told == [
        (late.number, "broken"), (late.number, "escalated"), (late.number, "acknowledged"),
        (major.number, "received"), (major.number, "escalated"),
    ]  # fmt: skip


def test_a_note_that_names_no_unit_stands_where_its_ticket_is(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    hall = world.add("public-repair", place="Hall B")
    home = world.add("neighbour", unit="3-1201")
    for number, unit in ((hall.number, None), (home.number, None), (hall.number, "3-1201")):
        note_shift(world.desk, text="x", actor="Chen", ticket=number, unit=unit)
    note_shift(world.desk, text="x", actor="Chen")
    found = [
        (line.number, line.unit, line.place)
        for line in shift_summary(world.desk).timeline
        if line.what == "note"
    ]
    assert found == [
        (hall.number, None, "Hall B"), (hall.number, "3-1201", None),
        (home.number, "3-1201", None), (None, None, None),
    ]  # fmt: skip


def handed_over(world: World, *, by: str, to: str) -> HandoverView:
    """Everything is acknowledged and counted, and both sign."""
    found = begin_handover(world.desk, actor=to)
    for number in found.left:
        found = acknowledge_matter(world.desk, number=number, actor=to)
    if found.group_left:
        acknowledge_rest(world.desk, count=found.group_left, actor=to)
    for count in found.counts:
        count_item(world.desk, item=count.item, counted=count.expected or 0, actor=to, word="x")
    sign_handover(world.desk, actor=by)
    return sign_handover(world.desk, actor=to)


@pytest.mark.parametrize(("alone", "lost"), [(True, 1), (False, 0)])
def test_what_nobody_took_over_and_was_broken_after_that_is_lost_at_handover(
    world: World, alone: bool, lost: int
) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("fees-on-site", unit="3-1201")
    world.add("fees", answered="two yuan")
    if alone:
        end_shift(world.desk, actor="Chen", alone="nobody came")
        start_shift(world.desk, actor="Sun")
    else:
        handed_over(world, by="Chen", to="Sun")
    world.go("16:00")
    world.sweep()
    found = asked(world, "2026-11-23")
    assert (found.totals.broken, found.totals.lost) == (
        2,
        lost,
    )  # a matter with two promises is lost once
    assert sum(share.totals.lost for share in found.by_building if share.key == "3") == lost


def test_one_desk_or_all_of_them_are_asked_for(world: World, home: Path) -> None:
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    world.add("fees", answered="two yuan")
    world.desk, lobby = gate, world.desk
    world.add("fees", answered="two yuan")
    world.add("fees")
    found = [asked(world, "2026-11-23", name=name) for name in ("lobby", "gate", None)]
    assert [each.totals.received for each in found] == [1, 2, 3]
    assert [each.open_now for each in found] == [0, 1, 1]
    with pytest.raises(Refusal, match=r"desk\.unknown"):
        asked(world, "2026-11-23", name="gaet")
    gate.store.close()
    world.desk = lobby


def test_promises_broken_by_now_count_before_a_sweep_has_seen_them(world: World) -> None:
    world.add("neighbour", unit="10-1201", unverified=True)
    world.add("public-repair", unit="9-1201", unverified=True)
    world.go("14:40")
    found = asked(world, "2026-11-23", "2026-11-24")
    assert (found.totals.broken, [day.broken for day in found.days]) == (1, [1, 0])
    assert [share.key for share in found.by_building] == ["9", "10"]
    world.go("2026-12-20T12:00")
    world.sweep()
    found = asked(world, "2026-12-01", "2026-12-31")
    assert (found.totals.repairs_met, found.totals.repairs_broken) == (0, 1)
