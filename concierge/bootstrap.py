"""The composition root: from settings and the environment to a desk. The only place that sees all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from concierge.clock import NOW_VARIABLE, Clock, FixedClock, SystemClock, TickingClock
from concierge.domain.instants import parse_instant
from concierge.domain.policy_file import Reader
from concierge.domain.refusal import Refusal
from concierge.paths import DEFAULT_DESK, STORE_NAME
from concierge.services.copies import Copied, is_copy_due
from concierge.services.desk import Desk
from concierge.services.founding import (
    found,
    keys_are_current,
    know_desk,
    read_property,
    renew_keys,
)
from concierge.services.notices import Delivered
from concierge.services.outbox import is_waiting
from concierge.services.rulebook import latest
from concierge.services.rules import Moved, adopt
from concierge.services.staffing import NewStaff
from concierge.services.watching import Renewed
from concierge.settings import RawRules, read_notify, read_rules, rules_stamp
from concierge.store.engine import Store
from concierge.store.files import SIDE_FILES
from concierge.store.opening import create_store, open_store
from concierge.store.problem import StoreProblem
from concierge.store.tables import Property

if TYPE_CHECKING:  # loaded when there is something to deliver
    from concierge.notify.courier import Courier


@dataclass(frozen=True, slots=True)
class Opened:
    """A desk that is open, the language of its store, and what opening it brought to light."""

    desk: Desk
    language: str
    rehearsal: bool
    property_name: str
    moved: tuple[Moved, ...] = ()
    problem: Refusal | None = None
    old_keys: bool = False
    """Some households are found only as an older program wrote their keys, for the store cannot be written."""


def open_desk(
    home: Path, *, name: str | None, environ: Mapping[str, str], ticking: bool = False
) -> Opened:
    """Open the store of a home folder under the rules its files give.

    Args:
        home: The folder that holds ``concierge.db``.
        name: The desk's name, or None for the default one.
        environ: The environment; CONCIERGE_NOW sets the clock of a rehearsal store.
        ticking: Whether a rehearsal's clock runs on from there (the desk) or stands still (a command).

    Raises:
        StoreProblem: missing, newer, damaged, read-only or full.
        Refusal: ``time.bad`` when CONCIERGE_NOW is no time.
    """
    store = open_store(home)
    try:
        home_row = _founded(store, home)
        with store.read() as session:
            rules = latest(session)
        zone = rules.calendar.zone
        clock = _clock(environ, rehearsal=home_row.rehearsal, ticking=ticking, zone=zone)
    except BaseException:
        store.close()
        raise
    desk = Desk(store, clock, rules, name or DEFAULT_DESK)
    desk, moved, problem = _bring_up(desk, read_rules(home))
    return Opened(
        desk=desk,
        language=home_row.language,
        rehearsal=home_row.rehearsal,
        property_name=home_row.name,
        moved=moved,
        problem=problem,
        old_keys=not keys_are_current(store),
    )


def _founded(store: Store, home: Path) -> Property:
    """The property; a store that was made and never founded counts as none."""
    row = read_property(store)
    if row is None:
        raise StoreProblem("missing", path=str(home))
    return row


def _bring_up(desk: Desk, raw: RawRules) -> tuple[Desk, tuple[Moved, ...], Refusal | None]:
    """The desk under the rules of the files, unless they have a mistake or the store cannot be written.

    Neither keeps the desk from opening: it goes on with the rules it had, and whoever writes next is told
    why that fails.
    """
    with contextlib.suppress(StoreProblem):
        know_desk(desk.store, desk.name)
        renew_keys(desk.store)
        if raw.problem is not None:
            return desk, (), raw.problem
        try:
            here, moved = _take_in(desk, raw)
        except Refusal as problem:
            return desk, (), problem
        return here, moved, None
    return desk, (), raw.problem


def _take_in(desk: Desk, raw: RawRules) -> tuple[Desk, tuple[Moved, ...]]:
    """The desk under the rules of the files, and the clocks that moved by them."""
    rules, moved = adopt(
        desk.store, desk.clock, desk=desk.name, policy=raw.policy, calendars=raw.calendars
    )
    return replace(desk, rules=rules), moved


class RuleFiles:
    """The files of a property's rules, looked at for changes while a store is open.

    Make it before the desk is opened, so that a change in between is not missed.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._seen = rules_stamp(home)
        self._taken_in = False

    def renew(self, desk: Desk) -> Renewed:
        """The desk under the rules of the files, when these changed since the last time.

        Raises:
            StoreProblem: when the store cannot be written; the change is looked at again the next time.
        """
        stamp = rules_stamp(self._home)
        if stamp == self._seen and self._taken_in:
            return Renewed()
        raw = read_rules(self._home)
        found = Renewed(mistake=raw.problem) if raw.problem is not None else _adopted(desk, raw)
        if stamp == self._seen:
            # The opening has said what is wrong; a store that was locked then has taken nothing in.
            found = replace(found, mistake=None)
        self._seen, self._taken_in = stamp, True
        return found


