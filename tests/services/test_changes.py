"""What changes a promise: agreed times, assignees, category and grade, cancelling, reopening."""

from __future__ import annotations

from typing import Any

import pytest

from concierge.domain.refusal import Refusal
from concierge.services import agreeing, changes, escalating, reopening
from concierge.services.ticket_view import list_tickets
from concierge.services.views import TicketView
from tests.services.world import World, at, clock_of, kinds, rungs

CAP = "2026-12-02T18:00"


def agree(world: World, ticket: TicketView, when: str, **more: Any) -> TicketView:
    more.setdefault("actor", "Chen")
    return agreeing.agree(
        world.desk, number=ticket.number, agreed_at=at(when), agreed_with="王建国", **more
    )


def change(world: World, ticket: TicketView, **more: Any) -> TicketView:
    more.setdefault("actor", "Chen")
    return changes.change(world.desk, number=ticket.number, reason="misheard", **more)


def test_a_time_is_agreed_freely_up_to_the_cap(world: World) -> None:
    ticket = agree(world, world.add("home-repair"), CAP)
    clock = clock_of(ticket, "resolve")
    assert (clock.due_at, clock.generation, clock.agreed_with) == (at(CAP), 1, "王建国")


def test_another_due_time_opens_a_generation_and_the_same_one_does_not(world: World) -> None:
    ticket = world.add("home-repair")
    once = clock_of(agree(world, ticket, "2026-11-25T10:00"), "resolve")
    again = clock_of(agree(world, ticket, "2026-11-25T10:00"), "resolve")
    assert (once.generation, again.generation) == (2, 2)


def test_an_agreed_time_warns_a_quarter_before_it_but_at_most_a_day(world: World) -> None:
    ticket = world.add("home-repair")
    near = clock_of(agree(world, ticket, "18:13"), "resolve")
    far = clock_of(agree(world, ticket, "2026-12-01T14:13"), "resolve")
    assert (near.warn_at, far.warn_at) == (at("17:13"), at("2026-11-30T14:13"))


def test_beyond_the_cap_needs_a_supervisor_and_a_reason(world: World) -> None:
    ticket = world.add("home-repair")
    later = "2026-12-02T18:00:01"
    with pytest.raises(Refusal, match=r"agreed\.past-cap"):
        agree(world, ticket, later, reason="part is late")
    with pytest.raises(Refusal, match=r"role\.needed"):
        agree(world, ticket, later, approved_by="Sun", reason="part is late")
    for blank in (None, " ", "\x00"):
        with pytest.raises(Refusal, match=r"reason\.missing"):
            agree(world, ticket, later, approved_by="Zhou", reason=blank)
    assert clock_of(world.show(ticket), "resolve").agreed_at is None
    given = agree(world, ticket, later, approved_by="Zhou", reason="part\x07 is late")
    assert clock_of(given, "resolve").due_at == at(later)
    assert world.rows("select action, reason from approval") == [
        ("agree.beyond-cap", "part is late")
    ]
    assert world.is_sound()


def test_a_fixed_limit_is_its_own_cap(world: World) -> None:
    ticket = world.add("public-repair")
    assert clock_of(agree(world, ticket, "2026-11-26T18:00"), "resolve").generation == 1
    with pytest.raises(Refusal, match=r"agreed\.past-cap"):
        agree(world, ticket, "2026-11-26T18:00:01")


def test_after_a_breach_only_a_supervisor_agrees_and_the_breach_stays(world: World) -> None:
    ticket = agree(world, world.add("home-repair"), "15:00")
    world.go("15:00:01")
    with pytest.raises(Refusal, match=r"agreed\.after-breach"):
        agree(world, ticket, "17:00")
    given = agree(world, ticket, "17:00", actor="Zhou")
    clock = clock_of(given, "resolve")
    assert (clock.due_at, clock.breached, clock.generation) == (at("17:00"), True, 3)
    world.go("16:00")
    done = clock_of(world.do("resolve", ticket), "resolve")
    assert (done.met_late, done.breached, done.awaits_confirmation) == (False, True, False)
    assert world.rows("select action from approval") == [("agree.after-breach",)]
    assert world.is_sound()


def test_who_it_is_about_approves_nothing(world: World) -> None:
    ticket = world.add("staff-conduct", about="Zhou")
    with pytest.raises(Refusal, match=r"about\.handles"):
        agree(world, ticket, "2026-12-24T10:00", approved_by="Zhou", reason="x")


def test_an_appointment_is_an_agreed_attend_and_leaves_the_resolve_alone(world: World) -> None:
    ticket = world.add("home-repair")
    visit = agree(world, ticket, "2026-11-28T10:00", clock="attend")
    attend, resolve = clock_of(visit, "attend"), clock_of(visit, "resolve")
    assert (attend.due_at, attend.generation) == (at("2026-11-28T10:00"), 1)
    assert (resolve.due_at, resolve.agreed_at) == (at(CAP), None)
    with pytest.raises(Refusal, match=r"clock\.none"):
        agree(world, ticket, "2026-11-28T10:00", clock="answer")
    assert world.is_sound()


