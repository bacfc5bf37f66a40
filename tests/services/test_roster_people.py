"""Phones beside names, and more phones than people in a cell: nobody's number passes as a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from concierge.domain.household_file import check_name
from concierge.domain.refusal import Refusal
from concierge.language.refusals import row_sentence
from concierge.language.translator import language
from concierge.services.finding import find_households
from concierge.services.household_edit import add_part, edit_part
from concierge.services.household_file import household_file
from concierge.services.households import add_household
from concierge.services.roster import import_roster
from concierge.services.roster_reading import Roster, read_roster
from concierge.store.tables import Member
from tests.services.world import World


def write(folder: Path, *rows: str, head: str = "房号,姓名,电话") -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def people(roster: Roster) -> list[tuple[str, dict[str, object]]]:
    return [(row.name, dict(row.person)) for row in roster.rows]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("欧阳娜娜(业主) 13622223333; 欧阳锋(父)13622224444",
         [("欧阳娜娜", {"role": "owner", "phone": "13622223333"}),
          ("欧阳锋", {"relation": "父", "phone": "13622224444"})]),
        ("孙(13811110015)", [("孙", {"phone": "13811110015"})]),
        ("癸 13811110010", [("癸", {"phone": "13811110010"})]),
        ("癸（１３８１１１１００１０）", [("癸", {"phone": "13811110010"})]),
        ("孙（父、13811110015）、癸", [("孙", {"relation": "父", "phone": "13811110015"}), ("癸", {})]),
        ("13811110015 孙", [("孙", {"phone": "13811110015"})]),
        ("孙 电话：0755-2600 0101转8", [("孙", {"phone": "0755-2600 0101转8"})]),
        ("孙(小名小三) 138 1111 0015", [("孙(小名小三)", {"phone": "13811110015"})]),
        ("Tess Marlow (owner) +86 138 1111 0015",
         [("Tess Marlow", {"role": "owner", "phone": "13811110015"})]),
    ],
)  # fmt: skip
def test_a_phone_beside_a_name_is_a_phone(
    tmp_path: Path, cell: str, expected: list[tuple[str, dict[str, object]]]
) -> None:
    roster = read_roster(write(tmp_path, f'3-1303,"{cell}",'))
    assert roster.rejected == ()
    assert people(roster) == expected


@pytest.mark.parametrize(
    "cell",
    ["张三13811110015李四13811110016", "孙 110101199003071234", "孙 19800506", "孙 138****2222",
     "Unit 1234567 Ltd", "孙(13811110015", "孙 13811110015 (小名小三)", "孙 E12345678",
     "孙 1381111****"],
)  # fmt: skip
def test_a_name_that_holds_a_number_nobody_can_take_apart_is_a_rejected_row(
    tmp_path: Path, cell: str
) -> None:
    roster = read_roster(write(tmp_path, f'3-1303,"{cell}",', "3-1304,李四,13811113333"))
    assert [row.name for row in roster.rows] == ["李四"]
    (rejected,) = roster.rejected
    assert rejected.reason == "name-holds-phone"
    said = [row_sentence(language(code), rejected.reason, rejected.values) for code in ("en", "zh")]
    assert said == [
        "the name holds a phone or another long number: put it into the column of phones",
        "姓名里夹着电话或其他长串号码：请把它移到电话一列",
    ]


@pytest.mark.parametrize(
    ("names", "phones", "given", "further"),
    [
        ("壬、癸、辛", "13812345678/13912345679", ["13812345678", None, None],
         ["壬、癸、辛另一电话：13912345679"]),
        ("壬、癸、辛", "138 1111 0013、138-1111-0014", ["13811110013", None, None],
         ["壬、癸、辛另一电话：13811110014"]),
        ("壬、癸", "138 1111 0013；138-1111-0014", ["13811110013", "13811110014"], []),
        ("壬、癸", "13811110013 13811110014", ["13811110013", "13811110014"], []),
        ("壬", "13811110013、微信同号", ["13811110013、微信同号"], []),
        ("壬", "13811110013/13811110014/13811110013", ["13811110013"], ["壬另一电话：13811110014"]),
        ("Tess Marlow", "13811110013/13811110014", ["13811110013"],
         ["Tess Marlow: another phone 13811110014"]),
        ("壬 13811110013", "13811110014", ["13811110014"], ["壬另一电话：13811110013"]),
        ("壬 13811110013", "138-1111-0013", ["13811110013"], []),
        ("壬 13811110013", "无", ["13811110013"], []),
        ("壬、癸 13811110014", "13811110013", ["13811110013", "13811110014"], []),
        ("壬 13811110013、癸", "13811110014", ["13811110013", None], ["壬、癸另一电话：13811110014"]),
    ],
)  # fmt: skip
def test_each_gets_a_phone_of_their_own_and_none_is_lost(
    tmp_path: Path, names: str, phones: str, given: list[str | None], further: list[str]
) -> None:
    roster = read_roster(write(tmp_path, f'3-1303,"{names}","{phones}"'))
    assert roster.rejected == ()
    assert [row.person.get("phone") for row in roster.rows] == given
    assert [line for row in roster.rows for line in row.further] == further


def test_they_are_found_by_phone_noted_once_and_a_second_time_nothing_changes(
    world: World, tmp_path: Path
) -> None:
    path = write(tmp_path, "3-1303,欧阳娜娜(业主) 13622223333; 欧阳锋(父)13622224444",
                 "3-1304,壬、癸、辛,13812345678/13912345679", head="房号,姓名,电话")  # fmt: skip
    first = import_roster(world.desk, path=path, actor="Chen")
    assert [(each.row, each.unit) for each in first.noted] == [(3, "3-1304")]
    assert find_households(world.desk, text="13622223333")[0].unit == "3-1303"
    file = household_file(world.desk, unit="3-1304")
    assert file.notes == "壬、癸、辛另一电话：13912345679"
    again = import_roster(world.desk, path=path, actor="Chen")
    assert (again.changes, again.changed, again.unchanged) == ((), 0, 2)
    assert world.is_sound()


def test_further_phones_stand_beside_what_the_desk_has_noted(world: World, tmp_path: Path) -> None:
    add_household(world.desk, unit="3-1304", name="壬", notes="有狗", actor="Chen")
    path = write(tmp_path, "3-1304,壬,13812345678/13912345679")
    import_roster(world.desk, path=path, actor="Chen")
    assert household_file(world.desk, unit="3-1304").notes == ("有狗; 壬另一电话：13912345679")
    assert import_roster(world.desk, path=path, actor="Chen").changes == ()


def test_a_name_with_a_phone_is_refused_at_the_desk(world: World) -> None:
    refused = "name.holds-phone"
    with pytest.raises(Refusal, match=refused):
        add_household(world.desk, unit="3-1304", name="孙(１３８１１１１００１５)", actor="Chen")
    add_household(world.desk, unit="3-1304", name="孙 138111", actor="Chen")
    for part in ("member", "contact"):
        with pytest.raises(Refusal, match=refused):
            add_part(world.desk, unit="3-1304", part=part, values={"name": "癸 13811110010"},
                     actor="Chen")  # fmt: skip
    with pytest.raises(Refusal, match=refused):
        check_name("0755 123")


def test_a_name_that_was_stored_so_before_stays_and_is_no_hindrance(world: World) -> None:
    add_household(world.desk, unit="3-1304", name="孙", actor="Chen")
    with world.desk.store.write() as session:
        member = session.exec(select(Member)).all()[-1]
        row = member.id or 0
        member.name = "孙 13811110015"
        session.add(member)
    values = {"name": "孙 13811110015", "occupation": "teacher"}
    file = edit_part(world.desk, unit="3-1304", part="member", row=row, values=values, actor="Chen")
    assert file.members[0].occupation == "teacher"
    with pytest.raises(Refusal, match=r"name\.holds-phone"):
        edit_part(world.desk, unit="3-1304", part="member", row=row,
                  values={"name": "孙 13811110016"}, actor="Chen")  # fmt: skip


def test_a_number_beside_a_name_stays_theirs_in_whatever_order_the_column_has_them(
    tmp_path: Path,
) -> None:
    row = '3-1303,"孙伟 13800001234、李梅 13900001234",13900001234 13800001234'
    roster = read_roster(write(tmp_path, row))
    assert people(roster) == [
        ("孙伟", {"phone": "13800001234"}),
        ("李梅", {"phone": "13900001234"}),
    ]
