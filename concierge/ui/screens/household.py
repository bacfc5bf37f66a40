"""A household's file: what matters now on top, then everything known, edited row by row."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from concierge.domain.masked_views import masked
from concierge.language import household_said as said
from concierge.language.dates import clock_time
from concierge.language.translator import Language
from concierge.services.household_views import Change, HouseholdCardNow, HouseholdFile
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line, pad
from concierge.ui.in_front import InFront
from concierge.ui.screens.forget_talk import forget
from concierge.ui.screens.household_offers import OFFERS
from concierge.ui.screens.household_talk import HouseholdTalk
from concierge.ui.screens.revealing import RevealingScreen
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.file_rows import FileShown, Ref, file_rows
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.now_lines import now_lines
from concierge.ui.widgets.paragraph import Paragraph, hanging, stacked, styled
from concierge.ui.widgets.row_list import RowList
from concierge.ui.widgets.typed_text_view import typed

FIXED = frozenset({"household", "care", "empty", "ticket"})  # rows that are never taken out


class HouseholdScreen(RevealingScreen[None]):
    """The file of one unit; its conversations are in ``HouseholdTalk``.

    Args:
        unit: Whose file, as it stands in the books.
    """

    CSS_PATH = ["../styles/ticket.tcss", "../styles/household.tcss"]
    AUTO_FOCUS = "#file"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(OFFERS)]

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit
        self.shown: FileShown | None = None
        self._masked: HouseholdFile | None = None
        self._go_to: Ref | None = None
        self._talk = HouseholdTalk(self)

    def compose(self) -> ComposeResult:
        """What matters now, the file, the commands."""
        yield HeaderLine()
        yield Paragraph(id="file-top")
        yield RowList(id="file")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read the file; follow what other terminals write."""
        self._read()
        self.watch(self.app, "board", lambda _: self._read(), init=False)

    # -- reading ------------------------------------------------------------------------------------------
    def _read(self) -> None:
        unit, viewer = self.unit, self.acting
        self.gateway.read(
            f"file {unit}",
            lambda desk: (desk.household_file(unit), desk.card_now(unit, viewer=viewer)),
            self._take,
            owner=self,
            failed=self._not_there,
        )

    def _take(self, answer: tuple[HouseholdFile, HouseholdCardNow]) -> None:
        file, card = answer
        self._masked = file
        # What is in clear for the moment stays so, whatever another terminal writes.
        kept = self.shown.file if self.shown is not None and self.in_clear else file
        names = self._desk_app.category_names(self.t.code)
        self._show(FileShown(kept, card, self.now, self.zone, names))

    def _not_there(self, error: Exception) -> None:
        app: Any = self.app
        app.call_later(app.say_failure, error)
        if self.shown is None:
            self.dismiss(None)

    def written(self, file: HouseholdFile, at: Ref | None = None) -> None:
        """Something was changed: show it, and hide what was shown in clear."""
        self.clear_until, self._masked, self._go_to = None, file, at
        if self.shown is not None:
            self._show(replace(self.shown, file=file))
        self._read()

    def show_clear(self, file: HouseholdFile) -> None:
        """Show what is masked until the time is over."""
        if self.shown is not None:
            self.keep_clear()
            self._show(replace(self.shown, file=file))
            self.leave_nothing_open()

    def masked_again(self) -> None:
        """The file masked, and the form that is open."""
        if self.shown is not None and self._masked is not None:
            self._show(replace(self.shown, file=self._masked))
            self._talk.mask()

    def clear_counts(self) -> None:
        """The top says how long it is in clear."""
        self.query_one("#file-top", Paragraph).repeat()

    def reveal(self) -> Coroutine[Any, Any, None]:
        """Show what is masked."""
        return self._talk.reveal()

    # -- showing ------------------------------------------------------------------------------------------
    def _show(self, shown: FileShown) -> None:
        self.shown = shown
        self.query_one("#file-top", Paragraph).say(self._top)
        rows = self.query_one(RowList)
        in_sight = shown if self.in_clear else masked(shown)
        rows.say(
            lambda t, _: file_rows(
                replace(in_sight, names=self._desk_app.category_names(t.code)), t
            )
        )
        if self._go_to is not None and self._go_to in rows.keys:
            rows.go_to(self._go_to)
            self._go_to = None
        self.refresh_offers()

    def _top(self, t: Language, width: int) -> Content:
        shown = self.shown
        if shown is None:
            return Content("")
        name = one_line(shown.file.members[0].name) if shown.file.members else ""
        recent = t.plural(
            "{n} ticket in 90 days", "{n} tickets in 90 days", shown.card.tickets_90_days
        )
        title = styled(f"{shown.file.unit}  {name}", "bold $primary") + styled(
            f"  {recent}", "$secondary"
        )
        if self.in_clear:
            title += "  " + self.time_left(t)
        card = shown.card if self.in_clear else masked(shown.card)
        return stacked([title, *now_lines(card, t, width)])

    def retranslate(self, t: Language) -> None:
        """The bar follows; rows and top do by themselves."""
        self.refresh_offers()

    def say(self, words: Any) -> None:
        """A short notice."""
        self.app.notify(words(self.t), markup=False)

    # -- the cursor ---------------------------------------------------------------------------------------
    @property
    def ref(self) -> Ref | None:
        """What the cursor is on."""
        key = self.query_one(RowList).key
        return key if isinstance(key, Ref) else None

    def row(self, ref: Ref) -> Any:
        """The view behind a row; None when it has gone."""
        if self.shown is None:
            return None
        file = self.shown.file
        facts = (*file.facts, *(fact for each in file.members for fact in each.facts))
        rows: dict[str, Any] = {
            "member": file.members, "vehicle": file.vehicles, "pet": file.pets, "contact": file.contacts,
            "fact": facts, "instruction": file.instructions,
        }  # fmt: skip
        return next((each for each in rows.get(ref.part, ()) if each.id == ref.id), None)

    @property
    def member(self) -> int | None:
        """Whom the row under the cursor is about."""
        ref = self.ref
        if ref is None or ref.part not in {"member", "fact"}:
            return None
        row = self.row(ref)
        member: int | None = ref.id if ref.part == "member" else getattr(row, "member_id", None)
        return member

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Other rows, other commands."""
        event.stop()
        self.refresh_offers()

    async def on_row_list_clicked(self, event: RowList.Clicked) -> None:
        """A second click opens."""
        event.stop()
        self.action_edit()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Rows that are the household's own are never taken out."""
        if command in OFFERS and command is not BACK and self.shown is None:
            return False
        if command.id == "remove":
            return self.ref is not None and self.ref.part not in FIXED
        return super().available(command)

    def in_front(self) -> InFront | None:
        """Whose file this is."""
        return InFront(unit=self.unit)

    def action_edit(self) -> None:
        """Change what is under the cursor; a ticket is opened."""
        ref, app = self.ref, self._desk_app
        if ref is not None and ref.part == "ticket":
            app.open_ticket(ref.field)
        elif ref is not None:
            self.talk(self._talk.edit(ref))

    def action_fact(self) -> None:
        """Add a fact."""
        self.talk(self._talk.fact())

    def action_add(self) -> None:
        """Add something else."""
        self.talk(self._talk.add())

    def action_remove(self) -> None:
        """Take the row out."""
        if self.ref is not None:
            self.talk(self._talk.remove(self.ref))

    def action_undo(self) -> None:
        """Take the last change back."""
        self.talk(self._talk.undo())

    def action_forget(self) -> None:
        """Forget people who moved out."""
        self.talk(forget(self))

    def read_again(self) -> None:
        """Somebody has gone from the file."""
        self.hide()
        self._read()

    def action_new(self) -> None:
        """Take a matter for this household."""
        from concierge.ui.screens.take_matter import take_matter

        take_matter(self.app, self.unit)

    def action_history(self) -> None:
        """What was changed."""
        unit = self.unit
        self.read("history", lambda desk: desk.household_history(unit), self._show_history)

    def _show_history(self, changes: tuple[Change, ...]) -> None:
        unit, zone, now = self.unit, self.zone, self.now
        here = datetime.fromtimestamp(now, zone)

        def words(t: Language, width: int) -> Content:
            lines = []
            for each in changes:
                at = clock_time(datetime.fromtimestamp(each.at, zone), here)
                head = styled(pad(at, 12), "$secondary") + styled(
                    pad(each.actor or "-", 12), "$primary"
                )
                lines.append(hanging(head, typed(one_line(said.change_line(t, each))), width))
            return stacked(lines) if lines else Content(t("Nothing was changed yet."))

        self.app.push_screen(ReadDialog(lambda t: t("{unit}: what was changed", unit=unit), words))
