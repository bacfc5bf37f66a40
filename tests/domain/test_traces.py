"""What tells a person in a text, and how it is masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.trace_hints import Hints
from concierge.domain.traces import Traces

WANG = Traces.of(["王建国", " Anna ", "X", None], ["138-0000-1234", "12", None, "+86 13900001234"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王建国家漏水", True),
        ("call 138 0000 1234 now", True),
        ("13800001234", True),
        ("(138)0000-1234", True),
        ("ask Anna", True),
        ("X marks 12", False),
        ("138000012", False),
        ("王建", False),
        (None, False),
        ("", False),
    ],
)
def test_a_person_is_told_by_a_whole_name_or_number(text: str | None, found: bool) -> None:
    assert WANG.in_text(text) is found


def test_a_masked_text_tells_nobody_and_keeps_the_rest() -> None:
    masked = WANG.masked("王建国 (138-0000-1234, 13900001234) owes Bo 3 yuan")
    assert masked == "**** (****, ****) owes Bo 3 yuan"
    assert not WANG.in_text(masked)


def test_a_caller_is_known_by_the_whole_name_or_by_the_number() -> None:
    assert WANG.is_of("王建国 ", None)
    assert WANG.is_of("somebody", "13800001234")
    assert not WANG.is_of("王建国的邻居", "13600000000")
    assert not WANG.is_of(None, None)
    assert not Traces.of([], []).is_of("", "")


CAR = Traces.of([], [], plates=["粤B·6K888", "AB12", None], surnames=["王", "Wang", "欧阳"],
                salutations=["李工", None])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("粤B6K888挡道", "****挡道"),
        ("粤B 6K-888 挡道", "**** 挡道"),
        ("the b6k888 blocks", "the **** blocks"),
        ("Ｂ６Ｋ８８８", "****"),
        ("AB6K8889", "AB6K8889"),
        ("AB12 stays", "AB12 stays"),
        ("王先生说 Mrs. Wang, mr wang and Mr Wangler", "****说 ****, **** and Mr Wangler"),
        ("王老太太、欧阳女士、王府井", "****、****、王府井"),
        ("李工来过", "****来过"),
    ],
)
def test_plates_and_forms_of_address_are_masked(text: str, masked: str) -> None:
    assert CAR.masked(text) == masked
    assert CAR.in_text(text) is (text != masked)


def test_a_form_of_address_tells_nobody_elsewhere_and_a_plate_does() -> None:
    elsewhere = CAR.anywhere()
    assert not elsewhere.in_text("王先生、李工")
    assert elsewhere.in_text("粤B6K888")
    assert elsewhere.is_certain("粤B6K888")
    assert not WANG.is_certain("王建国")
    assert WANG.is_certain("13800001234")


def test_a_plate_of_few_letters_is_masked_as_it_stands() -> None:
    car = Traces.of([], [], plates=["粤港澳A12"])
    assert car.masked("车牌粤港澳 A12，不是 A12") == "车牌****，不是 A12"


def test_what_somebody_who_stays_has_too_tells_nobody_any_more() -> None:
    both = Traces.of(["王建国"], ["13800001234"], plates=["粤B6K888"])
    left = both.without(frozenset({"13800001234"}), frozenset({"粤B6K888"}))
    assert (left.names, left.phones, left.plates) == (both.names, frozenset(), frozenset())


GUOHUA = Traces.of(
    ["王国华", "尤灿", "李可", "吕绿"],
    ["13900001234"],
    plates=["粤B6K888"],
    surnames=["王", "Wang"],
    salutations=["王总"],
    spoken=[
        (("wang",), ("guo", "hua")),
        (("you",), ("can",)),
        (("li",), ("ke",)),
        (("lv",), ("lv",)),
    ],
    given=["国华"],
    unit="3-2-1201",
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Wang Guohua, wang guo hua and GUO-HUA WANG", "****, **** and ****"),
        ("找wangguohua说，Wang, Guohua 也行", "找****说，**** 也行"),
        ("wangguohuang, Huang Guohuas", "wangguohuang, Huang Guohuas"),
        ("you can ask; You Can came; can you", "you can ask; **** came; can you"),
        ("we like Like, Li Ke and li ke", "we like ****, **** and ****"),
        ("Lü Lü, lv lv, Lyu Lyu, lulv", "****, ****, ****, lulv"),
        ("国华阿姨来过，国华没来", "****来过，国华没来"),
        ("王国华和国华", "****和国华"),
        ("李国华先生，3-2-1201的李国华", "李国华先生，3-2-1201的李国华"),
        ("国华先生，向国华先生道歉", "****，向****道歉"),
        ("Guohua called", "Guohua called"),
        ("王先生、王总", "王先生、王总"),
        ("3-2-1201的国华、王先生、王总、guo hua", "3-2-1201的****、****、****、****"),
        ("３栋２单元１２０１室的国华", "３栋２单元１２０１室的****"),
        ("3号楼1201 Guohua 太吵", "3号楼1201 **** 太吵"),
        ("13-2-1201的国华，3-2-12011的国华", "13-2-1201的国华，3-2-12011的国华"),
    ],
)
def test_away_from_the_flat_a_whole_name_counts_and_the_rest_beside_the_unit_only(
    text: str, masked: str
) -> None:
    far = GUOHUA.anywhere()
    assert far.masked(text) == masked
    assert far.in_text(text) is (text != masked)
    assert Hints.of(far).rows((text,)) or not far.is_worth_a_look(text)


def test_near_the_flat_a_given_name_tells_in_either_letters() -> None:
    assert GUOHUA.masked("国华说 Guohua 不在，guo-hua") == "****说 **** 不在，****"


def test_what_may_name_somebody_is_shown_where_it_is_not_masked() -> None:
    far = GUOHUA.anywhere()
    assert [bool(far.may_name(text)) for text in ("国华路", "Guohua Rd", "you can", "like", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_beside_the_unit_or_by_a_number_a_text_tells_wherever_it_stands() -> None:
    far = GUOHUA.anywhere()
    assert far.tells("3-2-1201的国华")
    assert far.tells("粤B6K888")
    assert not far.tells("王国华")
    assert not far.tells(None)


def test_a_caller_is_known_by_the_name_in_latin_letters() -> None:
    assert GUOHUA.is_of("Guohua Wang", None)
    assert not GUOHUA.is_of("Guohua Wang's driver", None)


PIECES = (
    "王国华", "国华", "先生", "Wang", "guo", "hua", " ", "-", "139-0000-1234", "１３９００００１２３４",
    "B6K888", "粤b·6k888", "3", "栋", "1201", "3-2-1201", "１２０１", "lü", "LV", "li ke", "Like", "x",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_the_fast_no_is_never_wrong(text: str) -> None:
    far = GUOHUA.anywhere()
    assert Hints.of(far).rows((text,)) or not far.is_worth_a_look(text)


def test_the_fast_no_spares_most_texts_the_closer_look() -> None:
    guohua = Traces.of(["王国华"], ["13900001234"], spoken=[(("wang",), ("guo", "hua"))],
                       given=["国华"], unit="3-1201")  # fmt: skip
    hints = Hints.of(guohua.anywhere())
    texts = ("楼上中午还在打电钻", "the lift is stuck", '{"caller":"周三多","phone":"13812345678"}')
    assert not hints.rows(texts)
    assert not Hints.of(Traces.of([], [])).rows(("王国华",))


AT_1201 = Traces.of(
    ["王建国", "Anna"], [], surnames=["王"], spoken=[(("wang",), ("jian", "guo"))], unit="3-1-1201"
).anywhere()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("楼下1201王建国家狗叫", "楼下1201****家狗叫"),
        ("1201室王建国家里漏水，王先生不在", "1201室****家里漏水，****不在"),
        ("1201的王建国的家人", "1201的****的家人"),
        ("１２０１王建国", "１２０１****"),
        ("王建国（1201）", "****（1201）"),
        ("upstairs 1201 Anna, wang jianguo", "upstairs 1201 ****, ****"),
        ("Wang Jianguo 1201", "**** 1201"),
    ],
)
def test_a_whole_name_beside_the_room_alone_tells_them(text: str, masked: str) -> None:
    assert AT_1201.tells(text)
    assert AT_1201.masked(text) == masked
    assert Hints.of(AT_1201).rows((text,))


@pytest.mark.parametrize(
    "text",
    ["5-1201王建国", "5栋1201王建国", "5栋 1201 王建国", "1202王建国", "11201王建国", "王建国家狗叫",
     "楼下1201王先生", "1201漏水，王建国来过", "王建国 5-1201", "王建国12011"],
)  # fmt: skip
def test_another_units_number_or_one_farther_away_tells_nobody(text: str) -> None:
    assert not AT_1201.tells(text)


def test_whoever_has_no_name_phone_or_plate_cannot_be_looked_for() -> None:
    assert not Traces.of([], ["12"], unit="3-1201").tell_somebody()
    assert WANG.tell_somebody()
    assert CAR.tell_somebody()


@pytest.mark.parametrize("text", ["звонил ИВАНОВ", "Иванов", "ΩΜΈΓΑ rang", "ｗａｎｇ", "ИВАНО"])
def test_the_fast_no_knows_capitals_of_every_script(text: str) -> None:
    traces = Traces.of(["Иванов", "Ωμέγα", "Ｗａｎｇ"], []).anywhere()
    assert bool(Hints.of(traces).rows((text,))) is traces.is_worth_a_look(text)
