"""By hand, acknowledged, nobody on duty: who is told, when, and what that moves."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.agreeing import agree
from concierge.services.changes import assign
from concierge.services.escalating import acknowledge, escalate
from concierge.services.views import TicketView
from tests.services.world import World, at, clock_of, rungs


def by_hand(world: World, ticket: TicketView) -> TicketView:
    return escalate(world.desk, number=ticket.number, reason="he shouts", actor="Chen")


def leave(world: World, *names: str) -> None:
    for name in names:
        world.rows("update staff set active = 0 where name = ?", name)


def test_by_hand_the_clock_due_first_climbs_a_rung_and_says_why(world: World) -> None:
    ticket = world.add("neighbour")
    once = by_hand(world, ticket)
    (told,) = once.escalations
    assert (told.clock, told.rung, told.people, told.by_hand) == ("attend", 1, ("Zhou",), True)
    assert (told.reason, told.due_at, told.late_seconds) == ("he shouts", at("14:13"), 0)
    assert rungs(by_hand(world, ticket))[-1] == ("attend", 1, 2, "director")
    assert rungs(by_hand(world, ticket))[-1] == ("attend", 1, 3, "manager")
    assert rungs(by_hand(world, ticket))[-1] == ("attend", 1, 4, "manager")
    assert world.rows("select count(*) from outbox") == [(4,)]
    assert world.is_sound()


def test_a_breach_is_recorded_at_its_time_though_the_rung_was_fired_by_hand(world: World) -> None:
    ticket = by_hand(world, world.add("neighbour"))
    world.go("14:28")
    assert (world.sweep(), world.rows("select count(*) from event where kind like 'clock.b%'")) == (
        [],
        [(0,)],
    )
    world.go("14:28:01")
    assert world.sweep() == []
    assert world.rows("select count(*) from event where kind = 'clock.breached'") == [(1,)]
    assert clock_of(world.show(ticket), "attend").next_at == at("14:58")
    assert world.is_sound()


def test_escalating_needs_a_reason_and_an_open_ticket(world: World) -> None:
    ticket = world.add("neighbour")
    with pytest.raises(Refusal, match=r"reason\.missing"):
        escalate(world.desk, number=ticket.number, reason="\x07", actor="Chen")
    world.do("resolve", ticket)
    with pytest.raises(Refusal, match=r"ticket\.not-open"):
        by_hand(world, ticket)


def test_an_acknowledgement_gives_the_next_rung_its_whole_gap_from_then(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:28:01")
    world.sweep()
    world.go("14:40")
    signed = acknowledge(world.desk, number=ticket.number, actor="Zhou", rung=1)
    attend = clock_of(signed, "attend")
    assert (attend.next_rung, attend.next_at, attend.open) == (2, at("15:10"), True)
    assert signed.escalations[-1].acknowledged_by == "Zhou"
    world.go("15:10:01")
    assert ("attend", 2, "director", ("Lin",)) in world.sweep()
    # The manager, planned for 16:28, moves by the same twelve minutes.
    assert clock_of(world.show(ticket), "attend").next_at == at("16:40")
    assert world.is_sound()


def test_a_rung_is_acknowledged_once_by_its_role_or_above(world: World) -> None:
    ticket = by_hand(world, world.add("neighbour"))
    with pytest.raises(Refusal, match=r"acknowledge\.role"):
        acknowledge(world.desk, number=ticket.number, actor="Sun")
    signed = acknowledge(world.desk, number=ticket.number, actor="Gao")
    assert signed.escalations[0].acknowledged_at == at("14:13")
    with pytest.raises(Refusal, match=r"acknowledge\.twice"):
        acknowledge(world.desk, number=ticket.number, actor="Gao")
    with pytest.raises(Refusal, match=r"acknowledge\.nothing"):
        acknowledge(world.desk, number=ticket.number, actor="Gao", rung=7)


def test_an_acknowledgement_after_the_next_rung_fired_moves_nothing(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:58:01")
    world.sweep()
    before = clock_of(world.show(ticket), "attend").next_at
    signed = acknowledge(world.desk, number=ticket.number, actor="Zhou", clock="attend", rung=1)
    assert clock_of(signed, "attend").next_at == before


def test_a_breach_is_recorded_at_its_time_though_the_rung_was_acknowledged_away(
    world: World,
) -> None:
    ticket = by_hand(world, world.add("neighbour"))
    world.go("14:27")
    acknowledge(world.desk, number=ticket.number, actor="Zhou")
    assert clock_of(world.show(ticket), "attend").next_at == at("14:58")
    world.go("14:28:01")
    world.sweep()
    assert world.rows("select json_extract(data, '$.due_at') from event where kind like '%ached'") == [
        (at("14:28"),)
    ]  # fmt: skip


def test_the_warning_goes_to_who_has_the_ticket_else_to_who_took_it(world: World) -> None:
    mine, given = world.add("neighbour"), world.add("neighbour")
    assign(world.desk, number=given.number, to="Sun", actor="Chen")
    gone = world.add("neighbour")
    assign(world.desk, number=gone.number, to="Sun", actor="Chen")
    world.go("14:24:16")
    assert [row[3] for row in world.sweep()] == [("Chen",), ("Sun",), ("Sun",)]
    assert rungs(world.show(mine)) == [("attend", 1, 0, "concierge")]


def test_the_warning_of_somebody_who_left_goes_to_the_first_owner(world: World) -> None:
    ticket = world.add("neighbour")
    assign(world.desk, number=ticket.number, to="Sun", actor="Chen")
    leave(world, "Sun")
    world.go("14:24:16")
    assert world.sweep() == [("attend", 0, "concierge", ("Chen",))]


def test_a_role_that_nobody_holds_is_recorded_and_passed_over_at_that_instant(
    world: World,
) -> None:
    leave(world, "Zhou", "Lin")
    ticket = world.add("neighbour")
    world.go("14:28:01")
    assert world.sweep() == [
        ("attend", 0, "concierge", ("Chen",)),
        ("attend", 1, "supervisor", ()),
        ("attend", 2, "director", ()),
        ("attend", 3, "manager", ("Gao",)),
    ]
    assert [e.due_at for e in world.show(ticket).escalations[1:]] == [at("14:28")] * 3
    assert world.rows("select staff_id from outbox") == world.rows(
        "select id from staff where name = 'Gao'"
    )
    assert world.is_sound()


def test_a_rung_that_found_nobody_does_not_swallow_the_notice_below_it(world: World) -> None:
    leave(world, "Lin", "Gao")
    ticket = world.add("neighbour")
    world.go("17:00")
    assert [row[1] for row in world.sweep()] == [0, 1, 2, 3]
    assert world.rows("select name from outbox join staff on staff.id = staff_id") == [("Zhou",)]
    assert clock_of(world.show(ticket), "attend").next_at == at("2026-11-24T08:00")


def test_an_emergency_at_night_with_no_supervisor_reaches_the_director_at_the_next_sweep(
    world: World,
) -> None:
    leave(world, "Zhou")
    ticket = world.add("emergency", place="Lift 2")
    assert clock_of(ticket, "attend").next_at == at("14:13")
    assert world.sweep() == []
    world.go("14:13:01")
    assert world.sweep() == [("attend", 2, "director", ("Lin",))]


def test_who_it_is_about_is_not_told_and_does_not_handle_it(world: World) -> None:
    ticket = world.add("staff-conduct", about="Zhou")
    assert ticket.escalations[0].people == ()
    with pytest.raises(Refusal, match=r"about\.handles"):
        world.do("resolve", ticket, by="Zhou")
    with pytest.raises(Refusal, match=r"about\.handles"):
        escalate(world.desk, number=ticket.number, reason="x", actor="Zhou")
    with pytest.raises(Refusal, match=r"about\.handles"):
        acknowledge(world.desk, number=ticket.number, actor="Zhou")
    world.go("2026-11-25T20:00")
    assert all("Zhou" not in people for *_, people in world.sweep())
    assert world.rows("select count(*) from outbox where staff_id = 3") == [(0,)]


@pytest.mark.parametrize("often", [True, False])
def test_a_signature_at_the_reception_moves_every_later_rung_however_often_is_swept(
    world: World, *, often: bool
) -> None:
    ticket = world.add("other-complaint", grade="major")
    world.go("14:43")
    acknowledge(world.desk, number=ticket.number, actor="Zhou")
    world.go("14:50")
    agree(world.desk, number=ticket.number, agreed_at=at("16:00"), agreed_with="W", actor="Zhou",
          clock="attend")  # fmt: skip
    for instant in ("16:30:01", "18:00:01", "18:30:01") if often else ("18:30:01",):
        world.go(instant)
        world.sweep()
        assert world.is_sound()
    # Signed half an hour after it came in, it leaves everybody above half an hour more.
    assert [(e.generation, e.rung, e.due_at) for e in world.show(ticket).escalations] == [
        (1, 1, at("14:13")), (2, 2, at("16:30")), (2, 3, at("18:30")),
    ]  # fmt: skip


def test_an_alarm_for_a_role_that_nobody_holds_is_signed_by_whoever_stands_highest(
    world: World,
) -> None:
    world.rows("update staff set active = 0 where role = 'manager'")
    ticket = world.add("neighbour")
    world.go("16:28:01")
    world.sweep()
    with pytest.raises(Refusal) as caught:
        acknowledge(world.desk, number=ticket.number, actor="Chen", rung=3)
    assert caught.value.values["role"] == "director"
    acknowledge(world.desk, number=ticket.number, actor="Lin")
    assert world.rows(
        "select count(*) from escalation where acknowledged_at is null and rung > 0"
    ) == [(0,)]
    assert world.is_sound()
