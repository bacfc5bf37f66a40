"""The parts of a paper's cells: instants on the property's wall, names of categories, words of the trade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from concierge.export.document import Cell, Column, Moment, Piece, Said
from concierge.export.speech import Speech
from concierge.language import terms
from concierge.language.dates import full_day
from concierge.language.translator import Language

NO_PLACE = "—"


def cell(*pieces: Piece, tone: str = "") -> Cell:
    """A cell of a few pieces."""
    return Cell(pieces, tone)


def counted(n: int, tone: str) -> Cell:
    """A number, in its tone unless it is 0."""
    return Cell((n,), tone if n else "")


class Teller:
    """Tells a paper's values in its languages.

    Args:
        speech: the languages of the paper.
        zone: the property's.
        categories: names of categories by code and language.
    """

    def __init__(
        self, speech: Speech, zone: str, categories: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.t = speech
        self.zone = ZoneInfo(zone)
        self._categories = categories

    def moment(self, at: int) -> Moment:
        """An instant on the property's wall."""
        local = datetime.fromtimestamp(at, self.zone)
        return Moment(f"{local:%Y-%m-%d %H:%M}", local.isoformat())

    def wall(self, at: int) -> Said:
        """A date in words and a time; the year is always written, for the paper is read later."""
        local = datetime.fromtimestamp(at, self.zone)

        def said(one: Language) -> str:
            day = full_day(one, local.date(), date.min)
            return one("{day}, {time}", day=day, time=f"{local:%H:%M}")

        return self.t.each(said)

    def day(self, iso: str) -> Said:
        """A date in words."""
        on = date.fromisoformat(iso)
        return self.t.each(lambda one: full_day(one, on, date.min))

    def offset(self, at: int) -> str:
        """The zone's name, and its offset at an instant."""
        offset = f"{datetime.fromtimestamp(at, self.zone):%z}"
        return f"{self.zone.key} (UTC{offset[:3]}:{offset[3:5]})"

    def category(self, code: str) -> Said:
        """A category by its name; one that the policy has dropped by its code."""
        names = self._categories.get(code, {})
        return self.t.each(lambda t: names.get(t.code, code), plain=False)

    def kind(self, code: str) -> Said:
        """Complaint, inquiry or errand."""
        return self.t.each(lambda t: terms.kind(t, code), plain=False)

    def clock(self, code: str) -> Said:
        """Answer, attend or resolve."""
        return self.t.each(lambda t: terms.clock(t, code), plain=False)

    def cause(self, code: str) -> Said:
        """Why a promise was broken."""
        return self.t.each(lambda t: terms.cause(t, code), plain=False)

    def role(self, code: str) -> Said:
        """A role of the staff."""
        return self.t.each(lambda t: terms.role(t, code), plain=False)

    def names(self, people: tuple[str, ...]) -> str:
        """Several names in one text."""
        return self.t.languages[0](", ").join(people)

    def matter_columns(self) -> tuple[Column, ...]:
        """The columns that say which matter a row is about."""
        t = self.t
        return (
            Column(t("Ticket")),
            Column(t("Place"), folds=True),
            Column(t("Category")),
        )

    def matter(
        self, number: str | None, unit: str | None, place: str | None, category: str | None
    ) -> tuple[Cell, Cell, Cell]:
        """The cells under these columns."""
        where = place if unit is None else unit
        return (
            cell() if number is None else cell(number),
            cell(NO_PLACE if where is None else where) if where is not None or number else cell(),
            cell() if category is None else cell(self.category(category)),
        )
