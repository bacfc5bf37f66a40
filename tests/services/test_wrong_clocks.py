"""A wall clock that leaps ahead, and a night in which nobody watched."""

from __future__ import annotations

import json

from concierge.services.sweep import confirm_clock, sweep
from tests.services.world import World, at


def facts(world: World, kind: str) -> list[dict[str, object]]:
    """What the log holds of a kind of event."""
    return [
        json.loads(row[0])
        for row in world.rows("select data from event where kind = ? order by id", kind)
    ]


def test_a_clock_that_leaps_a_day_ahead_fires_nothing_for_five_minutes_and_then_says_so(
    world: World,
) -> None:
    world.add("neighbour")
    sweep(world.desk)
    beats = world.rows("select at from heartbeat")
    world.clock.leap(86_400)
    assert sweep(world.desk).held == "jump"
    world.clock.at += 299
    assert sweep(world.desk).held == "jump"
    assert world.rows("select at from heartbeat") == beats
    assert world.rows("select count(*) from escalation") == [(0,)]
    world.clock.at += 1
    done = sweep(world.desk)
    assert done.held is None
    assert done.unwatched is None
    attend = [fired.rung for fired in done.fired if fired.clock == "attend"]
    assert attend == [0, 1, 2, 3, 4]
    assert [fact["end"] for fact in facts(world, "clock.leapt")] == ["waited"]
    assert world.is_sound()
    assert sweep(world.desk).fired == ()
    assert len(facts(world, "clock.leapt")) == 1


def test_a_supervisor_ends_the_wait(world: World) -> None:
    world.add("neighbour")
    sweep(world.desk)
    world.clock.leap(1_200)
    assert sweep(world.desk).held == "jump"
    confirm_clock(world.desk, actor="Zhou")
    assert [fired.rung for fired in sweep(world.desk).fired] == [0, 1]
    assert [fact["end"] for fact in facts(world, "clock.leapt")] == ["confirmed"]


def test_a_confirmation_at_another_terminal_holds_here_as_well(world: World) -> None:
    world.add("neighbour")
    sweep(world.desk)
    world.clock.leap(1_200)
    assert sweep(world.desk).held == "jump"
    other = world.beside("back office")
    confirm_clock(other, actor="Zhou")
    other.store.close()
    assert [fired.rung for fired in sweep(world.desk).fired] == [0, 1]


def test_a_clock_that_is_put_right_again_was_no_leap(world: World) -> None:
    world.add("neighbour")
    sweep(world.desk)
    world.clock.leap(7_200)
    assert sweep(world.desk).held == "jump"
    world.clock.leap(-7_200)
    assert sweep(world.desk) == sweep(world.desk)
    assert sweep(world.desk).held is None
    assert world.rows("select count(*) from escalation") == [(0,)]
    assert [fact["end"] for fact in facts(world, "clock.leapt")] == ["back"]


def test_a_clock_an_hour_back_is_held_and_coming_right_again_is_no_leap(world: World) -> None:
    world.add("neighbour")
    sweep(world.desk)
    world.clock.leap(-3_600)
    assert sweep(world.desk).held == "clock"
    world.clock.leap(3_600)
    world.clock.at += 1
    assert sweep(world.desk).held is None


def test_the_next_to_start_says_how_long_nobody_was_watching_and_it_is_on_record(
    world: World,
) -> None:
    world.add("neighbour")
    sweep(world.desk)
    left = world.clock.at
    fresh = world.beside("watch")
    world.clock.at = at("17:23")
    done = sweep(fresh)
    assert done.unwatched == (left, at("17:23"))
    assert sweep(fresh).unwatched is None
    assert facts(world, "watch.resumed") == [{"since": left, "until": at("17:23")}]
    assert world.rows("select gap_from, gap_until from heartbeat where desk = 'watch'") == [
        (left, at("17:23"))
    ]
    fresh.store.close()


def test_five_minutes_between_two_sweeps_are_no_gap(world: World) -> None:
    sweep(world.desk)
    world.clock.at += 300
    assert sweep(world.desk).unwatched is None
    world.clock.at += 301
    assert sweep(world.desk).unwatched is not None
