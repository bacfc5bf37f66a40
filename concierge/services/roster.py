"""Importing a roster: what was read, compared with the store, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.people import find_staff
from concierge.services.pinyin import readings
from concierge.services.roster_log import RosterLog
from concierge.services.roster_mapping import remember, remembered
from concierge.services.roster_plan import Flat, Plan, Terms, compare, together
from concierge.services.roster_reading import Roster, read_roster
from concierge.services.roster_views import Noted, RosterReport
from concierge.services.roster_watch import Progress, Watch
from concierge.services.roster_writing import Readings, Writer


def import_roster(
    desk: Desk,
    *,
    path: Path,
    dry_run: bool = False,
    strict: bool = False,
    actor: str | None = None,
    mapped: Mapping[int, str | None] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RosterReport:
    """Read a roster and add or complete households; nobody is deleted by it.

    People are told apart by unit and name: a person known already gets what the roster says of them, blank
    cells change nothing. A roster lists who lives there now: a household or a person that has moved out by
    the books and is listed has moved in again. All accepted rows commit together, each change on record as
    if it were made by hand. What was mapped by hand is remembered for the next roster.

    Args:
        desk: The desk.
        path: An .xlsx, .xls or .csv file.
        dry_run: Only say what would happen.
        strict: Refuse everything when one row is rejected.
        actor: Who imports.
        mapped: What columns hold, from 1, where the guess is not right; None leaves one out.
        progress: Told how many rows are read or households written, and of how many.
        cancelled: Asked now and then; True calls everything off.

    Raises:
        Refusal: ``roster.*`` for a file that cannot be read; ``roster.strict`` with the number rejected;
            ``roster.cancelled``, and nothing is written.
    """
    watch = Watch(progress, cancelled)
    home = desk.store.path.parent if desk.store.path else None
    roster = read_roster(path, known=remembered(home), mapped=mapped, watch=watch)
    if strict and roster.rejected:
        first = roster.rejected[0]
        raise Refusal("roster.strict", rejected=len(roster.rejected), row=first.row)
    flats = together(roster.rows)
    terms = Terms(
        today=desk.rules.calendar.date_of(desk.clock.now()),
        fields=_fields(roster),
        named=frozenset(
            str(row.values["unit"])
            for row in roster.rejected
            if "unit" in row.values and not row.is_understood
        ),
    )
    with desk.store.read() as session:
        if actor:
            find_staff(session, actor)
        plan = compare(session, flats, terms=terms, watch=watch)
    if not dry_run:
        if plan.new or plan.completions:
            spoken = _spoken(list(plan.names()), watch)
            del (
                plan
            )  # one made under the lock takes its place; two of a whole property are too many
            plan = _write(
                desk, roster, flats=flats, terms=terms, spoken=spoken, actor=actor, watch=watch
            )
        remember(home, roster.headers)
    return _report(roster, plan)


def _spoken(names: list[str], watch: Watch) -> Readings:
    """How names are pronounced, found out beforehand: nobody waits for the lock meanwhile."""
    spoken = cache(readings)
    for name in watch.over(names):
        spoken(name)
    return spoken


def _write(
    desk: Desk,
    roster: Roster,
    *,
    flats: Mapping[str, Flat],
    terms: Terms,
    spoken: Readings,
    actor: str | None,
    watch: Watch,
) -> Plan:
    """Write it; what others changed since the comparison counts, for it is made again under the lock."""
    with desk.store.write() as session:
        plan = compare(session, flats, terms=terms, watch=watch)
        stamp = desk.stamp(desk.clock.now(), find_staff(session, actor) if actor else None)
        log = RosterLog(session, stamp, _counts(roster, plan))
        Writer(session, log, spoken, is_file=desk.store.path is not None).write(plan, watch)
        log.flush()
        return plan


def _fields(roster: Roster) -> frozenset[str]:
    """What the roster may say: its columns, and what stands with names; further phones go into the notes."""
    with_names = {name for row in roster.rows for name in row.person}
    notes = {"notes"} if any(row.further for row in roster.rows) else set()
    columns = {head.field for head in roster.headers if head.field}
    return frozenset(columns | with_names | notes)


def _counts(roster: Roster, plan: Plan) -> dict[str, object]:
    return {
        "rows": len(roster.rows), "added": len(plan.new), "changed": len(plan.completions),
        "unchanged": plan.unchanged, "rejected": len(roster.rejected),
    }  # fmt: skip


def _report(roster: Roster, plan: Plan) -> RosterReport:
    added, changed = len(plan.new), len(plan.completions)
    return RosterReport(
        read=added + changed + plan.unchanged,
        added=added,
        changed=changed,
        unchanged=plan.unchanged,
        rejected=roster.rejected,
        headers=roster.headers,
        rows=roster.read,
        households=plan.added,
        changes=tuple(plan.changes),
        gone=tuple(plan.gone),
        header=roster.header,
        header_row=roster.header_row,
        sheet=roster.sheet,
        encoding=roster.encoding,
        noted=tuple(Noted(row.row, row.unit.text) for row in roster.rows if row.further),
    )
