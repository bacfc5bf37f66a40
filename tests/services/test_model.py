"""The desk beside a lobby in plain memory: after every act both say the same of every ticket."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

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
from concierge.domain.policy import overlay, parse_policy
from concierge.domain.refusal import Refusal
from concierge.services import agreeing, changes, escalating, progress, reopening
from concierge.services.sweep import sweep
from concierge.services.ticket_view import list_tickets, show_ticket
from concierge.services.views import TicketView
from concierge.settings import shipped_policy
from tests.services.conftest import Template, copy_of
from tests.services.model import Notice, Refused, Running
from tests.services.model_acts import Model
from tests.services.world import STAFF, World, at

EXAMPLES = int(os.environ.get("TEST_MACHINE_EXAMPLES", "25"))
CATEGORIES = ("neighbour", "fees", "fees-on-site", "taxi", "emergency", "staff-conduct", "home-repair",
              "public-repair", "public-lighting", "home-repair-urgent", "other-inquiry")  # fmt: skip
WHO = st.sampled_from([each.name for each in STAFF])
AGO = st.sampled_from([0, 0, 60, 600, 4_000])
LEAPS = st.sampled_from([1, 60, 299, 300, 301, 900, 1_800, 1_801, 7_200, 36_000, 90_000, 700_000])

# What repeats is another rule's matter: here nothing does.
BASE = overlay(
    shipped_policy(), {"repeated": {"household": 0, "building": 0, "unsolved": "9999 days"}}
)
SHORT = {
    "categories": {
        "neighbour": {"attend": "5 minutes", "top": "director"},
        "public-repair": {"resolve": "1 working day"},
        "fees": {"answer": "2 working days"},
    },
    "ladders": {
        "minutes": {
            "repeat": "90 minutes",
            "rungs": [
                {"to": "supervisor", "when": "due"},
                {"to": "manager", "when": "due + 1 hour"},
            ],
        }
    },
}
LONG = {
    "quiet": {"from": "21:00", "to": "09:00"},
    "tickets": {"resolve_default": "2 working days"},
    "categories": {
        "neighbour": {"attend": "2 hours", "always": True},
        "emergency": {"attend": "10 minutes"},
        "taxi": {"answer": "1 hour"},
        "public-lighting": {"resolve": "4 days"},
    },
    "ladders": {
        "days": {
            "rungs": [
                {"to": "supervisor", "when": "due"},
                {"to": "supervisor", "when": "due + 2 hours"},
                {"to": "director", "when": "due + 2 working days"},
                {"to": "manager", "when": "due + 5 working days"},
            ]
        }
    },
}
POLICIES = [BASE, overlay(BASE, SHORT), overlay(BASE, LONG)]
T = TypeVar("T")


def clock_said(clock: Running, now: int) -> tuple[object, ...]:
    """What the model says of a clock, but for its next rung."""
    given = clock.given
    return (clock.kind, clock.generation, clock.counted, given.due_at, given.cap_at, given.warn_at,
            clock.agreed, clock.met, clock.stopped, clock.awaiting, bool(clock.broken),
            clock.met is not None and clock.met > given.due_at,
            str(clock.spec.limit), given.provisional)  # fmt: skip


class Lobby(RuleBasedStateMachine):
    """The desk, its store, the model, and everything that may be done."""

    tickets = Bundle("tickets")
    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        home = Path(self.folder.name) / "home"
        home.mkdir()
        self.world: World = copy_of(self.template, home, FixedClock(at("14:13")))
        self.world.adopt(BASE)
        roles = {each.name: each.role for each in STAFF}
        self.model = Model(self.world.desk.rules.calendar, roles, at("14:13"))
        self.model.begin(parse_policy(BASE))
        self.policies = {0: self.model.policy}

    def teardown(self) -> None:
        """Let go of the store."""
        self.world.desk.store.close()
        self.folder.cleanup()

    def both(self, real: Callable[[], TicketView], said: Callable[[], T]) -> T | None:
        """Do it at the desk and in the model: both do it, or both refuse and nothing has changed."""
        before = self.world.rows("select hash from chain_head")
        try:
            given = said()
        except Refused:
            with pytest.raises(Refusal):
                real()
            assert self.world.rows("select hash from chain_head") == before
            return None
        real()
        return given

    def number(self) -> str:
        """The number of the ticket that comes next."""
        day = self.world.desk.rules.calendar.date_of(self.world.clock.at).strftime("%Y%m%d")
        taken = sum(number.startswith(f"T-{day}") for number in self.model.matters)
        return f"T-{day}-{taken + 1:03d}"

    def pass_to(self, instant: int) -> None:
        """Let it be that time, for both."""
        self.world.clock.at = self.model.now = instant
        self.model.see()

    @initialize(target=tickets, category=st.sampled_from(CATEGORIES), hour=st.integers(0, 23))
    def begin(self, category: str, hour: int) -> str:
        """There is a matter from the start, taken in at any hour of the day."""
        self.pass_to(at("14:13") + hour * 3_600)
        return self.take_in(category, ago=0, who="Chen", grade=None, spot=False)

    @precondition(lambda self: len(self.model.matters) < 3)
    @rule(target=tickets, category=st.sampled_from(CATEGORIES), ago=AGO, who=WHO, spot=st.booleans(),
          grade=st.sampled_from([None, None, "major"]))  # fmt: skip
    def take(self, category: str, ago: int, who: str, grade: str | None, *, spot: bool) -> object:
        """Take a matter in."""
        if who not in self.model.staff:
            return multiple()
        return self.take_in(category, ago=ago, who=who, grade=grade, spot=spot)

    def take_in(self, category: str, *, ago: int, who: str, grade: str | None, spot: bool) -> str:
        """Take a matter in, without a unit."""
        number = self.number()
        kind = self.model.policy.categories[category].kind
        self.model.take(number, category, who, ago=ago, grade=grade, spot=spot)
        self.model.see()
        added = self.world.add(
            category, by=who, place="Lift 2", grade=grade, late_reason="busy",
            received_at=self.world.clock.at - ago,
            answered="yes" if spot and kind == "inquiry" else None, confirmed=spot,
        )  # fmt: skip
        assert added.number == number
        return number

    @rule(number=tickets, more=st.sampled_from([0, 1, 1]))
    def overrun(self, number: str, more: int) -> None:
        """Wait until the next promise on a ticket runs out, or a second longer."""
        dues = [c.due for c in self.model.matters[number].alive() if c.due >= self.model.now]
        if dues:
            self.pass_to(min(dues) + more)

    @rule(
        number=tickets, more=st.sampled_from([0, 1, 1, 30, 5_000, 40_000]), rungs=st.integers(1, 3)
    )
    def climb(self, number: str, more: int, rungs: int) -> None:
        """Wait until the next rung of a ticket or some time longer, and sweep; up to three rungs in a row."""
        matter = self.model.matters[number]
        for _ in range(rungs):
            coming = [self.model.upcoming(matter, clock)[2] for clock in matter.alive()]
            if coming and min(coming) >= self.model.now:
                self.pass_to(min(coming) + more)
                self.sweep()

    @rule(seconds=LEAPS)
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.pass_to(self.world.clock.at + seconds)

    @rule()
    def sweep(self) -> None:
        """Sweep: exactly what the model says fires, and nothing the second time."""
        wanted = [
            (number, kind, r.generation, r.rung, r.to, r.told, r.due, self.model.now - r.due)
            for number, kind, r in self.model.sweep(self.model.matters.values())
        ]
        done = sweep(self.world.desk)
        assert done.held is None
        assert Counter(wanted) == Counter(
            (f.ticket, f.clock, f.generation, f.rung, f.to, f.people, f.due_at, f.late_seconds)
            for f in done.fired
        )
        assert sweep(self.world.desk).fired == ()

    @rule(number=tickets, action=st.sampled_from(["attend", "answer", "resolve"]), who=WHO, ago=AGO)
    def record(self, number: str, action: str, who: str, ago: int) -> None:
        """Attend, answer or resolve, now or some time ago."""
        self.both(
            lambda: progress.record(
                self.world.desk, action=action, number=number, actor=who,
                at=self.world.clock.at - ago, late_reason="busy",
            ),
            lambda: self.model.record(number, action, who, ago=ago),
        )  # fmt: skip

    @rule(number=tickets, who=WHO)
    def confirm(self, number: str, who: str) -> None:
        """Confirm that a promise was kept."""
        self.both(
            lambda: progress.confirm_kept(self.world.desk, number=number, actor=who),
            lambda: self.model.confirm(number, who),
        )

    @rule(number=tickets, hours=st.sampled_from([1, 9, 30, 300]), who=WHO,
          clock=st.sampled_from([None, "attend", "resolve", "answer"]))  # fmt: skip
    def agree(self, number: str, hours: int, who: str, clock: str | None) -> None:
        """Agree a time."""
        when = self.world.clock.at + hours * 3_600
        self.both(
            lambda: agreeing.agree(
                self.world.desk, number=number, agreed_at=when, agreed_with="W", actor=who,
                clock=clock, reason="part",
            ),
            lambda: self.model.agree(number, clock, when, who),
        )  # fmt: skip

    @rule(number=tickets, category=st.sampled_from([None, *CATEGORIES]), who=WHO,
          grade=st.sampled_from([None, None, "major", "ordinary"]))  # fmt: skip
    def change(self, number: str, category: str | None, grade: str | None, who: str) -> None:
        """Change category or grade."""
        self.both(
            lambda: changes.change(
                self.world.desk, number=number, category=category, grade=grade, reason="misheard",
                actor=who,
            ),
            lambda: self.model.change(number, category, grade, who),
        )  # fmt: skip

    @rule(number=tickets, who=WHO)
    def note(self, number: str, who: str) -> None:
        """A note changes nothing."""
        self.both(
            lambda: progress.note(self.world.desk, number=number, text="rang twice", actor=who),
            lambda: self.model.acting(number, who, on_open=False),
        )

    @rule(number=tickets, who=WHO)
    def raise_by_hand(self, number: str, who: str) -> None:
        """Escalate by hand."""
        self.both(
            lambda: escalating.escalate(self.world.desk, number=number, reason="loud", actor=who),
            lambda: self.model.escalate(number, who),
        )

    @rule(number=tickets, who=WHO)
    def sign(self, number: str, who: str) -> None:
        """Acknowledge."""
        self.both(
            lambda: escalating.acknowledge(self.world.desk, number=number, actor=who),
            lambda: self.model.sign(number, who),
        )

    @rule(number=tickets, who=WHO)
    def cancel(self, number: str, who: str) -> None:
        """Cancel."""
        self.both(
            lambda: changes.cancel(self.world.desk, number=number, reason="x", actor=who),
            lambda: self.model.cancel(number, who),
        )

    @rule(target=tickets, number=tickets, who=WHO)
    def reopen(self, number: str, who: str) -> object:
        """Reopen, or continue in a linked ticket."""
        after = self.number()
        done = self.both(
            lambda: reopening.reopen(self.world.desk, number=number, reason="x", actor=who),
            lambda: self.model.reopen(number, who, after),
        )
        return multiple() if done in {None, number} else done

    @rule(nth=st.integers(0, len(POLICIES) - 1))
    def adopt(self, nth: int) -> None:
        """The policy is edited while clocks run."""
        policy = self.policies.setdefault(nth, parse_policy(POLICIES[nth]))
        moved = self.world.adopt(POLICIES[nth])
        wanted = self.model.adopt(policy)
        assert sorted(wanted) == sorted((m.ticket, m.clock, m.was, m.now) for m in moved)

    @rule(who=WHO)
    def come_or_go(self, who: str) -> None:
        """Somebody leaves, or is back."""
        self.world.rows("update staff set active = 1 - active where name = ?", who)
        roles = {each.name: each.role for each in STAFF}
        here = set(self.model.staff) ^ {who}
        self.model.staff = {name: role for name, role in roles.items() if name in here}

    @invariant()
    def both_say_the_same_of_every_ticket(self) -> None:
        self.model.see()
        listed = list_tickets(self.world.desk, state="all")
        assert [ticket.number for ticket in listed] == list(self.model.matters)
        for ticket in listed:
            self.same(ticket)
        if listed:
            whole = show_ticket(self.world.desk, number=listed[-1].number)
            assert whole.clocks == listed[-1].clocks

    def same(self, ticket: TicketView) -> None:
        """One ticket, clock by clock and rung by rung."""
        matter = self.model.matters[ticket.number]
        assert (ticket.state, ticket.kind, ticket.category, ticket.grade, ticket.closed_at) == (
            matter.state, matter.kind, matter.category, matter.grade, matter.closed
        )  # fmt: skip
        assert [
            (c.kind, c.generation, c.counted_from, c.due_at, c.cap_at, c.warn_at, c.agreed_at,
             c.met_at, c.stopped_at, c.awaits_confirmation, c.breached, c.met_late, c.limit,
             c.provisional)
            for c in ticket.clocks
        ] == [clock_said(clock, self.model.now) for clock in matter.clocks]  # fmt: skip
        nothing = (None, None, None)
        assert [(c.next_rung, c.next_role, c.next_at) for c in ticket.clocks] == [
            self.model.upcoming(matter, clock) if clock.open else nothing for clock in matter.clocks
        ]
        assert Counter(
            (e.clock, e.generation, e.rung, e.to, e.due_at, e.fired_at, e.people, e.by_hand,
             e.held_until, e.acknowledged_at)
            for e in ticket.escalations
        ) == Counter(
            (clock.kind, r.generation, r.rung, r.to, r.due, r.fired, r.told, r.by_hand, r.held, r.signed)
            for clock in matter.clocks
            for r in clock.rows
        )  # fmt: skip

    @invariant()
    def everybody_is_sent_what_the_model_sends(self) -> None:
        rows = self.world.rows(
            "select t.number, e.rung, s.name, o.send_from from outbox o"
            " join escalation e on e.id = o.escalation_id join ticket t on t.id = e.ticket_id"
            " join staff s on s.id = o.staff_id"
        )
        assert Counter(Notice(*row) for row in rows) == Counter(self.model.notices)

    @invariant()
    def the_store_proves_itself(self) -> None:
        assert self.world.is_sound()


@pytest.fixture
def lobby(template: Template) -> type[Lobby]:
    """The machine, on copies of the founded property."""
    return type("LobbyHere", (Lobby,), {"template": template})


def test_the_desk_does_what_a_lobby_in_plain_memory_does_in_whatever_order(
    lobby: type[Lobby],
) -> None:
    run_state_machine_as_test(
        lobby, settings=settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
    )  # fmt: skip
