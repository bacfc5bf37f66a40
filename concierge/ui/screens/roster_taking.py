"""Looking at a roster and taking it over, as the first steps and the roster's own screen do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language

if TYPE_CHECKING:
    from concierge.services.roster_views import RosterReport
    from concierge.ui.port import DeskPort


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that was asked for: its file, what was said of its columns, who waits for it."""

    path: Path
    mapping: str = ""
    progress: Callable[[int, int | None], object] | None = None
    cancelled: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A preview, and the file as it was then."""

    roster: Roster
    report: RosterReport
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over, where the rejected rows are, and why that file could not be written."""

    report: RosterReport
    kept: Path | None
    problem: Refusal | None = None


def look(desk: DeskPort, roster: Roster) -> Seen:
    """See what would come of a roster; in a thread.

    Raises:
        Refusal: ``roster.*``.
    """
    stamp = _stamp(roster.path)
    report = desk.import_roster(
        path=roster.path,
        dry_run=True,
        mapping=roster.mapping,
        progress=roster.progress,
        cancelled=roster.cancelled,
    )
    return Seen(roster, report, stamp)


def take(desk: DeskPort, seen: Seen, t: Language, actor: str | None = None) -> Taken:
    """Take over what was seen, and write the rejected rows beside the file; in a thread.

    Raises:
        Refusal: ``roster.*``; ``roster.other`` when the file is not the one that was seen.
    """
    from concierge.export.roster import write_rejected

    roster = seen.roster
    if _stamp(roster.path) != seen.stamp:
        raise Refusal("roster.other", path=str(roster.path))
    report = desk.import_roster(
        path=roster.path,
        dry_run=False,
        mapping=roster.mapping,
        actor=actor,
        progress=roster.progress,
        cancelled=roster.cancelled,
    )
    try:
        return Taken(report, write_rejected(report, roster.path, t))
    except Refusal as problem:  # the rest is saved, and that has to be said
        return Taken(report, None, problem)


def _stamp(path: Path) -> tuple[int, int]:
    """When the file was written and how long it is; nothing for one that is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
