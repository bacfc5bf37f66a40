"""What an import changes is on record as an edit by hand is: shown, taken back, forgotten without a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concierge.domain.refusal import Refusal
from concierge.language.household_said import change_line
from concierge.language.translator import language
from concierge.services import roster
from concierge.services.forgetting import forget_household, forget_member
from concierge.services.household_edit import add_part, edit_part, remove_part, set_household
from concierge.services.household_file import household_file
from concierge.services.household_history import history, undo_last
from concierge.services.households import add_household
from concierge.services.roster import import_roster
from concierge.services.roster_writing import Writer
from tests.services.test_forgetting import left_in
from tests.services.world import World

HEADER = "楼栋,房号,业主,手机,关系,车牌,备注,生日\n"
UNIT, NAME, PHONE, NEW_PHONE = "7-101", "钱一多", "13700000007", "13712345678"
HERS, HER_PHONE, PLATE = "孙二妹", "13600001111", "沪A10001"


def take(world: World, folder: Path, *lines: str, actor: str | None = "Chen") -> None:
    path = folder / "roster.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    import_roster(world.desk, path=path, actor=actor)


def events(world: World, unit: str = UNIT) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Kind and both halves of every event of a unit's file."""
    rows = world.rows("select e.kind, e.data, p.payload from event e left join event_personal p"
                      " on p.event_id = e.id order by e.id")  # fmt: skip
    read = [(kind, json.loads(data), json.loads(half or "{}")) for kind, data, half in rows]
    return [each for each in read if each[1].get("unit") == unit]


@pytest.fixture
def moved_in(world: World, tmp_path: Path) -> World:
    take(world, tmp_path, f"7,0101,{NAME},{PHONE},业主,{PLATE},晚上不便,1980-05-06",
         f"7,0101,{HERS},{HER_PHONE},配偶,,,")  # fmt: skip
    return world


def test_a_new_household_is_on_record_with_all_that_the_roster_said(moved_in: World) -> None:
    assert [(kind, data.get("what"), data.get("act")) for kind, data, _ in events(moved_in)] == [
        ("household.added", None, None),
        ("household.changed", "member", "added"),
        ("household.changed", "vehicle", "added"),
    ]
    entered, hers, car = events(moved_in)
    assert entered[2] == {
        "name": NAME, "phone": PHONE,
        "after": {"phone": PHONE, "relation": "业主", "birthday": "1980-05-06", "notes": "晚上不便"},
    }  # fmt: skip
    assert (hers[2]["member"], hers[2]["after"]["phone"]) == (HERS, HER_PHONE)
    assert hers[1]["fields"] == ["name", "phone", "position", "relation"]
    assert car[2]["after"] == {"id": car[1]["row"], "plate": PLATE}
    assert not [data for _, data, _ in events(moved_in) if PHONE in str(data) or HERS in str(data)]
    assert moved_in.is_sound()


def test_what_a_roster_overwrites_is_on_record_as_an_edit_by_hand_records_it(
    moved_in: World, tmp_path: Path
) -> None:
    world = moved_in
    him = household_file(world.desk, unit=UNIT).members[0].id
    take(world, tmp_path, f"7,0101,{NAME},{NEW_PHONE},业主,,,", f"7,0101,{HERS},,,,,")
    _, by_roster, personal = events(world)[-1]
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"phone": PHONE}, actor="Chen")
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"phone": NEW_PHONE},
              actor="Chen")  # fmt: skip
    _, by_hand, typed = events(world)[-1]
    assert by_roster.pop("roster") > 0
    assert (by_roster, personal) == (by_hand, typed)
    assert personal["before"] == {"phone": PHONE}
    about = "select household_id, member_id from event_personal order by event_id desc limit 3"
    assert len(set(world.rows(about))) == 1
    assert world.is_sound()


def test_a_roster_that_says_nothing_new_leaves_nothing_on_record(
    moved_in: World, tmp_path: Path
) -> None:
    before = moved_in.rows("select count(*) from event")
    take(moved_in, tmp_path, f"7,0101,{NAME},137-0000-0007,,沪a·10001,,", f"7,0101,{HERS},,,,,")
    assert moved_in.rows("select count(*) from event") == before


def test_only_households_that_change_get_events(moved_in: World, tmp_path: Path) -> None:
    take(moved_in, tmp_path, f"7,0101,{NAME},,,,,", "7,0102,周三多,,,,,")
    assert len(events(moved_in)) == 3
    assert len(events(moved_in, "7-102")) == 1
    imported = "select count(*) from event where kind = 'household.imported'"
    assert moved_in.rows(imported) == [(2,)]


