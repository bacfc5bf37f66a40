"""What is asked before a shift starts or ends, and who signs for a relief who has not come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concierge.domain.roles import may, signing_role
from concierge.language.translator import Language
from concierge.services.summary import ShiftSummary
from concierge.services.views import ReliefAlarm, StaffView
from concierge.ui.format import one_line
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.ticket_talk import person

HERE, ALONE = "here", "alone"


class ShiftTalk:
    """The conversations of the shift's screen."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is a ``ShiftScreen``, which imports this."""
        self.screen = screen

    async def _ask(self, dialog: Any) -> Any:
        return await self.screen.app.push_screen_wait(dialog)

    async def start(self, name: str) -> None:
        """Somebody starts a shift."""
        await self.screen.gateway.writing(lambda desk: desk.start_shift(actor=name))
        self.screen.app.act_as(name)
        self._say(lambda t: t("{name} is on shift.", name=one_line(name)))
        self.screen.read_shift()

    async def ask_who(self, staff: Sequence[StaffView]) -> None:
        """Ask who starts one."""
        name = await self._ask(
            Choose(
                lambda t: t("Who starts the shift?"), [(person(each), each.name) for each in staff]
            )
        )
        if name is not None:
            await self.start(name)

    async def end(self, summary: ShiftSummary) -> None:
        """End the shift with nobody to take over; with open matters that is asked twice."""
        n, overdue = summary.open_count, summary.overdue_count

        def body(t: Language) -> str:
            said = t.plural("{n} matter is open", "{n} matters are open", n)
            if overdue:
                said = t("{before}; {then}", before=said, then=t("{n} overdue", n=overdue))
            return t("{sentence}.", sentence=said)

        alone: str | None = None
        if n:
            alone = await self._why_alone(body)
        elif not await self._ask(
            Confirm(
                lambda t: t("End the shift now?"),
                lambda t: t("Nothing is open. Nobody takes over."),
                yes=lambda t: t("End it"),
            )
        ):
            return
        if n and alone is None:
            return
        actor = self.screen.acting or summary.staff
        await self.screen.gateway.writing(lambda desk: desk.end_shift(actor=actor, alone=alone))
        self.screen.app.act_as(None)
        self.screen.read_shift()
        self._say(lambda t: t("The shift has ended."))
        self.screen.open_preview(summary.shift)

    async def _why_alone(self, body: Callable[[Language], str]) -> str | None:
        """Why nobody takes over; None when somebody does, or the question was left."""
        answer = await self._ask(
            Choose(
                lambda t: t("Is somebody here to take over?"),
                (
                    (lambda t: t("yes: hand over"), HERE),
                    (lambda t: t("no: end it and say why"), ALONE),
                ),
                hint=body,
            )
        )
        if answer == HERE:
            self.screen.app.open_screen("handover")
        if answer != ALONE:
            return None
        said: str | None = await self._ask(
            AskLine(
                lambda t: t("Why does nobody take over?"),
                lambda t: t("Matters are open: nobody takes note of them now."),
            )
        )
        return said

    async def relief(self, alarm: ReliefAlarm, staff: Sequence[StaffView]) -> None:
        """Somebody signs that they look after a relief who has not come."""
        needed = signing_role(alarm.to, [each.role for each in staff])
        able = [each for each in staff if may(each.role, needed)]
        able.sort(key=lambda each: each.name not in alarm.people)
        name = await self._ask(
            Choose(
                lambda t: t("Who signs for it?"),
                [(person(each), each.name) for each in able],
                hint=lambda t: t(
                    "{desk}: a signature says that you see to it that somebody comes.",
                    desk=one_line(alarm.desk),
                ),
            )
        )
        if name is None:
            return
        await self.screen.gateway.writing(lambda desk: desk.sign_relief(actor=name))
        self._say(lambda t: t("Signed by {name}.", name=one_line(name)))
        self.screen.app.reload()

    def _say(self, words: Callable[[Language], str]) -> None:
        self.screen.app.notify(words(self.screen.t), markup=False)
