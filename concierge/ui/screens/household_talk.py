"""What is asked before a household's file is changed, and what is shown of its past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from concierge.domain.household_file import CareFlag
from concierge.domain.refusal import Refusal
from concierge.language import household_said as said
from concierge.language import household_terms as terms
from concierge.language.dates import moment
from concierge.language.instruction_said import holds
from concierge.language.translator import Language
from concierge.services.household_views import ENTERED, Change, HouseholdFile
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm, Words
from concierge.ui.screens.fact_talk import ask_consent, hear_fact
from concierge.ui.screens.part_form import FIELDS, HINTS, Line, PartForm, Values
from concierge.ui.screens.part_rows import Put, adding, editing, lines_of
from concierge.ui.widgets.file_rows import HOUSEHOLD_FIELDS, Ref

ADDED = ("fact", "instruction", "member", "vehicle", "pet", "contact")
NOTHING = ""


class HouseholdTalk:
    """Asks over the file's screen and hands it the file as it is after that."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is a ``HouseholdScreen``, which imports the conversations."""
        self.screen = screen
        self._form_open: tuple[PartForm, Callable[[], tuple[Line, ...]]] | None = None

    @property
    def _file(self) -> Any:
        return self.screen.shown.file

    async def _ask(self, dialog: Any) -> Any:
        return await self.screen.app.push_screen_wait(dialog)

    async def _write(self, call: Callable[[Any, str], HouseholdFile]) -> bool:
        actor = await who_acts(self.screen)
        if actor is None:
            return False
        file = await self.screen.gateway.writing(lambda desk: call(desk, actor))
        self.screen.written(file)
        return True

    # -- adding -------------------------------------------------------------------------------------------
    async def fact(self) -> None:
        """What was heard, about whoever the cursor is on."""
        file = await hear_fact(self.screen, self._file.unit, member=self.screen.member)
        if file is not None:
            before = {fact.id for fact in _facts(self._file)}
            self.screen.written(file, next((Ref("fact", each.id) for each in _facts(file)
                                            if each.id not in before), None))  # fmt: skip

    async def add(self) -> None:
        """Something else: chosen by a digit, then a form."""
        part = await self._ask(
            Choose(lambda t: t("Add what?"), [(_term(terms.part, each), each) for each in ADDED])
        )
        if part == "fact":
            await self.fact()
        elif part is not None:
            lines = tuple(Line(name) for name in FIELDS[part])
            await self._form(part, lambda: lines, adding(self._file.unit, part))

    async def _form(self, part: str, lines: Callable[[], tuple[Line, ...]], put: Put) -> None:
        """Show a form until what it holds is taken, or somebody turns back in it."""
        typed: Values = {}
        wrong: Words = ""
        at: str | None = None
        while values := await self._show_form(part, lines, typed=typed, wrong=wrong, at=at):
            typed, wrong, at = values, "", None
            try:
                if await self._take(put, values):
                    return
            except Refusal as refused:
                wrong, at = self._why(refused), str(refused.values.get("field"))

    async def _show_form(
        self, part: str, lines: Callable[[], tuple[Line, ...]], **before: Any
    ) -> Values | None:
        becomes = holds if part == "instruction" else None
        form = PartForm(_term(terms.part, part), lines(), becomes=becomes, **before)
        self._form_open = form, lines
        try:
            values: Values | None = await self._ask(form)
            return values
        finally:
            self._form_open = None

    def mask(self) -> None:
        """What is masked is hidden again: in the form that is open too."""
        if self._form_open is not None:
            form, lines = self._form_open
            form.mask(lines())

    async def _take(self, put: Put, values: Values) -> bool:
        """Write it down, with who agreed where that is needed; False when somebody turned back."""
        try:
            return await self._write(lambda desk, actor: put(desk, actor, values))
        except Refusal as refused:
            if refused.code != "consent.missing":
                raise
        agreed = await ask_consent(self.screen, self._file)
        if agreed is None:
            return False
        by, scope = agreed
        more = {"consent_by": by, "consent_scope": scope} if by else {"ask_later": "1"}
        return await self._write(lambda desk, actor: put(desk, actor, {**values, **more}))

    def _lines(self, ref: Ref, row: Any) -> tuple[Line, ...]:
        """A row's fields as they are shown at this moment; nothing of a row that has gone meanwhile."""
        found = self.screen.row(ref)
        if found is not None:
            return lines_of(ref.part, found)
        return tuple(replace(line, masked=True) for line in lines_of(ref.part, row))

    def _why(self, refused: Refusal) -> Words:
        zone, now = self.screen.zone, self.screen.now
        return lambda t: failure_sentence(refused, t, zone=zone, now=now)

    # -- changing -----------------------------------------------------------------------------------------
    async def edit(self, ref: Ref) -> None:
        """Change the row under the cursor."""
        if ref.part == "household":
            await self._field(ref.field)
        elif ref.part == "empty":
            empty = [name for name in HOUSEHOLD_FIELDS if getattr(self._file, name) is None]
            name = await self._ask(
                Choose(
                    lambda t: t("Fill in what?"),
                    [(_term(terms.field, each), each) for each in empty],
                )
            )
            if name is not None:
                await self._field(name)
        elif ref.part == "care":
            await self._care()
        else:
            row = self.screen.row(ref)
            if row is not None:
                # Asked for again and again: what stood in clear at first is masked when its time is over.
                await self._form(
                    ref.part, lambda: self._lines(ref, row), editing(self._file.unit, ref)
                )

    async def _field(self, name: str) -> None:
        """One field of the household, by digit or in a line."""
        codes, stored = said.choices_of(name), getattr(self._file, name)
        unit, wrong, text = self._file.unit, "", "" if stored is None else str(stored)
        while True:
            title = _term(terms.field, name)
            if codes is not None:
                choices: list[tuple[Words, str]] = [
                    (_term(_value(name), each), each) for each in codes
                ]
                choices.append((lambda t: t("nothing"), NOTHING))
                answer = await self._ask(Choose(title, choices, chosen=stored))
            else:
                hint = wrong or HINTS.get(name, "")
                answer = await self._ask(AskLine(title, _said(hint), value=text, needed=False))
            if answer is None or answer == text:
                return
            values = {name: answer or None}
            try:
                await self._write(
                    lambda desk, actor: desk.set_household(unit=unit, values=values, actor=actor)  # noqa: B023
                )
            except Refusal as refused:
                wrong = failure_sentence(
                    refused, self.screen.t, zone=self.screen.zone, now=self.screen.now
                )
                text = answer
            else:
                return

    async def _care(self) -> None:
        """A flag by its digit: set if it was not, else taken off."""
        flags, unit = self._file.care_flags, self._file.unit
        flag = await self._ask(
            Choose(
                lambda t: t("Who needs more care?"),
                [(_flag(each, each in flags), each.value) for each in CareFlag],
            )
        )
        if flag is not None:
            # Only what was changed: another desk may have changed another flag meanwhile.
            marks = {flag: flag not in flags}
            await self._write(
                lambda desk, actor: desk.mark_care(unit=unit, marks=marks, actor=actor)
            )

    # -- taking out, taking back ---------------------------------------------------------------------------
    async def remove(self, ref: Ref) -> None:
        """End an instruction, or take a row out; it can be taken back."""
        unit = self._file.unit
        if ref.part == "instruction":
            choice = await self._ask(
                Choose(
                    lambda t: t("This instruction"),
                    [
                        (lambda t: t("ends now"), "end"),
                        (lambda t: t("was never given: take it out"), "remove"),
                    ],
                )
            )
            if choice is not None:
                await self._write(lambda desk, actor: getattr(desk, f"{choice}_instruction")(
                    unit=unit, instruction=ref.id, actor=actor))  # fmt: skip
            return
        title = _term(terms.part, ref.part)
        if await self._ask(
            Confirm(title, lambda t: t("Take it out of the file? F7 takes that back."))
        ):
            if ref.part == "fact":
                await self._write(
                    lambda desk, actor: desk.remove_fact(unit=unit, fact=ref.id, actor=actor)
                )
            else:
                await self._write(lambda desk, actor: desk.remove_part(
                    unit=unit, part=ref.part, row=ref.id, actor=actor))  # fmt: skip

    async def undo(self) -> None:
        """Take back the last change, which is shown before."""
        unit = self._file.unit
        changes: tuple[Change, ...] = await self.screen.gateway.reading(
            lambda desk: desk.household_history(unit)
        )
        last = next(
            (
                each
                for each in changes
                if each.undoes is None and not each.undone and each.act != ENTERED
            ),
            None,
        )
        if last is not None and not await self._ask(
            Confirm(
                lambda t: t("Take back the last change?"),
                lambda t: self._by_whom(t, last),
                yes=lambda t: t("Take it back"),
            )
        ):
            return
        shown = None if last is None else last.event_id
        if await self._write(
            lambda desk, actor: desk.undo_household(unit=unit, actor=actor, event=shown)
        ):
            past: tuple[Change, ...] = await self.screen.gateway.reading(
                lambda desk: desk.household_history(unit, limit=1)
            )
            for change in past:
                self.screen.say(lambda t, change=change: one_line(said.change_line(t, change)))

    def _by_whom(self, t: Language, change: Change) -> str:
        """A change with who made it and when: it may have been another terminal."""
        zone = self.screen.zone
        at, here = (datetime.fromtimestamp(each, zone) for each in (change.at, self.screen.now))
        who = one_line(change.actor) if change.actor else t("nobody by name")
        head = t("{who}, {when}:", who=who, when=moment(t, at, here))
        return f"{head}\n{one_line(said.change_line(t, change))}"

    async def reveal(self) -> None:
        """Show what is masked for a short while; it is on record who looked."""
        actor = await who_acts(self.screen)
        if actor is not None:
            unit = self._file.unit
            file = await self.screen.gateway.writing(
                lambda desk: desk.reveal(unit=unit, what="all", actor=actor)
            )
            self.screen.show_clear(file)


def _facts(file: HouseholdFile) -> list[Any]:
    return [*file.facts, *(fact for person in file.members for fact in person.facts)]


def _term(words: Callable[[Language, str], str], code: str) -> Words:
    return lambda t: words(t, code)


def _value(field: str) -> Callable[[Language, str], str]:
    return lambda t, code: said.value(t, field, code)


def _said(text: str) -> Words:
    return lambda t: t(text) if text else ""


def _flag(flag: CareFlag, on: bool) -> Words:  # noqa: FBT001  (a mark in a list)
    mark = "[x] " if on else "[ ] "
    return lambda t: mark + terms.care_flag(t, flag)
