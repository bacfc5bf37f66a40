"""Days, weeks and months: the figures of adjoining shifts add up to theirs, whatever happens later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services.agreeing import agree
from concierge.services.changes import cancel, change
from concierge.services.desk import Desk
from concierge.services.escalating import acknowledge, escalate
from concierge.services.founding import know_desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.progress import confirm_kept, record
from concierge.services.reopening import reopen
from concierge.services.report import report
from concierge.services.report_views import PeriodReport, Totals
from concierge.services.shifts import end_shift, shift_summary, start_shift
from concierge.services.summary import ShiftSummary
from concierge.services.sweep import sweep
from concierge.services.ticket_view import list_tickets
from tests.services.conftest import Template, copy_of
from tests.services.figures_oracle import counted, lost
from tests.services.world import World, at

FIRST, LAST = "2026-11-22", "2026-11-27"
CATEGORIES = ("neighbour", "fees", "taxi", "public-repair", "emergency", "home-repair-urgent")
STEPS = ("add", "add", "add", "attend", "answer", "resolve", "early", "agree", "cancel", "reopen", "grade",
         "category", "hand", "sign", "confirm", "sweep", "shift", "shift", "end")  # fmt: skip
LEAPS = (0, 1, 299, 1800, 7200, 30_000, 90_000, -600, -40_000, -100_000)
Step = tuple[str, int, int, int]
ACTS = st.tuples(
    st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 5), st.sampled_from(LEAPS)
)


def handle(desk: Desk, kind: str, number: str, when: int) -> None:
    """Do something to a ticket."""
    if kind in {"attend", "answer", "resolve"}:
        record(desk, action=kind, number=number, actor="Sun", cause="forgotten")
    elif kind == "early":
        record(
            desk, action="resolve", number=number, actor="Chen", at=when - 300, late_reason="busy"
        )
    elif kind == "agree":
        agree(
            desk, number=number, agreed_at=when + 3600, agreed_with="W", actor="Zhou", reason="part"
        )
    elif kind == "cancel":
        cancel(desk, number=number, reason="mistake", actor="Chen")
    elif kind == "reopen":
        reopen(desk, number=number, reason="again", actor="Chen")
    elif kind == "grade":
        change(desk, number=number, grade="major", reason="angry", actor="Chen")
    elif kind == "category":
        change(desk, number=number, category="public-repair", reason="mistyped", actor="Chen")
    elif kind == "hand":
        escalate(desk, number=number, reason="angry", actor="Chen")
    elif kind == "sign":
        acknowledge(desk, number=number, actor="Gao")
    else:
        confirm_kept(desk, number=number, actor="Zhou")


def act(desk: Desk, step: Step) -> None:
    """Do one thing at a desk."""
    kind, _, which, _ = step
    if kind in {"shift", "end"}:
        with suppress(Refusal):
            end_shift(desk, actor="Chen", alone="nobody came")
        if kind == "shift":
            start_shift(desk, actor="Chen")
    elif kind == "sweep":
        sweep(desk)
    elif kind == "add":
        intake = Intake(category=CATEGORIES[which], words="x", unit=f"{which + 1}-0101", unverified=True,
                        confirmed=True, answered="yes" if which == 1 else None)  # fmt: skip
        add_ticket(desk, intake=intake, actor=("Chen", "Sun")[which % 2])
    elif tickets := list_tickets(desk, state="all"):
        handle(desk, kind, tickets[which % len(tickets)].number, desk.clock.now())


def lived(template: Template, home: Path, steps: Sequence[Step]) -> tuple[World, Desk]:
    """Two desks live through the steps; the clock goes on, leaps, and is put back."""
    world = copy_of(template, home, FixedClock(at("14:13")))
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    for step in steps:
        world.clock.at = min(
            max(world.clock.at + step[3], at("2026-11-22T08:00")), at("2026-11-27T20:00")
        )
        with suppress(Refusal):
            act((world.desk, gate)[step[1]], step)
    return world, gate


def asked(
    desk: Desk, first: str = FIRST, last: str = LAST, name: str | None = None
) -> PeriodReport:
    return report(desk, first_day=first, last_day=last, name=name)


def days(first: str = FIRST, last: str = LAST) -> Iterator[str]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(days=1)


def added(every: Sequence[Totals]) -> Totals:
    return Totals(*(sum(column) for column in zip(*map(astuple, every), strict=True)))


def of_shift(summary: ShiftSummary) -> Totals:
    """What a summary says of a report's figures; what it does not say is nothing here."""
    return Totals(
        received=sum(row.count for row in summary.received),
        on_the_spot=sum(row.on_the_spot for row in summary.received),
        logged_late=summary.logged_late,
        met=sum(row.met for row in summary.kept),
        broken=sum(row.broken for row in summary.kept),
        escalated=sum(row.fired for row in summary.rungs),
        closed=summary.closed,
        cancelled=summary.cancelled,
    )


