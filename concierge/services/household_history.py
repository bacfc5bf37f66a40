"""What was changed in a household's file, and taking the last change back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from concierge.domain.household import mask_phone
from concierge.domain.household_file import MASK, SENSITIVE, SHOWN_OF_CHILDREN
from concierge.domain.household_now import is_child
from concierge.domain.instants import iso
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.household_changing import Changing, changing
from concierge.services.household_edit import put_care
from concierge.services.household_log import ADDED, CHANGED
from concierge.services.household_parts import PARTS
from concierge.services.household_reading import OF_CHILDREN
from concierge.services.household_views import ENTERED, Change, HouseholdFile
from concierge.services.units import find_unit
from concierge.store.tables import Event, EventPersonal, Fact, Member

_INSTANTS = frozenset({"at", "consent_at", "ended_at"})
_Kept = tuple[Event, dict[str, Any], dict[str, Any]]


def history(desk: Desk, *, unit: str, limit: int = 100) -> tuple[Change, ...]:
    """The changes of a household's file, the newest first, sensitive values masked.

    The first of all is how it came in (``act`` is entered), which is never taken back. What was forgotten is no
    longer among them.

    Raises:
        Refusal: ``unit.unknown`` or ``unit.ambiguous``.
    """
    with desk.store.read() as session:
        found = find_unit(session, unit)
        assert found.household_id is not None
        changes = _changes(session, found.household_id, limit)
        undone = {data["undoes"] for _, data, _ in changes if data.get("undoes")}
        children = _children(session, desk, found.household_id, changes)
        aspects = _aspects(changes)
        return tuple(
            _view(
                event,
                data,
                personal | {"child": data["member_id"] in children},
                aspects.get((data["what"], data["row"]), set()),
                zone=desk.rules.calendar.zone,
                undone=event.id in undone,
            )
            for event, data, personal in changes
        )


def undo_last(desk: Desk, *, unit: str, actor: str, event: int | None = None) -> HouseholdFile:
    """Take back the last change of a household's file that was not taken back yet, whoever made it.

    Args:
        desk: The desk.
        unit: In any spelling.
        actor: Who takes it back.
        event: The change that was shown; another one is not taken back.

    Raises:
        Refusal: ``undo.nothing`` without such a change; ``undo.other`` when it is not the one that was shown;
            ``undo.stale`` when what it changed is different by now, or gone; ``member.last`` for the only name
            that is left; and what ``changing`` refuses.
    """
    with changing(desk, unit, actor) as change:
        last = _last(change.session, change.id)
        if last is None:
            raise Refusal("undo.nothing", unit=change.household.unit)
        changed, data, personal = last
        if event is not None and changed.id != event:
            raise Refusal("undo.other", unit=change.household.unit)
        before, after = personal.get("before") or {}, personal.get("after") or {}
        if data["act"] == "removed":
            _put_back(change, data["what"], before, changed.id)
        elif data["what"] == "care":
            put_care(change, before["care"], undoes=changed.id)
        else:
            _take_back(change, data, before, after, changed.id)
        return change.file()


def _take_back(
    change: Changing,
    data: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    event_id: int,
) -> None:
    """Undo a set or an addition, if what it made still stands."""
    what = data["what"]
    try:
        row = change.household if what == "household" else change.row(what, data["row"])
    except Refusal as gone:
        raise Refusal("undo.stale", unit=change.household.unit) from gone
    if any(getattr(row, name) != value for name, value in after.items()):
        raise Refusal("undo.stale", unit=change.household.unit)
    if data["act"] == "added":
        change.remove(what, row, undoes=event_id)
    else:
        change.set(what, row, before, undoes=event_id)


def _put_back(change: Changing, what: str, before: Mapping[str, Any], event_id: int) -> None:
    """Add a removed row again, under its own id unless that went to another."""
    values = {name: value for name, value in before.items() if name != "facts"}
    if change.session.get(PARTS[what].table, values["id"]) is not None:
        values.pop("id")
    if what == "fact" and change.session.get(Member, values.get("member_id") or 0) is None:
        values.pop("member_id", None)
    row_id = change.add(what, values, undoes=event_id)
    for fact in before.get("facts", ()):
        kept = dict(fact)
        if change.session.get(Fact, kept["id"]) is not None:
            kept.pop("id")
        change.session.add(Fact(**{**kept, "household_id": change.id, "member_id": row_id}))


def _last(session: Session, household_id: int) -> _Kept | None:
    undone: set[int] = set()
    for event, data, personal in _read(session, household_id):
        if data.get("undoes"):
            undone.add(data["undoes"])
        elif event.id not in undone and data["act"] != ENTERED:
            return event, data, personal
    return None


def _changes(session: Session, household_id: int, limit: int) -> list[_Kept]:
    return [kept for kept, _ in zip(_read(session, household_id), range(limit), strict=False)]


def _read(session: Session, household_id: int) -> Iterator[_Kept]:
    rows = session.exec(
        select(Event, EventPersonal)
        .join(EventPersonal)
        .where(EventPersonal.household_id == household_id, col(Event.kind).in_((CHANGED, ADDED)))
        .order_by(col(EventPersonal.event_id).desc())
    )
    for event, half in rows:
        data, personal = json.loads(event.data), json.loads(half.payload)
        yield (event, data, personal) if event.kind == CHANGED else _entry(event, data, half)


def _entry(event: Event, data: Mapping[str, Any], half: EventPersonal) -> _Kept:
    """How a household came in, in the shape of a change: its first person and what else was said."""
    said = json.loads(half.payload)
    after = {"name": said.get("name"), "phone": said.get("phone"), **(said.get("after") or {})}
    known = {name: value for name, value in after.items() if value is not None}
    change = {
        "what": "household", "act": ENTERED, "row": data["household_id"], "member_id": half.member_id,
        "fields": sorted(known), "roster": data.get("roster"),
    }  # fmt: skip
    return event, change, {"before": None, "after": known}


def _children(
    session: Session, desk: Desk, household_id: int, changes: Iterable[_Kept]
) -> set[int | None]:
    """Who is or was known to be a child, whenever the birthday was said."""
    today = desk.rules.calendar.date_of(desk.clock.now())
    people = session.exec(select(Member).where(Member.household_id == household_id))
    now = {one.id for one in people if is_child(one.birthday, today)}
    return now | {
        data["member_id"]
        for _, data, personal in changes
        if personal.get("child") or is_child((personal.get("after") or {}).get("birthday"), today)
    }


def _aspects(changes: Iterable[_Kept]) -> dict[tuple[str, int], set[str]]:
    """Every aspect a fact has had: what became sensitive was so before."""
    found: dict[tuple[str, int], set[str]] = {}
    for _, data, personal in changes:
        had = found.setdefault((data["what"], data["row"]), set())
        for values in (personal, personal.get("before") or {}, personal.get("after") or {}):
            had |= {values["aspect"]} if values.get("aspect") else set()
    return found


def _view(
    event: Event,
    data: Mapping[str, Any],
    personal: Mapping[str, Any],
    aspects: set[str],
    *,
    zone: ZoneInfo,
    undone: bool,
) -> Change:
    return Change(
        event_id=event.id,
        at=event.at,
        actor=event.actor,
        what=data["what"],
        act=data["act"],
        member=personal.get("member"),
        fields=tuple(data["fields"]),
        before=_shown(personal, "before", aspects, zone),
        after=_shown(personal, "after", aspects, zone),
        undoes=data.get("undoes"),
        undone=undone,
        roster=data.get("roster") is not None,
    )


def _shown(
    personal: Mapping[str, Any], which: str, aspects: set[str], zone: ZoneInfo
) -> dict[str, object]:
    """The values before or after, as the file would show them; instants as ISO 8601 on the property's wall."""
    hidden = set(OF_CHILDREN if personal.get("child") else ())
    if aspects & SENSITIVE or (personal.get("child") and aspects - SHOWN_OF_CHILDREN):
        hidden |= {"text", "day", "consent_scope"}
    values = personal.get(which) or {}
    return {
        name: iso(value, zone)
        if name in _INSTANTS and isinstance(value, int)
        else _masked(value, phone=name == "phone", hidden=name in hidden)
        for name, value in values.items()
        if name not in {"id", "facts"}
    }


def _masked(value: object, *, phone: bool, hidden: bool) -> object:
    if value is None:
        return None
    if phone:
        return mask_phone(str(value))
    return MASK if hidden else value
