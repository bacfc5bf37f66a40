"""``household import`` and ``household export``: the roster in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.cli.pins import asked_pin, define_pin
from concierge.domain.refusal import Refusal
from concierge.language import rosters, terms
from concierge.language.refusals import row_sentence
from concierge.paths import as_typed

if TYPE_CHECKING:
    from concierge.services.roster_views import RosterReport

SHOWN = 20
"""Lines of each kind that a person is shown; a program gets them all."""


def define_import(importing: Parser, shape: Shape) -> None:
    """The arguments of ``household import``."""
    t = shape.t
    importing.add_argument("file", metavar="FILE", help=t("the roster"))
    importing.add_argument("--dry-run", action="store_true",
                           help=t("only show what was understood, and save nothing"))  # fmt: skip
    importing.add_argument("--strict", action="store_true",
                           help=t("take over nothing if a row is rejected"))  # fmt: skip
    importing.add_argument("--map", metavar="3=name,5=phone",
                           help=t("what columns hold, where the guess is wrong; - leaves one out"))  # fmt: skip
    importing.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who imports"))


def define_export(exporting: Parser, shape: Shape) -> None:
    """The arguments of ``household export``."""
    t = shape.t
    exporting.add_argument("--output", required=True, metavar="PATH",
                           help=t("the file to write, .xlsx or .csv"))  # fmt: skip
    exporting.add_argument("--unmask", action="store_true",
                           help=t("whole phone numbers; a supervisor's name is needed"))  # fmt: skip
    exporting.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who exports"))
    define_pin(exporting, shape)
    exporting.add_argument("--force", action="store_true", help=t("replace a file that exists"))


def import_(call: Call) -> int:
    """Read a roster."""
    from concierge.export.roster import write_rejected
    from concierge.services.roster import import_roster
    from concierge.services.roster_mapping import parse_mapping

    args = call.args
    path = as_typed(args.file)
    mapped = parse_mapping(args.map) if args.map else None
    with call.desk() as desk, _Line(call) as line:
        report = import_roster(
            desk,
            path=path,
            dry_run=args.dry_run,
            strict=args.strict,
            actor=args.actor,
            mapped=mapped,
            progress=line.say if line.is_seen else None,
        )
    kept = None
    if not args.dry_run:
        try:
            kept = write_rejected(report, path, call.t)
        except Refusal as refusal:  # the rest is saved, and that has to be said
            call.output.aside(call.refusal(refusal.code, refusal.values))
    call.answer(_json(call, report, kept), lambda: _report(call, report, kept))
    return Exit.DONE


class _Line:
    """How far it is, on one line of a person's terminal that goes away in the end."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._err = call.output.err
        self.is_seen = self._err.isatty() and not call.as_json
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._err.write("\r" + " " * self._width + "\r")
            self._err.flush()

    def say(self, done: int, total: int | None) -> None:
        """Write over what stood there."""
        t = self._call.t
        said = (
            t("{done} of {total}", done=done, total=total)
            if total
            else t("{done} rows read", done=done)
        )
        self._err.write("\r" + said.ljust(self._width))
        self._err.flush()
        self._width = max(self._width, 2 * len(said))


def _json(call: Call, report: RosterReport, kept: Path | None) -> dict[str, Any]:
    return {
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "columns": [
            {"column": head.column, "header": head.header, "field": head.field, "by": head.source}
            for head in report.headers
        ],
        "new": [{"unit": each.unit, "names": list(each.names)} for each in report.households],
        "changes": [
            {"unit": each.unit, "name": each.name, "field": each.field, "old": each.old,
             "new": each.new}
            for each in report.changes
        ],
        "gone": [
            {"unit": each.unit, "name": each.name, "plate": each.plate} for each in report.gone
        ],
        "noted": [{"row": each.row, "unit": each.unit} for each in report.noted],
        "rejected": [
            {"row": row.row, "reason": row_sentence(call.t, row.reason, row.values)}
            for row in report.rejected
        ],
        "rejected_file": None if kept is None else str(kept),
    }  # fmt: skip


def _report(call: Call, report: RosterReport, kept: Path | None) -> Iterator[str]:
    t = call.t
    if call.args.dry_run:
        yield t("How the columns were understood:")
        yield from ("  " + line for line in table([
            (str(head.column), head.header,
             terms.column(t, head.field) if head.field else t("left out"),
             rosters.source(t, head.source))
            for head in report.headers
        ]))  # fmt: skip
    yield t.plural(
        "{n} household read: {added} added, {changed} changed, {unchanged} unchanged.",
        "{n} households read: {added} added, {changed} changed, {unchanged} unchanged.",
        report.read,
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
    )
    if report.changes:
        yield t("Changed:")
        yield from _some(call, report.changes, lambda each: rosters.change(t, each))
    if report.gone:
        yield t("In the books but not in this roster; they stay in the books:")
        yield from _some(call, report.gone, lambda each: rosters.gone(t, each))
    if report.noted:
        yield t(rosters.NOTED)
        yield from _some(call, report.noted, lambda each: rosters.noted(t, each))
    if report.rejected:
        yield t.plural("{n} row rejected:", "{n} rows rejected:", len(report.rejected))
        for row in report.rejected:
            reason = row_sentence(t, row.reason, row.values)
            yield "  " + t("row {row}: {reason}", row=row.row, reason=reason)
    if kept is not None:
        yield rosters.rejected_file(t, kept)
    if call.args.dry_run:
        yield t("Nothing was saved.")


def _some(call: Call, things: Sequence[Any], said: Callable[[Any], str]) -> Iterator[str]:
    for each in things[:SHOWN]:
        yield "  " + said(each)
    if len(things) > SHOWN:
        yield "  " + call.t("and {n} more", n=len(things) - SHOWN)


def export(call: Call) -> int:
    """Write the books as a roster."""
    from concierge.export.files import write_new
    from concierge.export.roster import FORMATS, roster_file
    from concierge.services.roster_export import export_roster

    args = call.args
    path = as_typed(args.output)
    suffix = path.suffix.lower()
    if suffix not in FORMATS:  # before anything is recorded
        raise Refusal("roster.unknown-output", suffix=suffix)
    pin = asked_pin(call)
    with call.desk() as desk:
        lines = export_roster(desk, unmask=args.unmask, actor=args.actor, pin=pin)
        store = desk.store.path
    write_new(path, roster_file(lines, suffix, call.t), force=args.force, store=store)
    value = {"path": str(path), "rows": len(lines), "masked": not args.unmask}
    call.answer(value, lambda: _written(call, path, len(lines)))
    return Exit.DONE


def _written(call: Call, path: Path, rows: int) -> Iterator[str]:
    t = call.t
    yield t.plural(
        "The roster is written to {path}: {n} row.",
        "The roster is written to {path}: {n} rows.",
        rows,
        path=path,
    )
    if not call.args.unmask:
        yield t("Phones are masked; --unmask writes them whole, under a supervisor's name.")
