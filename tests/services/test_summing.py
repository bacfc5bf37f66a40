"""The figures of a shift, and that those of adjoining shifts add up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services.agreeing import agree
from concierge.services.changes import cancel, change
from concierge.services.escalating import acknowledge, escalate
from concierge.services.progress import confirm_kept
from concierge.services.reopening import reopen
from concierge.services.shifts import end_shift, shift_summary, start_shift
from concierge.services.summary import ShiftSummary
from concierge.services.ticket_view import list_tickets
from tests.services.conftest import Template, copy_of
from tests.services.world import World, at, clock_of


def test_a_shift_counts_what_was_received_met_broken_and_escalated(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    late = world.add("neighbour", unit="3-1201", received_at=at("14:00"), late_reason="busy")
    good = world.add("neighbour", place="Hall")
    world.add("home-repair")
    world.go("14:20")
    world.sweep()
    world.do("attend", good)
    world.do("resolve", late, cause="forgotten")
    summary = shift_summary(world.desk)
    assert [(r.kind, r.category, r.count, r.on_the_spot) for r in summary.received] == [
        ("complaint", "home-repair", 1, 0),
        ("complaint", "neighbour", 2, 0),
        ("inquiry", "fees", 1, 1),
    ]
    assert [(k.clock, k.met, k.broken) for k in summary.kept] == [
        ("answer", 1, 0), ("attend", 1, 1), ("resolve", 1, 0),
    ]  # fmt: skip
    assert [(b.number, b.clock, b.due_at, b.met_at, b.cause) for b in summary.broken] == [
        (late.number, "attend", at("14:15"), at("14:20"), "forgotten")
    ]
    assert [(e.number, e.rung, e.people) for e in summary.escalated] == [
        (late.number, 1, ("Zhou",))
    ]
    assert (summary.logged_late, summary.warnings, summary.closed) == (1, 1, 2)
    assert [(c.number, c.step, c.due_at, c.overdue) for c in summary.carried] == [
        (good.number, "resolve", at("2026-11-24T18:00"), False),
        ("T-20261123-004", "resolve", at("2026-12-02T18:00"), False),
    ]


def test_a_breach_nobody_swept_counts_in_the_shift_in_which_it_happened(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    world.go("14:30")
    assert [k.broken for k in shift_summary(world.desk).kept] == [1]
    end_shift(world.desk, actor="Chen", alone="night")
    start_shift(world.desk, actor="Sun")
    assert [k.broken for k in shift_summary(world.desk, shift=1).kept] == [1]
    world.go("14:40")
    world.sweep()
    second = shift_summary(world.desk)
    assert (second.kept, len(second.escalated)) == ((), 1)
    assert clock_of(world.show(ticket), "attend").breached
    assert world.is_sound()


def test_what_happened_between_two_shifts_is_told_in_the_second(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    end_shift(world.desk, actor="Chen", alone="night")
    world.add("fees")
    start_shift(world.desk, actor="Sun")
    assert [r.count for r in shift_summary(world.desk).received] == [1]


def test_an_early_time_awaiting_confirmation_is_not_counted_as_kept(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    world.go("14:29")
    world.do("attend", ticket, at=at("14:27"), late_reason="no hand free")
    assert [(k.clock, k.met, k.broken) for k in shift_summary(world.desk).kept] == [
        ("attend", 0, 1)
    ]
    confirm_kept(world.desk, number=ticket.number, actor="Zhou")
    assert [(k.clock, k.met, k.broken) for k in shift_summary(world.desk).kept] == [
        ("attend", 1, 1)
    ]


STEPS = ("add", "add", "attend", "answer", "resolve", "early", "agree", "cancel", "reopen", "grade",
         "hand", "sign", "confirm", "sweep", "shift")  # fmt: skip
CATEGORIES = ("neighbour", "fees-on-site", "taxi", "staff-conduct", "emergency", "home-repair")
Step = tuple[str, int, int]
ACTS = st.tuples(
    st.sampled_from(STEPS), st.integers(0, 5), st.sampled_from([0, 1, 299, 600, 1800, 7200, 90_000])
)


def act(world: World, step: Step, spoken: Counter[str]) -> None:
    """Do one thing; ``spoken`` counts by hand what the store should count."""
    kind, which, seconds = step
    world.clock.at += seconds
    if kind == "shift":
        end_shift(world.desk, actor="Chen", alone="night")
        start_shift(world.desk, actor="Chen")
    elif kind == "sweep":
        world.sweep()
    elif kind == "add":
        world.add(CATEGORIES[which], confirmed=True)
        spoken["received"] += 1
    elif tickets := list_tickets(world.desk, state="all"):
        handle(world, kind, tickets[which % len(tickets)].number)


def handle(world: World, kind: str, number: str) -> None:
    """Do something to a ticket."""
    desk, ticket = world.desk, list_tickets(world.desk, state="all")
    one = next(row for row in ticket if row.number == number)
    if kind in {"attend", "answer", "resolve"}:
        world.do(kind, one)
    elif kind == "early":
        world.do("resolve", one, at=max(c.counted_from for c in one.clocks), late_reason="was busy")
    elif kind == "agree":
        when = world.clock.at + 3600
        agree(desk, number=number, agreed_at=when, agreed_with="W", actor="Zhou", reason="part")
    elif kind == "cancel":
        cancel(desk, number=number, reason="mistake", actor="Chen")
    elif kind == "reopen":
        reopen(desk, number=number, reason="again", actor="Chen")
    elif kind == "grade":
        change(desk, number=number, grade="major", reason="angry", actor="Chen")
    elif kind == "hand":
        escalate(desk, number=number, reason="angry", actor="Chen")
    elif kind == "sign":
        acknowledge(desk, number=number, actor="Gao")
    else:
        confirm_kept(desk, number=number, actor="Zhou")


def figures(summaries: list[ShiftSummary]) -> dict[str, object]:
    kept: Counter[str] = Counter()
    for summary in summaries:
        for row in summary.kept:
            kept[f"{row.clock} met"] += row.met
            kept[f"{row.clock} broken"] += row.broken
    return {
        "kept": +kept,
        "received": sum(r.count for s in summaries for r in s.received),
        "closed": sum(s.closed for s in summaries),
        "cancelled": sum(s.cancelled for s in summaries),
        "late": sum(s.logged_late for s in summaries),
        "warnings": sum(s.warnings for s in summaries),
        "broken": sorted((b.number, b.clock, b.due_at) for s in summaries for b in s.broken),
        "escalated": sorted(
            (e.number, e.clock, e.rung, e.fired_at) for s in summaries for e in s.escalated
        ),
    }


@settings(max_examples=20)
@given(steps=st.lists(ACTS, min_size=4, max_size=25))
def test_the_figures_of_adjoining_shifts_add_up_to_those_of_one_long_shift(
    template: Template, steps: list[Step]
) -> None:
    with TemporaryDirectory() as folder:
        split = live(template, Path(folder) / "split", steps, split=True)
        whole = live(template, Path(folder) / "whole", steps, split=False)
    assert figures(split[0]) == figures(whole[0])
    assert figures(split[0])["received"] == split[1]["received"]


def live(
    template: Template, home: Path, steps: list[Step], *, split: bool
) -> tuple[list[ShiftSummary], Counter[str]]:
    """Live through the steps in shifts, or at the same times in one long shift."""
    home.mkdir()
    world = copy_of(template, home, FixedClock(at("14:13")))
    spoken: Counter[str] = Counter()
    start_shift(world.desk, actor="Chen")
    for step in steps:
        if not split and step[0] == "shift":
            world.clock.at += step[2]
            continue
        try:
            act(world, step, spoken)
        except Refusal:
            continue
    end_shift(world.desk, actor="Chen", alone="night")
    assert world.is_sound()
    count = world.rows("select count(*) from shift")[0][0]
    summaries = [shift_summary(world.desk, shift=number + 1) for number in range(count)]
    world.desk.store.close()
    return summaries, spoken


def test_another_desk_s_matters_are_not_counted_here(world: World) -> None:
    from concierge.services.founding import know_desk

    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    start_shift(world.desk, actor="Chen")
    world.add("fees")
    start_shift(gate, actor="Sun")
    assert (shift_summary(gate).received, shift_summary(gate).carried) == ((), ())
    gate.store.close()


@pytest.mark.parametrize("category", ["fees", "neighbour"])
def test_the_head_printed_is_that_of_the_last_event_counted(world: World, category: str) -> None:
    start_shift(world.desk, actor="Chen")
    world.add(category)
    summary = shift_summary(world.desk)
    assert [(summary.events, summary.head)] == world.rows("select events, hash from chain_head")
    end_shift(world.desk, actor="Chen", alone="night")
    world.add(category)
    ended = shift_summary(world.desk)
    assert world.rows("select hash from event where id = ?", ended.events) == [(ended.head,)]


def test_broken_promises_stand_in_the_order_in_which_they_were_found(world: World) -> None:
    first = world.add("neighbour", unit="3-1201", received_at=at("14:00"), late_reason="busy")
    start_shift(world.desk, actor="Chen")
    end_shift(world.desk, actor="Chen", alone="-")
    start_shift(world.desk, actor="Chen")
    second = world.add("neighbour", place="Hall")
    world.go("14:16")
    world.sweep()
    world.go("14:30")
    world.sweep()
    broken = shift_summary(world.desk).broken
    assert [one.number for one in broken] == [first.number, second.number]
