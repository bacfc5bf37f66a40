"""What an import or an export of a roster hands back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from concierge.services.roster_headers import FIELDS, HeaderGuess
from concierge.services.roster_rows import RejectedRow

_PLACE = frozenset({"building", "entrance", "unit", "name"})
COLUMNS = (
    "building", "entrance", "unit", "name", "phone", "relation", "plate", "notes", "moved_in",
)  # fmt: skip
"""The columns that every roster has."""
Said = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Added:
    """A household that the books do not hold yet, and its people."""

    unit: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that the roster says otherwise: of a person by ``name``, else of the household.

    ``field`` is a field of the roster, or ``moved_out``, which is emptied for whoever is listed again;
    ``old`` is None for what is new, ``new`` for what is emptied. Phones are masked.
    """

    unit: str
    name: str | None
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Gone:
    """What the books hold and the roster does not: a person, a vehicle, or with neither the whole household.

    Who has moved out by the books is not missed; vehicles are where the roster has a column for plates.
    """

    unit: str
    name: str | None
    plate: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A row with more phones than could be given to its people: the others stand in the notes of ``unit``."""

    row: int
    unit: str


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What an import did, or would do: counts are households; ``rows`` and ``rejected`` are the sheet's.

    ``gone`` is what the books hold and the roster does not: it stays there. ``header`` holds the header's
    cells; ``rejected_file`` is where the rejected rows were written, None when they were not.
    """

    read: int
    added: int
    changed: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    headers: tuple[HeaderGuess, ...]
    rows: int
    households: tuple[Added, ...] = ()
    changes: tuple[Changed, ...] = ()
    gone: tuple[Gone, ...] = ()
    header: tuple[str, ...] = ()
    header_row: int = 1
    sheet: str = ""
    encoding: str | None = None
    rejected_file: str | None = None
    noted: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A person of a household; plates and what is the household's stand with the first.

    ``said`` holds the other fields that are known, as they are stored; of plates all of them.
    """

    building: str
    entrance: str | None
    unit: str
    name: str | None
    said: Mapping[str, Said] = field(default_factory=dict, hash=False)

    def cell(self, column: str) -> Said:
        """What stands in a column; None for nothing."""
        return getattr(self, column) if column in _PLACE else self.said.get(column)


def columns_of(lines: Iterable[RosterLine]) -> tuple[str, ...]:
    """The columns of a roster, as fields of an import: the usual ones, and what else is known of anybody."""
    known = {name for line in lines for name in line.said}
    return (*COLUMNS, *(name for name in FIELDS if name in known and name not in COLUMNS))
