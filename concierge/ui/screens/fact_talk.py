"""Writing down what was heard of a household: about what, in which words, and who agreed where needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from concierge.domain.household_file import Aspect, birthday
from concierge.domain.refusal import Refusal
from concierge.language import household_terms as terms
from concierge.language.translator import Language, later
from concierge.services.household_views import HouseholdFile
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Choose, Words, say
from concierge.ui.widgets.typed_text_view import typed

if TYPE_CHECKING:  # it lives beside the store, which is imported only when something is written
    from concierge.services.facts import NewFact

ROW_OF_KEYS = "1234567890-="
"""One key each for twelve aspects, as they lie side by side; an input method leaves them alone."""
_KEYS = dict(zip(("minus", "equals_sign"), (11, 12), strict=True))
LATER, SOMEBODY_ELSE = "later", "else"
_ON_WHICH_DAY = later("On which day? 05-06 every year, or 2027-05-06.")


@dataclass(frozen=True, slots=True)
class About:
    """What a fact is about, and whom; None for the whole household."""

    aspect: str
    member: int | None


class ChooseAspect(Choose[About]):
    """Twelve aspects, one key each; Tab goes from the household to each of its people."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "pick(10)", show=False),
        *(Binding(key, f"pick({at})", show=False) for key, at in _KEYS.items()),
        Binding("tab", "whom(1)", show=False, priority=True),
        Binding("shift+tab", "whom(-1)", show=False, priority=True),
    ]

    def __init__(self, title: Words, people: Sequence[tuple[int, str]], member: int | None) -> None:
        self._people: list[tuple[int | None, str]] = [(None, ""), *people]
        self._whom = next((at for at, each in enumerate(self._people) if each[0] == member), 0)
        choices = [(_aspect_words(each), About(each.value, member)) for each in Aspect]
        super().__init__(title, choices, hint=self._about)

    def _about(self, t: Language) -> str:
        name = one_line(self._people[self._whom][1]) or t("the whole household")
        said = t("about: {whom}", whom=name)
        return said if len(self._people) == 1 else said + "  " + t("(Tab: somebody else)")

    def retranslate(self, t: Language) -> None:
        """Number them by the row of keys."""
        super().retranslate(t)
        choices = self.query_one(OptionList)
        choices.add_class("-twelve")
        for nth, (key, aspect) in enumerate(zip(ROW_OF_KEYS, Aspect, strict=True)):
            words = Content(f"{key} ") + typed(terms.aspect(t, aspect))
            choices.replace_option_prompt_at_index(nth, words)

    def action_whom(self, by: int) -> None:
        """About somebody else."""
        self._whom = (self._whom + by) % len(self._people)
        super().retranslate(self.t)
        self.retranslate(self.t)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.action_pick(event.option_index + 1)

    def action_pick(self, digit: int) -> None:
        """A key of the row."""
        aspect = list(Aspect)[digit - 1]
        self.dismiss(About(aspect.value, self._people[self._whom][0]))


def _aspect_words(aspect: Aspect) -> Words:
    return lambda t: terms.aspect(t, aspect)


async def hear_fact(
    screen: Any, unit: str, *, member: int | None = None, first: Aspect | None = None
) -> HouseholdFile | None:
    """Ask for a fact about a household and write it down; await it inside ``steps``.

    Args:
        screen: A screen of the desk.
        unit: Whose.
        member: Whom it is about, None for the whole household; changeable.
        first: What it is about, where that is known.

    Returns:
        The file after it, None when somebody turned back.
    """
    actor = await who_acts(screen)
    if actor is None:
        return None
    file: HouseholdFile = await screen.gateway.reading(lambda desk: desk.household_file(unit))
    people = [(each.id, each.name) for each in file.members if each.moved_out is None]
    about = About(first.value, member) if first else None
    about = about or await screen.app.push_screen_wait(
        ChooseAspect(lambda t: t("{unit}: what was heard?", unit=file.unit), people, member)
    )
    if about is None:
        return None
    fact, why = None, ""
    # Whoever turns back from a later question, or is refused, finds the words where they were typed.
    while (fact := await _words(screen, file, about, before=fact, why=why)) is not None:
        try:
            written = await _write(screen, file, fact, actor)
        except Refusal as refused:
            why = failure_sentence(refused, screen.t, zone=screen.zone, now=screen.now)
        else:
            if written is not None:
                return written
            why = ""
    return None


