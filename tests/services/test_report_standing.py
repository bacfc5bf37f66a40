"""What needs a decision at the end of a period: a day says of it what the shift signed that day says."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select

from concierge.export.period_story import decisions, no_decision
from concierge.export.speech import Speech
from concierge.export.waiting import waiting
from concierge.services.escalating import acknowledge
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import count_item
from concierge.services.handover_signing import sign_handover
from concierge.services.report import report
from concierge.services.report_views import PeriodReport, Standing
from concierge.services.shifts import end_shift, shift_summary, start_shift
from concierge.services.sweep import sweep
from concierge.store.tables import Shift
from tests.services.world import World

DAY, NEXT = "2026-11-23", "2026-11-24"
SPEECH = Speech(("en",))


def asked(world: World, day: str = DAY, last: str | None = None) -> PeriodReport:
    return report(world.desk, first_day=day, last_day=last or day)


def broken_shift(world: World) -> None:
    """A shift that ends with one matter broken, and escalated to somebody who did not sign for it."""
    world.go("2026-11-23T14:55")
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    world.go("2026-11-23T16:55")
    sweep(world.desk)
    end_shift(world.desk, actor="Chen", alone="nobody came")


def test_a_day_says_of_what_waits_what_its_last_shift_signed(world: World) -> None:
    broken_shift(world)
    signed = waiting(shift_summary(world.desk))
    assert signed.not_acknowledged
    assert signed.overdue
    world.go("2026-11-25T09:00")
    for found in (asked(world).standing, asked(world, "2026-11-01", DAY).standing):
        assert found.not_acknowledged == signed.not_acknowledged
        assert found.nobody_told == signed.nobody_told
        assert found.overdue == signed.overdue
    said = [each.text for each in decisions(SPEECH, asked(world))]
    assert any("not acknowledged" in each for each in said)
    assert any("overdue" in each for each in said)


def test_what_is_signed_for_later_does_not_change_the_day_before(world: World) -> None:
    broken_shift(world)
    before = asked(world).standing
    world.go("2026-11-24T09:00")
    start_shift(world.desk, actor="Chen")
    acknowledge(world.desk, number=before.not_acknowledged[0], actor="Gao")
    assert asked(world).standing == before


def test_a_day_that_runs_says_what_is_overdue_now(world: World) -> None:
    world.go("2026-11-23T14:55")
    ticket = world.add("neighbour")
    assert asked(world).standing == Standing()
    world.go("2026-11-23T16:55")
    assert asked(world).standing.overdue == (ticket.number,)


def test_a_day_without_a_signed_summary_does_not_say_that_nothing_waits(world: World) -> None:
    world.go("2026-11-23T14:55")
    world.add("neighbour")
    world.go("2026-11-25T09:00")
    found = asked(world)
    assert found.standing.overdue is None
    assert "not on record" in no_decision(SPEECH, found).text


def test_of_a_summary_of_another_shape_it_is_not_known_what_stood(world: World) -> None:
    broken_shift(world)
    with world.desk.store.write() as session:
        shift = session.exec(select(Shift)).one()
        assert shift.summary is not None
        told = json.loads(shift.summary)
        for matter in told["carried"]:
            del matter["overdue"]
        shift.summary = json.dumps(told)
    world.go("2026-11-25T09:00")
    assert asked(world).standing.overdue is None


def test_what_was_missing_at_the_last_count_waits_however_many_shifts_ended_alone(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    for hour, out, incoming, counted in (("15", "Chen", "Zhou", 7), ("23", "Zhou", "Chen", 3)):
        world.go(f"2026-11-23T{hour}:00")
        begin_handover(world.desk, actor=incoming)
        for item in handover(world.desk).uncounted:
            count_item(world.desk, item=item, counted=counted, actor=incoming, word="short")
        for name in (out, incoming):
            sign_handover(world.desk, actor=name)
    before = asked(world, DAY, "2026-11-30").standing.differing
    for day in range(24, 29):
        world.go(f"2026-11-{day}T09:00")
        if day > 24:
            start_shift(world.desk, actor="Chen")
        world.go(f"2026-11-{day}T18:00")
        end_shift(world.desk, actor="Chen", alone="nobody came")
    assert asked(world, DAY, "2026-11-30").standing.differing == before
    assert before


@pytest.mark.parametrize("signed", [True, False])
def test_what_is_about_a_member_of_staff_stands_in_none_of_the_lists(
    world: World, signed: bool
) -> None:
    world.go("2026-11-23T09:00")
    start_shift(world.desk, actor="Chen")
    about = world.add("staff-conduct", by="Zhou", about="Chen")
    other = world.add("neighbour")
    world.go("2026-12-04T09:00")
    sweep(world.desk)
    if signed:
        end_shift(world.desk, actor="Chen", alone="nobody came")
    last = "2026-11-30" if signed else "2026-12-31"
    stands = asked(world, DAY, last).standing
    assert other.number in (stands.overdue or ())
    assert other.number in stands.not_acknowledged
    assert about.number not in str(stands)
