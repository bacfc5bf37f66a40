"""What may be done to the lobby in plain memory: each act as the law tells it, or ``Refused``."""

from __future__ import annotations

from dataclasses import replace

from concierge.domain.deadline import ClockSpec, promise
from concierge.domain.policy import MAJOR_LADDER, Category, Policy
from concierge.domain.roles import rank
from tests.services.model import (
    Ladders,
    Matter,
    Refused,
    Row,
    Running,
    counted,
    need,
    put_on,
    respec,
    restart,
)


class Model(Ladders):
    """The tickets, and every act on them."""

    policy: Policy

    def begin(self, policy: Policy) -> Model:
        """No ticket yet, under a policy."""
        self.policy = policy
        self.matters: dict[str, Matter] = {}
        return self

    def see(self) -> None:
        """Break every promise whose instant has passed, swept or not."""
        for matter in self.matters.values():
            for clock in matter.alive():
                if self.now > clock.due:
                    clock.broken.add(clock.generation)

    def supervises(self, who: str) -> bool:
        """Whether somebody may approve."""
        return rank(self.staff[who]) >= rank("supervisor")

    def acting(self, number: str, who: str, *, on_open: bool = True) -> Matter:
        """The ticket, for somebody who is there."""
        matter = self.matters[number]
        need(allowed=who in self.staff and (matter.state == "open" or not on_open))
        return matter

    def take(
        self, number: str, category: str, who: str, *, ago: int = 0, grade: str | None = None,
        spot: bool = False,
    ) -> None:  # fmt: skip
        """Take a matter in, answered or accepted at once if ``spot``."""
        what, since = self.policy.categories[category], self.now - ago
        major = "major" in {grade, what.grade}
        matter = Matter(
            number, what.kind, category, "major" if major else "ordinary", since, since, who
        )
        self.matters[number] = matter
        matter.clocks = [counted(spec, since, self.policy, self.calendar) for spec in what.clocks]
        if spot and what.kind != "complaint":
            at = since if ago > self.policy.late_after else self.now
            for clock in matter.clocks:
                if what.kind == "inquiry" or clock.kind == "answer":
                    clock.met = at
            if what.kind == "inquiry":
                matter.state, matter.closed = "closed", at
        first = matter.soonest()
        if major and first is not None:
            first.ladder = MAJOR_LADDER
            self._receive(matter, first)

    def _receive(self, matter: Matter, clock: Running) -> None:
        """Of a major matter the supervisor hears while it is saved."""
        rung, to, at = self.upcoming(matter, clock)
        if clock.ladder == MAJOR_LADDER and rung == 1:
            self.notify(matter, [(clock, self.fire(matter, clock, rung, to, at))])

    def record(self, number: str, action: str, who: str, *, ago: int) -> None:
        """Attend, answer or resolve, ``ago`` seconds before now (with a reason)."""
        matter, when = self.acting(number, who), self.now - ago
        closes = action == "resolve" or (action == "answer" and matter.kind == "inquiry")
        met = [clock for clock in matter.alive() if closes or clock.kind == action]
        since = [clock.counted for clock in met]
        need(allowed=when >= max(since, default=matter.received))
        for clock in met:
            clock.met = when
            if clock.generation in clock.broken and when <= clock.due:
                clock.awaiting = True
                if self.supervises(who):
                    self._believe(clock)
        if closes:
            matter.state, matter.closed = "closed", when
        elif met and matter.kind != "inquiry":
            self._keep_running(matter, when)

    def _keep_running(self, matter: Matter, since: int) -> None:
        resolve, spec = matter.clock("resolve"), self.policy.resolve_default
        if resolve is None:
            matter.clocks.append(counted(spec, since, self.policy, self.calendar))
        elif not resolve.open:
            restart(resolve, spec, since, self.policy, self.calendar)

    def confirm(self, number: str, who: str) -> None:
        """A supervisor believes that a promise was kept."""
        matter = self.acting(number, who, on_open=False)
        waiting = [clock for clock in matter.clocks if clock.awaiting]
        need(allowed=self.supervises(who) and bool(waiting))
        for clock in waiting:
            self._believe(clock)

    @staticmethod
    def _believe(clock: Running) -> None:
        clock.awaiting = False
        clock.broken.discard(clock.generation)

    def agree(self, number: str, kind: str | None, when: int, who: str) -> None:
        """Agree a time, with a reason; a supervisor approves of their own."""
        matter = self.acting(number, who)
        clock = self._to_agree(matter, kind)
        plain = promise(clock.spec, clock.counted, self.calendar)
        free = when <= (plain.cap_at or plain.due_at) and not clock.broken
        need(allowed=free or self.supervises(who))
        given = promise(
            clock.spec, clock.counted, self.calendar, agreed_at=when, agreed_from=self.now,
            beyond_cap=True,
        )  # fmt: skip
        if clock in matter.clocks:
            put_on(clock, given)
        else:
            clock.given = given
            matter.clocks.append(clock)
        clock.agreed, clock.agreed_from = when, self.now

    def _to_agree(self, matter: Matter, kind: str | None) -> Running:
        order = ["resolve", "answer", "attend"]
        alive = sorted(matter.alive(), key=lambda c: (not c.spec.by_agreement, order.index(c.kind)))
        wanted = kind or alive[0].kind
        found = next((clock for clock in alive if clock.kind == wanted), None)
        if found is not None:
            return found
        need(allowed=wanted == "attend" and matter.clock("attend") is None)
        # An appointment: within the promise that ends last.
        latest = max(matter.alive(), key=lambda clock: clock.due)
        ladder = self.policy.ladder_for(latest.spec.limit)
        visit = ClockSpec(
            "attend", latest.spec.limit, by_agreement=True, ladder=ladder.name,
            warning=ladder.warning or 0,
        )  # fmt: skip
        return counted(visit, latest.counted, self.policy, self.calendar)

    def change(self, number: str, category: str | None, grade: str | None, who: str) -> None:
        """Another category or grade; what is met is frozen, what runs keeps its counted_from."""
        matter = self.acting(number, who)
        new = self.policy.categories[category or matter.category]
        wanted = grade or (new.grade if new.grade == "major" else matter.grade)
        raised = wanted == "major" != matter.grade
        lowered = wanted != "major" == matter.grade
        need(allowed=(new.code, wanted) != (matter.category, matter.grade))
        need(allowed=wanted == "major" or new.grade != "major")
        need(allowed=self.supervises(who) or not lowered)
        matter.grade = wanted
        if new.code != matter.category:
            matter.category, matter.kind = new.code, new.kind
            moved = self._replan(matter, new)
            first = matter.soonest()
            if wanted == "major" and first in moved and first is not None:
                first.ladder = MAJOR_LADDER
        for clock in matter.alive() if lowered else ():
            if clock.ladder == MAJOR_LADDER:
                spec = new.clock(clock.kind)
                usual = self.policy.ladder_for(clock.spec.limit).name
                clock.ladder = spec.ladder if spec is not None else usual
        self._tell_raised(matter, raised=raised)

    def _replan(self, matter: Matter, new: Category) -> list[Running]:
        moved, running = [], [clock.kind for clock in matter.alive()]
        met = [clock.kind for clock in matter.clocks if clock.met is not None]
        asked = {spec.kind for spec in new.clocks}
        start = [s for s in new.clocks if s.kind not in running and s.kind not in met]
        if not start and not asked & set(running):
            own = new.clock("answer" if new.kind == "inquiry" else "resolve")
            start = [own or self.policy.resolve_default]
        for clock in matter.alive():
            spec, before = new.clock(clock.kind), (clock.generation, clock.ladder)
            if spec is not None:
                respec(clock, spec, self.policy, self.calendar)
                if clock.generation != before[0]:
                    moved.append(clock)
                elif before[1] == MAJOR_LADDER:
                    clock.ladder = MAJOR_LADDER
            elif clock.kind != "attend" or clock.agreed is None:
                clock.stopped = self.now
        for spec in start:
            old = matter.clock(spec.kind)
            if old is None:
                matter.clocks.append(counted(spec, matter.counted, self.policy, self.calendar))
            else:
                restart(old, spec, matter.counted, self.policy, self.calendar)
            moved.append(old or matter.clocks[-1])
        return moved

    def _tell_raised(self, matter: Matter, *, raised: bool) -> None:
        clock = matter.soonest()
        if clock is None or matter.grade != "major":
            return
        if self.upcoming(matter, clock)[0] <= 1 and (raised or clock.ladder == MAJOR_LADDER):
            self._now(matter, clock, by_hand=False)

    def _now(self, matter: Matter, clock: Running, *, by_hand: bool) -> Row:
        rungs = clock.policy.ladders[clock.ladder].rungs
        category = clock.policy.categories[matter.category]
        roles = [r.to for r in rungs if rank(r.to) <= rank(category.top or "manager")]
        rung = max(1, self.upcoming(matter, clock)[0])
        to = roles[min(rung, len(roles)) - 1]
        row = self.fire(matter, clock, rung, to, self.now, by_hand=by_hand)
        self.notify(matter, [(clock, row)])
        return row

    def escalate(self, number: str, who: str) -> None:
        """By hand: the next rung of the clock due first, never the warning."""
        matter = self.acting(number, who)
        clock = matter.soonest()
        need(allowed=clock is not None)
        if clock is not None:
            self._now(matter, clock, by_hand=True)

    def sign(self, number: str, who: str) -> None:
        """Acknowledge all that the role allows."""
        matter = self.acting(number, who, on_open=False)
        rows = [row for clock in matter.clocks for row in clock.rows if row.signed is None]
        mine = [row for row in rows if rank(row.to) <= rank(self.staff[who])]
        need(allowed=bool(mine))
        for row in mine:
            row.signed = self.now

    def cancel(self, number: str, who: str) -> None:
        """The clocks stop unmet."""
        matter = self.acting(number, who)
        for clock in matter.alive():
            clock.stopped = self.now
        matter.state, matter.closed = "cancelled", self.now

    def reopen(self, number: str, who: str, successor: str) -> str:
        """Open again within seven times 24 hours, else as another ticket; returns which."""
        matter = self.acting(number, who, on_open=False)
        if matter.closed is None:
            raise Refused
        if self.now - matter.closed > self.policy.reopen_within:
            self.take(successor, matter.category, who, grade=matter.grade)
            return successor
        what = self.policy.categories[matter.category]
        spec = what.clock("answer" if what.kind == "inquiry" else "resolve")
        spec = spec or self.policy.resolve_default
        matter.state, matter.closed, matter.counted = "open", None, self.now
        clock = matter.clock(spec.kind)
        if clock is None:
            clock = counted(spec, self.now, self.policy, self.calendar)
            matter.clocks.append(clock)
        else:
            restart(clock, spec, self.now, self.policy, self.calendar)
        if matter.grade == "major":
            clock.ladder = MAJOR_LADDER
        self._receive(matter, clock)
        return number

    def adopt(self, policy: Policy) -> list[tuple[str, str, int, int]]:
        """Other rules for all that runs; what moved: ticket, clock, from, to."""
        self.policy, moved = policy, []
        for matter in self.matters.values():
            for clock in matter.alive():
                if clock.policy is policy:
                    continue
                was, ladder = clock.due, clock.ladder
                respec(clock, self._spec_now(matter, clock), policy, self.calendar, keep=True)
                clock.ladder = ladder if ladder == MAJOR_LADDER else clock.ladder
                if clock.due != was:
                    moved.append((matter.number, clock.kind, was, clock.due))
        return moved

    def _spec_now(self, matter: Matter, clock: Running) -> ClockSpec:
        category = self.policy.categories[matter.category]
        before = clock.policy.resolve_default
        if (found := category.clock(clock.kind)) is not None:
            return found
        if (clock.kind, clock.spec.limit) == (before.kind, before.limit):
            return self.policy.resolve_default
        ladder = self.policy.ladders[clock.ladder]
        return replace(clock.spec, ladder=ladder.name, warning=ladder.warning or 0)
