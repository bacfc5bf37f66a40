"""The sweep: exactly once, in order, on time; silent when nothing is due and held when time is wrong."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from concierge.domain.refusal import Refusal
from concierge.services.sweep import confirm_clock, next_due, sweep
from concierge.store.tables import Escalation
from tests.services.world import World, at, clock_of, rungs


def test_a_rung_fires_when_its_instant_has_passed_and_not_at_it(world: World) -> None:
    world.add("neighbour")
    for still in ("14:24:15", "14:28", "14:58", "16:28"):
        world.clock.at = at(still)
        before = world.rows("select count(*) from escalation")
        world.sweep()
        world.clock.at += 1
        assert len(world.sweep()) == 1, still
        assert world.rows("select count(*) from escalation") == [(before[0][0] + 1,)]
    assert world.is_sound()


def test_a_rung_that_found_nobody_takes_no_notice_from_who_was_told_below(world: World) -> None:
    world.add("neighbour")
    world.rows("update staff set active = 0 where role in ('director', 'manager')")
    world.go("20:00")
    fired = [(rung, people) for clock, rung, _, people in world.sweep() if clock == "attend"]
    assert fired[:4] == [(0, ("Chen",)), (1, ("Zhou",)), (2, ()), (3, ())]
    assert world.rows("select name from outbox join staff on staff.id = staff_id") == [("Zhou",)]


def test_after_the_last_rung_the_manager_is_told_daily_at_opening(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("2026-11-26T08:00:01")
    fired = [row for row in world.sweep() if row[0] == "attend"]
    assert [(rung, to) for _, rung, to, _ in fired] == [
        (0, "concierge"), (1, "supervisor"), (2, "director"), (3, "manager"),
        (4, "manager"), (5, "manager"), (6, "manager"),
    ]  # fmt: skip
    assert [e.due_at for e in world.show(ticket).escalations if e.rung > 3] == [
        at(f"2026-11-{day}T08:00") for day in (24, 25, 26)
    ]
    assert clock_of(world.show(ticket), "attend").next_at == at("2026-11-27T08:00")
    assert world.is_sound()


def test_working_days_climb_by_working_days(world: World) -> None:
    ticket = world.add("public-repair")
    world.go("2026-12-02T10:00")
    world.sweep()
    assert [(e.rung, e.to, e.due_at) for e in world.show(ticket).escalations] == [
        (0, "concierge", at("2026-11-26T08:00")),
        (1, "supervisor", at("2026-11-26T18:00")),
        (2, "director", at("2026-11-27T18:00")),
        (3, "manager", at("2026-12-01T18:00")),
        (4, "manager", at("2026-12-02T08:00")),
    ]


def test_after_a_power_cut_every_missed_rung_is_recorded_and_one_notice_goes_out(
    world: World,
) -> None:
    world.add("neighbour")
    world.add("fees")
    world.go("15:20")
    fired = sweep(world.desk).fired
    assert [(f.clock, f.rung, f.late_seconds) for f in fired] == [
        ("attend", 0, at("15:20") - at("14:24:15")),
        ("attend", 1, at("15:20") - at("14:28")),
        ("answer", 0, at("15:20") - at("14:35:30")),
        ("answer", 1, at("15:20") - at("14:43")),
        ("attend", 2, at("15:20") - at("14:58")),
        ("answer", 2, at("15:20") - at("15:13")),
    ]
    assert world.rows(
        "select e.rung, s.name from outbox o join escalation e on e.id = escalation_id"
        " join staff s on s.id = staff_id order by o.id"
    ) == [(2, "Lin"), (2, "Lin")]
    assert world.is_sound()


def test_unassigned_and_assigned_tickets_of_any_desk_escalate_the_same(world: World) -> None:
    world.add("neighbour")
    world.go("14:29")
    elsewhere = world.beside("lobby")
    assert [f.rung for f in sweep(elsewhere).fired] == [0, 1]
    elsewhere.store.close()


def test_sweeping_again_at_the_same_instant_finds_nothing(world: World) -> None:
    world.add("neighbour")
    world.go("16:00")
    assert len(world.sweep()) == 3
    assert world.sweep() == []


def test_the_store_itself_refuses_a_second_record_of_a_rung(world: World) -> None:
    world.add("emergency")
    with pytest.raises(IntegrityError), world.desk.store.write() as session:
        session.connection().exec_driver_sql(
            "insert into escalation (subject, subject_id, ticket_id, generation, rung, role, people,"
            " due_at, fired_at, by_hand, event_id) select subject, subject_id, ticket_id, generation,"
            " rung, role, people, due_at, fired_at, by_hand, event_id from escalation"
        )


def test_an_empty_sweep_writes_nothing_and_a_heartbeat_comes_once_a_minute(world: World) -> None:
    world.add("neighbour")
    world.sweep()

    def version() -> list[tuple[object, ...]]:
        # The number a connection sees change whenever another one has written.
        with world.desk.store.read() as session:
            row = session.connection().exec_driver_sql("select at from heartbeat").all()
        return [(path.stat().st_size, path.read_bytes()) for path in walls] + [
            tuple(r) for r in row
        ]

    walls = sorted(path for path in world.home.iterdir() if not path.name.endswith("-shm"))
    before = version()
    for second in (0, 1, 30, 59):
        world.clock.at = at("14:13") + second
        world.sweep()
    assert version() == before
    world.clock.at = at("14:14")
    world.sweep()
    assert world.rows("select desk, at from heartbeat") == [("lobby", at("14:14"))]
    assert version() != before


def test_one_heartbeat_a_minute_serves_all_desks(world: World) -> None:
    world.sweep()
    other = world.beside("lobby")
    world.clock.at += 59
    sweep(other)
    assert world.rows("select count(*), max(at) from heartbeat") == [(1, at("14:13"))]
    other.store.close()


def test_a_wall_clock_behind_the_heartbeat_fires_nothing_until_it_is_confirmed(
    world: World,
) -> None:
    world.add("neighbour")
    world.go("15:00")
    world.sweep()
    world.go("14:57:59")
    assert sweep(world.desk).held == "clock"
    with pytest.raises(Refusal, match=r"role\.needed"):
        confirm_clock(world.desk, actor="Chen")
    assert confirm_clock(world.desk, actor="Zhou") == at("14:57:59")
    assert sweep(world.desk).held is None
    assert world.rows("select json_extract(data, '$.was'), actor from event order by id desc limit 1") == [
        (at("15:00"), "Zhou")
    ]  # fmt: skip
    assert world.is_sound()


def test_two_minutes_behind_is_still_right(world: World) -> None:
    world.go("15:00")
    world.sweep()
    world.go("14:58")
    assert sweep(world.desk).held is None


def test_it_is_known_when_there_will_be_something_to_sweep(world: World) -> None:
    assert next_due(world.desk) is None
    ticket = world.add("neighbour")
    assert next_due(world.desk) == at("14:24:15")
    world.do("resolve", ticket)
    assert next_due(world.desk) is None


def test_a_clock_that_was_met_in_the_meantime_fires_nothing(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:20")
    world.do("attend", ticket)
    world.go("20:00")
    assert world.sweep() == []
    assert rungs(world.show(ticket)) == []


def test_rungs_that_moved_into_the_past_by_an_agreed_time_fire_for_the_new_promise(
    world: World,
) -> None:
    from concierge.services.agreeing import agree

    ticket = world.add("home-repair")
    agree(world.desk, number=ticket.number, agreed_at=at("15:13"), agreed_with="Wang", actor="Chen")
    world.go("14:58:01")
    assert world.sweep() == [("resolve", 0, "concierge", ("Chen",))]
    world.go("15:13:01")
    assert world.sweep() == [("resolve", 1, "supervisor", ("Zhou",))]
    assert [e.generation for e in world.show(ticket).escalations] == [2, 2]
    assert world.is_sound()


def test_of_a_year_of_repeats_a_sweep_reads_the_last_one(world: World) -> None:
    world.add("fees")
    world.go("2027-11-23T12:00")
    world.sweep()
    world.go("2027-11-24T12:00")
    read: list[object] = []

    def loaded(row: object, _context: object) -> None:
        read.append(row)

    event.listen(Escalation, "load", loaded)
    try:
        assert len(world.sweep()) == 1
    finally:
        event.remove(Escalation, "load", loaded)
    assert len(read) == 5  # the four of the ladder and the last repeat
