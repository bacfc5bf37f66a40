"""What was understood of a roster, before anything of it is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from textual.content import Content

from concierge.language import rosters, terms
from concierge.language.refusals import row_sentence
from concierge.language.translator import Language
from concierge.ui.format import one_line
from concierge.ui.widgets.paragraph import hanging, stacked, styled

SHOWN = 6
"""Lines of each kind."""


class Column(Protocol):
    """What is read of a column; a ``HeaderGuess`` is one."""

    @property
    def column(self) -> int:
        """Its number, from 1."""
        ...

    @property
    def header(self) -> str:
        """As written in the file."""
        ...

    @property
    def field(self) -> str | None:
        """What it was taken for."""
        ...


class Rejected(Protocol):
    """What is read of a rejected row; a ``RejectedRow`` is one."""

    @property
    def row(self) -> int:
        """The sheet's row, from 1."""
        ...

    @property
    def reason(self) -> str:
        """Why, as a code."""
        ...

    @property
    def values(self) -> Mapping[str, object]:
        """What the reason names."""
        ...


class Report(Protocol):
    """What is read of an import; a ``RosterReport`` is one."""

    @property
    def rows(self) -> int:
        """Rows of the sheet."""
        ...

    @property
    def added(self) -> int:
        """New households."""
        ...

    @property
    def changed(self) -> int:
        """Households that get something new."""
        ...

    @property
    def unchanged(self) -> int:
        """Households known like that."""
        ...

    @property
    def rejected(self) -> Sequence[Rejected]:
        """Rows that were not understood."""
        ...

    @property
    def changes(self) -> Sequence[rosters.Change]:
        """What known households get."""
        ...

    @property
    def gone(self) -> Sequence[rosters.Missing]:
        """What the books hold and the roster does not."""
        ...

    @property
    def noted(self) -> Sequence[rosters.Further]:
        """Rows of which phones go into the notes."""
        ...

    @property
    def headers(self) -> Sequence[Column]:
        """The columns."""
        ...


def preview_lines(report: Report, t: Language, width: int) -> Content:
    """Counts, columns, what changes, what is gone, and the first rows that were not understood."""
    households = report.added + report.changed + report.unchanged
    counts = t("{rows} rows, {households} households", rows=report.rows, households=households)
    split = t(
        "{added} new, {changed} changed, {unchanged} as they were",
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
    )
    lines = [
        styled(f"{counts}  {split}", "bold $success" if households else "bold $warning"),
        *_columns(report, t, width),
        *_changes(report, t, width),
        *_gone(report, t, width),
        *_noted(report, t, width),
        *_rejected(report, t, width),
    ]
    return stacked(lines)


def _columns(report: Report, t: Language, width: int) -> Iterator[Content]:
    known = [
        t("{column} {header} = {field}", column=each.column, header=one_line(each.header),
          field=terms.column(t, each.field))
        for each in report.headers
        if each.field
    ]  # fmt: skip
    yield hanging(Content("  "), Content("   ".join(known)), width)
    unread = [
        f"{each.column} {one_line(each.header)}"
        for each in report.headers
        if not each.field and each.header.strip()
    ]
    if unread:
        said = t("not read: {headers}", headers=t(", ").join(unread))
        yield hanging(Content("  "), styled(said, "$secondary"), width)


def _changes(report: Report, t: Language, width: int) -> Iterator[Content]:
    if report.changes:
        yield styled(t("Changed:"), "bold")
        yield from _some([rosters.change(t, each) for each in report.changes[:SHOWN]], width)
        yield from _more(report.changes, t)


def _gone(report: Report, t: Language, width: int) -> Iterator[Content]:
    if report.gone:
        yield styled(t("In the books but not in this roster; they stay in the books:"), "bold")
        yield from _some([rosters.gone(t, each) for each in report.gone[:SHOWN]], width)
        yield from _more(report.gone, t)


def _noted(report: Report, t: Language, width: int) -> Iterator[Content]:
    if report.noted:
        yield styled(t(rosters.NOTED), "bold")
        yield from _some([rosters.noted(t, each) for each in report.noted[:SHOWN]], width)
        yield from _more(report.noted, t)


def _rejected(report: Report, t: Language, width: int) -> Iterator[Content]:
    rows = report.rejected
    if rows:
        said = t.plural("{n} row is left out:", "{n} rows are left out:", len(rows))
        yield styled(said, "bold $warning")
        for each in rows[:SHOWN]:
            row = styled("  " + t("row {row}", row=each.row) + "  ", "$secondary")
            why = Content(one_line(row_sentence(t, each.reason, each.values)))
            yield hanging(row, why, width)
        yield from _more(rows, t)


def _some(lines: Iterable[str], width: int) -> Iterator[Content]:
    for line in lines:
        yield hanging(Content("  "), Content(one_line(line)), width)


def _more(things: Sequence[object], t: Language) -> Iterator[Content]:
    if len(things) > SHOWN:
        yield Content("  " + t("and {n} more", n=len(things) - SHOWN))
