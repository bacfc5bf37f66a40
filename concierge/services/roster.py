"""Importing a roster: what was read, compared with the store, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from sqlmodel import Session

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.people import find_staff
from concierge.services.pinyin import readings
from concierge.services.roster_mapping import remember, remembered
from concierge.services.roster_plan import Flat, Plan, compare, together
from concierge.services.roster_reading import Roster, read_roster
from concierge.services.roster_views import RosterReport
from concierge.services.roster_watch import Progress, Watch
from concierge.services.roster_writing import write_plan
from concierge.store.audit import append


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

    People are told apart by unit and name: a person known already gets what the roster says of phone and
    relation, blank cells change nothing. All accepted rows commit together. What was mapped by hand is
    remembered for the next roster.

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
    named = frozenset(str(row.values["unit"]) for row in roster.rejected if "unit" in row.values)
    with desk.store.read() as session:
        if actor:
            find_staff(session, actor)
        plan = compare(session, flats, named=named, watch=watch)
    if not dry_run:
        if plan.new or plan.completions:
            plan = _write(
                desk, roster, flats=flats, named=named, foreseen=plan, actor=actor, watch=watch
            )
        remember(home, roster.headers)
    return _report(roster, plan)


def _write(
    desk: Desk,
    roster: Roster,
    *,
    flats: Mapping[str, Flat],
    named: frozenset[str],
    foreseen: Plan,
    actor: str | None,
    watch: Watch,
) -> Plan:
    """Write it; what others changed since the comparison counts, for it is made again under the lock.

    Names are turned into pinyin before, so that nobody waits for the lock meanwhile.
    """
    spoken = cache(readings)
    for name in watch.over(list(foreseen.names())):
        spoken(name)
    with desk.store.write() as session:
        plan = compare(session, flats, named=named, watch=watch)
        write_plan(session, plan, desk.clock.now(), spoken, watch)
        _record(session, desk, roster, plan, actor)
        return plan


def _record(session: Session, desk: Desk, roster: Roster, plan: Plan, actor: str | None) -> None:
    staff = find_staff(session, actor) if actor else None
    append(
        session,
        desk.stamp(desk.clock.now(), staff),
        "household.imported",
        {"rows": len(roster.rows), "added": len(plan.new), "changed": len(plan.completions),
         "unchanged": plan.unchanged, "rejected": len(roster.rejected)},
    )  # fmt: skip


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
    )