def said(totals: Totals) -> Totals:
    """Of a report's figures those that a summary has as well."""
    return Totals(*astuple(totals)[:8])


@settings(max_examples=15)
@given(steps=st.lists(ACTS, min_size=5, max_size=30))
def test_shifts_add_up_to_days_and_days_to_periods_as_the_log_says_fact_by_fact(
    template: Template, steps: list[Step]
) -> None:
    with TemporaryDirectory() as folder:
        world, gate = lived(template, Path(folder), steps)
        try:
            # What no sweep has recorded is recorded now, so that the log alone tells everything.
            world.go("2026-11-27T20:00")
            for desk in (world.desk, gate):
                with suppress(Refusal):
                    start_shift(desk, actor="Chen")
                end_shift(desk, actor="Chen", alone="nobody came")
                start_shift(desk, actor="Chen")
            check(world)
        finally:
            gate.store.close()
            world.desk.store.close()


def check(world: World) -> None:
    """The laws of the figures, for whatever happened."""
    whole = asked(world.desk)
    assert added([asked(world.desk, day, day).totals for day in days()]) == whole.totals
    assert [day.received for day in whole.days] == [
        asked(world.desk, day, day).totals.received for day in days()
    ]
    for shares in (whole.by_category, whole.by_building, whole.by_staff, whole.by_hour):
        assert added([share.totals for share in shares]) == whole.totals
    (head,) = world.rows("select events from chain_head")[0]
    parts = []
    for name in ("gate", "lobby"):
        one = asked(world.desk, name=name)
        parts.append(one.totals)
        first = min(
            row[0] for row in world.rows("select first_event from shift where desk = ?", name)
        )
        oracle = counted(world, name, 0, head)
        oracle.figures["lost"] = lost(world, name, 0, head)
        assert one.totals == oracle.totals()
        assert [astuple(row) for row in one.kept] == oracle.kept()
        assert [astuple(row) for row in one.rungs] == oracle.rungs()
        summaries = shifts_of(world, name)
        before = counted(world, name, 0, first).totals()
        assert added([*map(of_shift, summaries), said(before)]) == said(one.totals)
        for line, summary in zip(one.shifts, sorted(summaries, key=by_start), strict=True):
            assert line.received == sum(row.count for row in summary.received)
            assert (line.broken, line.carried) == (len(summary.broken), len(summary.carried))
    assert added(parts) == whole.totals


def by_start(summary: ShiftSummary) -> tuple[int, int]:
    return summary.started_at, summary.shift


def shifts_of(world: World, name: str) -> list[ShiftSummary]:
    """The summaries of a desk's shifts, each as the log says fact by fact."""
    found = []
    for shift, low, high in world.rows(
        "select id, first_event, last_event from shift where desk = ? order by id", name
    ):
        summary = shift_summary(world.desk, shift=shift)
        oracle = counted(
            world, name, low, high or world.rows("select events from chain_head")[0][0]
        )
        assert [astuple(row) for row in summary.kept] == oracle.kept()
        assert [astuple(row) for row in summary.rungs] == oracle.rungs()
        assert {(r.kind, r.category): r.count for r in summary.received} == oracle.received
        assert of_shift(summary) == said(oracle.totals())
        assert sum(hour.received for hour in summary.hours) == oracle.totals().received
        found.append(summary)
    return found


def test_a_matter_lost_at_handover_is_counted_also_when_its_category_changed_between_two_breaches(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    world.go("2026-11-24T05:00")
    ticket = world.add("other-complaint", place="Hall")
    world.go("2026-11-24T06:30")
    end_shift(world.desk, actor="Chen", alone="nobody came")
    world.go("2026-11-24T07:00")
    start_shift(world.desk, actor="Sun")
    world.go("2026-11-24T13:01")
    world.sweep()
    change(world.desk, number=ticket.number, category="neighbour", reason="mistyped", actor="Sun")
    world.go("2026-11-24T13:30")
    world.sweep()
    totals = report(world.desk, first_day="2026-11-24", last_day="2026-11-24").totals
    assert (totals.broken, totals.lost) == (2, 1)
