"""The box that takes a unit in any spelling, a phone or plate tail, a name, pinyin, a pet, a word, a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from concierge.language.translator import Language
from concierge.services.hits import HouseholdHit
from concierge.ui.format import one_line
from concierge.ui.painting import paint_now
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.hit_list import HitList, hit_line
from concierge.ui.widgets.unit_choice import UnitChoice, choices_of, exact, settled


class UnitBox(Vertical):
    """Asks for hits as one types; Enter takes the marked one, and so does whoever goes on by Tab.

    A unit nobody knows is therefore only taken where no household was marked before it, or by the arrows.

    Args:
        label: What it is called (a msgid).
        hint: What may be typed (a msgid).
        id: The field's name.
        eager: Whether Enter waits for the hits and takes the first; else only one the arrows went to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    class _Said(Message):
        """What the box says of itself."""

        def __init__(self, box: UnitBox) -> None:
            super().__init__()
            self.box = box

        @property
        def control(self) -> UnitBox:
            """The box it happened in."""
            return self.box

    class Asked(_Said):
        """Something was typed: hits are wanted through ``answer``."""

    class Taken(_Said):
        """Another choice is taken, or none."""

    class Done(_Said):
        """Enter: on to the next field."""

    def __init__(self, label: str, hint: str, *, id: str, eager: bool = True) -> None:
        super().__init__(id=id, classes="unit-box")
        self._label = label
        self._hint = hint
        self._eager = eager
        self.answered: str | None = None
        """The text whose hits are here."""
        self._waits = ""  # "enter", "leave" or "put", until the answer for what was typed is here
        self._waits_for = ""
        self._pointed = False  # the arrows were used on this answer
        self.choice: UnitChoice | None = None

    def compose(self) -> ComposeResult:
        """The line, and the hits."""
        yield Field(self._label, self._hint, id=f"{self.id}-line")
        yield HitList(hit_line, first=0 if self._eager else -1)

    @property
    def field(self) -> Field:
        """The line in which it is typed."""
        return self.query_one(Field)

    @property
    def hits(self) -> HitList[UnitChoice]:
        """The readings."""
        return self.query_one(HitList)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.field.value

    @property
    def doubtful(self) -> tuple[UnitChoice, ...]:
        """The households it may be, where only a person can tell."""
        known = exact(self.text, self._answer)
        return known if self.choice is None and len(known) > 1 else ()

    @property
    def _answer(self) -> tuple[UnitChoice, ...]:
        """The hits, if they are those of what stands in the box by now."""
        return self.hits.choices if self.answered == self.text else ()

    def put(self, text: str) -> None:
        """Fill in what was taken before: it stays what it was, whoever else is found by it."""
        self._wait("put", text)
        self.field.value = text

    # -- typing -------------------------------------------------------------------------------------------
    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed: what was taken before is no longer meant."""
        event.stop()
        if self.choice is not None and event.value == self.choice.text:
            return
        # Keys that come at once may be left before they are heard of here: what counts is what stands there.
        if self.text != self._waits_for:
            self._waits = ""
        self.answered = None
        self.take(None)
        if event.value.strip():
            # The hits before stay in sight until these are here: blinking away costs two layouts a key.
            self.post_message(self.Asked(self))
        else:
            self.hits.load(())
            self._mark()

    def answer(self, text: str, hits: Sequence[HouseholdHit]) -> None:
        """Take what was found for a text; ignored when something else stands in the box by now."""
        if text != self.text or self.choice is not None:
            return
        self.answered, self._pointed = text, False
        self.hits.load(choices_of(text, hits))
        self._open(wanted=self.has_class("-open"))
        self._mark()
        paint_now(self.hits)
        waits, self._waits = self._waits, ""
        if waits == "put":
            self._settle_put()
        elif waits:
            self.settle()

    # -- taking -------------------------------------------------------------------------------------------
    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the choice under the cursor and goes on."""
        event.stop()
        if not self.text.strip() or self.choice is not None:
            self.post_message(self.Done(self))
        elif not self._eager and not (self.answered == self.text and self.hits.chosen is not None):
            self.settle()
            self.post_message(self.Done(self))
        elif self.answered == self.text:
            self._enter()
        else:
            # Nobody waits for a search: what it finds is taken when it is here.
            self._wait("enter", self.text)
            self.post_message(self.Done(self))

    def _enter(self) -> None:
        self.take(self.hits.chosen)
        self.post_message(self.Done(self))

    def on_hit_list_clicked(self, event: HitList.Clicked) -> None:
        """A click takes a line."""
        event.stop()
        self.take(self.hits.choices[event.at])
        self.post_message(self.Done(self))

    def action_step(self, by: int) -> None:
        """Move among the hits."""
        self.hits.step(by)
        self._pointed = True

    def take(self, choice: UnitChoice | None) -> None:
        """Take a choice, or none."""
        if choice == self.choice:
            return
        self.choice = choice
        if choice is not None:
            with self.prevent(Input.Changed):
                self.field.value = choice.text
            self._open(wanted=False)
        self._mark()
        self.post_message(self.Taken(self))

    def settle(self) -> None:
        """Go on: the marked line is meant, as by Enter, unless only a person can tell."""
        if self.choice is None:
            self.take(self._meant())
            self._mark()

    def _meant(self) -> UnitChoice | None:
        if self.doubtful and not self._pointed:
            return None
        marked = self.hits.chosen if self._answer else None
        return marked or settled(self.text, self._answer)

    def _settle_put(self) -> None:
        kept = settled(self.text, self._answer)
        if kept is not None and (kept.verified or kept.text == self.text.strip()):
            self.take(kept)
        else:
            self.settle()

    def _wait(self, waits: str, text: str) -> None:
        self._waits, self._waits_for = waits, text

    # -- focus --------------------------------------------------------------------------------------------
    def on_descendant_focus(self) -> None:
        """Show the hits, if nothing is taken."""
        if self._waits == "leave":
            self._waits = ""  # somebody is back, to go on typing
        self._open(wanted=True)

    def on_descendant_blur(self) -> None:
        """Whoever goes on takes what is marked; whoever looks at another window has not gone on."""
        self._open(wanted=False)
        if not self.app.app_focus:
            return
        if self.answered == self.text:
            self.settle()
        elif self.text.strip() and self.choice is None and not self._waits:
            self._wait("leave", self.text)

    def _open(self, *, wanted: bool) -> None:
        self.set_class(wanted, "-open")
        self.hits.display = wanted and bool(self.hits.choices) and self.choice is None

    # -- what the desk makes of it ------------------------------------------------------------------------
    def _mark(self) -> None:
        self.field.note(self._note)

    def _keys(self, t: Language) -> str:
        """What Enter and Tab take."""
        if not self._eager or not self._answer:
            return ""
        if len(self._answer) == 1:
            return t("Enter/Tab: this line")
        return t("Enter/Tab: marked line. Up/Down: another")

    def _note(self, t: Language) -> Content:
        choice = self.choice
        if choice is None:
            units = [each.unit or "" for each in self.doubtful]
            if self.answered == self.text and units:
                return Content(t("which one? Up, Down, Enter")).stylize("$warning")
            return Content(self._keys(t)).stylize("$secondary")
        if choice.verified:
            return Content(one_line(choice.name or "")).stylize("bold $success")
        said = (
            t("not in the books: check it, or it is kept as typed")
            if choice.unit
            else t("kept as a place")
        )
        # A unit nobody knows is a slip as often as not, and by then one types somewhere else: it is loud.
        return Content(f" ! {said} " if choice.unit else said).stylize(
            "bold reverse $warning" if choice.unit else "$warning"
        )
