"""What a notice says: to a person in the person's language, to a program as JSON with stable keys.

Nothing private is in it: who the matter is about, who called, phones, health and household notes are not even
handed to this package; the resident's words are cut, and long figures in them are covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from concierge.domain.instants import iso
from concierge.domain.masking import masked_text
from concierge.domain.roles import ROLES
from concierge.domain.typed_text import clean_line
from concierge.language import terms
from concierge.language.dates import duration, full_day
from concierge.language.limits import limit_text
from concierge.language.translator import Language, language
from concierge.services.notices import Matter

_PLACE = 60
# Seven figures or more with little but blanks, dots and dashes between: a phone, an account, an identity card.
# A date such as 2026-11-23 stays.
_FIGURES = re.compile(
    r"(?<!\d)(?!\d{4}([-./])\d{2}\1\d{2}(?!\d))\+?\d(?:[ ./()\-\u200b\u2010-\u2014（）]{0,3}\d){6,}"
)
_COVERED = "***"
# What chat programs take for markup or for a call to everybody.
_HARMLESS = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})


@dataclass(frozen=True, slots=True)
class House:
    """What all notices of a property share; ``category`` names a category's code in a language."""

    name: str
    language: str
    rehearsal: bool
    zone: ZoneInfo
    words: int
    category: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One notice ready to leave: ``key`` is the same however often it is sent; ``data`` is for programs."""

    key: str
    title: str
    body: str
    data: Mapping[str, object]


def parcel(house: House, code: str, matter: Matter, *, event_id: int, now: int) -> Parcel:
    """The notice of an event in the language ``code``, as it is right at ``now``."""
    t = language(code)
    title = _title(t, house, matter, now)
    body = "\n".join(_lines(t, house, matter, event_id, now))
    data = _data(house, matter, event_id, now) | {
        "language": code, "title": title, "body": body,
        "category_name": house.category(matter.category, code),
    }  # fmt: skip
    return Parcel(str(event_id), title, body, data)


def trial_parcel(house: House, code: str, *, key: str, to: str, now: int) -> Parcel:
    """A notice that only tries the way."""
    t = language(code)
    title = t("Test of the notices of {property}", property=house.name)
    when = _when(t, now, house.zone)
    whom = terms.role(t, to) if to in ROLES else to
    body = t("This is a test for {to}, sent {when}. There is nothing to do.", to=whom, when=when)
    data = {
        "event": key, "kind": "test", "property": house.name, "rehearsal": house.rehearsal,
        "at": iso(now, house.zone), "to": to, "language": code, "title": title, "body": body,
    }  # fmt: skip
    return Parcel(key, title, body, data)


def leaving(text: str, limit: int) -> str:
    """Typed text as it may leave: one line, long figures covered, cut to ``limit`` characters."""
    line = _FIGURES.sub(_COVERED, " ".join(clean_line(text).text.split()))
    return line if len(line) <= limit else line[: max(limit - 1, 0)].rstrip() + "…" * bool(limit)


def _title(t: Language, house: House, matter: Matter, now: int) -> str:
    if matter.number is None:
        what = t("Shift not relieved: {desk}", desk=matter.desk)
    else:
        where = _where(matter)
        said = {"number": matter.number, "where": where or "—",
                "category": house.category(matter.category, t.code)}  # fmt: skip
        if now > matter.due_at:
            what = t("Overdue: {category}, {where} ({number})", **said)
        elif matter.grade == "major":
            what = t("Major matter: {category}, {where} ({number})", **said)
        elif matter.rung == 0:
            what = t("Due soon: {category}, {where} ({number})", **said)
        else:
            what = t("Escalated: {category}, {where} ({number})", **said)
    return t("[Rehearsal] {title}", title=what) if house.rehearsal else what


def _where(matter: Matter) -> str:
    return _unit(matter) or leaving(matter.place or "", _PLACE).translate(_HARMLESS)


def _unit(matter: Matter) -> str:
    """The unit; one that is not in the books is whatever somebody typed."""
    return masked_text(matter.unit or "")


def _lines(t: Language, house: House, matter: Matter, event_id: int, now: int) -> Iterator[str]:
    if matter.number is not None:
        yield from _promise(t, house, matter, now)
        yield t("Who has it: {name}", name=matter.assignee or t("nobody yet"))
    else:
        yield t("On duty: {name}", name=matter.assignee or t("nobody yet"))
    people = t(", ").join(matter.people)
    if matter.rung:
        yield t("Told: {people} ({role}, rung {rung})", people=people,
                role=terms.role(t, matter.role), rung=matter.rung)  # fmt: skip
    else:
        yield t("Told: {people}", people=people)
    words = leaving(matter.words, house.words).translate(_HARMLESS)
    if words:
        yield t('In the words of the resident: "{words}"', words=words)
    yield t("{property}, notice {key}", property=house.name, key=event_id)


def _promise(t: Language, house: House, matter: Matter, now: int) -> Iterator[str]:
    clock, due = terms.clock(t, matter.clock), _when(t, matter.due_at, house.zone)
    if matter.limit:
        limit = limit_text(t, matter.limit)
        yield t("Promised: {clock} within {limit}, by {when}", clock=clock, limit=limit, when=due)
    else:
        yield t("Promised: {clock}, by {when}", clock=clock, when=due)
    length = duration(t, now - matter.due_at)
    late = t("Late by {length}", length=length)
    yield late if now > matter.due_at else t("{length} left", length=length)
    if matter.grade == "major":
        yield t("Grade: {grade}", grade=terms.grade(t, matter.grade))


def _when(t: Language, at: int, zone: ZoneInfo) -> str:
    """An instant with its date written out: whoever reads it tomorrow must not take it for tomorrow's."""
    local = datetime.fromtimestamp(at, zone)
    day = full_day(t, local.date(), date(local.year, 1, 1))
    return t("{day}, {time}", day=day, time=f"{local:%H:%M}")


def _data(house: House, matter: Matter, event_id: int, now: int) -> dict[str, object]:
    return {
        "event": event_id,
        "kind": "escalation",
        "property": house.name,
        "rehearsal": house.rehearsal,
        "desk": matter.desk,
        "at": iso(now, house.zone),
        "ticket": matter.number,
        "unit": _unit(matter) or None,
        "place": leaving(matter.place or "", _PLACE) or None,
        "category": matter.category or None,
        "grade": matter.grade,
        "clock": matter.clock or None,
        "limit": matter.limit or None,
        "due_at": iso(matter.due_at, house.zone),
        "late_seconds": max(0, now - matter.due_at),
        "rung": matter.rung,
        "role": matter.role,
        "people": list(matter.people),
        "assignee": matter.assignee,
        "words": leaving(matter.words, house.words) or None,
    }
