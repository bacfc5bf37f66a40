"""Founding a property's store: its name, language, rules and first staff."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from sqlmodel import col, select

from concierge.clock import Clock
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line
from concierge.services.desk import Desk
from concierge.services.pinyin import readings
from concierge.services.rules import add_versions
from concierge.services.staffing import NewStaff, insert_staff
from concierge.store.audit import Stamp, append
from concierge.store.batches import AT_ONCE
from concierge.store.engine import Store
from concierge.store.search import KEYS_VERSION, write_many
from concierge.store.tables import Desk as DeskRow
from concierge.store.tables import Household, Property

LANGUAGES = ("zh", "en")
_LIMIT = 80
_BETWEEN = 0.1  # seconds: a desk that waits for the lock asks as often


def found(
    store: Store,
    clock: Clock,
    *,
    name: str,
    language: str,
    staff: Sequence[NewStaff],
    rehearsal: bool,
    policy: Mapping[str, object],
    calendars: Sequence[Mapping[str, object]],
    desk: str,
) -> Desk:
    """Write the first facts into a store that was just created, in one transaction.

    Raises:
        Refusal: ``property.name-missing``, ``staff.none``, ``language.unknown``, ``staff.exists``,
            ``policy.bad``.
    """
    said = clean_line(name, limit=_LIMIT).text.strip()
    if not said:
        raise Refusal("property.name-missing")
    if language not in LANGUAGES:
        raise Refusal("language.unknown", language=language)
    if not staff:
        raise Refusal("staff.none")
    now = clock.now()
    stamp = Stamp(at=now, desk=desk)
    with store.write() as session:
        session.add(
            Property(
                name=said,
                language=language,
                rehearsal=rehearsal,
                created_at=now,
                search_version=KEYS_VERSION,
            )
        )
        session.add(DeskRow(name=desk))
        session.flush()
        append(session, stamp, "store.created",
               {"name": said, "language": language, "rehearsal": rehearsal})  # fmt: skip
        rules = add_versions(session, stamp, policy, calendars)
        for new in staff:
            insert_staff(session, stamp, new)
    return Desk(store, clock, rules, desk)


def read_property(store: Store) -> Property | None:
    """The property of a store, or None in one that was created and never founded."""
    with store.read() as session:
        row = session.get(Property, 1)
        if row is not None:
            session.expunge(row)
        return row


def know_desk(store: Store, name: str) -> None:
    """Make sure that a desk's name is known; it is written only the first time."""
    with store.read() as session:
        if session.exec(select(DeskRow).where(col(DeskRow.name) == name)).first():
            return
    with store.write() as session:
        if session.get(DeskRow, name) is None:
            session.add(DeskRow(name=name))


def keys_are_current(store: Store) -> bool:
    """Whether every household is found by keys as this program writes them."""
    with store.read() as session:
        row = session.get(Property, 1)
        return row is None or row.search_version == KEYS_VERSION


def renew_keys(store: Store, *, pause: Callable[[float], object] = time.sleep) -> None:
    """Write the keys by which households are found anew, once after they came to be written differently.

    It is done in portions, each a transaction that marks how far it came: other desks write between, one that
    is opened meanwhile takes its share, and whoever was killed is gone on from. Until the end some households
    are found by their old keys.

    Args:
        store: The store.
        pause: Lets another desk, which asks again every tenth of a second, have the lock.

    Raises:
        StoreProblem: read-only, locked and the like; what was written stays.
    """
    while not keys_are_current(store) and not _renew_some(store):
        pause(_BETWEEN)


def _renew_some(store: Store) -> bool:
    """Write the next portion; whether that was the last."""
    with store.write() as session:
        row = session.get_one(Property, 1)
        if row.search_version == KEYS_VERSION:
            return True  # another desk did it while this one waited for the lock
        upto = row.search_upto if row.search_renewing == KEYS_VERSION else None
        asked = select(Household.id).where(col(Household.id) > (upto or 0))
        some = session.exec(asked.order_by(col(Household.id)).limit(AT_ONCE)).all()
        found = [number for number in some if number is not None]
        write_many(session, found, readings)
        is_last = len(found) < AT_ONCE
        if is_last:
            row.search_version, row.search_renewing, row.search_upto = KEYS_VERSION, None, None
        else:
            row.search_renewing, row.search_upto = KEYS_VERSION, found[-1]
        session.add(row)
        return is_last


def set_language(desk: Desk, *, language: str) -> None:
    """Keep the language that the desk shows.

    Raises:
        Refusal: ``language.unknown``.
    """
    if language not in LANGUAGES:
        raise Refusal("language.unknown", language=language)
    with desk.store.write() as session:
        row = session.get_one(Property, 1)
        row.language = language
        session.add(row)
