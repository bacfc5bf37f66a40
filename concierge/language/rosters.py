"""What a roster changes, in a reader's language."""

from __future__ import annotations

from typing import Protocol

from concierge.language import terms
from concierge.language.household_said import value
from concierge.language.translator import Language, later

_SOURCES = {
    "guessed": later("guessed"),
    "remembered": later("remembered"),
    "mapped": later("said by hand"),
}


class Change(Protocol):
    """What is read of a change; a ``Changed`` is one."""

    @property
    def unit(self) -> str:
        """The household."""
        ...

    @property
    def name(self) -> str | None:
        """The person, None for what is the household's."""
        ...

    @property
    def field(self) -> str:
        """Which field."""
        ...

    @property
    def old(self) -> str | None:
        """What the books say; None for what is new."""
        ...

    @property
    def new(self) -> str | None:
        """What the roster says; None for what is emptied."""
        ...


class Missing(Protocol):
    """What is read of what is gone; a ``Gone`` is one."""

    @property
    def unit(self) -> str:
        """The household."""
        ...

    @property
    def name(self) -> str | None:
        """The person, None for a vehicle or the whole household."""
        ...

    @property
    def plate(self) -> str | None:
        """The vehicle's plate."""
        ...


class Further(Protocol):
    """What is read of phones that went into the notes; a ``Noted`` is one."""

    @property
    def row(self) -> int:
        """The sheet's row, from 1."""
        ...

    @property
    def unit(self) -> str:
        """The household."""
        ...


NOTED = later("More phones than people; the others go into the notes:")


def rejected_file(t: Language, path: object) -> str:
    """Where the rejected rows are, and what becomes of them: nobody else deletes that file."""
    return t(
        "The rejected rows are in {path}, each with its reason. They hold personal data: mend them, "
        "take them over, and delete the file then.",
        path=path,
    )


def source(t: Language, code: str) -> str:
    """By whom a column was understood."""
    return terms.term(t, _SOURCES, code)


def change(t: Language, changed: Change) -> str:
    """Such as ``3-1201 Wang: phone 138****0000 -> 139****1234``."""
    if changed.field == "name":
        return t("{unit} {name}: new in the household", unit=changed.unit, name=changed.new)
    whose = " ".join(part for part in (changed.unit, changed.name) if part)
    if changed.field == "moved_out":
        return (
            t("{whose}: lives there again, was moved out {day}", whose=whose, day=changed.old)
            if changed.new is None
            else t("{whose}: stays moved out, since {day}", whose=whose, day=changed.new)
        )
    field = terms.column(t, changed.field)
    new = value(t, changed.field, changed.new)
    if changed.old is None:
        return t("{whose}: {field} {new}", whose=whose, field=field, new=new)
    old = value(t, changed.field, changed.old)
    return t("{whose}: {field} {old} -> {new}", whose=whose, field=field, old=old, new=new)


def noted(t: Language, line: Further) -> str:
    """Such as ``row 5: 3-1201``."""
    return t("row {row}: {reason}", row=line.row, reason=line.unit)


def gone(t: Language, missing: Missing) -> str:
    """Such as ``3-1201 Wang``, ``3-1201: vehicle B12345`` or ``3-1201: the whole household``."""
    if missing.plate is not None:
        return t("{unit}: vehicle {plate}", unit=missing.unit, plate=missing.plate)
    if missing.name is None:
        return t("{unit}: the whole household", unit=missing.unit)
    return f"{missing.unit} {missing.name}"
