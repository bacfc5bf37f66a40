"""What was understood of a roster, before anything of it is taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from textual.content import Content

from concierge.language import terms
from concierge.language.refusals import row_sentence
from concierge.language.translator import Language
from concierge.ui.format import one_line
from concierge.ui.widgets.paragraph import hanging, stacked, styled

REJECTED_SHOWN = 6


class Column(Protocol):
    """What is read of a column; a ``HeaderGuess`` is one."""

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
    def headers(self) -> Sequence[Column]:
        """The columns."""
        ...


def preview_lines(report: Report, t: Language, width: int) -> Content:
    """Counts, columns and the first rows that were not understood."""
    households = report.added + report.changed + report.unchanged
    counts = t("{rows} rows, {households} households", rows=report.rows, households=households)
    known = [
        t("{header} = {field}", header=one_line(each.header), field=terms.column(t, each.field))
        for each in report.headers
        if each.field
    ]
    unread = [
        one_line(each.header) for each in report.headers if not each.field and each.header.strip()
    ]
    lines = [
        styled(counts, "bold $success" if households else "bold $warning"),
        hanging(Content("  "), Content("   ".join(known)), width),
    ]
    if unread:
        said = t("not read: {headers}", headers=t(", ").join(unread))
        lines.append(hanging(Content("  "), styled(said, "$secondary"), width))
    rows = report.rejected
    if rows:
        said = t.plural("{n} row is left out:", "{n} rows are left out:", len(rows))
        lines.append(styled(said, "bold $warning"))
        lines += [
            hanging(
                styled("  " + t("row {row}", row=each.row) + "  ", "$secondary"),
                Content(one_line(row_sentence(t, each.reason, each.values))),
                width,
            )
            for each in rows[:REJECTED_SHOWN]
        ]
        if len(rows) > REJECTED_SHOWN:
            lines.append(Content("  " + t("and {n} more", n=len(rows) - REJECTED_SHOWN)))
    return stacked(lines)
