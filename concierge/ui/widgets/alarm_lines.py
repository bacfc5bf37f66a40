"""The words of the alarm: what is wrong where, whom to ring, who was told and how, which keys help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.dates import clock_time
from concierge.language.reaching import who_was_reached
from concierge.language.translator import Language
from concierge.ui.format import clip, place_of, wall_time

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Alarm, ReliefAlarm

INDENT = "   "
FEWEST = 8  # cells in which words are worth beginning
LEAST = 14  # cells that what it is about gets beside where it is
NAME = 16  # cells for whom somebody rang
SHOWN = 2  # people named


def worst_first(alarms: Sequence[Alarm]) -> tuple[Alarm, ...]:
    """Emergencies, then major matters, then what has been over for longest."""
    return tuple(
        sorted(
            alarms,
            key=lambda alarm: (
                alarm.category != "emergency",
                alarm.grade != "major",
                alarm.due_at,
                -alarm.rung,
            ),
        )
    )


def whom_to_ring(alarm: Alarm | ReliefAlarm, t: Language) -> str:
    """Names and numbers of those told; a role that nobody holds is said to be held by nobody."""
    role = terms.role(t, alarm.to)
    if not alarm.people:
        return t("nobody is {role}", role=role)
    names = t(", ").join(
        f"{name} {phone}"
        if phone
        else t("{before} ({name})", before=name, name=t("no number on file: ^P"))
        for name, phone in zip(alarm.people[:SHOWN], alarm.phones[:SHOWN], strict=False)
    )
    if len(alarm.people) > SHOWN:
        names += f" +{len(alarm.people) - SHOWN}"
    return t("ring {role} {names}", role=role, names=names)


def last_call(alarm: Alarm, zone: ZoneInfo, now: int, t: Language) -> str:
    """The last call by phone, or nothing."""
    if not alarm.calls:
        return ""
    call = alarm.calls[-1]
    at = clock_time(datetime.fromtimestamp(call.at, zone), datetime.fromtimestamp(now, zone))
    whom, by = clip(masked_text(call.whom), NAME), clip(call.by, NAME)
    return t("{whom} rung {time} by {by}", whom=whom, time=at, by=by)


def what_line(
    alarms: Sequence[Alarm], names: dict[str, str], zone: ZoneInfo, t: Language, width: int
) -> str:
    """How many, and the worst: where, what, since when; none of the three is cut away by another."""
    alarm = alarms[0]
    count = t.plural("{n} not signed for", "{n} not signed for", len(alarms))
    since = t(", since {time}", time=wall_time(alarm.due_at, zone))
    head = "!! " + t("{count}: {where}", count=count, where="")
    grade = "  " + terms.grade(t, "major") if alarm.grade == "major" else ""
    room = width - cell_len(head) - cell_len(since) - cell_len(grade) - 2
    where = clip(place_of(alarm.unit, alarm.place), max(2, room - LEAST))
    room -= cell_len(where)
    what = clip(names.get(alarm.category, alarm.category), room) + since
    head = "!! " + t("{count}: {where}", count=count, where=where)
    line = clip(f"{head}{grade}  {what}", width)
    # The words come last: cut they end the line, and a few cells of them would say nothing.
    words = width - cell_len(line) - 2
    said = masked_text(alarm.words) if words >= FEWEST else ""
    return f"{line}  {clip(said, words)}" if said else line


def ring_parts(alarm: Alarm, zone: ZoneInfo, now: int, t: Language) -> list[str]:
    """Whom to ring at which number, who was rung already, who was told and how."""
    parts = (whom_to_ring(alarm, t), last_call(alarm, zone, now, t))
    return [*filter(None, parts), *who_was_reached(alarm.deliveries, now, zone, t)]


def keys_line(t: Language, *, muted: str | None) -> str:
    """The keys that work now."""
    parts = [t("F9 open")]
    parts.append(t("muted until {time}", time=muted) if muted else t("F9 F9 mute 2 min"))
    parts += [t("^S sign"), t("^Y told by phone")]
    return "  ".join(parts)


def beside(parts: Sequence[str], keys: str, width: int) -> list[str]:
    """The parts on as many lines as they need, and the keys beside the last or below; keys are never cut."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}  {part}" if lines[-1] else INDENT + part
        if lines[-1] and cell_len(longer) > width:
            lines.append(INDENT + part)
        else:
            lines[-1] = longer
    lines = [clip(line, width) for line in lines]
    gap = width - cell_len(lines[-1]) - cell_len(keys)
    if gap >= len(INDENT):
        return [*lines[:-1], lines[-1] + " " * gap + keys]
    return [*lines, clip(INDENT + keys, width)]
