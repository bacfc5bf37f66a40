"""The outbox: one courier at a time, settled once, given up after a day, silent about what is moot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Barrier, Thread

import pytest

from concierge.domain.notify_policy import NotifyPolicy, parse_notify
from concierge.services import agreeing, changes, escalating
from concierge.services.notices import Delivered, Leased, Notice, Outcome
from concierge.services.outbox import is_waiting, lease, settle
from concierge.services.shifts import start_shift
from concierge.services.staffing import NewStaff, add_staff
from concierge.services.views import TicketView
from tests.services.world import World, at, clock_of

DIRECT = parse_notify(
    {"people": {name: [f"json://{name}"] for name in ("Chen", "Zhou", "Wu", "Lin", "Gao")}}
)
GROUP = parse_notify({"roles": {"supervisor": ["wecombot://k"]}, "command": ["tell"]})


def overdue(world: World, **fields: str) -> TicketView:
    """A ticket whose supervisor has just been told."""
    ticket = world.add("neighbour", **fields)
    world.go("14:29")
    assert world.sweep()[-1][2:] == ("supervisor", ("Zhou",))
    return ticket


def leased(world: World, policy: NotifyPolicy = DIRECT, owner: str = "a") -> Leased:
    return lease(world.desk, policy=policy, owner=owner)


def only(found: Leased) -> Notice:
    (notice,) = found.notices
    return notice


def done(world: World, notice: Notice, problem: str | None = None, owner: str = "a") -> Delivered:
    """Settle everything that was tried, delivered or failed as a whole."""
    outcomes = [
        Outcome(
            each.outbox_id,
            () if problem else tuple(way.key for way in (*each.ways, *notice.ways)),
            problem,
        )
        for each in notice.recipients
    ]
    return settle(world.desk, owner=owner, outcomes=outcomes)


def outbox(world: World) -> Sequence[tuple[object, ...]]:
    return world.rows("select state, attempts, not_before, problem from outbox order by id")


def test_a_notice_holds_what_was_promised_and_nothing_private(world: World) -> None:
    ticket = overdue(world, unit="3-1201", caller="王建国", phone="13900001234")
    notice = only(leased(world))
    matter = notice.matter
    assert (matter.number, matter.unit, matter.clock) == (ticket.number, "3-1201", "attend")
    assert (matter.due_at, matter.limit) == (at("14:28"), "15 minutes")
    assert (matter.role, matter.people, matter.rung) == ("supervisor", ("Zhou",), 1)
    assert [way.url for way in notice.recipients[0].ways] == ["json://Zhou"]
    assert "王建国" not in repr(notice)
    assert "13900001234" not in repr(notice)


def test_the_event_of_the_escalation_is_the_key(world: World) -> None:
    overdue(world)
    told = world.rows("select event_id from escalation where role = 'supervisor'")
    assert told == [(only(leased(world)).event_id,)]


def test_what_is_leased_is_nobody_else_s_for_two_minutes(world: World) -> None:
    overdue(world)
    first = only(leased(world, owner="a"))
    assert not is_waiting(world.desk)
    assert leased(world, owner="b") == Leased()
    world.clock.at += 119
    assert leased(world, owner="b") == Leased()
    world.clock.at += 1
    assert only(leased(world, owner="b")) == first


def test_two_couriers_at_once_take_a_notice_once(world: World) -> None:
    overdue(world)
    ready = Barrier(2)
    found: list[Notice] = []

    def take(name: str) -> None:
        desk = world.beside(name)
        ready.wait()
        found.extend(lease(desk, policy=DIRECT, owner=name).notices)
        desk.store.close()

    threads = [Thread(target=take, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1


def test_nothing_waiting_writes_nothing(world: World) -> None:
    overdue(world)
    done(world, only(leased(world)))
    before = world.rows("pragma data_version"), (world.home / "concierge.db-wal").stat().st_size
    assert leased(world) == Leased()
    assert before == (
        world.rows("pragma data_version"),
        (world.home / "concierge.db-wal").stat().st_size,
    )


def test_what_was_sent_is_a_fact_of_the_ticket_s_log(world: World) -> None:
    ticket = overdue(world)
    notice = only(leased(world))
    assert done(world, notice) == Delivered(sent=1)
    event = world.show(ticket).events[-1]
    assert (event.kind, event.data) == (
        "notice.sent",
        {
            "number": ticket.number,
            "to": "Zhou",
            "ways": ["json"],
            "event": notice.event_id,
            "problem": None,
        },
    )
    assert outbox(world)[-1][0] == "sent"
    assert world.is_sound()


def test_a_failure_is_tried_again_later_and_later(world: World) -> None:
    overdue(world)
    waits = []
    for _ in range(9):
        assert done(world, only(leased(world)), "notify.unreachable") == Delivered(failed=1)
        state, _, not_before, problem = outbox(world)[-1]
        assert (state, problem) == ("waiting", "notify.unreachable")
        assert isinstance(not_before, int)
        waits.append(not_before - world.clock.at)
        world.clock.at = not_before - 1
        assert not is_waiting(world.desk)
        world.clock.at = not_before
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_what_reached_nobody_for_a_day_is_given_up_and_stands_on_the_board(world: World) -> None:
    ticket = overdue(world)
    world.clock.at += 86_399
    assert done(world, only(leased(world)), "notify.refused") == Delivered(failed=1)
    world.rows("update outbox set attempts = 7")
    world.clock.at += 30
    notice = only(leased(world))
    assert done(world, notice, "notify.refused") == Delivered(dead=1)
    event = world.show(ticket).events[-1]
    assert (event.kind, event.data["problem"]) == ("notice.dead", "notify.refused")
    assert leased(world) == Leased()
    from concierge.services.board import board

    assert board(world.desk).dead == ("Zhou",)


def test_whoever_some_way_reached_is_not_given_up(world: World) -> None:
    overdue(world)
    notice = only(leased(world))
    row = notice.recipients[0]
    settle(
        world.desk,
        owner="a",
        outcomes=[Outcome(row.outbox_id, (row.ways[0].key,), "notify.command-failed")],
    )
    world.rows("update outbox set attempts = 7")
    world.clock.at += 86_400
    again = only(leased(world))
    assert again.recipients[0].ways == ()
    assert done(world, again, "notify.command-failed") == Delivered(sent=1)


def test_the_role_s_way_and_the_command_are_used_once_for_all_who_hold_it(world: World) -> None:
    add_staff(world.desk, new=NewStaff("Wu", "supervisor"), actor="Zhou")
    world.add("neighbour")
    world.go("14:29")
    world.sweep()
    notice = only(leased(world, GROUP))
    assert [way.key for way in notice.ways] == [GROUP.of_role("supervisor")[0].key, "command"]
    assert [each.name for each in notice.recipients] == ["Zhou", "Wu"]
    assert done(world, notice) == Delivered(sent=2)


def test_what_the_role_s_way_delivered_is_not_sent_to_it_again_for_a_colleague(
    world: World,
) -> None:
    add_staff(world.desk, new=NewStaff("Wu", "supervisor"), actor="Zhou")
    world.add("neighbour")
    world.go("14:29")
    world.sweep()
    both = parse_notify({"roles": {"supervisor": ["a://k"]}, "people": {"Wu": ["b://k"]}})
    zhou, wu = only(leased(world, both)).recipients
    (common,) = both.of_role("supervisor")
    settle(
        world.desk,
        owner="a",
        outcomes=[
            Outcome(zhou.outbox_id, (common.key,)),
            Outcome(wu.outbox_id, (common.key,), "notify.refused"),
        ],
    )
    world.clock.at += 30
    again = only(leased(world, both))
    assert again.ways == ()
    assert [(each.name, len(each.ways)) for each in again.recipients] == [("Wu", 1)]


def test_the_role_s_way_does_not_tell_a_supervisor_of_a_complaint_about_that_supervisor(
    world: World,
) -> None:
    add_staff(world.desk, new=NewStaff("Wu", "supervisor"), actor="Zhou")
    world.add("neighbour", about="Zhou")
    world.go("14:29")
    world.sweep()
    both = parse_notify({"roles": {"supervisor": ["a://k"]}, "people": {"Wu": ["b://k"]}})
    notice = only(leased(world, both))
    assert notice.ways == ()
    assert [(each.name, each.ways[0].url) for each in notice.recipients] == [("Wu", "b://k")]


def test_whoever_has_no_way_is_left_to_the_desk_s_own_screen(world: World) -> None:
    overdue(world)
    assert leased(world, NotifyPolicy()) == Leased(settled=1)
    assert outbox(world)[-1][0] == "screen"
    assert world.rows("select count(*) from event where kind like 'notice%'") == [(0,)]


def test_what_is_over_before_it_was_sent_wakes_nobody(world: World) -> None:
    ticket = overdue(world)
    world.do("attend", ticket)
    assert leased(world) == Leased(settled=1)
    assert (outbox(world)[-1][0], outbox(world)[-1][3]) == ("screen", "moot")


def test_what_was_signed_for_before_it_was_sent_is_not_sent(world: World) -> None:
    ticket = overdue(world)
    escalating.acknowledge(world.desk, number=ticket.number, actor="Zhou")
    assert leased(world) == Leased(settled=1)


def test_of_a_major_matter_people_are_told_even_when_it_is_over(world: World) -> None:
    ticket = world.add("emergency")
    world.do("attend", ticket)
    world.do("resolve", ticket)
    assert only(leased(world)).matter.grade == "major"


def test_a_matter_that_was_taken_back_is_told_to_nobody(world: World) -> None:
    ticket = world.add("emergency")
    changes.cancel(world.desk, number=ticket.number, reason="typed by mistake", actor="Zhou")
    assert leased(world) == Leased(settled=1)


def test_a_promise_that_was_made_anew_takes_the_old_notice_back(world: World) -> None:
    ticket = overdue(world)
    agreeing.agree(
        world.desk, number=ticket.number, clock="attend", agreed_at=at("16:00"),
        agreed_with="王建国", actor="Zhou", approved_by="Zhou", reason="he is out",
    )  # fmt: skip
    assert leased(world) == Leased(settled=1)


def test_a_courier_that_lost_its_lease_keeps_only_what_it_delivered(world: World) -> None:
    overdue(world)
    late = only(leased(world, owner="a"))
    world.clock.at += 120
    again = only(leased(world, owner="b"))
    assert done(world, late, owner="a") == Delivered()
    assert world.rows("select state, delivered, leased_by from outbox") == [
        ("waiting", json.dumps([late.recipients[0].ways[0].key]), "b")
    ]
    assert done(world, again, owner="b") == Delivered(sent=1)
    assert done(world, again, owner="b") == Delivered()


def test_while_one_of_them_is_being_told_nobody_else_uses_the_ways_they_share(world: World) -> None:
    add_staff(world.desk, new=NewStaff("Wu", "supervisor"), actor="Zhou")
    world.add("neighbour")
    world.go("14:29")
    world.sweep()
    only(leased(world, GROUP, "a"))
    world.rows(
        "update outbox set not_before = 0, leased_until = null where leased_by = 'a' and id = 2"
    )
    assert is_waiting(world.desk)
    assert leased(world, GROUP, "b") == Leased()


def test_a_promise_that_is_no_longer_made_is_told_to_nobody(world: World) -> None:
    ticket = overdue(world)
    changes.change(
        world.desk, number=ticket.number, category="public-lighting", reason="a lamp", actor="Zhou"
    )
    assert clock_of(world.show(ticket), "attend").stopped_at is not None
    assert leased(world) == Leased(settled=1)


@pytest.mark.parametrize("limit", [1, 2])
def test_so_many_events_are_taken_the_longest_waiting_first(world: World, limit: int) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(world.add("neighbour").number)
        world.clock.at += 1
    world.go("14:29")
    world.sweep()
    found = lease(world.desk, policy=DIRECT, owner="a", limit=limit)
    assert [notice.matter.number for notice in found.notices] == numbers[:limit]


def told_at_night(world: World) -> TicketView:
    """A ticket whose director fell due in the quiet hours; the supervisor was told at once."""
    world.go("22:40")
    ticket = world.add("neighbour")
    world.go("22:56")
    world.sweep()
    assert done(world, only(leased(world))) == Delivered(sent=1)
    world.go("23:26")
    assert world.sweep()[-1][2:] == ("director", ("Lin",))
    return ticket


def test_what_falls_due_at_night_waits_for_the_morning(world: World) -> None:
    told_at_night(world)
    world.go("2026-11-24T07:29:59")
    assert leased(world) == Leased()
    world.go("2026-11-24T07:30")
    notice = only(leased(world))
    assert [each.name for each in notice.recipients] == ["Lin"]
    assert notice.matter.due_at == at("22:55")


def test_what_was_seen_to_in_the_night_disturbs_nobody_in_the_morning(world: World) -> None:
    ticket = told_at_night(world)
    world.go("23:40")
    world.do("attend", ticket)
    world.go("2026-11-24T07:30")
    assert leased(world) == Leased(settled=1)
    assert outbox(world)[-1][0::3] == ("screen", "moot")


def test_the_day_after_which_a_notice_is_given_up_begins_in_the_morning(world: World) -> None:
    told_at_night(world)
    world.go("2026-11-25T07:29:59")
    assert done(world, only(leased(world)), "notify.refused") == Delivered(failed=1)
    world.rows("update outbox set attempts = 7")
    world.go("2026-11-25T07:31")
    assert done(world, only(leased(world)), "notify.refused") == Delivered(dead=1)


def test_whoever_left_the_staff_is_not_told(world: World) -> None:
    overdue(world)
    world.rows("update staff set active = 0 where name = 'Zhou'")
    assert leased(world) == Leased(settled=1)


def test_a_shift_that_nobody_relieves_is_told_with_its_desk_and_whoever_is_on_duty(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    (event,) = world.rows("select max(id) from event")
    world.rows(
        "insert into escalation (subject, subject_id, generation, rung, role, people, due_at,"
        " fired_at, by_hand, event_id) values ('shift', 1, 1, 1, 'supervisor', '[[3, \"Zhou\"]]',"
        f" {world.clock.at}, {world.clock.at}, 0, {event[0]})"
    )
    world.rows(
        "insert into outbox (event_id, escalation_id, staff_id, state, created_at, send_from,"
        f" not_before, attempts, delivered) values ({event[0]}, 1, 3, 'waiting', 0, 0, 0, 0, '[]')"
    )
    notice = only(leased(world))
    assert (notice.matter.number, notice.matter.desk, notice.matter.assignee) == (
        None,
        "lobby",
        "Chen",
    )
    assert done(world, notice) == Delivered(sent=1)
    assert world.rows("select ticket_id from event where kind = 'notice.sent'") == [(None,)]


def test_addresses_that_change_places_while_a_notice_is_retried_are_all_used_once(
    world: World,
) -> None:
    overdue(world)
    before = parse_notify({"people": {"Zhou": ["a://one", "a://two"]}})
    (zhou,) = only(leased(world, before)).recipients
    settle(
        world.desk,
        owner="a",
        outcomes=[Outcome(zhou.outbox_id, (zhou.ways[0].key,), "notify.refused")],
    )
    world.clock.at += 30
    after = parse_notify({"people": {"Zhou": ["a://two", "a://one"]}})
    (again,) = only(leased(world, after)).recipients
    assert [way.url for way in again.ways] == ["a://two"]
