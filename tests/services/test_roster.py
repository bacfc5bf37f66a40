"""Importing a roster: whole or not at all, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concierge.domain.refusal import Refusal
from concierge.language.rosters import gone
from concierge.language.translator import language
from concierge.services.finding import find_households
from concierge.services.households import show_household
from concierge.services.roster import import_roster
from concierge.services.roster_mapping import parse_mapping
from tests.services.world import World

HEADER = "楼栋,房号,业主,手机,关系,车牌\n"


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_accepted_rows_commit_together_and_the_rest_are_named_by_row(
    world: World, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "3,1201,王建国,13900001234,业主,", "7,0101,钱一,13700000007,业主,沪A1",
                 "7,0102,,,,", "7,0101,孙二,,租户,")  # fmt: skip
    report = import_roster(world.desk, path=path, actor="Chen")
    assert (report.read, report.added, report.changed + report.unchanged) == (2, 1, 1)
    assert [(row.row, row.reason) for row in report.rejected] == [(4, "name-missing")]
    card = show_household(world.desk, unit="7-0101")
    assert [member.name for member in card.members] == ["钱一", "孙二"]
    assert card.plates == ("沪A1",)
    assert find_households(world.desk, text="qy")[0].unit == "7-101"
    assert world.is_sound()


def test_the_same_roster_again_changes_nothing(world: World, tmp_path: Path) -> None:
    path = sheet(tmp_path, "7,0101,钱一,13700000007,业主,沪A1")
    import_roster(world.desk, path=path)
    before = world.rows("select events from chain_head")
    report = import_roster(world.desk, path=path)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert world.rows("select events from chain_head") == before


def test_a_new_phone_is_found_and_blank_cells_take_nothing_away(
    world: World, tmp_path: Path
) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13700000007,业主,沪A1"))
    report = import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13712345678,,"))
    assert report.changed == 1
    (hit,) = find_households(world.desk, text="5678")
    assert (hit.unit, hit.match) == ("7-101", "phone")
    card = show_household(world.desk, unit="7-0101")
    assert (card.members[0].relation, card.plates) == ("业主", ("沪A1",))


def test_a_preview_and_a_strict_refusal_leave_the_store_as_it_was(
    world: World, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "7,0101,钱一,,,", "7,0102,,,,")
    before = (
        world.rows("select count(*), max(id) from household"),
        world.rows("select hash from chain_head"),
    )
    assert import_roster(world.desk, path=path, dry_run=True).added == 1
    with pytest.raises(Refusal, match=r"roster\.strict"):
        import_roster(world.desk, path=path, strict=True)
    with pytest.raises(Refusal, match=r"staff\.unknown"):
        import_roster(world.desk, path=path, actor="Nobody")
    assert (
        world.rows("select count(*), max(id) from household"),
        world.rows("select hash from chain_head"),
    ) == before
    assert find_households(world.desk, text="钱一") == ()


def test_a_newer_roster_says_what_is_new_changed_and_gone_and_deletes_nothing(
    world: World, tmp_path: Path
) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13700000007,业主,沪A1",
                                         "7,0101,孙二,,,", "7,0102,李三,,,"))  # fmt: skip
    newer = sheet(tmp_path, "7,0101,钱一,13712345678,租户,沪A1、沪B2", "7,0101,周四,,,",
                  "7,0103,吴五,,,")  # fmt: skip
    report = import_roster(world.desk, path=newer, dry_run=True)
    assert [(each.unit, each.names) for each in report.households] == [("7-103", ("吴五",))]
    assert [(c.unit, c.name, c.field, c.old, c.new) for c in report.changes] == [
        ("7-101", "钱一", "phone", "137****0007", "137****5678"),
        ("7-101", "钱一", "relation", "业主", "租户"),
        ("7-101", "周四", "name", None, "周四"),
        ("7-101", None, "plate", None, "沪B2"),
    ]
    lacking = {(each.unit, each.name) for each in report.gone}
    assert {("7-101", "孙二"), ("7-102", None)} <= lacking
    assert ("7-103", None) not in lacking
    written = import_roster(world.desk, path=newer)
    assert (written.changes, written.gone) == (report.changes, report.gone)
    card = show_household(world.desk, unit="7-101")
    assert [member.name for member in card.members] == ["钱一", "孙二", "周四"]
    assert show_household(world.desk, unit="7-102").members[0].name == "李三"


def test_a_vehicle_that_the_roster_lacks_is_named_and_stays(world: World, tmp_path: Path) -> None:
    import_roster(
        world.desk, path=sheet(tmp_path, "7,0101,钱一,,,沪A1、沪B2", "7,0102,李三,,,沪C3")
    )
    newer = sheet(tmp_path, "7,0101,钱一,,,沪·a1", "7,0102,李三,,,")
    report = import_roster(world.desk, path=newer)
    ours = [each for each in report.gone if each.unit.startswith("7-")]
    assert [(each.unit, each.name, each.plate) for each in ours] == [
        ("7-101", None, "沪B2"), ("7-102", None, "沪C3"),
    ]  # fmt: skip
    assert [gone(language(code), ours[0]) for code in ("en", "zh")] == [
        "7-101: vehicle 沪B2", "7-101：车辆 沪B2",
    ]  # fmt: skip
    assert (report.changes, report.unchanged) == ((), 2)
    assert show_household(world.desk, unit="7-101").plates == ("沪A1", "沪B2")


def test_a_roster_without_plates_misses_no_vehicle(world: World, tmp_path: Path) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,,,沪A1"))
    path = tmp_path / "names.csv"
    path.write_text("房号,姓名\n7-0101,钱一\n", encoding="utf-8")
    report = import_roster(world.desk, path=path)
    assert [each for each in report.gone if each.unit == "7-101"] == []


def test_a_unit_whose_row_was_rejected_is_not_called_gone(world: World, tmp_path: Path) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,,,"))
    report = import_roster(world.desk, path=sheet(tmp_path, "7,0101,,,,", "7,0102,孙二,,,"))
    assert "7-101" not in {each.unit for each in report.gone}


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 6])
def test_whoever_waits_is_told_and_can_call_it_off_at_any_step(
    world: World, tmp_path: Path, after: int
) -> None:
    path = sheet(tmp_path, *(f"7,{room},住户{room},,," for room in range(1000, 2100)))
    before = world.rows("select (select count(*) from household), hash from chain_head")
    told: list[tuple[int, int | None]] = []
    with pytest.raises(Refusal, match=r"roster\.cancelled"):
        import_roster(world.desk, path=path, progress=lambda *so_far: told.append(so_far),
                      cancelled=lambda: len(told) > after)  # fmt: skip
    assert len(told) == after + 1
    assert world.rows("select (select count(*) from household), hash from chain_head") == before
    report = import_roster(world.desk, path=path, progress=lambda *so_far: told.append(so_far))
    assert report.added == 1100
    assert told[-1] == (1100, 1100)


def test_calling_it_off_while_it_is_being_written_leaves_nothing(
    world: World, tmp_path: Path
) -> None:
    path = sheet(tmp_path, *(f"7,{room},住户{room},,," for room in range(1000, 2100)))
    told: list[tuple[int, int | None]] = []
    before = world.rows("select count(*) from household")
    with pytest.raises(Refusal, match=r"roster\.cancelled"):
        # Understood, compared, pronounced, compared again under the lock; the fifth time it is written.
        import_roster(world.desk, path=path, progress=lambda *done: told.append(done),
                      cancelled=lambda: told.count((1000, 1100)) == 5)  # fmt: skip
    assert told[-1] == (1000, 1100)
    assert world.rows("select count(*) from household") == before
    assert world.is_sound()


def test_columns_named_by_hand_are_remembered_by_their_headers(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("编码,甲栏,电话\n7-0101,钱一,999\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"roster\.no-header") as refused:
        import_roster(world.desk, path=path)
    assert refused.value.values["columns"] == ("1 编码", "2 甲栏", "3 电话")
    mapped = {1: "unit", 2: "name", 3: None}
    assert import_roster(world.desk, path=path, mapped=mapped, dry_run=True).added == 1
    with pytest.raises(Refusal, match=r"roster\.no-header"):
        import_roster(world.desk, path=path)
    import_roster(world.desk, path=path, mapped=mapped)
    path.write_text("甲栏,编码,电话\n孙二,7-0102,999\n", encoding="utf-8")
    report = import_roster(world.desk, path=path)
    assert [(head.field, head.source) for head in report.headers] == [
        ("name", "remembered"), ("unit", "remembered"), (None, "remembered"),
    ]  # fmt: skip
    assert show_household(world.desk, unit="7-0102").members[0].phone is None
    (world.home / "roster-headers.json").write_text("{broken", encoding="utf-8")
    with pytest.raises(Refusal, match=r"roster\.no-header"):
        import_roster(world.desk, path=path)


@pytest.mark.parametrize(
    ("text", "mapped"),
    [
        ("3=name, 5=phone", {3: "name", 5: "phone"}),
        ("C＝姓名；e=电话、7=-", {3: "name", 5: "phone", 7: None}),
        ("1 = unit 2=moved_in", {1: "unit", 2: "moved_in"}),
        ("", {}),
    ],
)
def test_a_mapping_is_read_as_people_type_it(text: str, mapped: dict[int, str | None]) -> None:
    assert parse_mapping(text) == mapped


@pytest.mark.parametrize("text", ["3", "name", "3=nonsense", "0=name", "99=name", "3=name,4=姓名"])
def test_a_mapping_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"roster\.mapping"):
        parse_mapping(text)


def test_units_that_differ_only_by_width_are_one_household(world: World, tmp_path: Path) -> None:
    report = import_roster(
        world.desk,
        path=sheet(tmp_path, "７,０１０１,钱一,,,", "7,0101,孙二,,,", "7栋,101室,周三,,,"),
    )
    assert (report.read, report.added) == (1, 1)


def test_a_phone_that_an_export_masked_takes_no_number_away(world: World, tmp_path: Path) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13700000007,,"))
    report = import_roster(
        world.desk, path=sheet(tmp_path, "7,0101,钱一,137****0007,,", "7,0102,孙二,138****0000,,")
    )
    assert (report.unchanged, report.added) == (1, 1)
    assert find_households(world.desk, text="0007")[0].unit == "7-101"
    assert show_household(world.desk, unit="7-102").members[0].phone is None


@pytest.mark.parametrize(
    "rows",
    [
        "7-0101,钱一一,13900001234,业主\n7-0102,孙二二,13900001235,租户\n",
        "7栋0101,钱一一,,业主\n7栋0102,孙二二,,租户\n",
        "七零一,钱一一,,孩子\n7-0102,孙二二,,孩子\n",
        "商铺,钱一一,,孩子\n7-0102,孙二二,,孩子\n",
    ],
)
def test_a_household_is_never_remembered_as_a_header(
    world: World, tmp_path: Path, rows: str
) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(rows, encoding="utf-8")
    mapped = {1: "unit", 2: "name", 3: "phone", 4: "relation"}
    import_roster(world.desk, path=path, mapped=mapped)
    assert show_household(world.desk, unit="7-102").members[0].name == "孙二二"
    memory = world.home / "roster-headers.json"
    assert not memory.exists()


def test_a_header_with_a_figure_behind_its_word_is_remembered(world: World, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("编码,甲栏,电话1,乙栏(2)\n7-0101,钱一,999,x\n", encoding="utf-8")
    import_roster(world.desk, path=path, mapped={1: "unit", 2: "name", 4: "notes"})
    memory = json.loads((world.home / "roster-headers.json").read_text(encoding="utf-8"))
    assert memory == {"编码": "unit", "甲栏": "name", "乙栏": "notes"}