def test_nothing_is_agreed_for_a_time_that_has_passed(world: World) -> None:
    for when in ("14:13", "14:12"):
        with pytest.raises(Refusal, match=r"agreed\.past"):
            agree(world, world.add("home-repair"), when)


@pytest.mark.parametrize("far", ["2999-01-01T00:00", "9999-12-31T00:00"])
def test_a_time_at_the_end_of_all_calendars_is_kept_or_refused_and_never_breaks(
    world: World, far: str
) -> None:
    ticket = world.add("home-repair")
    try:
        agree(world, ticket, far, actor="Zhou", reason="never")
    except Refusal:
        assert clock_of(world.show(ticket), "resolve").agreed_at is None
    assert world.is_sound()


def test_a_change_of_category_keeps_counted_from_and_freezes_what_was_met(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:20")
    world.do("attend", ticket)
    world.go("14:25")
    changed = change(world, ticket, category="other-complaint")
    attend, resolve = clock_of(changed, "attend"), clock_of(changed, "resolve")
    assert (attend.met_at, attend.due_at, attend.generation) == (at("14:20"), at("14:28"), 1)
    assert (resolve.counted_from, resolve.due_at) == (at("14:13"), at(CAP))
    assert (resolve.generation, changed.category) == (2, "other-complaint")
    assert world.is_sound()


def test_the_same_due_time_opens_no_generation(world: World) -> None:
    ticket = world.add("community")
    assert clock_of(change(world, ticket, category="fees"), "answer").generation == 1


def test_a_clock_that_a_change_stopped_and_another_brings_back_goes_on(world: World) -> None:
    ticket = world.add("fees-on-site")
    world.go("14:40")
    world.sweep()
    away = change(world, ticket, category="fees")
    assert clock_of(away, "attend").stopped_at == at("14:40")
    back = change(world, ticket, category="fees-on-site")
    attend = clock_of(back, "attend")
    assert (attend.stopped_at, attend.generation, attend.due_at) == (None, 1, at("14:43"))
    world.go("14:44")
    world.sweep()
    assert [row for row in rungs(world.show(ticket)) if row[0] == "attend"] == [
        ("attend", 1, 0, "concierge"),
        ("attend", 1, 1, "supervisor"),
    ]
    assert world.is_sound()


@pytest.mark.parametrize("category", ["emergency", "home-repair", "fees", "taxi", "public-glass"])
@pytest.mark.parametrize("start", ["neighbour", "staff-conduct", "other-departments", "meals"])
def test_the_preview_of_a_change_is_what_is_then_saved(
    world: World, start: str, category: str
) -> None:
    ticket = world.add(start)
    world.go("14:35")
    before = world.rows("select * from chain_head"), world.rows("select * from clock")
    shown = change(world, ticket, category=category, dry_run=True)
    assert (world.rows("select * from chain_head"), world.rows("select * from clock")) == before
    saved = change(world, ticket, category=category)
    ids = {clock.kind: clock.id for clock in saved.clocks}
    assert [clock.kind for clock in shown.clocks] == list(ids)
    for part in ("category", "kind", "grade", "state", "clocks", "escalations"):
        assert getattr(shown, part) == getattr(saved, part)
    assert world.is_sound()


def test_raising_the_grade_adds_rung_one_and_moves_nothing(world: World) -> None:
    ticket = world.add("public-repair")
    world.go("15:00")
    raised = change(world, ticket, grade="major")
    clock = clock_of(raised, "resolve")
    assert rungs(raised) == [("resolve", 1, 1, "supervisor")]
    assert raised.escalations[0].fired_at == at("15:00")
    assert (clock.generation, clock.next_rung, clock.next_at) == (1, 2, at("2026-11-27T18:00"))
    with pytest.raises(Refusal, match=r"change\.nothing"):
        change(world, ticket, grade="major")
    with pytest.raises(Refusal, match=r"role\.needed"):
        change(world, ticket, grade="ordinary")
    lowered = change(world, ticket, grade="ordinary", actor="Zhou")
    assert rungs(lowered) == rungs(raised)
    assert world.is_sound()


def test_a_raised_grade_tells_the_supervisor_once_only(world: World) -> None:
    ticket = world.add("neighbour")
    escalating.escalate(world.desk, number=ticket.number, reason="angry", actor="Chen")
    raised = change(world, ticket, grade="major")
    assert rungs(raised) == [("attend", 1, 1, "supervisor")]


def test_a_category_that_is_major_cannot_be_made_ordinary(world: World) -> None:
    ticket = world.add("neighbour")
    with pytest.raises(Refusal, match=r"grade\.fixed"):
        change(world, ticket, category="emergency", grade="ordinary", actor="Gao")
    grave = change(world, ticket, category="emergency")
    assert (grave.grade, rungs(grave)[-1]) == ("major", ("attend", 2, 1, "supervisor"))


def test_what_fired_stays_when_a_new_generation_starts_over(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:30")
    world.sweep()
    world.go("14:31")
    changed = change(world, ticket, category="other-complaint")
    assert rungs(changed) == [("attend", 1, 0, "concierge"), ("attend", 1, 1, "supervisor")]
    attend = clock_of(changed, "attend")
    assert (attend.generation, attend.breached, attend.due_at) == (2, True, at("22:13"))
    assert attend.next_rung == 0
    assert world.is_sound()


def test_cancelling_stops_every_clock_and_a_breach_stays(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:30")
    gone = changes.cancel(world.desk, number=ticket.number, reason="taken twice", actor="Chen")
    assert (gone.state, gone.closed_at) == ("cancelled", at("14:30"))
    assert [clock.stopped_at for clock in gone.clocks] == [at("14:30")] * 2
    assert clock_of(gone, "attend").breached
    assert not clock_of(gone, "resolve").breached
    assert kinds(gone)[1:] == ["clock.breached", "ticket.cancelled"]
    world.go("2026-12-24T10:00")
    assert world.sweep() == []
    assert not clock_of(world.show(ticket), "resolve").breached


@pytest.mark.parametrize("reason", ["", " ", "\x00", "\u200b\u200b"])
def test_cancelling_and_reopening_need_a_reason(world: World, reason: str) -> None:
    ticket = world.add("neighbour")
    for act in (changes.cancel, reopening.reopen):
        with pytest.raises(Refusal, match=r"reason\.missing"):
            act(world.desk, number=ticket.number, reason=reason, actor="Chen")


def reopen(world: World, ticket: TicketView) -> TicketView:
    return reopening.reopen(world.desk, number=ticket.number, reason="it drips", actor="Sun")


def test_within_seven_days_a_ticket_reopens_with_its_resolve_clock_anew(world: World) -> None:
    ticket = world.do("resolve", world.add("home-repair-urgent"))
    world.clock.at += 7 * 86_400
    again = reopen(world, ticket)
    attend, resolve = clock_of(again, "attend"), clock_of(again, "resolve")
    assert (again.number, again.state, again.closed_at) == (ticket.number, "open", None)
    assert (resolve.counted_from, resolve.due_at) == (
        world.clock.at,
        world.clock.at + 86_400,
    )
    assert (resolve.generation, resolve.met_at, attend.met_at) == (2, None, at("14:13"))
    assert again.first_owner == "Chen"
    with pytest.raises(Refusal, match=r"ticket\.open"):
        reopen(world, ticket)
    assert world.is_sound()


def test_a_second_later_a_new_linked_ticket_takes_its_place(world: World) -> None:
    ticket = world.do("resolve", world.add("home-repair", unit="3-1201", caller="Wang"))
    world.clock.at += 7 * 86_400 + 1
    linked = reopen(world, ticket)
    assert (linked.linked_to, linked.words, linked.unit, linked.caller) == (
        ticket.number,
        ticket.words,
        "3-1201",
        "Wang",
    )
    assert (linked.received_at, linked.state) == (world.clock.at, "open")
    assert world.show(ticket).state == "closed"
    assert kinds(world.show(ticket))[-1] == "ticket.continued"
    assert len(list_tickets(world.desk, state="all")) == 2
    assert world.is_sound()


def test_an_inquiry_reopens_with_its_answer_clock(world: World) -> None:
    ticket = world.do("answer", world.add("fees-on-site"))
    world.go("16:00")
    again = reopen(world, ticket)
    assert (clock_of(again, "answer").due_at, clock_of(again, "attend").open) == (
        at("16:30"),
        False,
    )


def test_reopening_to_the_same_due_time_opens_no_generation(world: World) -> None:
    ticket = world.do("resolve", world.add("public-repair"))
    world.go("16:00")
    resolve = clock_of(reopen(world, ticket), "resolve")
    assert (resolve.counted_from, resolve.due_at) == (at("16:00"), at("2026-11-26T18:00"))
    assert (resolve.generation, resolve.open) == (1, True)
    assert world.is_sound()


def test_a_major_matter_that_reopens_is_told_at_once(world: World) -> None:
    ticket = world.do("resolve", world.add("emergency", place="Lift 2"))
    world.go("16:00")
    again = reopen(world, ticket)
    assert rungs(again)[-1] == ("resolve", 2, 1, "supervisor")
    assert again.escalations[-1].fired_at == at("16:00")


def test_a_cancelled_ticket_reopens_with_one_clock(world: World) -> None:
    ticket = world.add("neighbour")
    changes.cancel(world.desk, number=ticket.number, reason="mistake", actor="Chen")
    world.go("14:20")
    again = reopen(world, ticket)
    assert [clock.kind for clock in again.clocks if clock.open] == ["resolve"]
    assert world.is_sound()


def test_assigning_leaves_the_first_owner_and_passes_by_whom_it_is_about(world: World) -> None:
    ticket = world.add("staff-conduct", about="Sun")
    with pytest.raises(Refusal, match=r"about\.handles"):
        changes.assign(world.desk, number=ticket.number, to="Sun", actor="Chen")
    given = changes.assign(world.desk, number=ticket.number, to="Zhou", actor="Chen")
    assert (given.assignee, given.first_owner) == ("Zhou", "Chen")
