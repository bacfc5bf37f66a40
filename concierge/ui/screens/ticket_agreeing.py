"""Agreeing a time with the resident; past what may be promised, a supervisor approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.domain.ticket import default_agreed_clock
from concierge.language import terms
from concierge.services.views import ClockView, TicketView
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Words
from concierge.ui.screens.ticket_dialogs import Agreed, AgreeDialog
from concierge.ui.screens.ticket_talk import TicketTalk, person
from concierge.ui.widgets.clock_list import due_text

NEED_APPROVAL = frozenset({"agreed.past-cap", "agreed.after-breach"})


class Agreeing(TicketTalk):
    """The conversation about an agreed time."""

    async def agree(self) -> bool:
        """Agree a time for one of the clocks; past what may be promised, a supervisor approves."""
        screen = self.screen
        actor = await who_acts(screen)
        clock = await self._which_clock() if actor is not None else None
        if actor is None or clock is None:
            return False
        view: TicketView = self.view
        found = next((each for each in view.clocks if each.kind == clock), None)
        agreed: Agreed | None = await self.ask(
            AgreeDialog(
                lambda t: t("Time agreed: {clock}", clock=terms.clock(t, clock)),
                self._due(found) if found else "",
                zone=screen.zone,
                now=screen.now,
                who=one_line(view.caller or screen.household or ""),
            )
        )
        if agreed is None:
            return False
        number = view.number
        call = _agreeing(number, agreed, actor, clock)
        try:
            await self.write(call(None, None), lambda t: t("{number}: time agreed.", number=number))
        except Refusal as refusal:
            if refusal.code not in NEED_APPROVAL | {"reason.missing"}:
                raise
            return await self._approved(refusal, call, actor)
        return True

    def _due(self, clock: ClockView) -> Words:
        now, zone = self.screen.now, self.screen.zone
        return lambda t: due_text(clock, now, zone, t)

    async def _which_clock(self) -> str | None:
        view: TicketView = self.view
        alive = [clock for clock in view.clocks if clock.open]
        kinds = [clock.kind for clock in alive]
        names: list[tuple[Words, str]] = [(self._due(clock), clock.kind) for clock in alive]
        if all(clock.kind != "attend" for clock in view.clocks):
            names.append((lambda t: t("an appointment: somebody comes at that time"), "attend"))
        if len(names) == 1:
            return names[0][1]
        by_agreement = [
            (clock.kind, clock.to_be_agreed or clock.cap_at is not None) for clock in alive
        ]
        likeliest = default_agreed_clock(by_agreement) or kinds[0]
        return await self.choose(lambda t: t("Which time was agreed?"), names, chosen=likeliest)

    async def _approved(
        self, refusal: Refusal, call: Callable[[str | None, str | None], Any], actor: str
    ) -> bool:
        """Say why it takes more, and ask who approves and why."""
        screen = self.screen
        approver: str | None = actor
        if refusal.code in NEED_APPROVAL:
            zone, now = screen.zone, screen.now
            staff = await self.staff_with("supervisor")
            if not staff:
                raise refusal
            approver = await self.choose(
                lambda t: t("Who approves it?"),
                [(person(each), each.name) for each in staff],
                hint=lambda t: failure_sentence(refusal, t, zone=zone, now=now),
            )
        reason = None
        if approver is not None:
            reason = await self.ask(AskLine(lambda t: t("Why so late?")))
        if approver is None or reason is None:
            return False
        number = self.view.number
        await self.write(
            call(approver, reason), lambda t: t("{number}: time agreed.", number=number)
        )
        return True


def _agreeing(
    number: str, agreed: Agreed, actor: str, clock: str
) -> Callable[[str | None, str | None], Callable[[Any], TicketView]]:
    def call(approved_by: str | None, reason: str | None) -> Callable[[Any], TicketView]:
        def write(desk: Any) -> TicketView:
            view: TicketView = desk.agree(
                number=number, agreed_at=agreed.at, agreed_with=agreed.agreed_with, actor=actor,
                clock=clock, approved_by=approved_by, reason=reason,
            )  # fmt: skip
            return view

        return write

    return call
