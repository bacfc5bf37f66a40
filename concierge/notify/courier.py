"""The courier: takes notices out of the outbox, sends them by every way, and keeps what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concierge.domain.notify_policy import NotifyPolicy, Way
from concierge.notify import hook
from concierge.notify.apprise_way import TOO_SLOW, UNREACHABLE
from concierge.notify.carrying import SECONDS, Carry, Job, carrier, carry_all
from concierge.notify.message import House, Parcel, parcel, trial_parcel
from concierge.services.desk import Desk
from concierge.services.notices import Delivered, Notice, Outcome
from concierge.services.outbox import lease, settle
from concierge.services.views import StaffView
from concierge.store.problem import StoreProblem

# Settling waits ten seconds for a store that is locked, this many times: what was sent is not sent again.
_SETTLE_TRIES = 4
# What holds each notice up for as long as a way is given: one wait in a run is enough.
_DOWN = frozenset({UNREACHABLE, TOO_SLOW, hook.TOO_SLOW})
# Of one run; a second one comes within seconds.
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a test by one way: ``problem`` is a code, None when it was delivered."""

    to: str
    way: str
    problem: str | None


class Courier:
    """Delivers what waits, once.

    Args:
        desk: The desk at whose store the outbox is.
        policy: The ways.
        house: What all notices of the property share.
        carry: How a parcel is sent; the real thing unless a test says otherwise.
        seconds: What all ways of one notice may take together.
    """

    def __init__(
        self,
        desk: Desk,
        policy: NotifyPolicy,
        house: House,
        *,
        carry: Carry | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._desk = desk
        self._policy = policy
        self._house = house
        self._carry = carry or carrier(policy)
        self._seconds = seconds
        self._owner = f"{desk.name}-{secrets.token_hex(8)}"

    def deliver(self) -> Delivered:
        """Send all that may be sent now, one event after another.

        A way that was down once is not tried again in the same run, so that a dead network costs one wait.

        Raises:
            StoreProblem: locked and the like; what was not sent, or not kept as sent, is sent later.
        """
        total = Delivered()
        down: dict[str, str] = {}
        for _ in range(_ROUNDS):
            leased = lease(self._desk, policy=self._policy, owner=self._owner)
            for notice in leased.notices:
                outcomes = self._send(notice, down)
                total = _sum(total, self._settle(outcomes))
            if not leased.notices and not leased.settled:
                break
        return total

    def _send(self, notice: Notice, down: dict[str, str]) -> list[Outcome]:
        """Try what is left of an event's ways; one outcome for each person."""
        role = notice.matter.role
        common = self._policy.language(role, default=self._house.language)
        jobs: list[tuple[int | None, Job]] = [
            (None, (way, self._parcel(notice, common))) for way in notice.ways
        ]
        for person in notice.recipients:
            code = self._policy.language(person.role, person.name, default=self._house.language)
            jobs += [(person.outbox_id, (way, self._parcel(notice, code))) for way in person.ways]
        said = self._try([job for _, job in jobs], down)
        return [
            _outcome(person.outbox_id, [
                (way.key, problem)
                for (whose, (way, _)), problem in zip(jobs, said, strict=True)
                if whose in {None, person.outbox_id}
            ])
            for person in notice.recipients
        ]  # fmt: skip

    def _parcel(self, notice: Notice, code: str) -> Parcel:
        now = self._desk.clock.now()
        return parcel(self._house, code, notice.matter, event_id=notice.event_id, now=now)

    def _try(self, jobs: Sequence[Job], down: dict[str, str]) -> list[str | None]:
        """Send by the ways that are not known to be down."""
        open_jobs = [job for job in jobs if _address(job[0]) not in down]
        said = iter(carry_all(self._carry, open_jobs, seconds=self._seconds))
        known: Mapping[str, str] = dict(down)
        answers = []
        for way, _ in jobs:
            problem = known[_address(way)] if _address(way) in known else next(said)
            if problem in _DOWN:
                down[_address(way)] = problem
            answers.append(problem)
        return answers

    def _settle(self, outcomes: Sequence[Outcome]) -> Delivered:
        for left in reversed(range(_SETTLE_TRIES)):
            try:
                return settle(self._desk, owner=self._owner, outcomes=outcomes)
            except StoreProblem as problem:
                if problem.code != "locked" or not left:
                    raise
        raise AssertionError

    def strangers(self, staff: Sequence[StaffView]) -> tuple[str, ...]:
        """Names that the file gives ways to and nobody on the staff has: notices would never go there."""
        return tuple(sorted(set(self._policy.people) - {one.name for one in staff}))

    def test(self, *, role: str | None, people: Sequence[StaffView]) -> tuple[Tried, ...]:
        """Really send a test by every way to a role and to people; nothing of it is kept in the store.

        Args:
            role: Whose common ways are tried, with the command; None for people only.
            people: Whose own ways are tried.
        """
        now = self._desk.clock.now()
        key = f"test-{now}-{secrets.token_hex(4)}"
        jobs: list[tuple[str, Job]] = []

        def add(to: str, ways: Sequence[Way], code: str) -> None:
            sent = trial_parcel(self._house, code, key=key, to=to, now=now)
            jobs.extend((to, (way, sent)) for way in ways)

        if role is not None:
            code = self._policy.language(role, default=self._house.language)
            add(role, self._policy.of_role(role), code)
        for person in people:
            code = self._policy.language(person.role, person.name, default=self._house.language)
            add(person.name, self._policy.of_person(person.name), code)
        add(role or people[0].name, self._policy.hook(), self._house.language)
        said = self._try([job for _, job in jobs], {})
        return tuple(
            Tried(to, way.scheme, problem)
            for (to, (way, _)), problem in zip(jobs, said, strict=True)
        )


def _address(way: Way) -> str:
    return way.url or way.key


def _outcome(outbox_id: int, said: Sequence[tuple[str, str | None]]) -> Outcome:
    """The ways that delivered, and the first thing that went wrong."""
    problems = [problem for _, problem in said if problem is not None]
    return Outcome(
        outbox_id,
        tuple(key for key, problem in said if problem is None),
        problems[0] if problems else None,
    )


def _sum(one: Delivered, other: Delivered) -> Delivered:
    return Delivered(one.sent + other.sent, one.failed + other.failed, one.dead + other.dead)
