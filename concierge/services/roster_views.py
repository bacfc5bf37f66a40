"""What an import or an export of a roster hands back."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from concierge.services.roster_headers import HeaderGuess
from concierge.services.roster_reading import RejectedRow


@dataclass(frozen=True, slots=True)
class Added:
    """A household that the books do not hold yet, and its people."""

    unit: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that the roster says otherwise: of a person by ``name``, else of the household.

    ``field`` is a field of the roster; ``old`` is None for what is new. Phones are masked.
    """

    unit: str
    name: str | None
    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What the books hold and the roster does not: a person, a vehicle, or with neither the whole household.

    Who has moved out by the books is not missed; vehicles are where the roster has a column for plates.
    """

    unit: str
    name: str | None
    plate: str | None = None


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


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A person of a household; plates, notes and the moving-in date stand with the first."""

    building: str
    entrance: str | None
    unit: str
    name: str | None
    phone: str | None
    relation: str | None
    plate: tuple[str, ...]
    notes: str | None
    moved_in: str | None

    def cells(self) -> tuple[str | tuple[str, ...] | None, ...]:
        """The values in the order of ``COLUMNS``."""
        return astuple(self)


COLUMNS = tuple(each.name for each in fields(RosterLine))
"""The columns of a roster, as fields of an import."""
