"""Between Chinese and a figure stands one blank, in every sentence that counts or measures time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from concierge.language.dates import MINUTE, duration
from concierge.language.limits import limit_text
from concierge.language.translator import language

PO = Path(__file__).resolve().parents[2] / "concierge/locales/zh/LC_MESSAGES/concierge.po"
NARROW = {"{days}d {hours}h", "{hours}h {minutes}m", "{minutes}m"}
"""Countdowns in a narrow column, without blanks on purpose."""
NAMED = {"{role} {when}", "{weekday} {day} {month}", "{weekday} {day} {month} {year}"}
"""Where such a word stands for another: when a rung is due, said in words, and the parts of a date."""
CHINESE = "[\u4e00-\u9fff]"
COUNT = (
    r"\{(?:n|count|days|hours|minutes|met|broken|received|signed|most|open|closed|cancelled|carried"
    r"|spot|rung)\}"
)
LENGTH = r"\{(?:span|length|limit|cap)\}"
"""Begins with a figure and ends with its word."""


def sentences() -> list[tuple[str, str]]:
    """Every sentence of the catalogue with its Chinese."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    plain = [
        (one.id if isinstance(one.id, str) else one.id[0],
         one.string if isinstance(one.string, str) else (one.string or ("",))[0])
        for one in catalogue if one.id
    ]  # fmt: skip
    return [(said, chinese) for said, chinese in plain if said not in NARROW]


def test_no_figure_runs_into_the_word_beside_it() -> None:
    found = sentences()
    assert len(found) > 1000
    run = f"{CHINESE}(?:{COUNT}|{LENGTH})|{COUNT}{CHINESE}"
    assert [said for said in found if re.search(run, said[1])] == []


def test_no_time_of_day_runs_into_the_word_behind_it() -> None:
    """An instant ends with its figures, a date with its day."""
    run = rf"\{{(?:when|at|time|due|was|now|day|first|last|until)\}}{CHINESE}"
    found = {said for said, chinese in sentences() if re.search(run, chinese)}
    assert found == NAMED


@pytest.mark.parametrize(
    ("said", "values", "chinese"),
    [
        ("already {length} late", {"length": 41 * MINUTE}, "已超时 41 分钟"),
        ("already {span} late", {"span": 41 * MINUTE}, "已超时 41 分钟"),
    ],
)
def test_how_late_something_is_reads_alike_everywhere(
    said: str, values: dict[str, int], chinese: str
) -> None:
    t = language("zh")
    assert t(said, **{name: duration(t, span) for name, span in values.items()}) == chinese


def test_a_name_in_latin_letters_does_not_run_into_the_chinese_beside_it() -> None:
    t = language("zh")
    msgid = "{out} hands over to {incoming}"
    assert t(msgid, out="Chen Li", incoming="孙浩") == "Chen Li 交班，孙浩接班"
    assert t(msgid, out="陈丽", incoming="Sun") == "陈丽交班，Sun 接班"
    assert t("nobody is {role}", role="CEO") == "没有 CEO 可通知"
    assert t("nobody is {role}", role="总经理") == "没有总经理可通知"


def test_a_cap_has_its_blank() -> None:
    t = language("zh")
    said = t(
        "{clock} by agreement, at most {limit}", clock="办结", limit=limit_text(t, "7 working days")
    )
    assert said == "办结按约定，最长 7 个工作日"
