"""Policies and calendars are kept as versions; what runs keeps its policy and is recounted by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.domain.policy import overlay
from concierge.domain.refusal import Refusal
from concierge.services.rules import adopt, would_move
from concierge.services.ticket_view import explain_clock
from concierge.settings import shipped_calendars, shipped_policy
from tests.services.world import World, at, clock_of, overtaken

SNOW: dict[str, object] = {
    "timezone": "Asia/Shanghai",
    "source": "snow",
    "verified_through": 2026,
    "off": ["2026-11-24"],
}


def test_the_same_files_change_nothing(world: World) -> None:
    before = world.rows("select events from chain_head")
    assert world.adopt() == ()
    assert world.rows("select events from chain_head") == before


def test_a_calendar_that_was_loaded_recounts_running_clocks_and_says_what_moved(
    world: World,
) -> None:
    moving, steady = world.add("home-repair"), world.add("fees")
    closed = world.do("resolve", world.add("public-repair"))
    moved = world.adopt(calendars=(*shipped_calendars(), SNOW))
    assert [(m.ticket, m.clock, m.was, m.now) for m in moved] == [
        (moving.number, "resolve", at("2026-12-02T18:00"), at("2026-12-03T18:00"))
    ]
    clock = clock_of(world.show(moving), "resolve")
    assert (clock.due_at, clock.cap_at) == (at("2026-12-03T18:00"), at("2026-12-03T18:00"))
    assert clock.generation == 2
    assert clock_of(world.show(steady), "answer").generation == 1
    assert clock_of(world.show(closed), "resolve").due_at == at("2026-11-26T18:00")
    assert world.rows("select distinct calendar_version from clock where met_at is null") == [(2,)]
    assert world.is_sound()


def test_a_breach_that_nobody_saw_outlives_the_recount(world: World) -> None:
    ticket = world.add("neighbour")
    world.do("attend", ticket)
    world.go("2026-11-24T19:00")
    world.adopt(calendars=(*shipped_calendars(), SNOW))
    resolve = clock_of(world.show(ticket), "resolve")
    assert (resolve.due_at, resolve.generation) == (at("2026-11-25T18:00"), 2)
    assert resolve.breached
    assert world.is_sound()


def test_a_year_s_list_settles_what_was_provisional(world: World) -> None:
    world.go("2026-12-31T10:00")
    ticket = world.add("public-glass")
    assert clock_of(ticket, "resolve").provisional
    nine = SNOW | {"off": ["2027-01-01/2027-01-03"], "verified_through": 2027}
    (moved,) = world.adopt(calendars=(*shipped_calendars(), nine))
    clock = clock_of(world.show(ticket), "resolve")
    assert (moved.was, clock.due_at, clock.provisional) == (
        at("2027-01-04T18:00"),
        at("2027-01-05T18:00"),
        False,
    )


QUICK = {
    "categories": {"neighbour": {"attend": "5 minutes"}},
    "ladders": {"minutes": {"rungs": [{"to": "manager", "when": "due"}]}},
}


def test_a_policy_edited_while_clocks_run_recounts_them_and_says_what_moved(world: World) -> None:
    old = world.add("neighbour")
    (moved,) = world.adopt(overlay(shipped_policy(), QUICK))
    assert (moved.clock, moved.was, moved.now) == ("attend", at("14:28"), at("14:18"))
    clock = clock_of(world.show(old), "attend")
    assert (clock.due_at, clock.generation, clock.counted_from) == (at("14:18"), 2, at("14:13"))
    world.go("14:18:01")
    assert [(rung, to) for name, rung, to, _ in world.sweep() if name == "attend"] == [
        (0, "concierge"),
        (1, "manager"),
    ]
    assert world.is_sound()


def test_what_fired_and_what_was_broken_under_the_old_policy_stays(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:30")
    world.sweep()
    longer = overlay(shipped_policy(), {"categories": {"neighbour": {"attend": "2 hours"}}})
    (moved,) = world.adopt(longer)
    assert (moved.now, moved.breach_kept) == (at("16:13"), True)
    seen = world.show(ticket)
    assert clock_of(seen, "attend").breached
    assert [(e.generation, e.rung) for e in seen.escalations] == [(1, 0), (1, 1)]
    assert world.is_sound()


def test_a_policy_that_moves_no_due_time_opens_no_generation_and_its_ladder_holds_at_once(
    world: World,
) -> None:
    ticket = world.add("neighbour", grade="major")
    agreed = world.add("home-repair", agreed_at=at("2026-11-25T10:00"), agreed_with="Wang")
    assert world.adopt(overlay(shipped_policy(), {"ladders": QUICK["ladders"]})) == ()
    assert clock_of(world.show(ticket), "attend").generation == 1
    assert clock_of(world.show(agreed), "resolve").due_at == at("2026-11-25T10:00")
    assert {row[0] for row in world.rows("select policy_version from clock")} == {2}
    assert {row[0] for row in world.rows("select ladder from clock where kind = 'attend'")} == {
        "major"
    }
    assert world.is_sound()


def test_a_category_that_is_gone_leaves_its_clocks_as_they_were_promised(world: World) -> None:
    ticket = world.add("public-glass")
    policy = shipped_policy()
    categories = dict(policy["categories"])  # type: ignore[call-overload]
    del categories["public-glass"]
    assert world.adopt({**policy, "categories": categories}) == ()
    assert clock_of(world.show(ticket), "resolve").due_at == at("2026-11-25T18:00")
    assert world.is_sound()


def test_what_would_move_is_shown_and_nothing_is_saved(world: World) -> None:
    world.add("neighbour")
    before = world.rows("select hash from chain_head"), world.rows("select * from clock")
    (moved,) = would_move(
        world.desk, policy=overlay(shipped_policy(), QUICK), calendars=shipped_calendars()
    )
    assert (moved.was, moved.now) == (at("14:28"), at("14:18"))
    assert (world.rows("select hash from chain_head"), world.rows("select * from clock")) == before


def test_other_opening_hours_in_the_policy_recount_as_well(world: World) -> None:
    ticket = world.add("public-repair")
    early = overlay(shipped_policy(), {"hours": {"thu": ["08:00-16:00"]}})
    (moved,) = world.adopt(early)
    assert (moved.ticket, moved.now) == (ticket.number, at("2026-11-26T16:00"))
    assert world.is_sound()


def test_a_count_is_explained_by_the_calendar_that_it_was_made_with(world: World) -> None:
    ticket = world.add("public-repair")
    world.do("resolve", ticket)
    before = explain_clock(world.desk, number=ticket.number, clock="resolve")
    assert before[-1].date == date(2026, 11, 26)
    world.adopt(calendars=(*shipped_calendars(), SNOW))
    assert explain_clock(world.desk, number=ticket.number, clock="resolve") == before
    with pytest.raises(Refusal, match=r"clock\.none"):
        explain_clock(world.desk, number=ticket.number, clock="attend")


def test_an_errand_that_nobody_timed_is_explained_by_the_half_hour_it_is_due_in(
    world: World,
) -> None:
    (now,) = explain_clock(world.desk, number=world.add("taxi").number, clock="resolve")
    assert (now.date, now.reason) == (date(2026, 11, 23), "elapsed")
    timed = world.add("taxi", agreed_at=at("16:00"))
    assert len(explain_clock(world.desk, number=timed.number, clock="resolve")) > 1


def test_what_a_desk_promised_by_the_old_calendar_is_recounted_when_it_opens_again(
    world: World,
) -> None:
    other = world.beside()
    world.adopt(calendars=(*shipped_calendars(), SNOW))
    stale = World(world.home, other, world.clock)
    ticket = stale.add("home-repair")
    assert clock_of(ticket, "resolve").due_at == at("2026-12-02T18:00")
    (moved,) = stale.adopt(calendars=(*shipped_calendars(), SNOW))
    assert (moved.ticket, moved.now) == (ticket.number, at("2026-12-03T18:00"))
    assert stale.is_sound()
    other.store.close()


@pytest.mark.parametrize(
    ("policy", "calendars", "code"),
    [
        ({"categories": {"fees": {"answer": "soon"}}}, (), "policy.bad"),
        ({"timezone": "Mars/Olympus"}, (), "policy.bad"),
        ({}, ({"off": ["2026-13-01"]},), "calendar.bad"),
    ],
)
def test_a_mistake_is_refused_and_the_store_keeps_its_rules(
    world: World, policy: dict[str, object], calendars: tuple[dict[str, object], ...], code: str
) -> None:
    before = world.rows("select events from chain_head")
    with pytest.raises(Refusal) as refused:
        adopt(
            world.desk.store,
            world.clock,
            desk="lobby",
            policy=overlay(shipped_policy(), policy),
            calendars=(*shipped_calendars(), *calendars),
        )
    assert refused.value.code == code
    assert world.rows("select events from chain_head") == before


def test_a_calendar_on_which_nobody_ever_works_is_refused_whole(world: World) -> None:
    world.add("home-repair")
    before = world.rows("select * from clock"), world.rows("select count(*) from calendar_version")
    week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    never = {"timezone": "Asia/Shanghai", "rest": week, "verified_through": 2020}
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        world.adopt(calendars=(never,))
    assert (
        world.rows("select * from clock"),
        world.rows("select count(*) from calendar_version"),
    ) == before


def test_rungs_that_new_rules_came_before_are_named_in_the_log(world: World) -> None:
    ticket = world.add("fees")
    world.go("16:00")
    policy = overlay(shipped_policy(), {"categories": {"fees": {"answer": "6 hours"}}})
    world.adopt(policy=policy)
    assert overtaken(world.show(ticket), "answer") == [0, 1, 2]
    assert world.sweep() == []
    assert world.is_sound()
