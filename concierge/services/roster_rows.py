"""The rows of a roster, one a person: what was understood, and what was not, by the sheet's own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from concierge.domain.household import UnitCode, join_unit
from concierge.services.roster_cells import (
    LIMITS,
    TooLong,
    clean_cell,
    has_lost_digits,
    names_phone,
    split,
)
from concierge.services.roster_fields import Unreadable, Value, read_own
from concierge.services.roster_headers import FIELDS, HeaderGuess
from concierge.services.roster_heard import Heard, side_by_side
from concierge.services.roster_people import HoldsPhone, people_of
from concierge.services.roster_sheet import Line

_DOWNWARD = ("building", "entrance")
_PLACE = (*_DOWNWARD, "unit")
_BLANK = dict.fromkeys(FIELDS, "")
_HABIT, _ONE_IN = 3, 8  # rows without a unit, and one of so many: fewer are slips
# The rows of a household stand together and are read three ways each.
_joined = lru_cache(maxsize=1024)(join_unit)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person of a household; ``row`` is the sheet's, from 1 with the header.

    Of several people in one cell each gets a row; plates and what is the household's stay with the first.
    ``person`` and ``own`` hold what the row says of the person and of the household, as it is stored;
    ``further`` what is to be noted of phones beyond one a person.
    """

    row: int
    building: str | None
    entrance: str | None
    unit_text: str
    unit: UnitCode
    name: str
    person: Mapping[str, Value] = field(default_factory=dict, hash=False)
    plates: tuple[str, ...] = ()
    own: Mapping[str, Value] = field(default_factory=dict, hash=False)
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not understood or not all of which is taken over, why, and its cells as they were.

    ``reason`` is unit-missing, unit-not-understood, name-missing, name-like-phone, name-holds-phone,
    phone-lost, duplicate-row (values: first), unreadable (values: field, value), too-long (values: field,
    limit, length) or contradicts (values: name, field): an earlier row says that field of the person
    otherwise, and counts; the rest of the row does too.
    """

    row: int
    reason: str
    values: dict[str, object] = field(default_factory=dict, hash=False)
    cells: tuple[str, ...] = ()

    @property
    def is_understood(self) -> bool:
        """Whether whoever it speaks of is in the roster all the same."""
        return self.reason in {"duplicate-row", "contradicts"}


class RowReader:
    """Reads rows in order: a building, an entrance, by habit a unit written once holds for rows below."""

    def __init__(self, headers: Sequence[HeaderGuess], body: Sequence[Line]) -> None:
        self.rows: list[RosterRow] = []
        self.rejected: list[RejectedRow] = []
        self._columns = {guess.field: guess.column - 1 for guess in headers if guess.field}
        self._downward = (*_DOWNWARD, "unit") if self._leaves_units_out(body) else _DOWNWARD
        self._above: dict[str, str] = {}
        self._above_whole = False
        self._seen: dict[tuple[object, ...], int] = {}
        self._heard = Heard()
        self._last = 0

    def take(self, line: Line) -> None:
        """Read one row into `rows` or `rejected`."""
        try:
            values = self._values(line)
        except TooLong as problem:
            self._reject(line, "too-long", **problem.values)
            return
        own_building = bool(values["building"]) and self._columns["building"] not in line.filled
        self._fill_down(line, values, own_building=own_building)
        unit = self._unit(values, own_building=own_building)
        if not values["unit"]:
            self._reject(line, "unit-missing")
        elif unit is None:
            self._reject(line, "unit-not-understood", unit=_shown_unit(values))
        elif not values["name"]:
            self._reject(line, "name-missing", unit=unit.text)
        elif names_phone(values["name"]):
            self._reject(line, "name-like-phone", unit=unit.text)
        elif has_lost_digits(values["phone"]):
            self._reject(line, "phone-lost", unit=unit.text, phone=values["phone"])
        else:
            self._accept(line, values, unit)

    def _values(self, line: Line) -> dict[str, str]:
        """Clean the cells of the known columns; a field without a column is empty."""
        values = _BLANK.copy()
        for name, column in self._columns.items():
            if column < len(line.cells):
                values[name] = clean_cell(name, line.cells[column])
        return values

    def _fill_down(self, line: Line, values: dict[str, str], *, own_building: bool) -> None:
        """Take building and entrance from the row above where this one leaves them blank."""
        if line.number != self._last + 1:
            self._above = {}  # a blank row ends the block
        self._last = line.number
        if own_building:
            self._above.pop("entrance", None)
        if any(map(values.get, _PLACE)) or not values["name"]:
            self._above.pop("unit", None)  # only a person alone in a row belongs to the one above
        for name in self._downward:
            values[name] = values[name] or self._above.get(name, "")
            self._above[name] = values[name]

    def _leaves_units_out(self, body: Sequence[Line]) -> bool:
        """Whether further people of a household stand without its unit: a habit, not a slip or two."""
        columns = {name: self._columns.get(name) for name in (*_PLACE, "name")}
        alone = sum(
            bool(_at(line, columns["name"]))
            and not any(_at(line, columns[name]) for name in _PLACE)
            for line in body
        )
        return alone >= _HABIT and alone * _ONE_IN >= len(body)

    def _unit(self, values: dict[str, str], *, own_building: bool) -> UnitCode | None:
        """Join the columns; where rooms hold whole codes, a building from above does not count."""
        building = values["building"]
        whole = _joined(None, values["entrance"], values["unit"])
        if own_building:
            self._above_whole = whole is not None and whole == _joined(*_columns_of(values))
        elif whole is not None and self._above_whole:
            building = ""
        return _joined(building, values["entrance"], values["unit"])

    def _accept(self, line: Line, values: dict[str, str], unit: UnitCode) -> None:
        try:
            (people, further), own = people_of(values), read_own(values)
        except HoldsPhone:
            self._reject(line, "name-holds-phone", unit=unit.text)
            return
        except Unreadable as problem:
            self._reject(line, "unreadable", unit=unit.text, **problem.values)
            return
        said = tuple((name, *person.items()) for name, person in people)
        same = (unit, said, values["plate"], further, *own.items())
        if same in self._seen:
            self._reject(line, "duplicate-row", unit=unit.text, first=self._seen[same])
            return
        notes = self._heard.with_notes(unit, own.get("notes"))
        for each in further:
            notes = side_by_side(notes, each)
        if len(notes) > LIMITS["notes"]:
            self._reject(line, "too-long", field="notes", limit=LIMITS["notes"], length=len(notes))
            return
        self._seen[same] = line.number
        self._heard.keep_notes(unit, notes)
        for place, (name, person) in enumerate(people):
            if (other := self._heard.other(unit, name, person)) is not None:
                self._reject(line, "contradicts", unit=unit.text, name=name, field=other)
            self.rows.append(
                RosterRow(
                    row=line.number,
                    building=values["building"] or None,
                    entrance=values["entrance"] or None,
                    unit_text=values["unit"],
                    unit=unit,
                    name=name,
                    person=person,
                    plates=() if place else tuple(split(values["plate"])),
                    own={} if place else own,
                    further=() if place else further,
                )
            )

    def _reject(self, line: Line, reason: str, **values: object) -> None:
        self.rejected.append(RejectedRow(line.number, reason, values, line.cells))


def _at(line: Line, column: int | None) -> str:
    return line.cells[column] if column is not None and column < len(line.cells) else ""


def _columns_of(values: dict[str, str]) -> tuple[str, str, str]:
    return values["building"], values["entrance"], values["unit"]


def _shown_unit(values: dict[str, str]) -> str:
    return " ".join(part for part in _columns_of(values) if part)
