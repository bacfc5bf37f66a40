"""What is taken out of typed text, and that nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import Cleaned, clean, clean_line, is_blank

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
BIDI = set(map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def unsafe(character: str) -> bool:
    """Judge by Unicode's own categories rather than by the pattern under test."""
    category = unicodedata.category(character)
    return category == "Cs" or (category == "Cc" and character not in "\n\t") or character in BIDI


@given(ANY_TEXT)
def test_exactly_the_unsafe_characters_are_taken_out(text: str) -> None:
    kept = "".join(character for character in text if not unsafe(character))
    assert clean(text) == Cleaned(kept, kept != text)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for once in (clean(text), clean_line(text)):
        assert not clean(once.text).changed
        assert once.text.encode().decode() == once.text


@given(ANY_TEXT)
def test_a_field_of_one_line_has_one_line(text: str) -> None:
    assert len(clean_line(text).text.splitlines()) <= 1
    assert "\t" not in clean_line(text).text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("漏水\r\n很急", "漏水\n很急"), ("\x1b[31mred\x1b[0m", "[31mred[0m"), ("a\u202eb\u2069c", "abc"),
        ("x\ud83dy", "xy"), ("a\x00\x7f\x85b", "ab"),
    ],
)  # fmt: skip
def test_the_saver_is_told_when_something_was_taken_out(text: str, kept: str) -> None:
    assert clean(text) == Cleaned(kept, changed=True)


@pytest.mark.parametrize(
    "text",
    [
        "  漏水 ",
        "e\u0301",
        "[b]x[/b]",
        "=1+1",
        "👨\u200d👩\u200d👧",
        "a\nb\tc",
        "\ufeff１２０１",
        "𠮷",
    ],
)
def test_markup_blanks_emoji_and_combining_marks_are_kept(text: str) -> None:
    assert clean(text) == Cleaned(text, changed=False)


def test_newlines_and_tabs_become_blanks_in_one_line() -> None:
    assert clean_line("王\r\n国\t华\u2028") == Cleaned("王 国 华 ", changed=True)


@pytest.mark.parametrize("line", [True, False])
def test_text_over_the_limit_is_refused_with_its_length(line: bool) -> None:
    cut = clean_line if line else clean
    assert cut("字" * 4000 + "\x00").text == "字" * 4000
    with pytest.raises(Refusal) as refused:
        cut("字" * 4001)
    assert refused.value.code == "text.too-long"
    assert refused.value.values == {"limit": 4000, "length": 4001}


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \u3000\n\u200b\ufeff", True), (" x", False)]
)
def test_what_nobody_can_see_is_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
