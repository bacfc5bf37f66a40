"""The first steps of a new property: language, name, staff, roster. Nothing is made before all is known."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from concierge.domain.roles import ROLES
from concierge.language import terms
from concierge.language.translator import LANGUAGES, Language, later
from concierge.language.translator import language as language_of
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.failures import failure_sentence
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.dialogs import Confirm
from concierge.ui.screens.first_steps_roster import FirstRoster
from concierge.ui.screens.first_steps_text import STEPS, Person, step_text, step_title
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.paragraph import Paragraph, styled
from concierge.ui.widgets.pick_box import PickBox
from concierge.ui.widgets.pick_list import Pick
from concierge.ui.widgets.roster_progress import RosterProgress

WORK_HERE = frozenset(
    {"language", "colours", "help", "quit", "commands", "go_on", "back", "take_back"}
)

OFFERS = (
    Command("go_on", "enter", later("go on"), later("Go on to the next step"), show=99),
    Command("take_back", "ctrl+r", later("take the last one out"),
            later("Take the last member of staff out again"), show=90),
    BACK,
)  # fmt: skip


class FirstStepsScreen(DeskScreen[None]):
    """Four questions, then the board. Founding commits at once; the roster can wait."""

    CSS_PATH = "../styles/first_steps.tcss"
    AUTO_FOCUS = ""
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS),
        Binding("1", "speak('zh')", show=False),
        Binding("2", "speak('en')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.step = "language"
        self.people: list[Person] = []
        self._wrong: Callable[[Language], str] | None = None
        self._roster = FirstRoster(self)
        self._founded = False
        self._busy = False

    def compose(self) -> ComposeResult:
        """A box with the question at hand."""
        with VerticalScroll(id="first-steps", can_focus=False), Vertical(id="first-box"):
            yield Paragraph(id="first-title")
            yield Paragraph(id="first-text")
            with Vertical(id="step-name", classes="step"):
                yield Field(later("Name"), later("such as Jade Garden"), id="property")
            with Vertical(id="step-staff", classes="step"):
                yield Field(later("Full name"), later("empty: everybody is there"), id="person")
                yield PickBox(later("Role"), later("number"), id="role")
                yield Field(later("Phone"), later("to ring when something escalates"), id="phone")
            with Vertical(id="step-roster", classes="step"):
                yield Field(later("File"), later(".xlsx, .xls or .csv; empty: later"), id="roster")
                yield RosterProgress(id="first-bar")
            yield Paragraph(id="first-preview")
            yield Paragraph(id="first-wrong")
        yield CommandBar()

    def on_mount(self) -> None:
        """Begin."""
        picks = [
            Pick(role, *(terms.role(language_of(code), role) for code in LANGUAGES))
            for role in ROLES
        ]
        self.query_one(PickBox).load(picks)
        self.query_one("#first-title", Paragraph).say(lambda t, _: step_title(self.step, t))
        self.query_one("#first-text", Paragraph).say(
            lambda t, _: step_text(self.step, self.people, t)
        )
        self.query_one("#first-preview", Paragraph).say(self._roster.preview)
        self.query_one("#first-wrong", Paragraph).say(
            lambda t, _: styled(self._wrong(t), "bold $error") if self._wrong else Content("")
        )
        self._go_to("language")

    # -- showing ------------------------------------------------------------------------------------------
    def _go_to(self, step: str) -> None:
        self.step, self._wrong = step, None
        for box in self.query(".step"):
            box.display = box.id == f"step-{step}"
        first = {"name": "property", "staff": "person", "roster": "roster"}.get(step)
        if first is None:
            self.set_focus(None)
        else:
            self.query_one(f"#{first}", Field).box.focus()
        self.show()

    def show(self) -> None:
        """Say everything as it is now."""
        for part in self.query(Paragraph):
            part.repeat()
        self.refresh_offers()

    def retranslate(self, t: Language) -> None:
        """The paragraphs and fields follow by themselves."""
        self.refresh_offers()

    # -- going on -----------------------------------------------------------------------------------------
    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self.action_go_on()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another file asks for another preview; what was wrong may be right now."""
        event.stop()
        self._wrong = None
        if event.input.id == "roster-box":
            self._roster.seen = None
        self.show()

    def action_go_on(self) -> None:
        """Take what stands there and go on."""
        if self.step == "language":
            self._go_to("name")
        elif self.step == "name":
            if self.value("property"):
                self._go_to("staff")
            else:
                self._refuse(lambda t: t("Write the name of the property."))
        elif self.step == "staff":
            self._take_person()
        elif self._roster.seen is not None:
            self._start(self._roster.take_over())
        else:
            self._start(self._roster.look())

    def _take_person(self) -> None:
        name, role = self.value("person"), self.query_one(PickBox)
        focused = self.focused
        if not name and self.people:
            self._start(self._found())
        elif not name:
            self._refuse(lambda t: t("Name at least one member of staff."))
        elif focused is self._box("person"):
            role.field.box.focus()
        elif role.value is None:
            self._refuse(lambda t: t("Choose a role by its number."))
            role.field.box.focus()
        elif focused is role.field.box:
            self._box("phone").focus()
        elif name in {each.name for each in self.people}:
            self._refuse(lambda t: t("{name} is on the list already.", name=name))
        else:
            self.people.append(Person(name, role.value, self.value("phone") or None))
            for field in ("person", "phone"):
                self._box(field).value = ""
            role.text = ""
            self._go_to("staff")

    async def _found(self) -> None:
        from concierge.services.staffing import NewStaff

        name, code = self.value("property"), self.t.code
        staff = tuple(NewStaff(each.name, each.role, each.phone) for each in self.people)
        await self.gateway.writing(lambda desk: desk.found(name=name, language=code, staff=staff))
        self._founded = True
        self._go_to("roster")

    # -- going back ---------------------------------------------------------------------------------------
    def action_back(self) -> None:
        """The step before; nothing typed is lost. Once the property is there, the roster can wait."""
        if self._roster.progress.call_off():
            return
        if self.step == "roster" and self._roster.seen is not None:
            self._roster.seen = None
            self.show()
        elif self.step == "roster":
            self.dismiss(None)
        elif self.step == "language":
            self._start(self._leave())
        else:
            self._go_to(STEPS[STEPS.index(self.step) - 1])

    async def _leave(self) -> None:
        sure = await self.app.push_screen_wait(
            Confirm(
                lambda t: t("Leave without setting up?"),
                lambda t: t("Nothing has been made yet."),
                yes=lambda t: t("Leave"),
            )
        )
        if sure:
            self.app.exit()

    def action_take_back(self) -> None:
        """The last one on the list was a mistake."""
        if self.people:
            last = self.people.pop()
            self._box("person").value = last.name
            self.show()

    def action_speak(self, code: str) -> None:
        """A language was picked by its number."""
        self._desk_app.language = code
        self._go_to("name")

    def action_language(self) -> None:
        """Ctrl+B: there is no store yet that could keep it, so it is only shown."""
        self._desk_app.language = "en" if self.t.code == "zh" else "zh"
        if self._founded:
            code = self.t.code
            self.write(lambda desk: desk.set_language(code))
        self.show()

    # -- help ---------------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """There is no desk yet, so little works."""
        if command.id == "take_back":
            return self.step == "staff" and bool(self.people)
        return command.id in WORK_HERE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The digits pick a language only while languages are asked for."""
        return self.step == "language" if action == "speak" else True

    def _box(self, name: str) -> Input:
        return self.query_one(f"#{name}", Field).box

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self._box(name).value.strip()

    def nothing_wrong(self) -> None:
        """Something else is tried: what was wrong is taken back."""
        self._wrong = None
        self.show()

    def _refuse(self, words: Callable[[Language], str]) -> None:
        self._wrong = words
        self.show()

    def _start(self, conversation: Coroutine[Any, Any, object]) -> None:
        """One thing at a time; what is refused stands under the question, for there is no desk to say it."""
        if self._busy:
            conversation.close()
            return
        self._busy = True

        async def once() -> None:
            try:
                await conversation
            except Exception as error:  # noqa: BLE001  (whatever it is, it is said where it was typed)
                self._refuse(_said(error))
            finally:
                self._busy = False

        self.run_worker(once(), group="steps", exit_on_error=False)


def _said(error: Exception) -> Callable[[Language], str]:
    return lambda t: failure_sentence(error, t, zone=ZoneInfo("UTC"), now=None)