def test_imported_changes_are_taken_back_one_after_the_other(
    moved_in: World, tmp_path: Path
) -> None:
    world = moved_in
    before = household_file(world.desk, unit=UNIT)
    take(world, tmp_path, f"7,0101,{NAME},{NEW_PHONE},租户,沪B20002,来访先打电话,",
         "7,0101,周三多,13500000000,,,,")  # fmt: skip
    changed = household_file(world.desk, unit=UNIT)
    assert len(changed.members) == 3
    for _ in range(4):
        file = undo_last(world.desk, unit=UNIT, actor="Sun")
    assert file == before
    assert {change.undone for change in history(world.desk, unit=UNIT)[4:8]} == {True}
    assert world.is_sound()


def test_a_whole_import_of_one_household_can_be_taken_back_but_for_its_first_person(
    moved_in: World,
) -> None:
    for _ in range(2):
        file = undo_last(moved_in.desk, unit=UNIT, actor="Sun")
    assert ([member.name for member in file.members], file.vehicles) == ([NAME], ())
    with pytest.raises(Refusal, match=r"undo\.nothing"):
        undo_last(moved_in.desk, unit=UNIT, actor="Sun")


def test_an_imported_change_that_was_overtaken_is_not_taken_back(
    moved_in: World, tmp_path: Path
) -> None:
    take(moved_in, tmp_path, f"7,0101,{NAME},{NEW_PHONE},,,,")
    moved_in.rows("update member set phone = '1' where name = ?", NAME)
    with pytest.raises(Refusal, match=r"undo\.stale"):
        undo_last(moved_in.desk, unit=UNIT, actor="Sun")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["vehicle added: 沪B20002 (from a roster)",
                f"member ({NAME}): phone 137****0007 -> 137****5678 (from a roster)"]),
        ("zh", ["新增车辆：沪B20002（来自住户名册）",
                f"成员（{NAME}）：电话 137****0007 -> 137****5678（来自住户名册）"]),
    ],
)  # fmt: skip
def test_the_history_says_what_a_roster_changed(
    moved_in: World, tmp_path: Path, code: str, said: list[str]
) -> None:
    take(moved_in, tmp_path, f"7,0101,{NAME},{NEW_PHONE},,沪B20002,,", actor=None)
    newest = history(moved_in.desk, unit=UNIT)[:2]
    assert [change_line(language(code), change) for change in newest] == said
    assert {(change.roster, change.actor) for change in newest} == {(True, None)}


def test_the_history_begins_with_how_a_roster_brought_the_household(moved_in: World) -> None:
    entered = history(moved_in.desk, unit=UNIT)[-1]
    assert (entered.act, entered.roster, entered.undone) == ("entered", True, False)
    assert entered.fields == ("birthday", "name", "notes", "phone", "relation")
    said = change_line(language("en"), entered)
    assert said.startswith("household entered: ")
    assert said.endswith(" (from a roster)")
    assert NAME in said
    assert PHONE not in said
    for _ in history(moved_in.desk, unit=UNIT)[:-1]:
        undo_last(moved_in.desk, unit=UNIT, actor="Sun")
    with pytest.raises(Refusal, match=r"undo\.nothing"):
        undo_last(moved_in.desk, unit=UNIT, actor="Sun")
    assert household_file(moved_in.desk, unit=UNIT).members[0].name == NAME


def test_a_child_that_a_roster_entered_is_masked_where_the_history_begins(
    world: World, tmp_path: Path
) -> None:
    take(world, tmp_path, "7,0103,周小,,,,,2019-05-06")
    (entered,) = history(world.desk, unit="7-103")
    assert entered.after["birthday"] == "****"


