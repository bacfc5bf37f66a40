"""The desk as a machine of random acts: whatever is done in whatever order, the promises hold."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services import agreeing, changes, escalating, progress, reopening, shifts
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_signing import sign_handover
from concierge.services.ticket_view import list_tickets, show_ticket
from concierge.services.views import TicketView
from tests.services.conftest import Template, copy_of
from tests.services.handing import count_all, take_note
from tests.services.world import World, at

EXAMPLES = int(os.environ.get("TEST_MACHINE_EXAMPLES", "30"))
CATEGORIES = ("neighbour", "fees", "fees-on-site", "taxi", "emergency", "staff-conduct",
              "home-repair", "public-repair", "public-lighting")  # fmt: skip
WHO = st.sampled_from(["Chen", "Sun", "Zhou", "Lin", "Gao"])
LEAPS = st.sampled_from([0, 1, 60, 299, 300, 301, 900, 1800, 1801, 7200, 36_000, 90_000, 700_000])


@dataclass
class Said:
    """What a plain model says of one ticket."""

    state: str = "open"
    broken: set[str] = field(default_factory=set)


class Lobby(RuleBasedStateMachine):
    """A desk, a clock, and everything that may be done."""

    tickets = Bundle("tickets")
    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        home = Path(self.folder.name) / "home"
        home.mkdir()
        self.world: World = copy_of(self.template, home, FixedClock(at("14:13")))
        self.said: dict[str, Said] = {}

    def teardown(self) -> None:
        """Let go of the store."""
        self.world.desk.store.close()
        self.folder.cleanup()

    def attempt(self, act: Callable[[], TicketView]) -> TicketView | None:
        """Do it; what a rule refuses changes nothing."""
        before = self.world.rows("select events from chain_head")
        self.see()
        try:
            return act()
        except Refusal:
            assert self.world.rows("select events from chain_head") == before
            return None

    def see(self) -> None:
        """Remember by due times alone which promises are broken by now."""
        for ticket in list_tickets(self.world.desk):
            said = self.said[ticket.number]
            said.broken |= {
                c.kind for c in ticket.clocks if c.open and c.due_at < self.world.clock.at
            }

    @initialize(target=tickets, category=st.sampled_from(CATEGORIES))
    def begin(self, category: str) -> str:
        """There is a matter from the start, so that every act has something to act on."""
        return self.take_in(category, spot=False, ago=0, who="Chen")

    @precondition(lambda self: len(self.said) < 3)
    @rule(target=tickets, category=st.sampled_from(CATEGORIES), spot=st.booleans(),
          ago=st.sampled_from([0, 60, 4000]), who=WHO)  # fmt: skip
    def take(self, category: str, *, spot: bool, ago: int, who: str) -> str:
        """Take a matter in; there are few, so that many things happen to each."""
        return self.take_in(category, spot=spot, ago=ago, who=who)

    def take_in(self, category: str, *, spot: bool, ago: int, who: str) -> str:
        """Take a matter in."""
        ticket = self.world.add(
            category, by=who, answered="yes" if spot else None,
            received_at=self.world.clock.at - ago, late_reason="busy",
        )  # fmt: skip
        self.said[ticket.number] = Said("closed" if spot and ticket.kind == "inquiry" else "open")
        return ticket.number

    @rule(number=tickets, more=st.sampled_from([0, 1, 1]))
    def overrun(self, number: str, more: int) -> None:
        """Wait until the next promise on a ticket runs out, or a second longer."""
        clocks = show_ticket(self.world.desk, number=number, events=False).clocks
        dues = [c.due_at for c in clocks if c.open and c.due_at >= self.world.clock.at]
        if dues:
            self.world.clock.at = min(dues) + more

    @rule(seconds=LEAPS)
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.world.clock.at += seconds

    @rule()
    def sweep(self) -> None:
        """Sweep, and find nothing the second time."""
        self.world.sweep()
        assert self.world.sweep() == []

    @rule(number=tickets, action=st.sampled_from(["attend", "answer", "resolve"]), who=WHO)
    def record(self, number: str, action: str, who: str) -> None:
        """Attend, answer or resolve."""
        done = self.attempt(
            lambda: progress.record(self.world.desk, action=action, number=number, actor=who)
        )
        if done is not None and (
            action == "resolve" or (action, done.kind) == ("answer", "inquiry")
        ):
            self.said[number].state = "closed"

    @rule(number=tickets, hours=st.sampled_from([1, 30, 300]), who=WHO,
          clock=st.sampled_from([None, "attend", "resolve", "answer"]))  # fmt: skip
    def agree(self, number: str, hours: int, who: str, clock: str | None) -> None:
        """Agree a time."""
        when = self.world.clock.at + hours * 3600
        self.attempt(
            lambda: agreeing.agree(
                self.world.desk, number=number, agreed_at=when, agreed_with="W", actor=who,
                clock=clock, reason="part",
            )
        )  # fmt: skip

    @rule(number=tickets, category=st.sampled_from(CATEGORIES), major=st.booleans(), who=WHO)
    def change(self, number: str, category: str, *, major: bool, who: str) -> None:
        """Change category or grade, as the preview said."""
        grade = "major" if major else None
        before = self.world.rows("select hash from chain_head")

        def act(*, dry_run: bool = False) -> TicketView:
            return changes.change(
                self.world.desk, number=number, category=category, grade=grade, reason="misheard",
                actor=who, dry_run=dry_run,
            )  # fmt: skip

        shown = self.attempt(lambda: act(dry_run=True))
        assert self.world.rows("select hash from chain_head") == before
        done = self.attempt(act)
        assert (shown is None) == (done is None)
        if shown is not None and done is not None:
            assert (shown.clocks, shown.escalations) == (done.clocks, done.escalations)

    @rule(number=tickets, who=WHO)
    def raise_by_hand(self, number: str, who: str) -> None:
        """Escalate by hand."""
        self.attempt(
            lambda: escalating.escalate(self.world.desk, number=number, reason="loud", actor=who)
        )

    @rule(number=tickets, who=WHO)
    def sign(self, number: str, who: str) -> None:
        """Acknowledge."""
        self.attempt(lambda: escalating.acknowledge(self.world.desk, number=number, actor=who))

    @rule(number=tickets)
    def cancel(self, number: str) -> None:
        """Cancel."""
        act = lambda: changes.cancel(self.world.desk, number=number, reason="x", actor="Chen")  # noqa: E731
        if self.attempt(act) is not None:
            self.said[number].state = "cancelled"

    @rule(target=tickets, number=tickets)
    def reopen(self, number: str) -> object:
        """Reopen, or continue in a linked ticket."""
        act = lambda: reopening.reopen(self.world.desk, number=number, reason="x", actor="Sun")  # noqa: E731
        done = self.attempt(act)
        if done is None:
            return multiple()
        if done.number == number:
            self.said[number].state = "open"
            return multiple()
        assert done.linked_to == number
        self.said[done.number] = Said()
        return done.number

    @rule()
    def change_shift(self) -> None:
        """End the shift that runs, else start one."""
        if shifts.current_shift(self.world.desk) is None:
            shifts.start_shift(self.world.desk, actor="Chen")
        else:
            shifts.end_shift(self.world.desk, actor="Sun", alone="night")

    @rule(far=st.sampled_from(["begun", "noted", "signed"]))
    def hand_over(self, far: str) -> None:
        """Take the running shift over, as far as that: what is signed then misses no open matter."""
        desk = self.world.desk
        if shifts.current_shift(desk) is None:
            return
        view = handover(desk)
        to = view.incoming or ("Sun" if view.outgoing == "Chen" else "Chen")
        if view.incoming is None:
            begin_handover(desk, actor=to)
        if far != "begun":
            take_note(desk, by=to)
        if far == "signed":
            count_all(desk, by=to)
            sign_handover(desk, actor=view.outgoing)
            signed = sign_handover(desk, actor=to)
            assert {one.number for one in signed.matters} == {
                number for number, said in self.said.items() if said.state == "open"
            }
            running = shifts.current_shift(desk)
            assert running is not None
            assert running.staff == to

    @invariant()
    def the_store_proves_itself(self) -> None:
        assert self.world.is_sound()

    @invariant()
    def an_open_ticket_runs_and_no_other_does(self) -> None:
        for ticket in list_tickets(self.world.desk, state="all"):
            assert (ticket.state == "open") == any(clock.open for clock in ticket.clocks)
            assert ticket.state == self.said[ticket.number].state

    @invariant()
    def rungs_rise_and_none_comes_early_or_twice(self) -> None:
        last: dict[tuple[object, ...], int] = {}
        for clock, generation, rung, due, fired, hand in self.world.rows(
            "select subject_id, generation, rung, due_at, fired_at, by_hand from escalation order by id"
        ):
            assert rung > last.get((clock, generation), -1)
            last[clock, generation] = rung
            assert fired >= due
            assert hand or fired > due or rung == 1

    @invariant()
    def what_was_broken_stays_broken(self) -> None:
        self.see()
        for number, said in self.said.items():
            ticket = show_ticket(self.world.desk, number=number, events=False)
            assert {c.kind for c in ticket.clocks if c.breached} == said.broken


@pytest.fixture
def lobby(template: Template) -> type[Lobby]:
    """The machine, on copies of the founded property."""
    return type("LobbyHere", (Lobby,), {"template": template})


def test_whatever_is_done_in_whatever_order_the_promises_hold(lobby: type[Lobby]) -> None:
    run_state_machine_as_test(
        lobby, settings=settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
    )  # fmt: skip
