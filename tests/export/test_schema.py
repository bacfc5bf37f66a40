"""What the JSON files say of themselves is what is written, key by key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from concierge.export import json_text, period_json, render, render_report
from tests.export.made_up import RICH
from tests.export.made_up_period import MONTH

LANGUAGES = ("zh", "en")
SUMMARY, REPORT = render("json", RICH, LANGUAGES), render_report("json", MONTH, LANGUAGES)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def said(*docs: str | None) -> set[str]:
    return {key for doc in docs for key in re.findall(r"``([a-z_]+)``", doc or "")}


@pytest.mark.parametrize(
    ("content", "doc", "more"),
    [(SUMMARY, json_text.__doc__, ""), (REPORT, period_json.__doc__, json_text.__doc__)],
    ids=["summary", "report"],
)
def test_every_key_is_documented_and_every_documented_key_is_written(
    content: str | bytes, doc: str, more: str
) -> None:
    written = set(keys(json.loads(content))) - set(LANGUAGES)
    assert said(doc) <= written
    assert written <= said(doc, more)


@pytest.mark.parametrize("content", [SUMMARY, REPORT], ids=["summary", "report"])
def test_no_instant_is_left_as_a_number(content: str | bytes) -> None:
    assert re.findall(r"\b1[5-9]\d{8}\b", str(content)) == []
    assert str(content).count("+08:00") > 10