def _adopted(desk: Desk, raw: RawRules) -> Renewed:
    try:
        here, moved = _take_in(desk, raw)
    except Refusal as mistake:
        return Renewed(mistake=mistake)
    was, now = ((each.rules.policy_version, each.rules.calendar_version) for each in (desk, here))
    if now == was:
        return Renewed()
    return Renewed(here, moved)


def courier_of(desk: Desk, home: Path) -> Courier:
    """Whoever delivers the notices of an open store, by the ways that its home folder's file names.

    Raises:
        Refusal: ``policy.bad`` when the file has a mistake.
    """
    from concierge.notify.courier import Courier
    from concierge.notify.message import House

    ways, rules, home_row = read_notify(home), desk.rules, _founded(desk.store, home)

    def category(code: str, language: str) -> str:
        known = rules.policy.categories.get(code)
        return known.name(language) if known is not None else code

    house = House(
        name=home_row.name,
        language=home_row.language,
        rehearsal=home_row.rehearsal,
        zone=rules.calendar.zone,
        words=ways.words,
        category=category,
    )
    return Courier(desk, ways, house)


def deliver(desk: Desk, home: Path) -> Delivered:
    """Send what waits in the outbox, and make what copies of summaries wait.

    When nothing does, it costs one look at an index for each.

    Raises:
        Refusal: ``policy.bad`` when the file that names the ways has a mistake.
        StoreProblem: locked and the like; what was not sent is sent later.
    """
    done = courier_of(desk, home).deliver() if is_waiting(desk) else Delivered()
    make_copies(desk, home)
    return done


def make_copies(desk: Desk, home: Path) -> Copied:
    """Make the copies of signed summaries that wait.

    Raises:
        Refusal: as ``deliver``.
        StoreProblem: as ``deliver``.
    """
    if not is_copy_due(desk):
        return Copied()
    from concierge.copying import copy_summaries

    return copy_summaries(desk, read_notify(home), home)


def found_property(
    home: Path,
    *,
    name: str,
    language: str,
    staff: Sequence[NewStaff],
    rehearsal: bool = False,
    desk: str | None = None,
    environ: Mapping[str, str],
) -> Desk:
    """Create the store of a new property; when something is refused nothing is left behind.

    Raises:
        Refusal: ``store.exists`` and whatever ``found`` refuses.
        StoreProblem: when the folder cannot be written.
    """
    raw = read_rules(home)
    if raw.problem is not None:
        raise raw.problem
    store = create_store(home)
    try:
        return found(
            store,
            _clock(environ, rehearsal=rehearsal, ticking=False, zone=_zone_of(raw)),
            name=name,
            language=language,
            staff=staff,
            rehearsal=rehearsal,
            policy=raw.policy,
            calendars=raw.calendars,
            desk=desk or DEFAULT_DESK,
        )
    except BaseException:
        store.close()
        for suffix in ("", *SIDE_FILES):
            (home / f"{STORE_NAME}{suffix}").unlink(missing_ok=True)
        raise


def rehearsal_clock(home: Path, environ: Mapping[str, str]) -> Clock:
    """The clock of a rehearsal that is yet to be founded: what CONCIERGE_NOW sets, else the machine's.

    Raises:
        Refusal: ``time.bad`` when CONCIERGE_NOW is no time.
    """
    return _clock(environ, rehearsal=True, ticking=False, zone=_zone_of(read_rules(home)))


def _zone_of(raw: RawRules) -> ZoneInfo:
    return ZoneInfo(Reader(raw.policy, "").zone("timezone"))


def _clock(environ: Mapping[str, str], *, rehearsal: bool, ticking: bool, zone: ZoneInfo) -> Clock:
    """The machine's clock; in a rehearsal store the one CONCIERGE_NOW sets."""
    text = environ.get(NOW_VARIABLE, "").strip()
    if not rehearsal or not text:
        return SystemClock()
    at = parse_instant(text, zone)
    return TickingClock(at) if ticking else FixedClock(at)
