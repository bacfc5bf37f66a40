"""What was typed is marked where it stands in what is shown, and nothing else."""

from __future__ import annotations

import pytest

from concierge.domain.search_keys import LONGEST_KEY, Match, name_keys, queries
from concierge.domain.search_marks import (
    LONGEST_SNIPPET,
    PLACES,
    Span,
    name_marks,
    phone_marks,
    plate_marks,
    snippet,
    unit_marks,
    word_marks,
)
from concierge.domain.search_words import terms


def cut(text: str, spans: tuple[Span, ...]) -> list[str]:
    """The marked pieces."""
    return [text[low:high] for low, high in spans]


def asked(name: str, typed: str, syllables: tuple[str, ...] = ()) -> list[str] | None:
    """What is marked of a name by the first of its keys that the typed text finds; None without one."""
    keys = name_keys(name, (syllables,) if syllables else ())
    for query in queries(typed):
        if query.match in {Match.NAME, Match.PINYIN}:
            for key in keys:
                if key.match is query.match and query.low <= key.key < query.high:
                    return cut(name, name_marks(name, key.key, query.low))
    return None


@pytest.mark.parametrize(
    ("key", "low", "marked"),
    [
        ("3-2-1201", "3-2", "3-2"),
        ("3-2-1201", "3-2-1201", "3-2-1201"),
        ("321201", "321", "3-2-1"),
        ("1201", "12", "12"),
        ("1201", "1201", "1201"),
    ],
)
def test_of_a_unit_its_beginning_or_its_room_is_marked(key: str, low: str, marked: str) -> None:
    assert cut("3-2-1201", unit_marks("3-2-1201", key, low)) == [marked]


def test_a_room_is_marked_where_it_stands_and_not_where_its_digits_occur_first() -> None:
    assert unit_marks("12-1201", "1201", "12") == ((3, 5),)


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("王国华", "王", "王"),
        ("王国华", "国", "国"),
        ("John O'Brien-Smith", "john", "John"),
        ("John O'Brien-Smith", "obr", "O'Br"),
        ("José Müller", "mull", "Müll"),
        ("José Müller", "jose m", "José M"),
        ("买买提·艾合买提", "提艾", "提·艾"),
    ],
)
def test_of_a_name_what_was_typed_is_marked_with_its_dots_and_accents(
    name: str, typed: str, marked: str
) -> None:
    assert asked(name, typed) == [marked]


def test_a_name_longer_than_a_key_is_marked_all_the_same() -> None:
    name = "Müller " + "Maria " * 10
    assert len(name) > LONGEST_KEY
    assert asked(name, "mull") == ["Müll"]
    assert asked(name, "maria m") == ["Maria M"]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("w", "王"),
        ("wa", "王"),
        ("wangg", "王国"),
        ("wgh", "王国华"),
        ("gh", "国华"),
        ("hua", "华"),
    ],
)
def test_as_many_characters_as_the_pinyin_reaches_into_are_marked(typed: str, marked: str) -> None:
    assert asked("王国华", typed, ("wang", "guo", "hua")) == [marked]


def test_between_latin_letters_the_chinese_characters_are_counted() -> None:
    assert asked("Anna 王小国", "xiao", ("wang", "xiao", "guo")) == ["小"]


def test_a_name_with_fewer_characters_than_the_pinyin_reaches_is_another_pets() -> None:
    assert name_marks("豆", f"mls{PLACES}0111", "ml") == ()
    assert name_marks("Rex", f"mls{PLACES}0111", "m") == ()


def test_a_name_without_the_typed_text_is_another_pets() -> None:
    assert name_marks("Rex", "bella", "bel") == ()
    assert name_marks("旺财", "~beauty", "~be") == ()


def test_of_a_masked_phone_the_shown_tail_is_marked_when_it_was_typed() -> None:
    assert cut("138****1234", phone_marks("13800001234", "4321")) == ["1234"]
    assert cut("138****1234", phone_marks("13800001234", "432100")) == ["**1234"]
    assert phone_marks("13800001234", "4329") == ()


