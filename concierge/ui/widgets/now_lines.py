"""What matters of a household at this moment, the loudest first; for every screen that shows one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from concierge.language import household_said as said
from concierge.language.translator import Language
from concierge.services.household_views import FactView, HouseholdCardNow
from concierge.services.views import InstructionView
from concierge.ui.format import one_line
from concierge.ui.widgets.paragraph import hanging, styled

MEALS = "meals"  # the category in which it matters what somebody eats
LOUD = "bold $error"
_SIGN = "!! "


def now_lines(
    card: HouseholdCardNow, t: Language, width: int, *, meals: bool = False
) -> list[Content]:
    """Line by line: allergies, do not disturb, instructions, who is away, care, how to speak to them.

    Args:
        card: What matters now.
        t: The reader's language.
        width: Cells.
        meals: Whether food is ordered: then what they eat stands here too.
    """
    lines = loud_lines(card, t, meals=meals)
    quiet = quiet_line(card, t)
    if quiet.plain:
        lines.append(quiet)
    return [hanging(Content(""), line, width) for line in lines]


def loud_lines(card: HouseholdCardNow, t: Language, *, meals: bool = False) -> list[Content]:
    """What must not be missed, each on a line of its own."""
    lines = [*_allergies(card.allergies, t)]
    if meals:
        lines += diet_lines(card, t)
    if card.quiet_now:
        lines.append(styled(_SIGN + _quiet(card, t), LOUD))
    return lines + instruction_lines(card.instructions, t)


def quiet_line(card: HouseholdCardNow, t: Language) -> Content:
    """Who is away or needs care, how to speak to them, which days come: after each other."""
    parts = []
    if card.moved_out:
        parts.append(styled(t("moved out {day}", day=card.moved_out), "$warning"))
    if card.away_now:
        parts.append(styled(said.away_line(t, card.away_from, card.away_to), "$warning"))
    if card.care_flags:
        care = t("care: {flags}", flags=said.care_line(t, card.care_flags))
        parts.append(styled(care, "bold $warning"))
    reach = one_line(said.reach_line(t, card))
    if reach:
        parts.append(styled(t("to be reached: {how}", how=reach), "$accent"))
    parts += [styled(one_line(said.key_date_line(t, each)), "$accent") for each in card.key_dates]
    return Content("  ").join(parts)


def diet_lines(card: HouseholdCardNow, t: Language) -> list[Content]:
    """What they like to eat and what not."""
    return [_fact_line(fact, t, "bold $warning") for fact in card.diet]


def instruction_lines(held: Sequence[InstructionView], t: Language) -> list[Content]:
    """Instructions in force today; red while they hold at this minute."""
    lines = []
    for each in held:
        text = t("instruction: {text}", text=one_line(said.instruction_line(t, each)))
        lines.append(
            styled(_SIGN + text if each.active else text, LOUD if each.active else "$error")
        )
    return lines


def _allergies(facts: Sequence[FactView], t: Language) -> Iterator[Content]:
    for fact in facts:
        yield _fact_line(fact, t, LOUD, sign=_SIGN)


def _fact_line(fact: FactView, t: Language, style: str, *, sign: str = "") -> Content:
    head = one_line(said.fact_head(t, fact))
    return styled(sign + t("{aspect}: {text}", aspect=head, text=one_line(fact.text)), style)


def _quiet(card: HouseholdCardNow, t: Language) -> str:
    if card.quiet_to:
        return t("do not disturb now, until {time}", time=card.quiet_to)
    return t("do not disturb now")
