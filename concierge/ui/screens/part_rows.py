"""A row of a household's file between the form and the services: what stands in it, how it is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from concierge.services.household_views import HouseholdFile
from concierge.ui.screens.part_form import FIELDS, Line, Values
from concierge.ui.widgets.file_rows import Ref

Put = Callable[[Any, str, Values], HouseholdFile]
_HIDDEN = {"fact": ("text", "day", "consent_scope"), "contact": ("phone",)}
"""What a row's mark of being masked covers."""


def lines_of(part: str, row: Any) -> tuple[Line, ...]:
    """What stands in a row, field by field; what is masked by the same rule as in the file."""
    hidden = getattr(row, "masked", ())
    if isinstance(hidden, bool):
        hidden = _HIDDEN[part] if hidden else ()
    lines = (Line(name, _stored(row, name), masked=name in hidden) for name in FIELDS[part])
    # A scope that nobody gave is not hidden; whether there is a day is, with the words.
    return tuple(
        replace(line, masked=False) if line.name == "consent_scope" and not line.value else line
        for line in lines
    )


def _stored(row: Any, name: str) -> str:
    if name.startswith("consent_"):
        value = getattr(row.consent, name.removeprefix("consent_"), None)
    else:
        value = getattr(row, name)
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def adding(unit: str, part: str) -> Put:
    """How a new row of a part is written down."""

    def put(desk: Any, actor: str, values: Values) -> HouseholdFile:
        if part == "instruction":
            from concierge.services.instructions import NewInstruction

            more = {name: said for name, said in values.items() if name != "text"}
            new = NewInstruction(text=values.get("text") or "", **more)
            file: HouseholdFile = desk.add_instruction(unit=unit, instruction=new, actor=actor)
        else:
            file = desk.add_part(unit=unit, part=part, values=values, actor=actor)
        return file

    return put


def editing(unit: str, ref: Ref) -> Put:
    """How what was changed in a row is written down."""

    def put(desk: Any, actor: str, values: Values) -> HouseholdFile:
        if ref.part == "fact":
            taken = {name: text for name, text in values.items() if name != "ask_later"}
            file: HouseholdFile = desk.edit_fact(unit=unit, fact=ref.id, values=taken, actor=actor,
                                                 ask_later="ask_later" in values)  # fmt: skip
        elif ref.part == "instruction":
            file = desk.edit_instruction(unit=unit, instruction=ref.id, values=values, actor=actor)
        else:
            file = desk.edit_part(unit=unit, part=ref.part, row=ref.id, values=values, actor=actor)
        return file

    return put
