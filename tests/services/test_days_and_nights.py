"""Whole days and nights as stories: wrong clocks, summer time, a night, a holiday week, other rules."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.instants import parse_instant
from concierge.domain.policy import overlay
from concierge.domain.wall import wall_time
from concierge.services import escalating
from concierge.services.intake import promised
from concierge.services.sweep import confirm_clock, sweep
from concierge.services.views import TicketView
from concierge.settings import shipped_policy
from tests.services.world import World, at, clock_of

BERLIN = ZoneInfo("Europe/Berlin")
BERLIN_DAYS: dict[str, object] = {
    "timezone": "Europe/Berlin",
    "source": "Feiertage",
    "rest": ["sat", "sun"],
    "off": ["2026-04-03", "2026-04-06"],
    "verified_through": 2026,
}


def berlin(text: str) -> int:
    """An instant by the clock on a wall in Berlin."""
    return parse_instant(text, BERLIN)


def record(world: World, ticket: TicketView, clock: str) -> list[tuple[int, str, int, int]]:
    """The rungs of a clock: number, role, when due, how late."""
    return [
        (e.rung, e.to, e.due_at, e.late_seconds)
        for e in world.show(ticket).escalations
        if e.clock == clock
    ]


def notices(world: World, ticket: TicketView) -> list[tuple[str, int, int]]:
    """The outbox of a ticket: whom, which rung, to be sent from when."""
    return world.rows(
        "select s.name, e.rung, o.send_from from outbox o join escalation e on e.id = o.escalation_id"
        " join staff s on s.id = o.staff_id where e.ticket_id = ? order by o.id",
        ticket.id,
    )


def watch(world: World, until: int, every: int = 60) -> None:
    """Sweep once a minute until then."""
    while world.clock.at < until:
        world.clock.at = min(world.clock.at + every, until)
        assert sweep(world.desk).held is None


# -- a wrong clock ------------------------------------------------------------------------------------


def test_an_hour_back_holds_everything_and_when_it_is_put_right_each_rung_comes_at_its_instant(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    watch(world, at("14:20"))
    world.clock.leap(-3_600)
    for _ in range(9):
        world.clock.at += 60
        done = sweep(world.desk)
        assert (done.held, done.fired) == ("clock", ())
    assert record(world, ticket, "attend") == []
    world.clock.leap(3_600)
    assert world.clock.at == at("14:29")
    assert [(f.rung, f.late_seconds) for f in sweep(world.desk).fired] == [(0, 285), (1, 60)]
    assert record(world, ticket, "attend") == [
        (0, "concierge", at("14:24:15"), 285),
        (1, "supervisor", at("14:28"), 60),
    ]
    assert notices(world, ticket) == [("Zhou", 1, at("14:29"))]
    assert world.is_sound()


def test_an_hour_back_that_a_supervisor_confirms_goes_on_by_the_wall_and_loses_nothing(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    watch(world, at("14:26"))
    world.clock.leap(-3_600)
    assert sweep(world.desk).held == "clock"
    assert confirm_clock(world.desk, actor="Zhou") == at("13:26")
    watch(world, at("14:28"))
    assert [rung for rung, *_ in record(world, ticket, "attend")] == [0]
    watch(world, at("14:28:01"))
    assert record(world, ticket, "attend")[-1] == (1, "supervisor", at("14:28"), 1)
    assert world.is_sound()


def test_a_day_ahead_waits_five_minutes_then_records_all_that_was_missed_with_one_notice_a_ticket(
    world: World,
) -> None:
    noise, lamp = world.add("neighbour"), world.add("public-lighting")
    sweep(world.desk)
    world.clock.leap(86_400)
    for _ in range(5):
        assert sweep(world.desk).held == "jump"
        assert record(world, noise, "attend") == []
        world.clock.at += 60
    done = sweep(world.desk)
    now = at("2026-11-24T14:18")
    assert (done.held, done.at) == (None, now)
    assert record(world, noise, "attend") == [
        (0, "concierge", at("14:24:15"), now - at("14:24:15")),
        (1, "supervisor", at("14:28"), now - at("14:28")),
        (2, "director", at("14:58"), now - at("14:58")),
        (3, "manager", at("16:28"), now - at("16:28")),
        (4, "manager", at("2026-11-24T08:00"), 6 * 3_600 + 18 * 60),
    ]
    assert record(world, noise, "resolve") == [
        (0, "concierge", at("2026-11-24T08:00"), 6 * 3_600 + 18 * 60)
    ]
    assert record(world, lamp, "resolve") == []
    assert notices(world, noise) == [("Gao", 4, now)]
    assert clock_of(world.show(noise), "attend").breached
    assert sweep(world.desk).fired == ()
    assert world.is_sound()


# -- summer time --------------------------------------------------------------------------------------


def in_berlin(world: World) -> None:
    """Move the property to Berlin."""
    world.adopt(overlay(shipped_policy(), {"timezone": "Europe/Berlin"}), calendars=(BERLIN_DAYS,))


def test_minutes_are_real_minutes_and_days_close_at_six_by_the_wall_across_both_changes(
    world: World,
) -> None:
    in_berlin(world)
    changes = st.sampled_from([berlin("2026-03-29T03:00"), berlin("2026-10-25T02:00")])

    @settings(max_examples=150)
    @given(changes, st.integers(-4 * 86_400, 4 * 86_400))
    def always(change: int, away: int) -> None:
        said = change + away
        attend, resolve = promised(world.desk, category="neighbour", received_at=said)
        (lamp,) = promised(world.desk, category="public-glass", received_at=said)
        assert (attend.due_at - said, attend.warn_at - said) == (900, 675)
        for clock, count in ((resolve, 1), (lamp, 2)):
            due = wall_time(clock.due_at, BERLIN)
            warn = wall_time(clock.warn_at, BERLIN)
            assert (due.hour, due.minute, due.second) == (18, 0, 0)
            assert (warn.date(), warn.hour, warn.minute) == (due.date(), 8, 0)
            assert due.date() == working_day(wall_time(said, BERLIN).date(), count)

    always()


def working_day(day: date, count: int) -> date:
    """The count-th working day after a day, by the weekday alone and the two holidays."""
    off = {date(2026, 4, 3), date(2026, 4, 6)}
    while count:
        day = date.fromordinal(day.toordinal() + 1)
        count -= day.weekday() < 5 and day not in off
    return day


def test_the_spring_night_is_an_hour_short_and_the_director_hears_at_half_past_seven_all_the_same(
    world: World,
) -> None:
    in_berlin(world)
    world.clock.at = berlin("2026-03-29T01:50")
    ticket = world.add("neighbour")
    due = clock_of(ticket, "attend").due_at
    assert (due, due - world.clock.at) == (berlin("2026-03-29T03:05"), 900)
    watch(world, berlin("2026-03-29T10:00"))
    morning = berlin("2026-03-29T07:30")
    assert morning - berlin("2026-03-28T22:00") == 8 * 3_600 + 1_800
    assert [row[:3] for row in record(world, ticket, "attend")] == [
        (0, "concierge", berlin("2026-03-29T03:01:15")),
        (1, "supervisor", due),
        (2, "director", due + 1_800),
        (3, "manager", morning + 5_400),
    ]
    assert notices(world, ticket)[2] == ("Lin", 2, morning)
    assert world.is_sound()


def test_the_autumn_night_is_an_hour_long_and_half_an_hour_is_half_an_hour(world: World) -> None:
    in_berlin(world)
    world.clock.at = berlin("2026-10-25T02:50")  # the first of two
    ticket = world.add("home-repair-urgent")
    assert clock_of(ticket, "attend").due_at == berlin("2026-10-25T02:50") + 600
    watch(world, berlin("2026-10-25T08:01"))
    start = berlin("2026-10-25T02:50")
    assert [row[2] - start for row in record(world, ticket, "attend")] == [
        450, 600, 600 + 1_800, 600 + 7_200, berlin("2026-10-25T08:00") - start
    ]  # fmt: skip
    # 02:50 to 08:00 on the wall are five hours and ten minutes; the night has one more.
    assert berlin("2026-10-25T08:00") - start == 6 * 3_600 + 600
    assert world.is_sound()


# -- a night ------------------------------------------------------------------------------------------


def test_a_night_with_an_ordinary_matter_one_told_at_any_hour_and_a_major_one(world: World) -> None:
    world.go("21:30")
    plain = world.add("neighbour", place="5-301")
    always = world.add("home-repair-urgent", place="5-302")
    major = world.add("neighbour", place="5-303", grade="major")
    world.go("21:30:01")
    watch(world, at("2026-11-24T09:00:01"))
    tuesday, morning = at("2026-11-24T08:00"), at("2026-11-24T07:30")
    late = {row[3] for each in (plain, always, major) for row in record(world, each, "attend")}
    assert late <= {0, 1, 16, 31, 46}  # swept once a minute, a second past it
    assert [row[:3] for row in record(world, plain, "attend")] == [
        (0, "concierge", at("21:41:15")),
        (1, "supervisor", at("21:45")),
        (2, "director", at("22:15")),
        (3, "manager", at("2026-11-24T09:00")),
    ]
    assert [row[:3] for row in record(world, always, "attend")] == [
        (0, "concierge", at("21:37:30")),
        (1, "supervisor", at("21:40")),
        (2, "director", at("22:10")),
        (3, "manager", at("23:40")),
        (4, "manager", tuesday),
    ]
    assert [row[:3] for row in record(world, major, "attend")] == [
        (1, "supervisor", at("21:30")),
        (2, "director", at("21:45")),
        (3, "manager", at("23:45")),
        (4, "manager", tuesday),
    ]
    assert notices(world, plain)[1:] == [
        ("Zhou", 1, at("21:45:01")),
        ("Lin", 2, morning),
        ("Chen", 0, tuesday + 1),
        ("Gao", 3, at("2026-11-24T09:00:01")),
    ]
    assert notices(world, always)[1:] == [
        ("Zhou", 1, at("21:40:01")),
        ("Lin", 2, at("22:10:01")),
        ("Gao", 3, at("23:40:01")),
        ("Gao", 4, tuesday + 1),
    ]
    assert notices(world, major) == [
        ("Zhou", 1, at("21:30")),
        ("Lin", 2, at("21:45:01")),
        ("Gao", 3, at("23:45:01")),
        ("Gao", 4, tuesday + 1),
    ]
    assert world.is_sound()


# -- a make-up Saturday -------------------------------------------------------------------------------


def repair(world: World, said: str) -> TicketView:
    """A repair of shared parts (three working days), taken in at a time."""
    world.go(said)
    return world.add("public-repair", place="Hall 2")


def test_a_repair_from_before_the_national_day_is_due_on_the_make_up_saturday_and_climbs_by_working_days(
    world: World,
) -> None:
    ticket = repair(world, "2026-09-30T16:00")
    due = at("2026-10-10T18:00")
    assert clock_of(ticket, "resolve").due_at == due
    watch(world, at("2026-10-16T08:01"), every=1_800)
    assert [row[:3] for row in record(world, ticket, "resolve")] == [
        (0, "concierge", at("2026-10-10T08:00")),
        (1, "supervisor", due),
        (2, "director", at("2026-10-12T18:00")),
        (3, "manager", at("2026-10-14T18:00")),
        (4, "manager", at("2026-10-15T08:00")),
        (5, "manager", at("2026-10-16T08:00")),
    ]
    assert world.is_sound()


def test_signed_on_the_monday_the_director_hears_a_working_day_later_and_the_manager_with_it(
    world: World,
) -> None:
    ticket = repair(world, "2026-09-30T16:00")
    watch(world, at("2026-10-11T10:00"), every=1_800)
    escalating.acknowledge(world.desk, number=ticket.number, actor="Chen")
    assert clock_of(world.show(ticket), "resolve").next_at == at("2026-10-12T18:00")
    world.go("2026-10-12T09:00")
    escalating.acknowledge(world.desk, number=ticket.number, actor="Zhou")
    watch(world, at("2026-10-15T18:01"), every=1_800)
    assert [row[:3] for row in record(world, ticket, "resolve")][2:] == [
        (2, "director", at("2026-10-13T18:00")),
        (3, "manager", at("2026-10-15T18:00")),
    ]
    assert world.is_sound()


def test_over_the_spring_festival_a_saturday_of_work_counts_and_nine_days_off_do_not(
    world: World,
) -> None:
    ticket = repair(world, "2026-02-12T10:00")
    assert clock_of(ticket, "resolve").due_at == at("2026-02-24T18:00")
    glass = world.add("public-glass", place="Hall 2")
    assert clock_of(glass, "resolve").due_at == at("2026-02-14T18:00")
    watch(world, at("2026-02-28T18:01"), every=3_600)
    assert [row[2] for row in record(world, glass, "resolve")[:4]] == [
        at("2026-02-14T08:00"),
        at("2026-02-14T18:00"),
        at("2026-02-24T18:00"),
        at("2026-02-26T18:00"),
    ]
    # The next make-up Saturday is a working day of the other's ladder.
    assert [row[2] for row in record(world, ticket, "resolve")[1:4]] == [
        at("2026-02-24T18:00"),
        at("2026-02-25T18:00"),
        at("2026-02-27T18:00"),
    ]
    assert world.is_sound()


# -- other rules while clocks run ---------------------------------------------------------------------


def attends(limit: str) -> dict[str, object]:
    """The shipped policy with another limit for noise."""
    return overlay(shipped_policy(), {"categories": {"neighbour": {"attend": limit}}})


def test_a_shorter_limit_is_counted_from_the_words_and_may_be_over_at_once(world: World) -> None:
    ticket = world.add("neighbour")
    world.go("14:20")
    (moved,) = world.adopt(attends("5 minutes"))
    assert (moved.was, moved.now, moved.breach_kept) == (at("14:28"), at("14:18"), False)
    assert clock_of(world.show(ticket), "attend").breached
    sweep(world.desk)
    assert record(world, ticket, "attend") == [
        (0, "concierge", at("14:16:45"), 195),
        (1, "supervisor", at("14:18"), 120),
    ]
    watch(world, at("14:48:01"))
    assert record(world, ticket, "attend")[-1] == (2, "director", at("14:48"), 1)
    assert world.is_sound()


def test_a_longer_limit_starts_its_ladder_anew_and_the_breach_is_kept_even_when_it_is_met(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    watch(world, at("14:30"))
    (moved,) = world.adopt(attends("2 hours"))
    assert (moved.now, moved.breach_kept) == (at("16:13"), True)
    watch(world, at("16:12"))
    rows = [(e.generation, e.rung, e.due_at) for e in world.show(ticket).escalations]
    assert rows == [(1, 0, at("14:24:15")), (1, 1, at("14:28")), (2, 0, at("15:43"))]
    world.do("attend", ticket)
    clock = clock_of(world.show(ticket), "attend")
    assert (clock.met_late, clock.breached, clock.generation) == (False, True, 2)
    assert world.is_sound()


def test_another_ladder_holds_for_the_rungs_to_come_and_leaves_those_on_record(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    watch(world, at("14:30"))
    quick = [
        {"to": "supervisor", "when": "due"},
        {"to": "manager", "when": "due + 10 minutes"},
    ]
    other = {"ladders": {"minutes": {"rungs": quick, "repeat": "20 minutes"}}}
    assert world.adopt(overlay(shipped_policy(), other)) == ()
    watch(world, at("15:19"))
    assert [row[:3] for row in record(world, ticket, "attend")] == [
        (0, "concierge", at("14:24:15")),
        (1, "supervisor", at("14:28")),
        (2, "manager", at("14:38")),
        (3, "manager", at("14:58")),
        (4, "manager", at("15:18")),
    ]
    assert clock_of(world.show(ticket), "attend").generation == 1
    assert world.is_sound()


def test_the_one_notice_is_for_whoever_stands_highest_however_often_another_clock_was_repeated(
    world: World,
) -> None:
    often = {"rungs": [{"to": "supervisor", "when": "due"}], "repeat": "2 hours"}
    world.adopt(overlay(shipped_policy(), {"ladders": {"minutes": often}}))
    ticket = world.add("neighbour")
    world.go("2026-11-27T18:00:01")
    sweep(world.desk)
    assert record(world, ticket, "resolve")[-1][:3] == (3, "manager", at("2026-11-27T18:00"))
    assert max(rung for rung, *_ in record(world, ticket, "attend")) > 40
    assert notices(world, ticket) == [("Gao", 3, at("2026-11-27T18:00:01"))]
