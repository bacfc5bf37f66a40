"""The running log beside what was signed: proved line by line, and nobody who is forgotten stays in it."""

from __future__ import annotations

import pytest

from concierge.export import render
from concierge.services.forgetting import forget_household, forget_member
from concierge.services.household_edit import set_household
from concierge.services.household_file import household_file
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from concierge.services.verify import verify
from tests.services.handing import hand_over
from tests.services.world import World

NAME, PHONE, UNIT = "王建国", "13911112222", "3-1201"


def noted(world: World) -> World:
    """A shift with a note about a household, one about somebody else's ticket, and one that is old."""
    start_shift(world.desk, actor="Chen")
    ticket = world.add("public-repair", place="Hall", words="lamp")
    note_shift(world.desk, text="rang twice", actor="Chen", unit=f"{NAME} {PHONE}", flag="director")
    note_shift(world.desk, text=f"{NAME} asked about it", actor="Chen", ticket=ticket.number)
    note_shift(world.desk, text="quiet", actor="Chen")
    hand_over(world.desk)
    world.rows("update shift_note set event_id = null where text = 'quiet'")
    return world


def test_a_note_s_unit_is_read_back_and_stands_in_nothing_that_is_hashed(world: World) -> None:
    noted(world)
    ((kept,),) = world.rows("select summary from shift where id = 1")
    assert PHONE not in kept
    assert NAME not in kept
    summary = shift_summary(world.desk, shift=1)
    assert summary.notes[0].unit == f"{NAME} {PHONE}"
    assert [one.unit for one in summary.timeline if one.text == "rang twice"] == [f"{NAME} {PHONE}"]
    assert world.rows("select distinct unit from sealed_text") == [(None,)]
    assert PHONE not in str(render("md", summary, ("en",)))
    assert PHONE in str(render("md", summary, ("en",), clear=True))
    assert world.is_sound()


@pytest.mark.parametrize("whole", [True, False])
def test_who_is_forgotten_is_gone_from_notes_whatever_they_are_tied_to(
    world: World, *, whole: bool
) -> None:
    noted(world)
    end_shift(world.desk, actor="Sun", alone="night")
    him = household_file(world.desk, unit=UNIT).members[0].id
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Zhou")
    if whole:
        forget_household(world.desk, unit=UNIT, actor="Zhou")
    else:
        forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")
    for table in ("shift_note", "sealed_text", "shift", "event", "event_personal"):
        assert NAME not in str(world.rows(f"select * from {table}")), table
    assert world.is_sound()
    world.rows("update sealed_text set text = 'all is well' where salt is null")
    assert world.is_sound()  # of a text in which somebody was forgotten nothing can be proved
    world.rows("update sealed_text set text = 'all is well', salt = null where place like '%words'")
    assert {one.kind for one in verify(world.desk).problems} == {"summary"}


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("update shift_note set text = 'calm' where text = 'rang twice'", "note"),
        ("update shift_note set unit = null where text = 'rang twice'", "note"),
        ("update shift_note set flag = null where flag is not null", "note"),
        ("update shift_note set ticket_id = null where ticket_id is not null", "note"),
        ("update shift_note set staff_id = 3 where text = 'rang twice'", "note"),
        ("update shift_note set text = 'loud' where text = 'quiet'", "note"),
        ("delete from shift_note where text = 'rang twice'", "note"),
        ("delete from shift_note where text = 'quiet'", "note"),
        ("insert into shift_note (shift_id, staff_id, at, text) values (1, 1, 1, 'x')", "note"),
        ("update sealed_text set salt = null, text = 'all is well'", "summary"),
        ("update shift set relief_at = null where id = 2", "next"),
    ],
)
def test_what_was_altered_beside_a_shift_is_found(world: World, sql: str, kind: str) -> None:
    noted(world)
    assert world.is_sound()
    world.rows(sql)
    assert {one.kind for one in verify(world.desk).problems} == {kind}
