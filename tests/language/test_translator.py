"""Sentences come out in the reader's language, and what people typed stays what they typed."""

from __future__ import annotations

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.language.translator import LANGUAGES, Language, language, later


def test_a_sentence_without_chinese_is_shown_in_english() -> None:
    assert (
        language("zh")("No catalogue has this {thing}.", thing="句子")
        == "No catalogue has this 句子."
    )


@given(st.text(), st.sampled_from(LANGUAGES))
def test_whatever_people_typed_is_put_in_as_plain_text(typed: str, code: str) -> None:
    assert language(code)("<{words}>", words=typed) == f"<{typed}>"


@pytest.mark.parametrize("typed", ["{name}", "{0.__class__}", "%s %(a)s", "[/b]", "{{", "}"])
def test_braces_and_markup_in_values_are_not_read(typed: str) -> None:
    assert typed in language("zh")("There is no ticket {ticket}: check the number.", ticket=typed)


def test_a_sentence_without_values_may_hold_braces() -> None:
    assert language("en")("write {code: value}") == "write {code: value}"


def test_the_empty_sentence_stays_empty_and_never_shows_the_catalogues_header() -> None:
    assert [language(code)("") for code in LANGUAGES] == ["", ""]


def test_english_has_two_numbers_and_chinese_one() -> None:
    english, chinese = language("en"), language("zh")
    said = [english.plural("{n} day", "{n} days", n) for n in (0, 1, 2)]
    assert said == ["0 days", "1 day", "2 days"]
    assert [chinese.plural("{n} day", "{n} days", n) for n in (1, 2)] == ["1 天", "2 天"]


def test_values_are_known_to_a_plural_besides_its_number() -> None:
    said = Language("en", gettext.NullTranslations()).plural(
        "{n} at {desk}", "{n} at {desk}", 2, desk="B"
    )
    assert said == "2 at B"


def test_a_language_is_read_once() -> None:
    assert language("zh") is language("zh")


def test_a_code_that_is_no_language_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="fr"):
        language("fr")


def test_marking_a_sentence_changes_nothing() -> None:
    assert later("open") == "open"


def test_a_language_shows_its_code() -> None:
    assert repr(language("en")) == "Language('en')"
