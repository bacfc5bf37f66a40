"""The conversations on a ticket: what is asked before something is recorded; one runs at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.domain.roles import may, rank
from concierge.domain.ticket import CAUSES, default_agreed_clock
from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.services.views import ClockView, StaffView, TicketView
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm, Words
from concierge.ui.screens.intake_form import category_picks
from concierge.ui.screens.moved import moved_text
from concierge.ui.screens.ticket_dialogs import (
    Agreed,
    AgreeDialog,
    PickDialog,
    RecordDialog,
    Recorded,
)
from concierge.ui.widgets.ladder_view import unsigned

RECORD_TITLES = {
    "attend": later("{number}: somebody is on site"),
    "answer": later("{number}: answered"),
    "resolve": later("{number}: resolved"),
}
NEED_APPROVAL = frozenset({"agreed.past-cap", "agreed.after-breach"})


class TicketSteps:
    """Each method asks what it has to know, writes, and shows the ticket as it is then."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen

    # -- recording ----------------------------------------------------------------------------------------
    async def record(self, action: str) -> bool:
        """Attend, answer or resolve; closing what was broken asks why."""
        screen, view = self._screen, self._view
        actor = await who_acts(screen)
        if actor is None:
            return False
        title, number = RECORD_TITLES[action], view.number
        done: Recorded | None = await self._ask(
            RecordDialog(lambda t: t(title, number=number), zone=screen.zone, now=screen.now)
        )
        if done is None:
            return False
        cause = None
        closing = action == "resolve" or (action == "answer" and view.kind == "inquiry")
        if closing and any(_stays_broken(clock, done.at or screen.now) for clock in view.clocks):
            cause = await self._choose(
                lambda t: t("Why was the promise broken?"),
                [(_term(terms.cause, each), each) for each in CAUSES],
            )
            if cause is None:
                return False
        await self._write(
            lambda desk: desk.record(
                action=action, number=number, actor=actor, text=done.text, at=done.at,
                late_reason=done.reason, cause=cause,
            ),
            lambda t: t("{number}: recorded.", number=number),
        )  # fmt: skip
        return True

    async def note(self) -> bool:
        """Add a note."""
        return await self._with_line(
            lambda t: t("Add a note"),
            lambda desk, number, actor, text: desk.note(number=number, text=text, actor=actor),
        )

    async def cancel(self) -> bool:
        """Cancel, with a reason."""
        return await self._with_line(
            lambda t: t("Cancel the ticket: why?"),
            lambda desk, number, actor, text: desk.cancel(number=number, reason=text, actor=actor),
            hint=lambda t: t("Its clocks stop; what was broken stays on record."),
        )

    async def reopen(self) -> bool:
        """Open again, with a reason."""
        return await self._with_line(
            lambda t: t("Reopen the ticket: why?"),
            lambda desk, number, actor, text: desk.reopen(number=number, reason=text, actor=actor),
            hint=lambda t: t(
                "The limit starts anew. After 7 days a new ticket goes on from this one."
            ),
        )

    async def escalate(self) -> bool:
        """The next superior is told now, with a reason."""
        clock = _first_due(self._view)
        role = clock.next_role if clock is not None and clock.next_rung else None
        return await self._with_line(
            lambda t: t("Escalate by hand: why?"),
            lambda desk, number, actor, text: desk.escalate(
                number=number, reason=text, actor=actor
            ),
            hint=lambda t: t("Told now: {role}.", role=terms.role(t, role)) if role else "",
        )

    async def _with_line(
        self, title: Words, call: Callable[[Any, str, str, str], TicketView], hint: Words = ""
    ) -> bool:
        actor = await who_acts(self._screen)
        if actor is None:
            return False
        text: str | None = await self._ask(AskLine(title, hint))
        if text is None:
            return False
        number = self._view.number
        await self._write(
            lambda desk: call(desk, number, actor, text),
            lambda t: t("{number}: recorded.", number=number),
        )
        return True

    # -- the agreed time ----------------------------------------------------------------------------------
    async def agree(self) -> bool:
        """Agree a time for one of the clocks; past what may be promised, a supervisor approves."""
        screen = self._screen
        actor = await who_acts(screen)
        clock = await self._which_clock() if actor is not None else None
        if actor is None or clock is None:
            return False
        view: TicketView = self._view
        found = next((each for each in view.clocks if each.kind == clock), None)
        agreed: Agreed | None = await self._ask(
            AgreeDialog(
                lambda t: t("Time agreed: {clock}", clock=terms.clock(t, clock)),
                lambda t: screen.due_text(t, found) if found else "",
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
            await self._write(
                call(None, None), lambda t: t("{number}: time agreed.", number=number)
            )
        except Refusal as refusal:
            if refusal.code not in NEED_APPROVAL | {"reason.missing"}:
                raise
            return await self._approved(refusal, call, actor)
        return True

    async def _which_clock(self) -> str | None:
        view: TicketView = self._view
        alive = [clock for clock in view.clocks if clock.open]
        kinds = [clock.kind for clock in alive]
        names: list[tuple[Words, str]] = [
            (lambda t, clock=clock: self._screen.due_text(t, clock), clock.kind)  # type: ignore[misc]
            for clock in alive
        ]
        if all(clock.kind != "attend" for clock in view.clocks):
            names.append((lambda t: t("an appointment: somebody comes at that time"), "attend"))
        if len(names) == 1:
            return names[0][1]
        by_agreement = [
            (clock.kind, clock.to_be_agreed or clock.cap_at is not None) for clock in alive
        ]
        likeliest = default_agreed_clock(by_agreement) or kinds[0]
        return await self._choose(lambda t: t("Which time was agreed?"), names, chosen=likeliest)

    async def _approved(
        self, refusal: Refusal, call: Callable[[str | None, str | None], Any], actor: str
    ) -> bool:
        """Say why it takes more, and ask who approves and why."""
        screen = self._screen
        approver: str | None = actor
        if refusal.code in NEED_APPROVAL:
            zone, now = screen.zone, screen.now
            staff = await self._staff_with("supervisor")
            if not staff:
                raise refusal
            approver = await self._choose(
                lambda t: t("Who approves it?"),
                [(_person(each), each.name) for each in staff],
                hint=lambda t: failure_sentence(refusal, t, zone=zone, now=now),
            )
        reason = None
        if approver is not None:
            reason = await self._ask(AskLine(lambda t: t("Why so late?")))
        if approver is None or reason is None:
            return False
        number = self._view.number
        await self._write(
            call(approver, reason), lambda t: t("{number}: time agreed.", number=number)
        )
        return True

    # -- signing ------------------------------------------------------------------------------------------
    async def acknowledge(self) -> bool:
        """Sign for what was escalated; asked is who, when the acting person's role is not enough."""
        screen, view = self._screen, self._view
        needed = min((each.to for each in unsigned(view.escalations)), key=rank)
        staff = await self._staff_with(needed)
        actor: str | None = screen.acting
        if actor not in {each.name for each in staff}:
            if not staff:
                role = needed
                screen.say(
                    lambda t: t("Nobody on the staff is {role} or above.", role=terms.role(t, role))
                )
                return False
            actor = await self._choose(
                lambda t: t("Who signs for it?"), [(_person(each), each.name) for each in staff]
            )
        if actor is None:
            return False
        number, signer = view.number, actor
        await self._write(
            lambda desk: desk.acknowledge(number=number, actor=signer),
            lambda t: t("{number}: signed by {name}.", number=number, name=signer),
        )
        return True

    async def confirm_kept(self) -> bool:
        """A supervisor says that the promise was kept although the breach went on record first."""
        staff = await self._staff_with("supervisor")
        acting = self._screen.acting
        actor = acting if acting in {each.name for each in staff} else None
        if actor is None:
            actor = await self._choose(
                lambda t: t("Who confirms that it was kept?"),
                [(_person(each), each.name) for each in staff],
            )
        if actor is None:
            return False
        number, signer = self._view.number, actor
        await self._write(
            lambda desk: desk.confirm_kept(number=number, actor=signer),
            lambda t: t("{number}: confirmed as kept.", number=number),
        )
        return True

    # -- whose, what --------------------------------------------------------------------------------------
    async def assign(self) -> bool:
        """Give it to somebody."""
        screen, view = self._screen, self._view
        actor = await who_acts(screen)
        if actor is None:
            return False
        staff = sorted(
            await self._staff_with("concierge"), key=lambda each: each.name != actor
        )
        to = await self._choose(
            lambda t: t("Who takes it?"),
            [(_person(each), each.name) for each in staff],
            chosen=view.assignee or actor,
        )
        if to is None:
            return False
        number = view.number
        await self._write(
            lambda desk: desk.assign(number=number, to=to, actor=actor),
            lambda t: t("{number}: {name} takes it.", number=number, name=to),
        )
        return True

    async def change(self) -> bool:
        """Another category or grade; what would move is shown before it is saved."""
        actor = await who_acts(self._screen)
        wanted = await self._what_changes() if actor is not None else None
        if actor is None or wanted is None:
            return False
        reason: str | None = await self._ask(AskLine(lambda t: t("Why is it changed?")))
        if reason is None:
            return False
        screen, before = self._screen, self._view
        number = before.number

        def call(desk: Any, *, dry_run: bool) -> TicketView:
            view: TicketView = desk.change(
                number=number, reason=reason, actor=actor, dry_run=dry_run, **wanted
            )
            return view

        after = await screen.gateway.writing(lambda desk: call(desk, dry_run=True))
        zone, now = screen.zone, screen.now
        sure = await self._ask(
            Confirm(
                lambda t: t("Change it like this?"),
                lambda t: moved_text(before, after, screen.names_in(t.code), t, zone=zone, now=now),
                yes=lambda t: t("Change it"),
            )
        )
        if sure:
            await self._write(
                lambda desk: call(desk, dry_run=False),
                lambda t: t("{number}: changed.", number=number),
            )
        return bool(sure)

    async def _what_changes(self) -> dict[str, str] | None:
        view: TicketView = self._view
        other = "ordinary" if view.grade == "major" else "major"
        what = await self._choose(
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
        categories = await self._screen.gateway.reading(
            "categories", lambda desk: desk.categories()
        )
        code: str | None = await self._ask(
            PickDialog(lambda t: t("To which category?"), category_picks(categories))
        )
        return None if code is None else {"category": code}

    # -- help ---------------------------------------------------------------------------------------------
    @property
    def _view(self) -> Any:
        return self._screen.view

    async def _ask(self, dialog: Any) -> Any:
        return await self._screen.app.push_screen_wait(dialog)

    async def _choose(
        self,
        title: Words,
        choices: Sequence[tuple[Words, str]],
        *,
        hint: Words = "",
        chosen: str | None = None,
    ) -> str | None:
        answer: str | None = await self._ask(Choose(title, choices, hint=hint, chosen=chosen))
        return answer

    async def _staff_with(self, role: str) -> list[StaffView]:
        """Who is active and of that role or above, without the person the ticket is about."""
        staff = await self._screen.gateway.reading("ticket staff", lambda desk: desk.staff())
        about = self._view.about
        return [
            each for each in staff if each.active and each.name != about and may(each.role, role)
        ]

    async def _write(
        self, call: Callable[[Any], TicketView], said: Callable[[Language], str]
    ) -> None:
        view = await self._screen.gateway.writing(call)
        self._screen.written(view, said)


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


def _stays_broken(clock: ClockView, at: int) -> bool:
    """Whether a clock counts as broken when the ticket closes with what was done at ``at``."""
    if not clock.open:
        return clock.breached
    return at > clock.due_at


def _first_due(view: TicketView) -> ClockView | None:
    return min(
        (clock for clock in view.clocks if clock.open), key=lambda clock: clock.due_at, default=None
    )


def _person(staff: StaffView) -> Callable[[Language], str]:
    return lambda t: f"{one_line(staff.name)}  {terms.role(t, staff.role)}"


def _term(words: Callable[[Language, str], str], code: str) -> Callable[[Language], str]:
    return lambda t: words(t, code)
