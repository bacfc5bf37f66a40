"""The tables that the next shift and the director read: matters, timeline, notes, thanks and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concierge.export.document import Cell, Change, Column, Piece, Row, Said, Section
from concierge.export.plain import WORDS_CELLS
from concierge.export.tables import LISTED, MATTERS, cut
from concierge.export.telling import Teller, cell
from concierge.language.translator import later
from concierge.services.summary import Carried, Counted, Line, NoteLine, ShiftSummary

NOTE_CELLS = 400
"""Terminal cells of a note on paper."""

_PROMPT = 60
"""Seconds after which a promise was found broken late, so that both times are told."""
_CLIMBED = later("escalated to the {role}, rung {rung}")
_FLAGS = {"next": later("for the next shift"), "director": later("for the director")}


def carried(teller: Teller, summary: ShiftSummary) -> Section:
    """Each open matter that the next shift takes over, or while the shift runs is open now."""
    t, rows, running = teller.t, summary.carried, summary.ended_at is None
    return Section(
        t("Open now") if running else t("Carried over"),
        (
            *teller.matter_columns(),
            Column(t("Grade"), folds=True),
            Column(t("Resident's words"), longest=WORDS_CELLS),
            Column(t("Next")),
            Column(t("Due")),
            Column(t("State"), folds=True),
            Column(t("Handled by")),
        ),
        tuple(_open_matter(teller, row) for row in rows),
        shown=MATTERS,
        cut=cut(teller, len(rows), MATTERS),
        sheet=None if running else t("Carried"),
    )


def _open_matter(teller: Teller, row: Carried) -> Row:
    t = teller.t
    state = cell()
    if row.overdue:
        state = cell(t("overdue"), tone="bad")
    elif row.to_be_agreed:
        state = cell(t("time to be agreed"))
    return (
        *teller.matter(row.number, row.unit, row.place, row.category),
        cell(t("major"), tone="bad") if row.grade == "major" else cell(),
        cell(row.words),
        cell(teller.clock(row.step)),
        cell(teller.moment(row.due_at), tone="bad" if row.overdue else ""),
        state,
        cell(t("nobody yet") if row.assignee is None else row.assignee),
    )


def timeline(teller: Teller, summary: ShiftSummary) -> Section:
    """What happened on the shift, one line after the other, and how many were too many to keep."""
    t, rows, left_out = teller.t, summary.timeline, summary.left_out
    items = {each.item: each.names for each in summary.counts}
    return Section(
        t("Timeline"),
        (
            Column(t("Time")),
            Column(t("What happened")),
            Column(t("Who"), folds=True),
            *teller.matter_columns(),
            Column(t("Words"), longest=WORDS_CELLS),
        ),
        tuple(_line(teller, row, items) for row in rows),
        lines=(t.plural("{n} line more was left out.", "{n} lines more were left out.", left_out),)
        if left_out
        else (),
        shown=LISTED,
        cut=cut(teller, len(rows), LISTED),
    )


def _line(teller: Teller, row: Line, items: Mapping[str, Mapping[str, str]]) -> Row:
    happened = _HAPPENED.get(row.what)
    what = row.what if happened is None else happened(teller, row)
    return (
        cell(teller.moment(row.at)),
        cell(what, tone="bad" if row.what in {"broken", "count"} else ""),
        cell() if row.who is None else cell(_who(teller, row)),
        *teller.matter(row.number, row.unit, row.place, row.category),
        cell(*_differing(teller, row, items), *(() if row.text is None else (row.text,))),
    )


def _who(teller: Teller, row: Line) -> str:
    """A rung may have told several; they are kept as one text."""
    who = row.who or ""
    return teller.names(tuple(who.split(", "))) if row.what == "escalated" else who


def _differing(
    teller: Teller, row: Line, items: Mapping[str, Mapping[str, str]]
) -> tuple[Piece, ...]:
    """Of a count that differs what was counted, by its name in each language, and by how much."""
    if row.item is None:
        return ()
    names, by = items.get(row.item, {}), f"{row.expected} → {row.counted}"
    return (teller.t.each(lambda t: names.get(t.code, row.item or ""), plain=False), by)


def _escalated(teller: Teller, row: Line) -> Said:
    t = teller.t
    if row.role is None:
        return t("escalated")
    said = teller.role(row.role)
    names = dict(said.parts)
    return t.each(
        lambda one: one(_CLIMBED, role=names[one.code], rung=row.rung or 0),
        plain=False,
    )


def _clocked(msgid: str) -> Callable[[Teller, Line], Said]:
    def said(teller: Teller, row: Line) -> Said:
        clocks = dict(teller.clock(row.clock or "limit").parts)
        return teller.t.each(lambda one: one(msgid, clock=clocks[one.code]), plain=False)

    return said


_FOUND_LATE = later("{clock}: the time ran out at {due} (found at {found})")
_RAN_OUT = _clocked(later("{clock}: the time ran out"))


def _broken(teller: Teller, row: Line) -> Said:
    """Found late, as when nobody kept watch, it ran out at another time than the one that the line is at."""
    if row.due_at is None or row.at - row.due_at <= _PROMPT:
        return _RAN_OUT(teller, row)
    clocks = dict(teller.clock(row.clock or "limit").parts)
    due, found = teller.moment(row.due_at).text, teller.moment(row.at).text
    if due.partition(" ")[0] == found.partition(" ")[0]:
        due = due.partition(" ")[2]
    return teller.t.each(
        lambda one: one(
            _FOUND_LATE,
            clock=clocks[one.code],
            due=due,
            found=found.partition(" ")[2],
        ),
        plain=False,
    )


def _plain(msgid: str) -> Callable[[Teller, Line], Said]:
    return lambda teller, _: teller.t(msgid)


_HAPPENED: Mapping[str, Callable[[Teller, Line], Said]] = {
    "received": _plain(later("major matter received")),
    "broken": _broken,
    "met-late": _clocked(later("{clock}: kept late")),
    "escalated": _escalated,
    "acknowledged": _plain(later("escalation acknowledged")),
    "told": _plain(later("told by phone")),
    "note": _plain(later("note in the log")),
    "handover": _plain(later("handover begun")),
    "count": _plain(later("count differs")),
}


def notes(teller: Teller, rows: tuple[NoteLine, ...]) -> Section:
    """The running log of the shift, without the thanks."""
    t = teller.t
    kept = tuple(row for row in rows if row.flag != "thanks")
    return Section(
        t("Shift notes"),
        (
            Column(t("Time")),
            Column(t("By")),
            Column(t("Concerning")),
            Column(t("What was noted"), longest=NOTE_CELLS),
            Column(t("Marked"), folds=True),
        ),
        tuple((*_noted(teller, row), _flag(teller, row.flag)) for row in kept),
        shown=LISTED,
        cut=cut(teller, len(kept), LISTED),
        sheet=t("Notes"),
    )


def thanks(teller: Teller, rows: tuple[NoteLine, ...]) -> Section:
    """What residents were thankful for."""
    t = teller.t
    kept = tuple(row for row in rows if row.flag == "thanks")
    return Section(
        t("Thanks"),
        (
            Column(t("Time")),
            Column(t("By")),
            Column(t("Concerning")),
            Column(t("What was said"), longest=NOTE_CELLS),
        ),
        tuple(_noted(teller, row) for row in kept),
        shown=LISTED,
        cut=cut(teller, len(kept), LISTED),
    )


def _noted(teller: Teller, row: NoteLine) -> tuple[Cell, ...]:
    about = tuple(each for each in (row.unit, row.number) if each is not None)
    return (cell(teller.moment(row.at)), cell(row.staff), cell(*about), cell(row.text))


def _flag(teller: Teller, flag: str | None) -> Cell:
    if flag is None:
        return cell()
    return cell(teller.t(_FLAGS[flag]) if flag in _FLAGS else flag, tone="mark")


def counts(teller: Teller, rows: tuple[Counted, ...]) -> Section:
    """What was counted at the handover, and what is said of what differs."""
    t = teller.t
    return Section(
        t("Counts"),
        (
            Column(t("Item")),
            Column(t("Expected"), figure=True),
            Column(t("Counted"), figure=True),
            Column(t("Difference"), figure=True),
            Column(t("What is said of it"), longest=NOTE_CELLS),
        ),
        tuple(_counted(teller, row) for row in rows),
    )


def _counted(teller: Teller, row: Counted) -> Row:
    by = 0 if row.expected is None else row.counted - row.expected
    name = teller.t.each(lambda t: row.names.get(t.code, row.item), plain=False)
    return (
        cell(name),
        cell() if row.expected is None else cell(row.expected),
        cell(row.counted),
        cell(Change(by), tone="bad") if by else cell(),
        cell() if row.word is None else cell(row.word),
    )
