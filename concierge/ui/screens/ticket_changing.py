"""Giving a ticket to somebody, another category or grade, cancelling, reopening."""

from __future__ import annotations

from typing import Any

from concierge.language import terms
from concierge.language.moved import moved_text
from concierge.services.views import TicketView
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Confirm
from concierge.ui.screens.intake_form import category_picks
from concierge.ui.screens.ticket_dialogs import PickDialog
from concierge.ui.screens.ticket_talk import TicketTalk, person


class Changing(TicketTalk):
    """The conversations that change whose ticket it is, and what it promises."""

    async def assign(self) -> bool:
        """Give it to somebody."""
        screen, view = self.screen, self.view
        actor = await who_acts(screen)
        if actor is None:
            return False
        staff = sorted(await self.staff_with("concierge"), key=lambda each: each.name != actor)
        to = await self.choose(
            lambda t: t("Who takes it?"),
            [(person(each), each.name) for each in staff],
            chosen=view.assignee or actor,
        )
        if to is None:
            return False
        number = view.number
        await self.write(
            lambda desk: desk.assign(number=number, to=to, actor=actor),
            lambda t: t("{number}: {name} takes it.", number=number, name=to),
        )
        return True

    async def change(self) -> bool:
        """Another category or grade; what would move is shown before it is saved."""
        actor = await who_acts(self.screen)
        wanted = await self._what_changes() if actor is not None else None
        if actor is None or wanted is None:
            return False
        reason: str | None = await self.ask(AskLine(lambda t: t("Why is it changed?")))
        if reason is None:
            return False
        screen, before = self.screen, self.view
        number = before.number

        def call(desk: Any, *, dry_run: bool) -> TicketView:
            view: TicketView = desk.change(
                number=number, reason=reason, actor=actor, dry_run=dry_run, **wanted
            )
            return view

        after = await screen.gateway.writing(lambda desk: call(desk, dry_run=True))
        zone, now = screen.zone, screen.now
        sure = await self.ask(
            Confirm(
                lambda t: t("Change it like this?"),
                lambda t: moved_text(before, after, screen.names_in(t.code), t, zone=zone, now=now),
                yes=lambda t: t("Change it"),
            )
        )
        if sure:
            await self.write(
                lambda desk: call(desk, dry_run=False),
                lambda t: t("{number}: changed.", number=number),
            )
        return bool(sure)

    async def _what_changes(self) -> dict[str, str] | None:
        view: TicketView = self.view
        other = "ordinary" if view.grade == "major" else "major"
        what = await self.choose(
            lambda t: t("What is changed?"),
            [
                (lambda t: t("the category"), "category"),
                (lambda t: t("the grade, to {grade}", grade=terms.grade(t, other)), "grade"),
            ],
        )
        if what == "grade":
            return {"grade": other}
        if what is None:
            return None
        categories = await self.screen.gateway.reading(lambda desk: desk.categories())
        code: str | None = await self.ask(
            PickDialog(lambda t: t("To which category?"), category_picks(categories))
        )
        return None if code is None else {"category": code}

    async def cancel(self) -> bool:
        """Cancel, with a reason."""
        return await self.with_line(
            lambda t: t("Cancel the ticket: why?"),
            lambda desk, number, actor, text: desk.cancel(number=number, reason=text, actor=actor),
            hint=lambda t: t("Its clocks stop; what was broken stays on record."),
        )

    async def reopen(self) -> bool:
        """Open again, with a reason."""
        return await self.with_line(
            lambda t: t("Reopen the ticket: why?"),
            lambda desk, number, actor, text: desk.reopen(number=number, reason=text, actor=actor),
            hint=lambda t: t(
                "The limit starts anew. After 7 days a new ticket goes on from this one."
            ),
        )
