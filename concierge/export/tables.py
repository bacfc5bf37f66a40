"""The tables of a shift: what came in, was kept, broken and escalated."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.export.document import Cell, Column, Row, Said, Section
from concierge.export.speech import Speech
from concierge.export.telling import Teller, cell, counted
from concierge.export.waiting import late_seconds
from concierge.language import terms
from concierge.services.summary import Broken, Escalated, Kept, Received, RungCount, ShiftSummary

MATTERS = 100
"""Rows of matters that are carried over on paper: the next shift works with it."""
LISTED = 30
"""Rows of any other long table on paper."""


def cut(teller: Teller, rows: int, shown: int) -> Said | None:
    """What paper says of the rows that it leaves out."""
    more = rows - shown
    if more <= 0:
        return None
    return teller.t.plural(
        "And {figure} more, which the table file has.",
        "And {figure} more, which the table file has.",
        more,
        figure=f"{more:,}".replace(",", "\u202f"),
    )


def received(teller: Teller, rows: tuple[Received, ...], logged_late: int) -> Section:
    """How many matters of each category came in."""
    t = teller.t
    count, spot = sum(row.count for row in rows), sum(row.on_the_spot for row in rows)
    return Section(
        t("Received"),
        (
            Column(t("Kind")),
            Column(t("Category")),
            Column(t("Received"), figure=True),
            Column(t("Answered on the spot"), figure=True),
        ),
        tuple(
            (
                cell(teller.kind(row.kind)),
                cell(teller.category(row.category)),
                cell(row.count),
                cell(row.on_the_spot),
            )
            for row in rows
        ),
        total=(cell(t("Total")), cell(), cell(count), cell(spot)) if rows else None,
        lines=(t("Logged late: {n}.", n=logged_late),),
    )


def promises(teller: Teller, rows: tuple[Kept, ...]) -> Section:
    """How many promises of each kind were kept and broken, and how much time was left."""
    t = teller.t
    met, broken = sum(row.met for row in rows), sum(row.broken for row in rows)
    return Section(
        t("Promises"),
        (
            Column(t("Promise")),
            Column(t("Kept in time"), figure=True),
            Column(t("Broken"), figure=True),
            Column(t("Median time left"), figure=True),
        ),
        tuple(
            (
                cell(teller.clock(row.clock)),
                cell(row.met),
                counted(row.broken, "bad"),
                cell() if row.median_margin is None else cell(t.span(row.median_margin)),
            )
            for row in rows
        ),
        total=(cell(t("Total")), cell(met), counted(broken, "bad"), cell()) if rows else None,
        bars=tuple((row.met, row.broken) for row in rows),
    )


def broken(teller: Teller, summary: ShiftSummary) -> Section:
    """Each promise that was broken, and why."""
    t, rows = teller.t, summary.broken
    return Section(
        t("Broken promises"),
        (
            *teller.matter_columns(),
            Column(t("Promise"), folds=True),
            Column(t("Due")),
            Column(t("Outcome")),
            Column(t("Kept at"), folds=True),
            Column(t("Late by"), figure=True),
            Column(t("Cause")),
        ),
        tuple(_broken(teller, row, summary.until) for row in rows),
        shown=LISTED,
        cut=cut(teller, len(rows), LISTED),
        sheet=t("Broken"),
    )


def _broken(teller: Teller, row: Broken, until: int) -> Row:
    t = teller.t
    late = late_seconds(row, until)
    if row.met_at is None:
        outcome = cell(t("still open"), tone="bad")
    elif late:
        outcome = cell(t("kept late"))
    else:
        outcome = cell(t("logged later as kept"))
    return (
        *teller.matter(row.number, row.unit, row.place, row.category),
        cell(teller.clock(row.clock)),
        cell(teller.moment(row.due_at)),
        outcome,
        cell() if row.met_at is None else cell(teller.moment(row.met_at)),
        cell(t.span(late), tone="" if row.met_at else "bad") if late else cell(),
        cell(t("not stated") if row.cause is None else teller.cause(row.cause)),
    )


def rungs(teller: Teller, rows: tuple[RungCount, ...], warnings: int | None) -> Section:
    """How often each rung fired, and how soon somebody signed for it."""
    t = teller.t
    said = () if warnings is None else (_warned(teller, warnings),)
    return Section(
        t("Escalated, by rung"),
        (
            Column(t("Rung")),
            Column(t("Escalated"), figure=True),
            Column(t("Acknowledged"), figure=True),
            Column(t("Median time until then"), figure=True),
        ),
        tuple(
            (
                cell(row.rung),
                cell(row.fired),
                cell(row.acknowledged, tone="" if row.acknowledged == row.fired else "bad"),
                cell() if row.median_seconds is None else cell(t.span(row.median_seconds)),
            )
            for row in rows
        ),
        lines=said,
        sheet=t("Rungs"),
    )


def _warned(teller: Teller, warnings: int) -> Said:
    return teller.t("Warnings to whoever handles the matter: {n}.", n=warnings)


def escalated(teller: Teller, rows: tuple[Escalated, ...]) -> Section:
    """Each rung that fired, and who has signed for it."""
    t = teller.t
    return Section(
        t("Escalated"),
        (
            *teller.matter_columns(),
            Column(t("Promise"), folds=True),
            Column(t("Rung")),
            Column(t("How"), folds=True),
            Column(t("To")),
            Column(t("Told"), folds=True),
            Column(t("Due")),
            Column(t("Escalated at")),
            Column(t("Acknowledged by")),
            Column(t("Acknowledged at"), folds=True),
            Column(t("After"), folds=True),
        ),
        tuple(_escalated(teller, row) for row in rows),
        shown=LISTED,
        cut=cut(teller, len(rows), LISTED),
    )


def _escalated(teller: Teller, row: Escalated) -> Row:
    t = teller.t
    return (
        *teller.matter(row.number, row.unit, row.place, row.category),
        cell(teller.clock(row.clock)),
        cell(row.rung),
        cell(t("by hand")) if row.by_hand else cell(),
        cell(teller.role(row.to)),
        cell(teller.names(row.people)) if row.people else cell(_nobody(t, row.to), tone="bad"),
        cell(teller.moment(row.due_at)),
        cell(teller.moment(row.fired_at)),
        *_acknowledged(teller, row),
    )


def _nobody(t: Speech, role: str) -> Said:
    """A rung reaches nobody only where nobody on the staff has its role."""
    return t.each(lambda one: one("nobody is {role}", role=terms.role(one, role)), plain=False)


def _acknowledged(teller: Teller, row: Escalated) -> Iterable[Cell]:
    t = teller.t
    if row.acknowledged_at is None:
        return (cell(t("not acknowledged"), tone="bad"), cell(), cell())
    return (
        cell() if row.acknowledged_by is None else cell(row.acknowledged_by),
        cell(teller.moment(row.acknowledged_at)),
        cell(t.span(row.acknowledged_at - row.fired_at)),
    )
