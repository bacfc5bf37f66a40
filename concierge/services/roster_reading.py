"""A roster read into rows, one a person: what was understood, and what was not, by the sheet's own row.

Nothing is stored here. Titles above the header, merged building cells, several people in one cell and
other habits of real rosters are read as their writers meant them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concierge.domain.household import UnitCode, join_unit, phone_digits
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line, is_blank
from concierge.services.roster_files import Line, Sheet, read_file
from concierge.services.roster_headers import HeaderGuess, guess_headers, missing_fields

HEADER_WITHIN = 10
"""Rows of a sheet among which the header is looked for."""
LIMITS = {"notes": 4000}
"""Characters a field may hold, where it is not `LIMIT`."""
LIMIT = 200

_SEPARATORS = re.compile("[、,/，;；\n]")
_EXCEL_TEXT = re.compile(r'="(.*)"|\'(.*)|([0-9]+)\.0+')
_DOWNWARD = ("building", "entrance")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person of a household; ``row`` is the sheet's, from 1 with the header.

    Of several people in one cell each gets a row; plates, notes and the moving-in date stay with the first.
    ``moved_in`` is text as written, an ISO date when the cell held a date.
    """

    row: int
    building: str | None
    entrance: str | None
    unit_text: str
    unit: UnitCode
    name: str
    phone: str | None = None
    relation: str | None = None
    plates: tuple[str, ...] = ()
    notes: str | None = None
    moved_in: str | None = None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not understood, and why.

    ``reason`` is unit-missing, unit-not-understood, name-missing, duplicate-row (values: first) or
    too-long (values: field, limit, length).
    """

    row: int
    reason: str
    values: dict[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster's file holds; ``format`` is xlsx or csv, ``read`` counts rows below the header."""

    headers: tuple[HeaderGuess, ...]
    rows: tuple[RosterRow, ...]
    rejected: tuple[RejectedRow, ...]
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str = ""
    header_row: int = 1
    read: int = 0


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Args:
        path: an .xlsx workbook or a .csv file with headers in Chinese or English.

    Raises:
        Refusal: ``roster.not-found``, ``roster.unknown-format``, ``roster.broken``, ``roster.encrypted``,
            ``roster.encoding``, ``roster.too-large``, ``roster.empty``, ``roster.no-header`` (missing).
    """
    file = read_file(path)
    sheet, place, headers = _find_header(file.sheets, path)
    body = [line for line in sheet.lines[place + 1 :] if line.cells != sheet.lines[place].cells]
    if not body:
        raise Refusal("roster.empty", path=str(path))
    reader = _Reader(headers)
    for line in body:
        reader.take(line)
    return Roster(
        headers=headers,
        rows=tuple(reader.rows),
        rejected=tuple(reader.rejected),
        format=file.format,
        encoding=file.encoding,
        delimiter=file.delimiter,
        sheet=sheet.name,
        header_row=sheet.lines[place].number,
        read=len(body),
    )


def _find_header(sheets: Sequence[Sheet], path: Path) -> tuple[Sheet, int, tuple[HeaderGuess, ...]]:
    """Find the first sheet with a header, and where it stands among the sheet's lines."""
    best: tuple[str, ...] | None = None
    for sheet in sheets:
        for place, line in enumerate(sheet.lines):
            if line.number > HEADER_WITHIN:
                break
            headers = guess_headers(line.cells)
            missing = missing_fields(headers)
            if not missing:
                return sheet, place, headers
            if best is None or len(missing) < len(best):
                best = missing
    if not any(sheet.lines for sheet in sheets):
        raise Refusal("roster.empty", path=str(path))
    raise Refusal("roster.no-header", path=str(path), missing=best or missing_fields(()))


