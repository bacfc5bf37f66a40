"""What every conversation on a ticket needs: asking, writing, knowing who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concierge.domain.roles import may
from concierge.language import terms
from concierge.language.translator import Language
from concierge.services.views import StaffView, TicketView
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Choose, Words


class TicketTalk:
    """Asks over the ticket's screen, writes through its gateway, and hands it what came of that."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is a ``TicketScreen``, which imports the conversations."""
        self.screen = screen

    @property
    def view(self) -> Any:
        """The ticket; nothing is offered before there is one."""
        return self.screen.view

    async def ask(self, dialog: Any) -> Any:
        """Show a dialog and wait for its answer."""
        return await self.screen.app.push_screen_wait(dialog)

    async def choose(
        self,
        title: Words,
        choices: Sequence[tuple[Words, str]],
        *,
        hint: Words = "",
        chosen: str | None = None,
    ) -> str | None:
        """Ask for one of a list."""
        answer: str | None = await self.ask(Choose(title, choices, hint=hint, chosen=chosen))
        return answer

    async def staff_with(self, role: str) -> list[StaffView]:
        """Who is active and of that role or above, without the person the ticket is about."""
        staff = await self.screen.gateway.reading(lambda desk: desk.staff())
        about = self.view.about
        return [
            each for each in staff if each.active and each.name != about and may(each.role, role)
        ]

    async def write(
        self, call: Callable[[Any], TicketView], said: Callable[[Language], str]
    ) -> None:
        """Write, then show the ticket as it is after that and say so."""
        view = await self.screen.gateway.writing(call)
        self.screen.written(view, said)

    async def with_line(
        self, title: Words, call: Callable[[Any, str, str, str], TicketView], hint: Words = ""
    ) -> bool:
        """Ask who acts and for a line of text, then write with both; False when somebody turned back."""
        number = self.view.number
        actor = await who_acts(self.screen)
        if actor is None:
            return False
        text: str | None = await self.ask(AskLine(title, hint))
        if text is None:
            return False
        await self.write(
            lambda desk: call(desk, number, actor, text),
            lambda t: t("{number}: recorded.", number=number),
        )
        return True


def person(staff: StaffView) -> Callable[[Language], str]:
    """A member of staff with the role, for a choice."""
    return lambda t: f"{one_line(staff.name)}  {terms.role(t, staff.role)}"
