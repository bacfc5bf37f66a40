"""What the first steps say, and what they gather before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from concierge.domain.roles import may
from concierge.language import terms
from concierge.language.translator import LANGUAGES, Language, later
from concierge.language.translator import language as language_of
from concierge.ui.format import one_line
from concierge.ui.widgets.paragraph import stacked, styled

STEPS = ("language", "name", "staff", "roster")
TITLES = {
    "language": later("Which language does this desk speak?"),
    "name": later("What is the property called?"),
    "staff": later("Who works here?"),
    "roster": later("Who lives here?"),
}
# Each language's own name: the catalogue has it as the translation of "English".
OWN_NAME = later("English")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody typed in who is not in the store yet."""

    name: str
    role: str
    phone: str | None


def step_title(step: str, t: Language) -> Content:
    """Which step it is, and its question."""
    place = t("Setting up, step {n} of {all}", n=STEPS.index(step) + 1, all=len(STEPS))
    return stacked((styled(place, "$secondary"), styled(t(TITLES[step]), "bold $primary")))


def step_text(step: str, people: Sequence[Person], t: Language) -> Content:
    """What one has to know to answer it."""
    if step == "language":
        return stacked(
            _choice(str(nth), language_of(code)(OWN_NAME), chosen=code == t.code)
            for nth, code in enumerate(LANGUAGES, start=1)
        )
    if step == "name":
        return styled(t("It stands on every summary."), "$secondary")
    if step == "staff":
        return _staff_text(people, t)
    said = t("Where the list of households lies. Nothing is taken over before you have seen "
             "what was understood.")  # fmt: skip
    return styled(said, "$secondary")


def _staff_text(people: Sequence[Person], t: Language) -> Content:
    lines = [
        Content(
            f"  {one_line(each.name)}  {terms.role(t, each.role)}  {one_line(each.phone or '')}"
        )
        for each in people
    ]
    if not people:
        lines.append(styled(t("At least one person. Enter goes from line to line."), "$secondary"))
    elif not any(may(each.role, "supervisor") for each in people):
        warning = t("Nobody is supervisor yet: what breaks its limit would be told to nobody.")
        lines.append(styled(warning, "$warning"))
    return stacked(lines)


def _choice(number: str, words: str, *, chosen: bool) -> Content:
    line = Content.assemble(styled(f" {number} ", "bold $primary"), words, "  ")
    return line.stylize("$block-cursor-foreground on $block-cursor-background") if chosen else line
