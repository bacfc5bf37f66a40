"""The figures of days, weeks and months, beside those of the period before, by the count that shifts use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from concierge.domain.period import Period, period, read_day
from concierge.domain.refusal import Refusal
from concierge.domain.shift import day_starts
from concierge.domain.wall import wall_time
from concierge.services.desk import Desk
from concierge.services.figures import Tally
from concierge.services.lost import lost_at_handover
from concierge.services.periods import Boundaries, edges
from concierge.services.report_shifts import shift_lines
from concierge.services.report_standing import standing
from concierge.services.report_views import PeriodReport, Share
from concierge.services.summary import Hour
from concierge.services.summing import kept_of, received_of, rungs_of
from concierge.services.sums import FIELDS, Sums, folded, hour_from, totals_of
from concierge.services.tally import tally, unseen
from concierge.store.tables import ChainHead, Event, Property, Staff, Ticket
from concierge.store.tables import Desk as DeskRow

_TICKET = SQLModel.metadata.tables[str(Ticket.__tablename__)]
_HOURS = tuple(f"{hour:02d}" for hour in range(24))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A period as instants: its days' edges, and where the one before begins; and which desks count."""

    days: Period
    edges: tuple[int, ...]
    before: int
    desks: tuple[str, ...]
    now: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted, with the events between which: by desk one at each edge."""

    cuts: Mapping[str, tuple[int, ...]]
    here: Tally
    before: Tally


def report(desk: Desk, *, first_day: str, last_day: str, name: str | None = None) -> PeriodReport:
    """The figures of days in a row, of one desk or of all.

    A day of a desk that keeps shifts is made of whole shifts, so that signed summaries add up to it.

    Args:
        desk: Where it is asked.
        first_day: ISO date.
        last_day: ISO date, included; of one yet to come what there is so far.
        name: The desk it is about; None for all.

    Raises:
        Refusal: ``report.day``, ``report.order``, ``report.long``, ``report.future``, ``desk.unknown``.
    """
    now = desk.clock.now()
    today = wall_time(now, desk.rules.calendar.zone).date()
    days = period(read_day(first_day), read_day(last_day), today=today)
    with desk.store.read() as session:
        asked = _asked(session, desk, days, name, now)
        head = session.get_one(ChainHead, 1)
        counted = _count(session, desk, asked, head.events)
        return _view(session, desk, asked, counted, head=head, name=name)


def _asked(session: Session, desk: Desk, days: Period, name: str | None, now: int) -> _Asked:
    desks = tuple(sorted(session.exec(select(DeskRow.name))))
    if name is not None and name not in desks:
        raise Refusal("desk.unknown", desk=name, desks=", ".join(desks))
    rules, zone = desk.rules.policy.shifts, desk.rules.calendar.zone
    return _Asked(
        days=days,
        edges=edges(rules, days.first, days.days, zone),
        before=day_starts(rules, days.before, zone),
        desks=desks if name is None else (name,),
        now=now,
    )


def _count(session: Session, desk: Desk, asked: _Asked, head: int) -> _Counted:
    rules, zone = desk.rules.policy.shifts, desk.rules.calendar.zone
    cuts: dict[str, tuple[int, ...]] = {}
    earlier: dict[str, tuple[int, ...]] = {}
    for name in asked.desks:
        bounds = Boundaries(session, name, rules=rules, zone=zone, since=asked.before, head=head)
        cuts[name] = tuple(bounds.at(edge) for edge in asked.edges)
        earlier[name] = (bounds.at(asked.before), cuts[name][0])
    running = asked.edges[0] <= asked.now < asked.edges[-1]
    here = tally(
        session,
        cuts,
        zone,
        unseen=unseen(session, asked.desks, asked.now) if running else (),
        now=asked.now,
        part=sum(edge <= asked.now for edge in asked.edges) - 1 if running else 0,
    )
    before = tally(session, earlier, zone, signed=False)
    for count in (here, before):
        for breach in lost_at_handover(session, count.breaches):
            count.lose(breach)
    return _Counted(cuts, here, before)


def _view(
    session: Session,
    desk: Desk,
    asked: _Asked,
    counted: _Counted,
    *,
    head: ChainHead,
    name: str | None,
) -> PeriodReport:
    home, here, before = session.get_one(Property, 1), counted.here, counted.before
    policy = desk.rules.policy
    names: dict[int | None, str] = dict(session.exec(select(Staff.id, Staff.name)).all())
    order = list(policy.categories)
    last = session.get(Event, max(ends[-1] for ends in counted.cuts.values()))
    return PeriodReport(
        property_name=home.name,
        rehearsal=home.rehearsal,
        desk=name,
        zone=desk.rules.calendar.zone.key,
        first_day=asked.days.first.isoformat(),
        last_day=asked.days.last.isoformat(),
        start=asked.edges[0],
        end=asked.edges[-1],
        before_start=asked.before,
        until=min(asked.edges[-1], asked.now),
        totals=here.totals(),
        before=before.totals(),
        received=received_of(here),
        kept=kept_of(here),
        rungs=rungs_of(here),
        by_category=_shares(
            here.by_category(),
            before.by_category(),
            order=lambda code: (order.index(code) if code in order else len(order), code),
        ),
        by_building=_shares(here.by_building(), before.by_building(), order=_by_number),
        by_staff=_shares(
            _named(here.by_staff, names), _named(before.by_staff, names), order=lambda key: key
        ),
        by_hour=_shares(here.by_hour(), before.by_hour(), order=lambda key: key, keys=_HOURS),
        days=_days(asked.edges, here),
        shifts=shift_lines(session, desk, counted.cuts, now=asked.now, head=head.events),
        open_now=_open(session, asked.desks),
        categories={code: dict(each.names) for code, each in policy.categories.items()},
        head=last.hash if last is not None else head.hash,
        standing=standing(
            session, counted.cuts, here, now=asked.now if asked.now < asked.edges[-1] else None
        ),
    )


def _shares(
    here: Sums, before: Sums, *, order: Callable[[str], object], keys: Iterable[str] = ()
) -> tuple[Share, ...]:
    """The figures by key, those that are in either period, in an order of their keys; "" comes last."""
    nothing = [0] * len(FIELDS)
    found = {key for sums in (here, before) for key, row in sums.items() if any(row)} | set(keys)
    ranked: list[str] = sorted(found, key=lambda key: (not key, order(key)))
    return tuple(
        Share(key, totals_of(here.get(key, nothing)), totals_of(before.get(key, nothing)))
        for key in ranked
    )


def _by_number(building: str) -> tuple[int, str]:
    """Building 10 comes after 9."""
    digits = "".join(filter(str.isdecimal, building))
    return int(digits or 0), building


def _named(sums: Sums, names: Mapping[int | None, str]) -> Sums:
    return folded(sums, lambda staff_id: names.get(staff_id, ""))


def _days(starts: Sequence[int], count: Tally) -> tuple[Hour, ...]:
    found = count.by_part()
    rows = [found.get(nth, [0] * len(FIELDS)) for nth in range(len(starts) - 1)]
    return tuple(hour_from(start, row) for start, row in zip(starts, rows, strict=False))


def _open(session: Session, desks: Sequence[str]) -> int:
    row = _TICKET.c
    asked = sqlalchemy.select(func.count()).where(row.state == "open", row.desk.in_(desks))
    return int(session.execute(asked).scalar() or 0)