def test_a_childs_birthday_that_a_roster_brings_is_masked_in_preview_and_history(
    moved_in: World, tmp_path: Path
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(HEADER + f"7,0101,{HERS},,,,,2020-01-02\n", encoding="utf-8")
    report = import_roster(moved_in.desk, path=path, actor="Chen")
    assert [(each.field, each.old, each.new) for each in report.changes] == [
        ("birthday", None, "****")
    ]
    assert history(moved_in.desk, unit=UNIT)[0].after == {"birthday": "****"}


def test_a_phone_that_a_roster_overwrote_is_forgotten_with_its_owner(
    moved_in: World, tmp_path: Path
) -> None:
    world = moved_in
    take(world, tmp_path, f"7,0101,{NAME},{NEW_PHONE},,,,")
    him = household_file(world.desk, unit=UNIT).members[0].id
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"moved_out": "2026-11-20"},
              actor="Chen")  # fmt: skip
    assert len(left_in(world.home, PHONE)) > 0
    (tmp_path / "roster.csv").unlink()
    forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")
    assert left_in(world.home, NAME, PHONE, NEW_PHONE) == []
    assert [change.member for change in history(world.desk, unit=UNIT)] == [None, HERS]
    assert world.is_sound()


def test_a_household_from_a_roster_is_forgotten_to_the_last_byte(
    moved_in: World, tmp_path: Path
) -> None:
    world = moved_in
    take(world, tmp_path, f"7,0101,{NAME},{NEW_PHONE},,沪B20002,{HERS}怀孕,")
    (tmp_path / "roster.csv").unlink()
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert left_in(world.home, NAME, HERS, PHONE, NEW_PHONE, HER_PHONE, PLATE, "沪B20002") == []
    assert history(world.desk, unit=UNIT) == ()
    assert world.is_sound()


@pytest.mark.parametrize("part", ["member", "vehicle"])
def test_an_id_of_what_was_removed_last_is_never_an_imported_ones(
    world: World, tmp_path: Path, part: str
) -> None:
    values = {"member": {"name": HERS}, "vehicle": {"plate": PLATE}}[part]
    last: Callable[[], int] = lambda: world.rows(f"select max(id) from {part}")[0][0] or 0  # noqa: E731
    add_part(world.desk, unit="3-1201", part=part, values=values, actor="Chen")
    gone = last()
    remove_part(world.desk, unit="3-1201", part=part, row=gone, actor="Chen")
    assert last() < gone
    take(world, tmp_path, f"7,0101,{NAME},,,{PLATE},,", "3,1201,周三多,,,沪B20002,,")
    new = world.rows(f"select id from {part} where id >= ?", gone)
    assert len(new) == 2
    assert (gone,) not in new


def test_an_id_of_somebody_removed_is_no_new_households_either(world: World) -> None:
    file = add_part(world.desk, unit="3-1201", part="member", values={"name": HERS}, actor="Chen")
    gone = file.members[1].id
    remove_part(world.desk, unit="3-1201", part="member", row=gone, actor="Chen")
    add_household(world.desk, unit=UNIT, name=NAME)
    assert household_file(world.desk, unit=UNIT).members[0].id == gone + 1


def test_ids_that_a_server_gives_are_those_on_record(
    moved_in: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_at_a_server(*given: Any, is_file: bool) -> Writer:
        assert is_file
        return Writer(*given, is_file=False)

    monkeypatch.setattr(roster, "Writer", as_at_a_server)
    take(
        moved_in,
        tmp_path,
        "7,0102,周三多,,,沪B20002,,",
        "7,0102,吴四,,,,,",
        f"7,0101,{HERS},,,沪C3,,",
    )
    for unit, person in (("7-102", "吴四"), (UNIT, None)):
        for _, data, half in events(moved_in, unit):
            if data.get("what") == "vehicle":
                found = moved_in.rows("select plate from vehicle where id = ?", data["row"])
                assert found == [(half["after"]["plate"],)]
            elif person and data.get("what") == "member":
                named = moved_in.rows("select name from member where id = ?", data["row"])
                assert named == [(person,)]
    assert undo_last(moved_in.desk, unit=UNIT, actor="Sun").vehicles[-1].plate == PLATE


def test_the_only_name_that_is_left_of_a_household_is_not_taken_back(moved_in: World) -> None:
    him, hers = household_file(moved_in.desk, unit=UNIT).members
    moved_in.rows("delete from vehicle")
    moved_in.rows("update event_personal set household_id = null where payload like '%plate%'")
    values = {"moved_out": "2026-11-20"}
    edit_part(moved_in.desk, unit=UNIT, part="member", row=him.id, values=values, actor="Chen")
    forget_member(moved_in.desk, unit=UNIT, member=him.id, actor="Zhou")
    with pytest.raises(Refusal) as refused:
        undo_last(moved_in.desk, unit=UNIT, actor="Chen")
    assert refused.value.code == "member.last"
    assert [one.id for one in household_file(moved_in.desk, unit=UNIT).members] == [hers.id]