def _title(aspect: str, name: str) -> Words:
    return lambda t: f"{terms.aspect(t, aspect)}  {name}"


async def _words(
    screen: Any, file: HouseholdFile, about: About, *, before: NewFact | None, why: str
) -> NewFact | None:
    """Ask for the words, of a key date for its day too.

    Args:
        screen: A screen of the desk.
        file: The household.
        about: What it is about, and whom.
        before: What was typed before.
        why: Why that was not taken.
    """
    from concierge.services.facts import NewFact

    name = next(
        (one_line(each.name) for each in file.members if each.id == about.member), file.unit
    )
    title = _title(about.aspect, name)
    text: str | None = before.text if before else ""
    day: str | None = before.day if before else None
    while text := await screen.app.push_screen_wait(AskLine(title, why, value=text or "")):
        fact = NewFact(aspect=about.aspect, text=text, member_id=about.member)
        if about.aspect != Aspect.KEY_DATE:
            return fact
        day = await screen.app.push_screen_wait(
            AskLine(title, _which_day, value=day or "", check=_no_day)
        )
        if day is not None:
            return replace(fact, day=day)
    return None


def _which_day(t: Language) -> str:
    return t(_ON_WHICH_DAY)


def _no_day(text: str) -> Words | None:
    try:
        birthday("day", text)
    except Refusal:
        return _which_day
    return None


async def _write(
    screen: Any, file: HouseholdFile, fact: NewFact, actor: str
) -> HouseholdFile | None:
    """Write it down; where consent is needed, ask for it."""
    try:
        return await _written(screen, file.unit, fact, actor)
    except Refusal as refused:
        if refused.code != "consent.missing":
            raise
    agreed = await ask_consent(screen, file)
    if agreed is None:
        return None
    by, scope = agreed
    fact = replace(fact, consent_by=by, consent_scope=scope, ask_later=by is None)
    return await _written(screen, file.unit, fact, actor)


async def _written(screen: Any, unit: str, fact: NewFact, actor: str) -> HouseholdFile:
    file: HouseholdFile = await screen.gateway.writing(
        lambda desk: desk.add_fact(unit=unit, fact=fact, actor=actor)
    )
    return file


async def ask_consent(screen: Any, file: HouseholdFile) -> tuple[str | None, str | None] | None:
    """Ask who agreed that a health fact is kept, and to what.

    Returns:
        Who and what; (None, None) to be asked later; None when somebody turned back.
    """
    names = [one_line(each.name) for each in file.members if each.moved_out is None]
    choices: list[tuple[Words, str]] = [(name, f"={name}") for name in names]
    choices += [(lambda t: t("somebody else .."), SOMEBODY_ELSE), (lambda t: t("ask later"), LATER)]
    answer: str | None = await screen.app.push_screen_wait(
        Choose(
            lambda t: t("Who agreed that the desk keeps this?"),
            choices,
            hint=lambda t: t("What is about health is kept only with consent."),
        )
    )
    if answer is None or answer == LATER:
        return None if answer is None else (None, None)
    by: str | None = answer[1:]
    if answer == SOMEBODY_ELSE:
        by = await screen.app.push_screen_wait(
            AskLine(lambda t: t("Who agreed that the desk keeps this?"))
        )
    if not by:
        return None
    scope: str | None = await screen.app.push_screen_wait(
        AskLine(
            lambda t: t("What does the consent cover?"),
            lambda t: t("Enter alone: for the service at the desk."),
            needed=False,
        )
    )
    if scope is None:
        return None
    return by, scope or say(lambda t: t("for the service at the desk"), screen.t)
