"""What refusals of reports say; a part of ``refusal_table``."""

from __future__ import annotations

from concierge.language.translator import later

PERIODS = {
    "desk.unknown": later("There is no desk {desk}: choose one of {desks}."),
    "report.day": later('Cannot read the date "{text}": write it as 2026-11-30.'),
    "report.future": later("{day} is yet to come: ask for days that have begun."),
    "report.long": later("{days} days are too many for one report: ask for at most {longest}."),
    "report.month": later('Cannot read the month "{text}": write it as 2026-11.'),
    "report.order": later("{last} is before {first}: give the earlier day first."),
}
