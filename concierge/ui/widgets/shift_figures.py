"""A shift in figures, and what it hands over."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from concierge.language import terms
from concierge.language.dates import duration, moment
from concierge.language.translator import Language
from concierge.services.summary import Carried, ShiftSummary
from concierge.ui.format import clip, left, one_line, pad, place_of
from concierge.ui.widgets.paragraph import hanging, stacked, styled
from concierge.ui.widgets.row_layout import Flat, Row

LABEL, LEFT, WHERE, WHO, STEP = 14, 11, 11, 10, 10  # cells
AT_MOST = 100  # lines; the export holds all
ROOM_FOR_WHO = 60  # cells


def headline(summary: ShiftSummary, now: int, zone: ZoneInfo, t: Language) -> Content:
    """Whose shift it is and since when; or that it has ended."""
    here = datetime.fromtimestamp(now, zone)
    since = moment(t, datetime.fromtimestamp(summary.started_at, zone), here)
    name, desk = one_line(summary.staff), one_line(summary.desk)
    if summary.ended_at is None:
        said = t("{name} is on shift at {desk} since {time}", name=name, desk=desk, time=since)
        span = duration(t, now - summary.started_at)
    else:
        until = moment(t, datetime.fromtimestamp(summary.ended_at, zone), here)
        said = t("{name}'s shift at {desk} ended {time}", name=name, desk=desk, time=until)
        span = duration(t, summary.ended_at - summary.started_at)
    return styled(said, "bold $primary") + styled(f"  {span}", "$secondary")


def figure_lines(summary: ShiftSummary, t: Language, width: int) -> Content:
    """Received, kept and broken, escalated, closed."""
    came = sum(each.count for each in summary.received)
    spot = sum(each.on_the_spot for each in summary.received)
    met, broken = (sum(getattr(each, name) for each in summary.kept) for name in ("met", "broken"))
    unsigned = sum(1 for each in summary.escalated if each.acknowledged_at is None)
    overdue, red = summary.overdue_count, "bold $error"
    still = t("open now") if summary.ended_at is None else t("carried over")
    rows: list[tuple[str, int, list[str], str]] = [
        (t("received"), came, [_by_kind(summary, t), _if(spot, t("{n} answered on the spot", n=spot)),
                               _if(summary.logged_late, t("{n} logged late", n=summary.logged_late))], ""),
        (t("kept in time"), met, [], ""),
        (t("broken"), broken, [], red if broken else ""),
        (t("escalated"), len(summary.escalated),
         [_if(unsigned, t("{n} nobody has signed for", n=unsigned))], "$warning" if unsigned else ""),
        (t("closed"), summary.closed, [_if(summary.cancelled, t("{n} cancelled", n=summary.cancelled))], ""),
        (still, summary.open_count, [_if(overdue, t("{n} overdue", n=overdue))],
         red if overdue else ""),
    ]  # fmt: skip
    return stacked(_figure(name, n, more, style, width) for name, n, more, style in rows)


def _figure(name: str, n: int, more: list[str], style: str, width: int) -> Content:
    head = styled(pad(name, LABEL), "$secondary") + styled(f"{n:>4}  ", style or "bold")
    said = Content("  ".join(filter(None, more)))
    return hanging(head, said.stylize(style) if style else said, width)


def _if(n: int, said: str) -> str:
    return said if n else ""


def _by_kind(summary: ShiftSummary, t: Language) -> str:
    counts: dict[str, int] = {}
    for each in summary.received:
        counts[each.kind] = counts.get(each.kind, 0) + each.count
    return "  ".join(f"{terms.kind(t, kind)} {n}" for kind, n in counts.items())


def carried_rows(
    summary: ShiftSummary, names: Mapping[str, str], t: Language, width: int, *,
    now: int, zone: ZoneInfo,
) -> list[Row | Flat]:  # fmt: skip
    """What is open, or was when the shift ended: what is due first on top, in ``width`` cells."""
    listed = summary.carried[:AT_MOST]
    more = summary.open_count - len(listed)
    keys = [("carried", each.number) for each in listed]

    def row(nth: int) -> Row:
        each = listed[nth]
        return Row(keys[nth], _due(each, now, zone, t), _matter(each, names, t, width))

    places: dict[Hashable, int] = {key: nth for nth, key in enumerate(keys)}
    title = t("Open now") if summary.ended_at is None else t("Carried over")
    rows: list[Row | Flat] = [Row(None, styled(title, "bold $secondary")), Flat(keys, places, row)]
    if not summary.open_count:
        rows.append(Row(None, styled(t("Nothing is open."), "$success")))
    elif more > 0:
        rows.append(Row(None, Content(t("and {n} more", n=more))))
    return rows


def _due(each: Carried, now: int, zone: ZoneInfo, t: Language) -> Content:
    over = now > each.due_at
    figure = pad(left(each.due_at, now, zone, t), LEFT, right=True)
    return styled(("!! " if over else "   ") + figure + "  ", "bold $error" if over else "$success")


def _matter(each: Carried, names: Mapping[str, str], t: Language, width: int) -> Content:
    """Where, what, which step next and, where there is room, who."""
    wide = width >= ROOM_FOR_WHO
    room = width - 3 - LEFT - 2 - WHERE - 2 - STEP - (WHO + 2 if wide else 0)
    major = terms.grade(t, "major") + " " if each.grade == "major" else ""
    name = pad(names.get(each.category, each.category), max(4, room - cell_len(major)))
    step = t("set time") if each.to_be_agreed else terms.clock(t, each.step)
    return Content.assemble(
        pad(place_of(each.unit, each.place), WHERE) + "  ",
        styled(major, "bold $error"),
        name,
        styled(pad("  " + step, STEP), "$secondary"),
        "  " + clip(one_line(each.assignee or "-"), WHO) if wide else "",
    )
