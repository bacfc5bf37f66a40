"""The conversations on a ticket: what is asked before something is recorded; one runs at a time."""

from __future__ import annotations

from collections.abc import Callable

from concierge.domain.ticket import CAUSES, closes, stays_broken
from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.services.views import ClockView, TicketView
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.fact_talk import hear_fact
from concierge.ui.screens.signing import Signing
from concierge.ui.screens.ticket_agreeing import Agreeing
from concierge.ui.screens.ticket_changing import Changing
from concierge.ui.screens.ticket_dialogs import RecordDialog, Recorded
from concierge.ui.screens.ticket_talk import person

RECORD_TITLES = {
    "attend": later("{number}: somebody is on site"),
    "answer": later("{number}: answered"),
    "resolve": later("{number}: resolved"),
}


class TicketSteps(Agreeing, Changing, Signing):
    """Each method asks what it has to know, writes, and shows the ticket as it is then."""

    # -- recording ----------------------------------------------------------------------------------------
    async def record(self, action: str) -> bool:
        """Attend, answer or resolve; closing what was broken asks why."""
        screen, view = self.screen, self.view
        actor = await who_acts(screen)
        if actor is None:
            return False
        title, number = RECORD_TITLES[action], view.number
        done: Recorded | None = await self.ask(
            RecordDialog(lambda t: t(title, number=number), zone=screen.zone, now=screen.now)
        )
        if done is None:
            return False
        cause = None
        # The desk's own clock decides: what the screen shows is up to a second behind it.
        at = done.at or await screen.gateway.reading(lambda desk: desk.now())
        if closes(action, view.kind) and any(_stays_broken(clock, at) for clock in view.clocks):
            cause = await self.choose(
                lambda t: t("Why was the promise broken?"),
                [(_term(terms.cause, each), each) for each in CAUSES],
            )
            if cause is None:
                return False
        await self.write(
            lambda desk: desk.record(
                action=action, number=number, actor=actor, text=done.text, at=done.at,
                late_reason=done.reason, cause=cause,
            ),
            lambda t: t("{number}: recorded.", number=number),
        )  # fmt: skip
        return True

    async def note(self) -> bool:
        """Add a note."""
        return await self.with_line(
            lambda t: t("Add a note"),
            lambda desk, number, actor, text: desk.note(number=number, text=text, actor=actor),
        )

    async def escalate(self) -> bool:
        """The next superior is told now, with a reason."""
        clock = _first_due(self.view)
        role = clock.next_role if clock is not None and clock.next_rung else None
        return await self.with_line(
            lambda t: t("Escalate by hand: why?"),
            lambda desk, number, actor, text: desk.escalate(
                number=number, reason=text, actor=actor
            ),
            hint=lambda t: t("Told now: {role}.", role=terms.role(t, role)) if role else "",
        )

    async def fact(self) -> bool:
        """What was heard of the household on the way goes into its file; the ticket stays in front."""
        file = await hear_fact(self.screen, self.view.unit)
        if file is None:
            return False
        unit = file.unit
        self.screen.say(lambda t: t("{unit}: written down.", unit=unit))
        self.screen.read_again()
        return True

    async def reveal(self) -> None:
        """Show the caller's whole phone for a short while; it is on record who looked."""
        actor, number = await who_acts(self.screen), self.view.number
        if actor is not None:
            view = await self.screen.gateway.writing(
                lambda desk: desk.reveal_phone(number=number, actor=actor)
            )
            self.screen.show_clear(view)

    # -- confirming ---------------------------------------------------------------------------------------
    async def confirm_kept(self) -> bool:
        """A supervisor says that the promise was kept although the breach went on record first."""
        staff = await self.staff_with("supervisor")
        acting = self.screen.acting
        actor = acting if acting in {each.name for each in staff} else None
        if actor is None:
            actor = await self.choose(
                lambda t: t("Who confirms that it was kept?"),
                [(person(each), each.name) for each in staff],
            )
        if actor is None:
            return False
        number, signer = self.view.number, actor
        await self.write(
            lambda desk: desk.confirm_kept(number=number, actor=signer),
            lambda t: t("{number}: confirmed as kept.", number=number),
        )
        return True


def _stays_broken(clock: ClockView, at: int) -> bool:
    """Whether a clock counts as broken when the ticket closes with what was done at ``at``."""
    return stays_broken(at, due_at=clock.due_at, is_open=clock.open, breached=clock.breached)


def _first_due(view: TicketView) -> ClockView | None:
    return min(
        (clock for clock in view.clocks if clock.open), key=lambda clock: clock.due_at, default=None
    )


def _term(words: Callable[[Language, str], str], code: str) -> Callable[[Language], str]:
    return lambda t: words(t, code)
