"""The conversations of the intake form: saving, joining an open ticket, drafts, leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from textual.widget import Widget

from concierge.language.promise import promise_sentence
from concierge.language.translator import Language
from concierge.services.views import BoardRow, TicketView
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.intake_form import draft_line
from concierge.ui.screens.on_the_board import show_on_the_board
from concierge.ui.widgets.unit_box import UnitBox
from concierge.ui.widgets.unit_choice import UnitChoice

Gap = tuple[Widget, Callable[[Language], str]]


class Kept(Protocol):
    """What is read of a draft; a ``DraftView`` is one."""

    id: str
    received_at: int
    form: dict[str, str]


class IntakeSteps:
    """Each method is run by the screen's ``talk``, one at a time."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen

    # -- saving -------------------------------------------------------------------------------------------
    async def save(self, *, on_the_spot: bool = False) -> None:
        """Save the ticket and go back to the board; what is missing gets the focus and a sentence."""
        screen = self._screen
        if not await self._settle("unit") or not await self._settle("against"):
            return
        gap = self._gap()
        if gap is not None:
            self._point_at(*gap)
            return
        actor = await who_acts(screen)
        if actor is None:
            return
        intake = self._intake(on_the_spot=on_the_spot)
        screen.keeper.hold()
        try:
            view = await screen.gateway.writing(
                lambda desk: desk.add_ticket(intake=intake, actor=actor)
            )
        except BaseException:
            screen.keeper.go_on()
            raise
        self._leave_for(view.id)
        self._say_saved(view)

    async def _settle(self, name: str) -> bool:
        """Know which household is meant; False when nobody said."""
        fields, gateway = self._screen.fields, self._screen.gateway
        box: UnitBox = fields.unit_box(name)
        text = box.text
        if not box.display or not text.strip() or box.choice is not None:
            return True
        if box.answered != text:
            box.answer(text, await gateway.reading(lambda desk: desk.find_household(text)))
        box.settle()
        if not box.doubtful:
            return True
        choice: UnitChoice | None = await self._screen.app.push_screen_wait(
            Choose(
                lambda t: t("Which household is it?"),
                [(one_line(f"{each.unit}  {each.name}"), each) for each in box.doubtful],
            )
        )
        if choice is not None:
            box.take(choice)
        return choice is not None

    def _gap(self) -> Gap | None:
        """What is missing or cannot be understood: the field to go to, and what to say."""
        screen = self._screen
        fields = screen.fields
        if fields.received.wrong is not None:
            return fields.received.box, lambda t: t("The received time cannot be right: mend it.")
        if not fields.words.text.strip():
            return fields.words.area, lambda t: t("Write down what was said.")
        if screen.category is None:
            return fields.pick_box("category").field.box, lambda t: t("Choose a category.")
        if screen.wanted.display and screen.wanted.wrong is not None:
            return screen.wanted.box, lambda t: t("The time wanted cannot be right: mend it.")
        reason = fields.line("late_reason")
        if fields.received.late and not reason.value.strip():
            reason.display = True
            return reason.box, lambda t: t(
                "This was more than 5 minutes ago: say why it is logged only now."
            )
        return None

    def _point_at(self, widget: Widget, words: Callable[[Language], str]) -> None:
        widget.focus()
        self._screen.notify(words(self._screen.t), severity="warning", markup=False)

    def _intake(self, *, on_the_spot: bool) -> Any:
        from concierge.services.intake import Intake

        screen, t = self._screen, self._screen.t
        fields, category = screen.fields, screen.category
        unit, against = fields.unit_box("unit").choice, fields.unit_box("against")
        about = fields.pick_box("about")
        answered = None
        if on_the_spot and category.kind == "inquiry":
            answered = fields.said("answer") or t("Answered on the spot, by word of mouth.")
        wanted = screen.wanted.at if screen.wanted.display else None
        place = fields.said("place")
        if unit is not None and unit.place is not None:
            place = unit.place if place is None else f"{unit.place}, {place}"
        return Intake(
            category=category.code,
            words=fields.words.text,
            unit=unit.unit if unit else None,
            place=place,
            against=against.choice.text if against.display and against.choice else None,
            about=about.value if about.display else None,
            caller=fields.said("caller"),
            phone=fields.said("phone"),
            channel=fields.pick_box("channel").value or "desk",
            grade="major" if screen.repeats.taken else None,
            offered=screen.repeats.offered,
            received_at=fields.received.at,
            late_reason=fields.said("late_reason"),
            agreed_at=wanted,
            agreed_with=self._agreed_with() if wanted is not None else None,
            consent=fields.said("consent"),
            answered=answered,
            confirmed=on_the_spot and category.kind == "errand",
            unverified=True,  # a unit nobody knows never blocks
            draft=screen.keeper.id,
        )

    def _agreed_with(self) -> str | None:
        """With whom a time was agreed: who speaks, else who lives there, else the unit."""
        fields = self._screen.fields
        choice: UnitChoice | None = fields.unit_box("unit").choice
        caller: str | None = fields.said("caller")
        return caller or (choice and (choice.name or choice.text)) or None

    def _say_saved(self, view: TicketView) -> None:
        screen = self._screen
        t = screen.t
        promise = promise_sentence(t, view.kind, view.clocks, screen.zone, screen.now)
        screen.app.notify(
            promise, title=t("{number} is saved", number=view.number), timeout=10, markup=False
        )
        if view.cleaned:
            screen.app.notify(
                t("Control characters in what was typed were taken out."),
                severity="warning",
                markup=False,
            )

    def _leave_for(self, ticket_id: int) -> None:
        show_on_the_board(self._screen.app, ticket_id)
        self._screen.dismiss(None)

    # -- joining ------------------------------------------------------------------------------------------
    async def join(self) -> None:
        """Add the words as a note to what is open there, instead of a second ticket."""
        screen = self._screen
        words = screen.fields.words.text
        if not words.strip():
            self._point_at(screen.fields.words.area, lambda t: t("Write down what was said."))
            return
        row = await self._which(screen.open_here)
        actor = await who_acts(screen) if row is not None else None
        if row is None or actor is None:
            return
        screen.keeper.hold()
        number, draft = row.number, screen.keeper.id
        try:
            await screen.gateway.writing(
                lambda desk: desk.note(number=number, text=words, actor=actor, draft=draft)
            )
        except BaseException:
            screen.keeper.go_on()
            raise
        self._leave_for(row.ticket_id)
        screen.app.notify(screen.t("Added to {number}.", number=number), markup=False)

    async def _which(self, rows: Sequence[BoardRow]) -> BoardRow | None:
        if len(rows) == 1:
            return rows[0]
        names: Mapping[str, str] = self._screen.desk_app.category_names(self._screen.t.code)
        row: BoardRow | None = await self._screen.app.push_screen_wait(
            Choose(
                lambda t: t("Add to which ticket?"),
                [
                    (one_line(f"{row.number}  {names.get(row.category, row.category)}"), row)
                    for row in rows
                ],
            )
        )
        return row

    # -- drafts -------------------------------------------------------------------------------------------
    async def offer(self, drafts: Sequence[Kept]) -> None:
        """Offer what was begun and not saved; Escape or the last choice begins anew."""
        screen = self._screen
        new: tuple[Callable[[Language], str], Kept | None] = (
            lambda t: t("Take a new matter"),
            None,
        )
        lines = [
            (draft_line(each.form, each.received_at, screen.now, screen.zone), each)
            for each in drafts
        ]
        draft: Kept | None = await screen.app.push_screen_wait(
            Choose(
                lambda t: t("Not saved yet"),
                [*lines, new],
                hint=lambda t: t("Go on with what was begun, or press Esc for a new matter."),
                chosen=drafts[0],
            )
        )
        if draft is not None:
            screen.keeper.id = draft.id
            screen.fields.received.restore(draft.received_at)
            screen.fields.fill(draft.form)

    async def leave(self) -> None:
        """Go back; typed words are kept as a draft or thrown away on record, never lost by a key.

        In the question Enter keeps a draft and leaves, Escape goes on typing: each key means one thing.
        """
        screen = self._screen
        if not screen.fields.form():
            screen.dismiss(None)
            return
        answer = await self._ask_to_leave()
        if answer == "keep":
            screen.keeper.keep()
            screen.app.notify(screen.t("Kept as a draft: F2 offers it again."), markup=False)
        elif answer == "discard":
            await self._discard()
        else:
            return
        screen.desk_app.reload()
        screen.dismiss(None)

    async def _ask_to_leave(self) -> str | None:
        answer: str | None = await self._screen.app.push_screen_wait(
            Choose(
                lambda t: t("Leave the form?"),
                [
                    (lambda t: t("Keep it as a draft and leave"), "keep"),
                    (lambda t: t("Throw it away (this is logged)"), "discard"),
                    (lambda t: t("Go on typing"), "stay"),
                ],
                hint=lambda t: t(
                    "Enter keeps a draft and leaves, 2 throws it away, Esc goes on typing."
                ),
            )
        )
        return answer

    async def _discard(self) -> None:
        screen = self._screen
        screen.keeper.hold()
        draft, actor = screen.keeper.id, screen.acting
        received_at, form = screen.fields.received.at, screen.fields.form()

        def discard(desk: Any) -> None:
            # What was never written would leave no trace: discarded words are a fact of the log.
            desk.save_draft(draft=draft, received_at=received_at, form=form)
            desk.discard_draft(draft=draft, actor=actor)

        await screen.gateway.writing(discard)
