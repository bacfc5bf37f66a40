"""The tables of the summary: what came in, was kept, broken, escalated, carried over and noted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.export.document import Cell, Column, Moment, Piece, Row, Said, Section, Speech
from concierge.export.plain import shortened
from concierge.language import terms
from concierge.language.dates import duration
from concierge.language.translator import Language
from concierge.services.summary import Broken, Carried, Escalated, ShiftSummary

NO_PLACE = "—"


class Tables:
    """Builds each table of one summary.

    Args:
        speech: the languages of the paper.
        summary: what is told, cleaned.
    """

    def __init__(self, speech: Speech, summary: ShiftSummary) -> None:
        self._t = speech
        self._summary = summary
        self._zone = ZoneInfo(summary.zone)

    def all(self) -> tuple[Section, ...]:
        """Every table, in the order of the paper."""
        return (
            self.received(),
            self.kept(),
            self.broken(),
            self.escalated(),
            self.carried(),
            self.notes(),
        )

    def moment(self, at: int) -> Moment:
        """An instant on the property's wall."""
        local = datetime.fromtimestamp(at, self._zone)
        return Moment(f"{local:%Y-%m-%d %H:%M}", local.isoformat())

    def received(self) -> Section:
        """How many matters of each category came in."""
        t, summary = self._t, self._summary
        rows = tuple(
            (
                _cell(self._kind(row.kind)),
                _cell(self._category(row.category)),
                _cell(row.count),
                _cell(row.on_the_spot),
            )
            for row in summary.received
        )
        count = sum(row.count for row in summary.received)
        spot = sum(row.on_the_spot for row in summary.received)
        return Section(
            t("Received"),
            (
                Column(t("Kind")),
                Column(t("Category")),
                Column(t("Received"), figure=True),
                Column(t("Answered on the spot"), figure=True),
            ),
            rows,
            total=(_cell(t("Total")), _cell(), _cell(count), _cell(spot)) if rows else None,
            lines=(t("Logged late: {n}.", n=summary.logged_late),),
        )

    def kept(self) -> Section:
        """How many promises of each kind were kept and broken."""
        t, summary = self._t, self._summary
        rows = tuple(
            (
                _cell(self._clock(row.clock)),
                _cell(row.met),
                _cell(row.broken, tone="bad" if row.broken else ""),
            )
            for row in summary.kept
        )
        met = sum(row.met for row in summary.kept)
        broken = sum(row.broken for row in summary.kept)
        return Section(
            t("Promises"),
            (
                Column(t("Promise")),
                Column(t("Kept in time"), figure=True),
                Column(t("Broken"), figure=True),
            ),
            rows,
            total=(_cell(t("Total")), _cell(met), _cell(broken)) if rows else None,
            bars=tuple((row.met, row.broken) for row in summary.kept),
        )

    def broken(self) -> Section:
        """Each promise that was broken."""
        t = self._t
        return Section(
            t("Broken promises"),
            (
                *self._matter_columns(),
                Column(t("Promise"), folds=True),
                Column(t("Due")),
                Column(t("Outcome")),
                Column(t("Cause")),
            ),
            tuple(
                (
                    *self._matter(row),
                    _cell(self._clock(row.clock)),
                    _cell(self.moment(row.due_at)),
                    self._outcome(row),
                    _cell(t("not stated") if row.cause is None else self._cause(row.cause)),
                )
                for row in self._summary.broken
            ),
        )

    def escalated(self) -> Section:
        """Each rung that fired, and who has signed for it."""
        t, summary = self._t, self._summary
        return Section(
            t("Escalated"),
            (
                *self._matter_columns(),
                Column(t("Promise"), folds=True),
                Column(t("Rung")),
                Column(t("Told")),
                Column(t("Due")),
                Column(t("Escalated at"), folds=True),
                Column(t("Acknowledged")),
            ),
            tuple(self._rung(row) for row in summary.escalated),
            lines=(t("Warnings to whoever handles the matter: {n}.", n=summary.warnings),),
        )

    def carried(self) -> Section:
        """Each open matter that the next shift takes over."""
        t = self._t
        return Section(
            t("Carried over"),
            (
                *self._matter_columns(),
                Column(t("Resident's words")),
                Column(t("Next")),
                Column(t("Due")),
                Column(t("Handled by")),
            ),
            tuple(self._open_matter(row) for row in self._summary.carried),
        )

    def notes(self) -> Section:
        """The running log of the shift."""
        t = self._t
        return Section(
            t("Shift notes"),
            (Column(t("Time")), Column(t("By")), Column(t("What was noted"))),
            tuple(
                (_cell(self.moment(row.at)), _cell(row.staff), _cell(row.text))
                for row in self._summary.notes
            ),
        )

    def _matter_columns(self) -> tuple[Column, ...]:
        t = self._t
        return (Column(t("Ticket")), Column(t("Place"), folds=True), Column(t("Category")))

    def _matter(self, row: Broken | Escalated | Carried) -> Row:
        place = row.unit or row.place or NO_PLACE
        return (_cell(row.number), _cell(place), _cell(self._category(row.category)))

    def _rung(self, row: Escalated) -> Row:
        t = self._t
        rung: tuple[Piece, ...] = (row.rung, t("by hand")) if row.by_hand else (row.rung,)
        role = t.each(lambda one: terms.role(one, row.to), plain=False)
        told = self._names(row.people) if row.people else t("nobody on duty")
        signed = _cell(t("not acknowledged"), tone="bad")
        if row.acknowledged_at is not None:
            signed = _cell(row.acknowledged_by or NO_PLACE, self.moment(row.acknowledged_at))
        return (
            *self._matter(row),
            _cell(self._clock(row.clock)),
            _cell(*rung),
            _cell(role, told, tone="" if row.people else "bad"),
            _cell(self.moment(row.due_at)),
            _cell(self.moment(row.fired_at)),
            signed,
        )

    def _open_matter(self, row: Carried) -> Row:
        t = self._t
        number, place, category = self._matter(row)
        if row.grade == "major":
            category = _cell(*category.pieces, t("major"), tone="bad")
        due: tuple[Piece, ...] = (self.moment(row.due_at),)
        if row.to_be_agreed:
            due = (t("to be agreed by"), *due)
        if row.overdue:
            due = (*due, t("overdue"))
        return (
            number,
            place,
            category,
            _cell(shortened(row.words)),
            _cell(self._clock(row.step)),
            _cell(*due, tone="bad" if row.overdue else ""),
            _cell(t("nobody yet") if row.assignee is None else row.assignee),
        )

    def _outcome(self, row: Broken) -> Cell:
        t = self._t
        if row.met_at is None:
            over = self._summary.until - row.due_at
            return _cell(t("still open"), t.each(lambda one: _over(one, over)), tone="bad")
        if row.met_at <= row.due_at:
            return _cell(t("logged later as kept"), self.moment(row.met_at))
        late = row.met_at - row.due_at
        return _cell(t.each(lambda one: _late(one, late)), self.moment(row.met_at))

    def _category(self, code: str) -> Said:
        names = self._summary.categories.get(code, {})
        return self._t.each(lambda t: names.get(t.code, code), plain=False)

    def _kind(self, code: str) -> Said:
        return self._t.each(lambda t: terms.kind(t, code), plain=False)

    def _clock(self, code: str) -> Said:
        return self._t.each(lambda t: terms.clock(t, code), plain=False)

    def _cause(self, code: str) -> Said:
        return self._t.each(lambda t: terms.cause(t, code), plain=False)

    def _names(self, people: tuple[str, ...]) -> str:
        return self._t.languages[0](", ").join(people)


def _cell(*pieces: Piece, tone: str = "") -> Cell:
    return Cell(pieces, tone)


def _over(t: Language, seconds: int) -> str:
    return t("{span} over", span=duration(t, seconds))


def _late(t: Language, seconds: int) -> str:
    return t("late by {span}", span=duration(t, seconds))
