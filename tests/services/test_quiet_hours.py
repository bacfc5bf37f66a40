"""A night at the desk: the record is made at once, who is away from the desk is told in the morning."""

from __future__ import annotations

from concierge.domain.policy import overlay
from concierge.services import escalating
from concierge.services.views import TicketView
from concierge.settings import shipped_policy
from tests.services.world import World, at


def notices(world: World) -> list[tuple[str, int, int, int]]:
    """The outbox: whom, which rung, recorded when, to be sent from when."""
    return world.rows(
        "select s.name, e.rung, e.fired_at, o.send_from from outbox o"
        " join escalation e on e.id = o.escalation_id join staff s on s.id = o.staff_id order by o.id"
    )


def held(world: World, ticket: TicketView) -> dict[int, int | None]:
    """Until when each rung on record was held back."""
    rows = world.rows("select rung, held_until from escalation where ticket_id = ?", ticket.id)
    return dict(rows)


def test_at_night_the_supervisor_is_told_and_the_director_only_in_the_morning(world: World) -> None:
    world.go("22:10")
    ticket = world.add("neighbour")
    world.go("22:25:01")
    assert [rung for _, rung, _, _ in world.sweep()] == [0, 1]
    world.go("22:55:01")
    assert world.sweep() == [("attend", 2, "director", ("Lin",))]
    night, morning = at("22:55:01"), at("2026-11-24T07:30")
    assert notices(world)[-2:] == [
        ("Zhou", 1, at("22:25:01"), at("22:25:01")),
        ("Lin", 2, night, morning),
    ]
    assert held(world, ticket) == {0: None, 1: None, 2: morning}
    assert world.is_sound()


def test_the_next_rung_counts_from_when_the_held_notice_goes_out(world: World) -> None:
    world.go("22:10")
    world.add("neighbour")
    world.go("22:55:01")
    world.sweep()
    world.go("2026-11-24T09:00")
    assert [row for row in world.sweep() if row[0] == "attend"] == []
    world.go("2026-11-24T09:00:01")
    assert world.sweep() == [("attend", 3, "manager", ("Gao",))]
    assert notices(world)[-1][3] == at("2026-11-24T09:00:01")
    assert world.is_sound()


def test_an_emergency_and_a_major_matter_wake_the_director(world: World) -> None:
    world.go("23:00")
    world.add("emergency", place="Lift 2")
    world.add("home-repair-urgent")
    raised = world.add("neighbour", grade="major")
    world.go("23:45:01")
    world.sweep()
    lin = [row for row in notices(world) if row[0] == "Lin"]
    assert len(lin) == 3
    assert {row[3] for row in lin} == {at("23:45:01")}
    assert held(world, raised)[2] is None


def test_who_slept_through_the_power_cut_hears_of_the_highest_rung_in_the_morning_and_the_supervisor_now(
    world: World,
) -> None:
    world.go("20:00")
    ticket = world.add("neighbour")
    world.go("23:30")
    assert [rung for _, rung, _, _ in world.sweep()] == [0, 1, 2, 3]
    assert held(world, ticket) == {0: None, 1: None, 2: None, 3: at("2026-11-24T07:30")}
    assert notices(world) == [
        ("Gao", 3, at("23:30"), at("2026-11-24T07:30")),
        ("Zhou", 1, at("23:30"), at("23:30")),
    ]
    assert world.is_sound()


def test_a_rung_that_fell_due_at_night_and_is_recorded_by_day_is_sent_at_once_and_counts_from_the_morning(
    world: World,
) -> None:
    world.go("22:10")
    ticket = world.add("neighbour")
    world.go("2026-11-24T08:45")
    assert [rung for clock, rung, _, _ in world.sweep() if clock == "attend"] == [0, 1, 2]
    assert held(world, ticket)[2] == at("2026-11-24T07:30")
    assert notices(world) == [("Lin", 2, at("2026-11-24T08:45"), at("2026-11-24T08:45"))]
    world.go("2026-11-24T09:00:01")
    assert [rung for _, rung, _, _ in world.sweep()] == [3]


def test_nobody_to_wake_holds_nothing_back(world: World) -> None:
    world.rows("update staff set active = 0 where role = 'director'")
    world.go("22:10")
    world.add("neighbour")
    world.go("22:55:02")
    assert world.sweep()[-2:] == [("attend", 2, "director", ()), ("attend", 3, "manager", ("Gao",))]


def test_by_hand_at_night_the_record_is_made_and_the_director_hears_of_it_in_the_morning(
    world: World,
) -> None:
    world.go("22:10")
    ticket = world.add("neighbour")
    for minute in (20, 21):
        world.go(f"22:{minute}")
        escalating.escalate(world.desk, number=ticket.number, reason="loud", actor="Chen")
    assert held(world, ticket) == {1: None, 2: at("2026-11-24T07:30")}


def test_a_property_that_lets_nobody_sleep_tells_the_director_at_night(world: World) -> None:
    world.adopt(overlay(shipped_policy(), {"quiet": {"roles": []}}))
    world.go("22:10")
    world.add("neighbour")
    world.go("22:55:01")
    world.sweep()
    assert notices(world)[-1] == ("Lin", 2, at("22:55:01"), at("22:55:01"))


def test_a_category_never_climbs_above_its_top_and_repeats_there(world: World) -> None:
    world.adopt(
        overlay(
            shipped_policy(),
            {
                "categories": {"neighbour": {"top": "supervisor"}},
                "ladders": {"minutes": {"repeat": "2 hours"}},
            },
        )
    )
    world.add("neighbour")
    world.go("18:28:01")
    assert [(rung, to) for _, rung, to, _ in world.sweep()] == [
        (0, "concierge"),
        (1, "supervisor"),
        (2, "supervisor"),
        (3, "supervisor"),
    ]
    assert world.is_sound()
