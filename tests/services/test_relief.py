"""A relief who does not come: the shift climbs its ladder, once a rung, whoever sweeps."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.board import board
from concierge.services.relief import sign_for_relief
from concierge.services.shifts import end_shift, start_shift
from concierge.services.sweep import next_due, sweep
from concierge.settings import shipped_policy
from tests.services.world import World, at


@pytest.fixture
def late(world: World) -> World:
    """A shift since 07:00 that should have been relieved at 15:00."""
    world.go("07:00")
    start_shift(world.desk, actor="Chen")
    return world


def fired(world: World) -> list[tuple[str, int, str, tuple[str, ...], int]]:
    return [(f.ticket, f.rung, f.to, f.people, f.late_seconds) for f in sweep(world.desk).fired]


def test_nothing_is_told_until_the_grace_is_over_to_the_second(late: World) -> None:
    assert next_due(late.desk) == at("15:30")
    late.go("15:30")
    assert fired(late) == []
    late.clock.at += 1
    assert fired(late) == [("lobby", 1, "supervisor", ("Zhou",), 1)]
    assert fired(late) == []
    assert next_due(late.desk) == at("16:00")
    assert late.is_sound()


def test_it_climbs_to_director_and_manager_and_a_slept_through_rung_is_not_lost(
    late: World,
) -> None:
    late.go("17:31")
    assert [(rung, to) for _, rung, to, _, _ in fired(late)] == [
        (1, "supervisor"),
        (2, "director"),
        (3, "manager"),
    ]
    notices = late.rows("select distinct event_id from outbox")
    assert len(notices) == 1, "people get one notice, for the highest"
    assert late.is_sound()


def test_the_board_says_whose_shift_it_is_and_whom_to_ring(late: World) -> None:
    assert board(late.desk).reliefs == ()
    late.go("15:31")
    sweep(late.desk)
    (seen,) = board(late.desk).reliefs
    assert (seen.desk, seen.staff, seen.planned_until) == ("lobby", "Chen", at("15:00"))
    assert (seen.to, seen.people, seen.phones) == ("supervisor", ("Zhou",), ("13800001234",))


def test_a_signature_moves_the_next_rung_and_silences_the_board(late: World) -> None:
    late.go("15:31")
    sweep(late.desk)
    with pytest.raises(Refusal, match=r"relief\.role"):
        sign_for_relief(late.desk, actor="Chen")
    late.go("15:40")
    sign_for_relief(late.desk, actor="Zhou")
    assert board(late.desk).reliefs == ()
    assert next_due(late.desk) == at("16:10")
    with pytest.raises(Refusal, match=r"relief\.nothing"):
        sign_for_relief(late.desk, actor="Zhou")
    assert late.is_sound()


def test_an_ended_shift_is_told_of_no_more_and_its_notices_are_moot(late: World) -> None:
    late.go("15:31")
    sweep(late.desk)
    end_shift(late.desk, actor="Chen")
    assert next_due(late.desk) is None
    late.go("20:00")
    assert fired(late) == []
    with pytest.raises(Refusal, match=r"shift\.not-running"):
        sign_for_relief(late.desk, actor="Zhou")
    assert late.is_sound()


def test_two_programs_put_a_rung_on_record_once(late: World) -> None:
    other = late.beside()
    late.go("15:31")
    assert [len(sweep(each).fired) for each in (late.desk, other)] == [1, 0]
    other.store.close()


def test_a_director_sleeps_and_the_supervisor_does_not(world: World) -> None:
    world.go("15:00")
    start_shift(world.desk, actor="Chen")
    world.go("23:31")
    assert [(rung, to) for _, rung, to, _, _ in fired(world)] == [(1, "supervisor")]
    world.clock.at = at("2026-11-24T00:01")
    assert [(rung, to) for _, rung, to, _, _ in fired(world)] == [(2, "director")]
    waits = world.rows(
        "select s.name, o.not_before from outbox o join staff s on s.id = o.staff_id"
    )
    assert ("Lin", at("2026-11-24T07:30")) in waits
    assert world.is_sound()


def test_what_was_altered_in_the_store_is_found(late: World) -> None:
    late.go("15:31")
    sweep(late.desk)
    from concierge.services.verify import verify

    late.rows("update escalation set fired_at = fired_at - 60 where subject = 'shift'")
    kinds = {problem.kind for problem in verify(late.desk).problems}
    assert kinds == {"escalation"}
    late.rows("update escalation set fired_at = fired_at + 60 where subject = 'shift'")
    late.rows("update shift set relief_at = relief_at + 3600")
    assert {problem.kind for problem in verify(late.desk).problems} == {"next"}
    late.rows("update shift set relief_at = relief_at - 3600")
    late.rows("delete from outbox")
    late.rows("delete from escalation")
    assert "escalation" in {problem.kind for problem in verify(late.desk).problems}


def test_a_shift_of_before_there_were_plans_is_planned_when_rules_come_in(late: World) -> None:
    late.rows("update shift set planned_from = null, planned_until = null, relief_at = null")
    assert next_due(late.desk) is None
    late.adopt(
        shipped_policy()
        | {"timezone": "Asia/Shanghai", "quiet": {"from": "23:00", "to": "06:00", "roles": []}}
    )
    assert next_due(late.desk) == at("15:30")
    late.go("15:31")
    assert [(rung, to) for _, rung, to, _, _ in fired(late)] == [(1, "supervisor")]
