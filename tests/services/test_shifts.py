"""Shifts: one at a desk, with notes, and a summary that stays as it was at the end."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.founding import know_desk
from concierge.services.shifts import (
    current_shift,
    end_shift,
    note_shift,
    shift_summary,
    start_shift,
)
from concierge.services.summary import ShiftSummary
from tests.services.world import World, at


def test_a_desk_has_one_shift_at_a_time_and_another_desk_its_own(world: World) -> None:
    shift = start_shift(world.desk, actor="Chen")
    assert (shift.state, shift.started_at, shift.staff) == ("open", at("14:13"), "Chen")
    with pytest.raises(Refusal, match=r"shift\.running"):
        start_shift(world.desk, actor="Sun")
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    assert start_shift(gate, actor="Sun").desk == "gate"
    assert current_shift(world.desk) == shift
    gate.store.close()


def test_a_shift_is_ended_once_and_noted_while_it_runs(world: World) -> None:
    for act in (end_shift, lambda desk, actor: note_shift(desk, text="x", actor=actor)):
        with pytest.raises(Refusal, match=r"shift\.not-running"):
            act(world.desk, actor="Chen")
    shift = start_shift(world.desk, actor="Chen")
    note_shift(world.desk, text="key 12 is out\x1b", actor="Sun")
    note_shift(world.desk, text="长" * 4000, actor="Sun")
    for blank in ("", "\x00", " \u200b"):
        with pytest.raises(Refusal, match=r"words\.empty"):
            note_shift(world.desk, text=blank, actor="Sun")
    assert [(n.staff, n.text) for n in shift_summary(world.desk, shift=shift.id).notes] == [
        ("Sun", "key 12 is out"),
        ("Sun", "长" * 4000),
    ]
    world.go("22:00")
    ended = end_shift(world.desk, actor="Sun")
    assert (ended.state, ended.ended_at, ended.staff) == ("closed", at("22:00"), "Chen")
    assert current_shift(world.desk) is None
    assert world.is_sound()


def test_a_first_and_a_last_note_are_kept_with_the_shift_or_nothing_is(world: World) -> None:
    for note in ("", "x" * 4001):
        with pytest.raises(Refusal, match=r"words\.empty|text\.too-long"):
            start_shift(world.desk, actor="Chen", note=note)
    assert current_shift(world.desk) is None
    shift = start_shift(world.desk, actor="Chen", note="three keys")
    with pytest.raises(Refusal, match=r"text\.too-long"):
        end_shift(world.desk, actor="Sun", note="x" * 4001)
    assert current_shift(world.desk) == shift
    end_shift(world.desk, actor="Sun", note="y" * 4000)
    notes = shift_summary(world.desk, shift=shift.id).notes
    assert [(n.staff, n.text) for n in notes] == [("Chen", "three keys"), ("Sun", "y" * 4000)]
    assert world.is_sound()


def test_a_summary_of_no_shift_or_an_unknown_one_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match=r"shift\.none"):
        shift_summary(world.desk)
    for number in (9, -1, 10**30):
        with pytest.raises(Refusal, match=r"shift\.unknown"):
            shift_summary(world.desk, shift=number)


def test_what_was_summed_up_at_the_end_stays_so(world: World) -> None:
    shift = start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    world.go("15:00")
    end_shift(world.desk, actor="Chen", alone="night")
    kept = shift_summary(world.desk, shift=shift.id)
    world.go("15:30")
    world.do("resolve", ticket)
    assert shift_summary(world.desk, shift=shift.id) == kept
    assert (kept.until, kept.ended_at, kept.state) == (at("15:00"), at("15:00"), "closed")
    assert kept == ShiftSummary.from_json(kept.to_json())


def test_a_shift_goes_on_over_midnight_and_after_the_program_was_closed(world: World) -> None:
    shift = start_shift(world.desk, actor="Chen")
    world.desk.store.close()
    world.go("2026-11-24T06:00")
    again = world.beside()
    assert current_shift(again) == shift
    assert end_shift(again, actor="Chen").ended_at == at("2026-11-24T06:00")
    again.store.close()
