"""The patterns by which names and plates are found in texts."""

from __future__ import annotations

import re

import pytest

from concierge.domain.trace_patterns import given_spelled, wide
from concierge.domain.traces import Traces


@pytest.mark.parametrize(
    ("text", "found"),
    [("Canran called", True), ("canran", True), ("Can Ran", False), ("canrang", False)],
)
def test_a_given_name_whose_syllables_are_english_words_is_one_word(text: str, found: bool) -> None:
    pattern = re.compile(given_spelled(("can", "ran")), re.IGNORECASE)
    assert (pattern.search(text) is not None) is found


@pytest.mark.parametrize(
    ("character", "same"), [("B", "BＢ"), ("6", "6６"), ("-", "-－"), ("粤", "粤")]
)
def test_a_letter_is_found_in_either_width_and_a_character_as_it_is(
    character: str, same: str
) -> None:
    pattern = re.compile(wide(character))
    assert [each for each in "B6-粤Ｂ６－A" if pattern.fullmatch(each)] == list(same)


def test_somebody_is_like_a_person_by_the_whole_or_by_the_given_name() -> None:
    person = Traces.of(["王国华"], [], given=["国华"])
    assert [person.is_like(name) for name in ("王国华", "李国华", "王国", "")] == [
        True, True, False, False,
    ]  # fmt: skip
