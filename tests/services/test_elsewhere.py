"""What is open where nobody is on duty is told at the other desks; and what was left for the next shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from concierge.services.desk import Desk
from concierge.services.founding import know_desk
from concierge.services.handover import begin_handover, handover
from concierge.services.intake import Intake, add_ticket
from concierge.services.notes_before import notes_before
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from tests.services.handing import hand_over
from tests.services.world import World


@pytest.fixture
def gate(world: World) -> Iterator[Desk]:
    """A second desk of the same property, at which nobody has started a shift."""
    know_desk(world.desk.store, "gate2")
    found = world.beside("gate2")
    yield found
    found.store.close()


def taken_in(desk: Desk, category: str = "neighbour", **fields: Any) -> str:
    intake = Intake(category=category, words="楼上漏水 13800001234", **fields)
    return add_ticket(desk, intake=intake, actor="Zhou").number


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(each.desk, each.number) for each in handover(desk).elsewhere]


def test_a_matter_of_a_desk_where_nobody_is_on_duty_stands_in_the_handover_of_another(
    world: World, gate: Desk
) -> None:
    start_shift(world.desk, actor="Chen")
    own = world.add("neighbour")
    late = taken_in(gate, "public-repair", place="Gate")
    first = taken_in(gate, "emergency", place="Gate")
    assert told(world.desk) == [("gate2", first), ("gate2", late)]
    view = handover(world.desk)
    assert [each.number for each in view.matters] == [own.number]
    assert next((each.category, each.grade, each.overdue) for each in view.elsewhere) == (
        "emergency", "major", False,
    )  # fmt: skip
    assert told(world.desk) == told(world.desk)
    world.clock.at += 7200
    assert handover(world.desk).elsewhere[0].overdue
    assert [each.number for each in begin_handover(world.desk, actor="Sun").elsewhere] == [
        first,
        late,
    ]


def test_once_somebody_is_on_duty_there_it_is_that_handover_s_and_again_when_nobody_is(
    world: World, gate: Desk
) -> None:
    start_shift(world.desk, actor="Chen")
    number = taken_in(gate)
    start_shift(gate, actor="Zhou")
    assert told(world.desk) == []
    assert [each.number for each in handover(gate).matters] == [number]
    end_shift(gate, actor="Zhou", alone="night")
    assert told(world.desk) == [("gate2", number)]


def test_it_changes_no_figure_of_the_shift_that_tells_it_and_nothing_of_what_is_signed(
    world: World, gate: Desk
) -> None:
    start_shift(world.desk, actor="Chen")
    taken_in(gate)
    assert hand_over(world.desk).elsewhere == ()
    summary = shift_summary(world.desk, shift=1)
    assert (summary.open_count, summary.received) == (0, ())
    assert len(told(world.desk)) == 1, "the relief's own handover tells it again"
    assert world.is_sound()


def test_one_about_whoever_takes_over_is_counted_there_and_not_told(
    world: World, gate: Desk
) -> None:
    start_shift(world.desk, actor="Chen")
    number = taken_in(gate, "staff-conduct", unit="3-1201", about="Sun")
    (seen,) = handover(world.desk).elsewhere
    assert (seen.number, seen.about_staff) == (number, True)
    view = begin_handover(world.desk, actor="Sun")
    assert (view.elsewhere, view.withheld) == ((), 1)


# -- what the shift before left -------------------------------------------------------------------------------
def test_what_was_flagged_for_the_next_shift_is_there_after_the_signature_and_no_longer_than_that_shift(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    note_shift(world.desk, text="钥匙在前台", actor="Chen", flag="next", unit="3-1201")
    note_shift(world.desk, text="谢谢", actor="Chen", flag="thanks")
    note_shift(world.desk, text="车库灯坏了", actor="Chen")
    assert notes_before(world.desk) == ()
    hand_over(world.desk)
    (left,) = notes_before(world.desk)
    assert (left.staff, left.text, left.flag, left.unit) == ("Chen", "钥匙在前台", "next", "3-1201")
    end_shift(world.desk, actor="Sun")
    assert notes_before(world.desk) == (), "no shift runs"
    start_shift(world.desk, actor="Chen")
    assert notes_before(world.desk) == (), "the shift before left nothing"


def test_a_shift_that_ended_alone_leaves_its_lines_too_and_another_desk_s_leaves_none(
    world: World, gate: Desk
) -> None:
    start_shift(world.desk, actor="Chen")
    note_shift(world.desk, text="钥匙在前台", actor="Chen", flag="next")
    end_shift(world.desk, actor="Chen")
    start_shift(gate, actor="Zhou")
    assert notes_before(gate) == ()
    start_shift(world.desk, actor="Sun")
    assert [each.text for each in notes_before(world.desk)] == ["钥匙在前台"]


def test_a_line_about_a_matter_about_staff_is_left_to_nobody(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    about = world.add("staff-conduct", unit="3-1201", about="Zhou")
    note_shift(world.desk, text="投诉", actor="Chen", flag="next", ticket=about.number)
    end_shift(world.desk, actor="Chen", alone="night")
    start_shift(world.desk, actor="Sun")
    assert notes_before(world.desk) == ()