class _Reader:
    """Reads rows in order: a building or entrance written once holds for the rows below it."""

    def __init__(self, headers: Sequence[HeaderGuess]) -> None:
        self.rows: list[RosterRow] = []
        self.rejected: list[RejectedRow] = []
        self._columns = {guess.field: guess.column - 1 for guess in headers if guess.field}
        self._above: dict[str, str] = {}
        self._above_whole = False
        self._seen: dict[tuple[object, ...], int] = {}
        self._last = 0

    def take(self, line: Line) -> None:
        """Read one row into `rows` or `rejected`."""
        try:
            values = self._values(line)
        except _TooLong as problem:
            self._reject(line, "too-long", **problem.values)
            return
        own_building = bool(values["building"])
        self._fill_down(line, values)
        unit = self._unit(values, own_building=own_building)
        if not values["unit"]:
            self._reject(line, "unit-missing")
        elif unit is None:
            self._reject(line, "unit-not-understood", unit=_shown_unit(values))
        elif not values["name"]:
            self._reject(line, "name-missing", unit=unit.text)
        else:
            self._accept(line, values, unit)

    def _values(self, line: Line) -> dict[str, str]:
        """Clean the cells of the known columns; a field without a column is empty."""
        values = dict.fromkeys(("building", "entrance", "unit", "name", "phone", "relation", "plate", "notes",
                                "moved_in"), "")  # fmt: skip
        for name, column in self._columns.items():
            if column < len(line.cells):
                values[name] = _cell(name, line.cells[column])
        return values

    def _fill_down(self, line: Line, values: dict[str, str]) -> None:
        """Take building and entrance from the row above where this one leaves them blank."""
        if line.number != self._last + 1:
            self._above = {}  # a blank row ends the block
        self._last = line.number
        if values["building"]:
            self._above.pop("entrance", None)
        for name in _DOWNWARD:
            values[name] = values[name] or self._above.get(name, "")
            self._above[name] = values[name]

    def _unit(self, values: dict[str, str], *, own_building: bool) -> UnitCode | None:
        """Join the columns; where rooms hold whole codes, a building from above does not count."""
        building = values["building"]
        whole = join_unit(None, values["entrance"], values["unit"])
        if own_building:
            self._above_whole = whole is not None and whole == join_unit(*_columns_of(values))
        elif whole is not None and self._above_whole:
            building = ""
        return join_unit(building, values["entrance"], values["unit"])

    def _accept(self, line: Line, values: dict[str, str], unit: UnitCode) -> None:
        people = tuple(_people(values))
        same = (unit, people, values["plate"], values["notes"], values["moved_in"])
        if same in self._seen:
            self._reject(line, "duplicate-row", unit=unit.text, first=self._seen[same])
            return
        self._seen[same] = line.number
        for place, (name, phone, relation) in enumerate(people):
            self.rows.append(
                RosterRow(
                    row=line.number,
                    building=values["building"] or None,
                    entrance=values["entrance"] or None,
                    unit_text=values["unit"],
                    unit=unit,
                    name=name,
                    phone=phone,
                    relation=relation,
                    plates=() if place else tuple(_split(values["plate"])),
                    notes=None if place else values["notes"] or None,
                    moved_in=None if place else values["moved_in"] or None,
                )
            )

    def _reject(self, line: Line, reason: str, **values: object) -> None:
        self.rejected.append(RejectedRow(line.number, reason, values))


class _TooLong(Exception):
    """A cell holds more than its field may."""

    def __init__(self, values: dict[str, object]) -> None:
        super().__init__("too-long")
        self.values = values


def _cell(name: str, text: str) -> str:
    """Clean one cell; codes and phones also lose what a spreadsheet puts around text to keep it text."""
    try:
        cleaned = clean_line(text, limit=LIMITS.get(name, LIMIT)).text.strip()
    except Refusal as problem:
        raise _TooLong({"field": name, **problem.values}) from problem
    if name in {"building", "entrance", "unit", "phone"} and (
        found := _EXCEL_TEXT.fullmatch(cleaned)
    ):
        cleaned = next(part for part in found.groups() if part is not None).strip()
    return "" if is_blank(cleaned) else cleaned


def _columns_of(values: dict[str, str]) -> tuple[str, str, str]:
    return values["building"], values["entrance"], values["unit"]


def _shown_unit(values: dict[str, str]) -> str:
    return " ".join(part for part in _columns_of(values) if part)


def _people(values: dict[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Give each person of a row; phones and relations are dealt out when their counts match."""
    names = _names(values["name"])
    phones = _dealt(values["phone"], len(names))
    relations = _split(values["relation"])
    if len(relations) != len(names):
        relations = [values["relation"]] * len(names)
    for name, phone, relation in zip(names, phones, relations, strict=True):
        yield name, phone_digits(phone) or None, relation or None


def _dealt(text: str, people: int) -> list[str]:
    """Deal phones out one by one; else the first person keeps them all as written."""
    parts = _split(text)
    return parts if len(parts) == people else [text] + [""] * (people - 1)


def _names(text: str) -> list[str]:
    """Split people apart; "Smith, John" is one person, "Zhang San, Li Si" are two."""
    names = _split(text)
    latin = [unicodedata.normalize("NFKC", name).isascii() for name in names]
    if (
        "," in text
        and all(latin)
        and any(" " not in name for name in names)
        and not re.search("[/;]", text)
    ):
        return [text]
    return names or [text]


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if not is_blank(part)]
