"""What a household asks of the desk: taking it down, mending it, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.household_changing import changing
from concierge.services.household_parts import PARTS, checked
from concierge.services.household_views import HouseholdFile
from concierge.store.tables import Instruction


@dataclass(frozen=True, slots=True)
class NewInstruction:
    """What was asked, as typed; weekdays are such as "tue thu" or "周二、周四". All but the text may lack."""

    text: str
    starts_on: str | None = None
    ends_on: str | None = None
    weekdays: str | None = None
    from_time: str | None = None
    to_time: str | None = None
    given_by: str | None = None


_FIELDS = ("text", "starts_on", "ends_on", "weekdays", "from_time", "to_time", "given_by")


def add_instruction(
    desk: Desk, *, unit: str, instruction: NewInstruction, actor: str
) -> HouseholdFile:
    """Take an instruction down.

    Raises:
        Refusal: ``field.needed``, ``field.date``, ``field.time``, ``field.weekdays``, ``field.order``, and
            what ``changing`` refuses.
    """
    values = checked(PARTS["instruction"], {name: getattr(instruction, name) for name in _FIELDS})
    with changing(desk, unit, actor) as change:
        change.add("instruction", {**values, "written_by": change.staff.name, "at": change.now})
        return change.file()


def edit_instruction(
    desk: Desk, *, unit: str, instruction: int, values: Mapping[str, str | None], actor: str
) -> HouseholdFile:
    """Change fields of an instruction.

    Raises:
        Refusal: ``part.unknown``, and as ``add_instruction``.
    """
    taken = checked(PARTS["instruction"], values)
    with changing(desk, unit, actor) as change:
        change.set("instruction", change.row("instruction", instruction), taken)
        return change.file()


def end_instruction(desk: Desk, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
    """End an instruction now; it stays in the file as ended.

    Raises:
        Refusal: ``part.unknown``; ``instruction.ended`` when it ended before.
    """
    with changing(desk, unit, actor) as change:
        row = change.row("instruction", instruction)
        assert isinstance(row, Instruction)
        if row.ended_at is not None:
            raise Refusal("instruction.ended")
        change.set("instruction", row, {"ended_at": change.now})
        return change.file()


def remove_instruction(desk: Desk, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
    """Take out an instruction that should not be there at all.

    Raises:
        Refusal: ``part.unknown``, and what ``changing`` refuses.
    """
    with changing(desk, unit, actor) as change:
        change.remove("instruction", change.row("instruction", instruction))
        return change.file()
