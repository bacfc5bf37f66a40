"""Attending, answering, resolving, noting, and confirming what was kept after all."""

from __future__ import annotations

import pytest

from concierge.domain.policy import overlay
from concierge.domain.refusal import Refusal
from concierge.services import progress
from concierge.services.changes import change
from concierge.settings import shipped_policy
from tests.services.world import World, at, clock_of, kinds, overtaken


def test_what_is_done_at_the_due_second_is_kept_and_a_second_later_is_broken(world: World) -> None:
    kept, broken = world.add("neighbour"), world.add("neighbour")
    world.clock.at = at("14:28")
    attend = clock_of(world.do("attend", kept), "attend")
    assert (attend.met_at, attend.met_late, attend.breached) == (at("14:28"), False, False)
    assert not clock_of(world.show(broken), "attend").breached
    world.clock.at += 1
    assert clock_of(world.show(broken), "attend").breached
    done = world.do("attend", broken, cause="forgotten")
    assert (clock_of(done, "attend").met_late, clock_of(done, "attend").breached) == (True, True)
    assert kinds(done) == ["ticket.added", "clock.breached", "ticket.attended"]
    assert done.events[1].data["due_at"] == at("14:28")
    assert world.is_sound()


def test_resolving_meets_every_open_clock_and_closes(world: World) -> None:
    ticket = world.do("resolve", world.add("neighbour"), text="drill put away")
    assert (ticket.state, ticket.closed_at) == ("closed", at("14:13"))
    assert {clock.met_at for clock in ticket.clocks} == {at("14:13")}
    with pytest.raises(Refusal, match=r"ticket\.not-open"):
        world.do("resolve", ticket)


def test_answering_an_inquiry_closes_it_and_attending_does_not(world: World) -> None:
    ticket = world.do("attend", world.add("fees-on-site"))
    assert (ticket.state, clock_of(ticket, "answer").open) == ("open", True)
    assert world.do("answer", ticket).state == "closed"


def test_an_answer_where_no_such_clock_runs_is_recorded_and_meets_nothing(world: World) -> None:
    ticket = world.do("answer", world.add("home-repair"), text="we called back")
    assert all(clock.open for clock in ticket.clocks)
    assert (ticket.events[-1].kind, ticket.events[-1].data["met"]) == ("ticket.answered", [])


def test_a_resolve_clock_starts_when_nothing_else_would_run(world: World) -> None:
    visit = {"kind": "complaint", "zh": "上门", "en": "Visit", "attend": "15 minutes"}
    world.adopt(overlay(shipped_policy(), {"categories": {"visit": visit}}))
    ticket = world.do("attend", world.add("visit"), at=at("14:13"))
    resolve = clock_of(ticket, "resolve")
    assert (resolve.to_be_agreed, resolve.cap_at) == (True, at("2026-11-24T18:00"))
    assert world.is_sound()


def test_a_resolve_clock_that_a_change_had_stopped_starts_again(world: World) -> None:
    visit = {"kind": "complaint", "zh": "上门", "en": "Visit", "attend": "15 minutes"}
    world.adopt(overlay(shipped_policy(), {"categories": {"visit": visit}}))
    ticket = world.add("public-repair")
    moved = change(
        world.desk, number=ticket.number, category="visit", reason="misheard", actor="Chen"
    )
    assert clock_of(moved, "resolve").stopped_at == at("14:13")
    done = world.do("attend", ticket)
    assert (clock_of(done, "resolve").open, clock_of(done, "resolve").stopped_at) == (True, None)
    assert world.is_sound()


