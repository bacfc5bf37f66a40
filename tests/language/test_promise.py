"""The promise sentence: what the concierge says to the resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.language.promise import promise_sentence
from concierge.language.translator import language

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


NOW = at("2026-11-23 14:13")


@dataclass(frozen=True)
class Clock:
    kind: str
    due_at: int
    agreed_at: int | None = None
    to_be_agreed: bool = False
    provisional: bool = False
    met_at: int | None = None
    stopped_at: int | None = None


def said(kind: str, *clocks: Clock) -> tuple[str, str]:
    english = promise_sentence(language("en"), kind, clocks, ZONE, NOW)
    return english, promise_sentence(language("zh"), kind, clocks, ZONE, NOW)


def test_somebody_comes_and_then_it_is_settled() -> None:
    resolve = Clock("resolve", at("2026-11-30 18:00"))
    attend = Clock("attend", at("2026-11-23 14:28"))
    assert said("complaint", resolve, attend) == (
        (
            "Someone will be there by 14:28 today; it will be settled by "
            "Monday 30 November, 18:00 at the latest."
        ),
        "我们会在今天 14:28 前到场，最迟11月30日（周一）18:00 前给您办妥。",
    )


def test_a_fixed_limit_stands_alone() -> None:
    assert said("complaint", Clock("resolve", at("2026-11-26 18:00"))) == (
        "It will be settled by Thursday 26 November, 18:00 at the latest.",
        "最迟11月26日（周四）18:00 前给您办妥。",
    )


def test_a_time_still_to_be_agreed_is_said_so_with_its_cap() -> None:
    clock = Clock("resolve", at("2026-12-02 18:00"), to_be_agreed=True)
    assert said("complaint", clock) == (
        "We will agree a time with you and settle it by Wednesday 2 December, 18:00 at the latest.",
        "具体时间跟您约定，最迟12月2日（周三）18:00 前给您办妥。",
    )


def test_an_agreed_time_is_repeated_as_agreed() -> None:
    agreed = at("2026-11-24 09:00")
    assert said("complaint", Clock("resolve", agreed, agreed_at=agreed)) == (
        "It will be settled by the time agreed, 09:00 tomorrow.",
        "会按约定在明天 09:00 前给您办妥。",
    )


def test_an_inquiry_is_replied_to() -> None:
    assert said("inquiry", Clock("answer", at("2026-11-23 14:43"))) == (
        "We will reply to you by 14:43 today.",
        "我们会在今天 14:43 前回复您。",
    )


def test_coming_and_answering_at_the_same_time_is_one_thing() -> None:
    due = at("2026-11-23 14:43")
    assert said("inquiry", Clock("answer", due), Clock("attend", due)) == (
        "Someone will be there and tell you by 14:43 today.",
        "我们会在今天 14:43 前到场并答复您。",
    )


def test_an_errand_is_confirmed_and_done() -> None:
    clocks = Clock("answer", at("2026-11-23 14:28")), Clock("resolve", at("2026-11-23 14:43"))
    assert said("errand", *clocks) == (
        "We will confirm with you by 14:28 today; it will be done by 14:43 today.",
        "我们会在今天 14:28 前跟您确认，会在今天 14:43 前给您办好。",
    )


def test_days_that_no_notice_covers_yet_are_said_to_be_so() -> None:
    english, chinese = said("complaint", Clock("resolve", at("2027-01-05 18:00"), provisional=True))
    assert english.endswith("not published yet; we will tell you if the date moves.")
    assert chinese == (
        "最迟2027年1月5日（周二）18:00 前给您办妥。届时的放假安排尚未公布，日期如有变动会及时告知您。"
    )


def test_what_is_met_or_stopped_is_not_promised_again() -> None:
    met = Clock("attend", at("2026-11-23 14:28"), met_at=NOW)
    stopped = Clock("answer", at("2026-11-23 14:28"), stopped_at=NOW)
    assert said("complaint", met, stopped) == (
        "This has been taken care of.",
        "这件事已经给您处理好了。",
    )