@pytest.mark.parametrize(
    ("low", "marked"),
    [("粤B", ["粤B"]), ("粤BD1", ["粤B·D1"]), ("~543", ["345"]), ("~54321DB", ["B·D12345"])],
)
def test_of_a_plate_its_beginning_or_its_end_is_marked(low: str, marked: list[str]) -> None:
    assert cut("粤B·D12345", plate_marks("粤B·D12345", low)) == marked


def test_another_plate_is_not_marked() -> None:
    assert plate_marks("粤B·D12345", "沪A") == plate_marks("粤B·D12345", "~999") == ()


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Peanuts, no nuts", "nuts", ["nuts"]),
        ("likes peanuts", "nuts", []),
        ("Café au lait", "cafe LAIT", ["Café", "lait"]),
        ("对花生过敏，不吃花生", "花生", ["花生", "花生"]),
        ("对花生过敏，不吃花生", "花生过敏", ["花生过敏"]),
        ("花生和生油", "花生油", ["花生", "生油"]),
        ("花生油坊", "花生 生油", ["花生油"]),
        ("peanut butter", "pea peanut", ["peanut"]),
        ("peanut butter", "butter pea", ["pea", "butter"]),
    ],
)
def test_typed_words_are_marked_from_the_start_of_a_word_and_joined_where_they_touch(
    text: str, typed: str, marked: list[str]
) -> None:
    assert cut(text, word_marks(text, tuple(terms(typed)))) == marked


def test_a_snippet_is_cut_around_the_first_typed_word() -> None:
    words = "quiet " * 20 + "peanut " + "late " * 40
    part, marks = snippet(words, tuple(terms("peanut")))
    assert part.startswith("..")
    assert len(part) == LONGEST_SNIPPET + len("..")
    assert cut(part, marks) == ["peanut"]
    assert part.index("peanut") == len("..") + 10


def test_a_snippet_without_a_typed_word_is_the_beginning_and_no_phone_is_in_it() -> None:
    part, marks = snippet("Call\nher  sister 13800001234 first", tuple(terms("peanut")))
    assert (part, marks) == ("Call her sister 138****1234 first", ())


def test_what_was_typed_is_marked_where_it_stands_once_phones_are_masked() -> None:
    text = "Call 138–0000–1234 or (0755) 1234 5678, 3-1201 14:30, peanut"
    part, marks = snippet(text, tuple(terms("peanut")))
    assert cut(part, marks) == ["peanut"]
    whole, _ = snippet(text, ())
    assert whole == "Call 138****1234 or 075*****5678, 3-1201 14:30, peanut"


def test_marks_end_with_the_snippet() -> None:
    text = "peanut " + "x" * 66 + " butterfly peanut"
    part, marks = snippet(text, tuple(terms("butterfly peanut")))
    assert cut(part, marks) == ["peanut", part[74:]]
    assert marks[-1][1] == LONGEST_SNIPPET


@pytest.mark.parametrize(
    ("name", "key", "typed", "marked"),
    [
        ("O'Neil", "oneil", "on", "O'N"),
        ("J.R. Smith", "jr smith", "jr s", "J.R. S"),
        ("ANNA", "anna", "an", "AN"),
    ],
)
def test_a_latin_name_is_marked_with_its_dots_and_capitals(
    name: str, key: str, typed: str, marked: str
) -> None:
    assert cut(name, name_marks(name, key, typed)) == [marked]


def test_more_characters_than_are_kept_fold_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concierge.domain.search_marks._MOST_PIECES", 2)
    text = "ÉCLAIR von Äpfeln"
    assert cut(text, word_marks(text, tuple(terms("apfeln")))) == cut(
        text, word_marks(text, tuple(terms("äpfeln")))
    )
    assert cut(text, word_marks(text, tuple(terms("von")))) == ["von"]