def test_an_earlier_time_needs_a_reason_when_it_turns_a_breach_or_lies_far_back(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    world.go("14:29")
    with pytest.raises(Refusal, match=r"time\.late-reason"):
        world.do("attend", ticket, at=at("14:28"))
    with pytest.raises(Refusal, match=r"time\.late-reason"):
        world.do("attend", ticket, at=at("14:28"), late_reason="\x07")
    with pytest.raises(Refusal, match=r"time\.before-received"):
        world.do("attend", ticket, at=at("14:12"), late_reason="x")
    with pytest.raises(Refusal, match=r"time\.future"):
        world.do("attend", ticket, at=at("14:30"))


def test_a_promise_kept_after_all_stays_broken_until_a_supervisor_confirms(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:40")
    assert [row[:3] for row in world.sweep()][:2] == [
        ("attend", 0, "concierge"),
        ("attend", 1, "supervisor"),
    ]
    met = world.do("attend", ticket, at=at("14:27"), late_reason="no hand free")
    attend = clock_of(met, "attend")
    assert (attend.met_late, attend.breached, attend.awaits_confirmation) == (False, True, True)
    assert len(met.escalations) == 2
    with pytest.raises(Refusal, match=r"role\.needed"):
        progress.confirm_kept(world.desk, number=ticket.number, actor="Sun")
    sure = progress.confirm_kept(world.desk, number=ticket.number, actor="Zhou")
    assert not clock_of(sure, "attend").breached
    assert len(sure.escalations) == 2
    with pytest.raises(Refusal, match=r"confirm\.nothing"):
        progress.confirm_kept(world.desk, number=ticket.number, actor="Zhou")
    assert world.is_sound()


def test_a_supervisor_who_records_it_confirms_it_too(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:40")
    met = world.do("attend", ticket, by="Zhou", at=at("14:27"), late_reason="I was there")
    assert not clock_of(met, "attend").breached


def test_notes_are_kept_on_tickets_in_any_state(world: World) -> None:
    ticket = world.do("resolve", world.add("neighbour"))
    noted = progress.note(world.desk, number=ticket.number, text="rang back\x1b\nline", actor="Sun")
    assert noted.events[-1].personal == {"text": "rang back\nline"}
    for blank in ("", " ", "\x00", "\u200b"):
        with pytest.raises(Refusal, match=r"words\.empty"):
            progress.note(world.desk, number=ticket.number, text=blank, actor="Sun")


def test_a_cause_is_one_of_those_there_are(world: World) -> None:
    with pytest.raises(Refusal, match=r"cause\.unknown"):
        world.do("resolve", world.add("neighbour"), cause="laziness")


@pytest.mark.parametrize("number", ["T-20261123-001", "t-20261123-001", "1123-001", "001", "1"])
def test_a_ticket_is_found_by_less_than_its_whole_number(world: World, number: str) -> None:
    world.add("fees")
    noted = progress.note(world.desk, number=number, text="x", actor="Sun")
    assert noted.number == "T-20261123-001"


def test_a_number_that_fits_two_open_tickets_or_none_is_refused(world: World) -> None:
    world.add("fees")
    world.go("2026-11-24T08:00")
    world.add("fees")
    with pytest.raises(Refusal, match=r"ticket\.ambiguous"):
        progress.note(world.desk, number="1", text="x", actor="Sun")
    for number in ("7", "T-20261125-001", "nonsense", "", "%"):
        with pytest.raises(Refusal, match=r"ticket\.unknown"):
            progress.note(world.desk, number=number, text="x", actor="Sun")


def test_closing_before_anybody_was_told_wins_and_the_log_says_which_rungs_it_came_before(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    world.go("14:28:01")
    closed = world.do("resolve", ticket)
    assert closed.events[-1].data["overtaken"] == [
        ["attend", 1, 0, at("14:24:15")],
        ["attend", 1, 1, at("14:28")],
    ]
    assert world.sweep() == []
    late = world.add("neighbour")
    world.go("14:43:10")
    assert [rung for _, rung, _, _ in world.sweep()] == [0, 1]
    assert "overtaken" not in world.do("resolve", late).events[-1].data


def test_closing_names_every_rung_that_it_came_before_and_one_repeat_for_all(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("15:20")
    closed = world.do("resolve", ticket)
    assert overtaken(closed, "attend") == [0, 1, 2]
    slept = world.add("neighbour")
    world.go("2026-12-20T12:00")
    assert overtaken(world.do("resolve", slept), "attend") == [0, 1, 2, 3, 4]
