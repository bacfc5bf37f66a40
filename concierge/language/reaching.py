"""What became of the notices to people: sent, still waiting, on the screen only, or never arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from concierge.language.dates import clock_time
from concierge.language.translator import Language

if TYPE_CHECKING:  # only its shape is needed; the desk's first frame does not wait for it
    from concierge.services.views import Delivery


def reached(each: Delivery, now: int, zone: ZoneInfo, t: Language) -> str:
    """What became of one notice."""
    here = datetime.fromtimestamp(now, zone)
    at = clock_time(datetime.fromtimestamp(each.at, zone), here)
    if each.state == "sent":
        return t("told {time}", time=at)
    if each.state == "screen":
        return t("on screen only")
    if each.state == "dead":
        return t("notice not delivered: ring")
    if each.at > now:
        return t("notice goes out at {time}", time=at)
    return t("notice on its way")


def who_was_reached(
    deliveries: Sequence[Delivery], now: int, zone: ZoneInfo, t: Language
) -> list[str]:
    """What became of the notices: said once where it is the same for all, else with the names."""
    said: dict[str, list[str]] = {}
    for each in deliveries:
        said.setdefault(reached(each, now, zone, t), []).append(each.name)
    if len(said) < 2:  # noqa: PLR2004  (one for all)
        return list(said)
    return [
        t("{names}: {said}", names=t(", ").join(names), said=what) for what, names in said.items()
    ]
