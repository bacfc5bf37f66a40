"""Signing for what was escalated, and keeping who was told by phone: two records, never mixed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from concierge.domain.roles import may, rank, signing_role
from concierge.language import terms
from concierge.language.translator import Language
from concierge.services.views import EscalationView, StaffView, TicketView
from concierge.ui.format import one_line, place_of
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Words
from concierge.ui.screens.ticket_talk import TicketTalk, person
from concierge.ui.widgets.ladder_view import unsigned

SOMEBODY_ELSE = ""  # no name is empty


class Signing(TicketTalk):
    """What the board asks for its worst alarm, and the ticket for itself."""

    async def acknowledge(self) -> bool:
        """Sign for what was escalated; asked is who, when the acting person's role is not enough."""
        needed = min((each.to for each in unsigned(self.view.escalations)), key=rank)
        staff = await self._signers(needed)
        if self.screen.acting in {each.name for each in staff}:
            return await self._sign(self.screen.acting)
        return await self._ask_and_sign(staff, needed)

    async def sign_by_name(self) -> bool:
        """Sign for the highest rung with one's name; those whom it told come first."""
        rung = max(unsigned(self.view.escalations), key=lambda each: rank(each.to))
        staff = await self._signers(rung.to)
        staff.sort(key=lambda each: each.name not in rung.people)
        return await self._ask_and_sign(staff, rung.to)

    def _which(self) -> str:
        """The matter that is meant, by number and place: at the board it is the worst, not the selected one."""
        where = place_of(self.view.unit, self.view.place)
        return one_line(f"{self.view.number}  {where}")

    async def _signers(self, role: str) -> list[StaffView]:
        """Who may sign; for a role that nobody holds, whoever stands highest."""
        staff = await self.staff_with("concierge")
        needed = signing_role(role, [each.role for each in staff])
        return [each for each in staff if may(each.role, needed)]

    async def _ask_and_sign(self, staff: Sequence[StaffView], needed: str) -> bool:
        if not staff:
            self.screen.say(
                lambda t: t("Nobody on the staff is {role} or above.", role=terms.role(t, needed))
            )
            return False
        number = self._which()
        name = await self.choose(
            lambda t: t("Who signs for it?"),
            [(person(each), each.name) for each in staff],
            hint=lambda t: t("{number}: a signature says that you take care of it.", number=number),
        )
        return name is not None and await self._sign(name)

    async def _sign(self, name: str) -> bool:
        number = self.view.number
        await self.write(
            lambda desk: desk.acknowledge(number=number, actor=name),
            lambda t: t("{number}: signed by {name}.", number=number, name=name),
        )
        return True

    async def told(self) -> bool:
        """Keep whom somebody rang: those told by the last rung first, anybody else in a few words."""
        number, which = self.view.number, self._which()
        whom: str | None = await self.choose(
            lambda t: t("Whom did you tell by phone?"),
            [*await self._told_people(), (_somebody_else, SOMEBODY_ELSE)],
            hint=lambda t: t("{number}: it is kept, and signs for nothing.", number=which),
        )
        if whom == SOMEBODY_ELSE:
            whom = await self.ask(AskLine(lambda t: t("Whom did you tell by phone?")))
        actor = await who_acts(self.screen) if whom else None
        if whom is None or actor is None:
            return False
        name, caller = whom, actor
        await self.write(
            lambda desk: desk.told_by_phone(number=number, whom=name, actor=caller),
            lambda t: t("{number}: {name} told by phone.", number=number, name=name),
        )
        return True

    async def _told_people(self) -> list[tuple[Words, str]]:
        """Whom the last rung told; where it found nobody, whoever stands above the desk."""
        staff = await self.staff_with("concierge")
        rung = _last_rung(self.view)
        found = [each for each in staff if rung is not None and each.name in rung.people]
        if not found:
            acting = self.screen.acting
            found = [each for each in staff if may(each.role, "supervisor") and each.name != acting]
        return [(_with_number(each), each.name) for each in found]


def _last_rung(view: TicketView) -> EscalationView | None:
    """The last rung nobody signed for, else the last that fired; a warning is none."""
    waiting = unsigned(view.escalations)
    return (waiting or tuple(each for each in view.escalations if each.rung) or (None,))[-1]


def _somebody_else(t: Language) -> str:
    return t("somebody else ..")


def _with_number(staff: StaffView) -> Callable[[Language], str]:
    """Name, number to ring, role."""
    number = one_line(staff.phone or "")
    return lambda t: "  ".join(
        filter(None, (one_line(staff.name), number, terms.role(t, staff.role)))
    )


class AlarmTalk(Signing):
    """The same for a ticket that is not in front: the worst alarm, read from the board."""

    def __init__(self, screen: object, view: TicketView) -> None:
        super().__init__(screen)
        self._view = view

    @property
    def view(self) -> TicketView:
        """The ticket as it was read."""
        return self._view

    @property
    def is_alarm(self) -> bool:
        """Whether something on it still waits for a signature."""
        return bool(unsigned(self._view.escalations))
