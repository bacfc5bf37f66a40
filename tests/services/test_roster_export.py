"""The roster goes out as it came in: read again it changes nothing, and no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from concierge.domain.refusal import Refusal
from concierge.export.csv_text import harmless
from concierge.export.roster import FORMATS, roster_file, write_rejected
from concierge.language.translator import language
from concierge.services.pins import set_pin
from concierge.services.roster import import_roster
from concierge.services.roster_export import export_roster
from tests.services.world import World

ROSTER = """楼栋,单元,房号,姓名,电话,关系,车牌,备注,入住日期
3,2,0903,王小明,013800001234,业主,粤B1、粤B2,=1+1 花生过敏,2021-05-01
3,2,0903,"=HYPERLINK(""http://x"",""y"")",+8613900001234,,,,
A,,5,"Smith, John",0755-1234 转 8,@租户,,-,
3,,0903,'单引号,,,,,
12,,101,+1-1,,,,,
"""
LANGUAGES = ("zh", "en")


@pytest.fixture
def filled(world: World, tmp_path: Path) -> World:
    path = tmp_path / "in.csv"
    path.write_text(ROSTER, encoding="utf-8")
    report = import_roster(world.desk, path=path)
    assert (report.added, report.rejected) == (4, ())
    return world


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_what_went_out_comes_in_without_a_change(
    filled: World, tmp_path: Path, suffix: str, code: str
) -> None:
    lines = export_roster(filled.desk, unmask=True, actor="Zhou")
    path = tmp_path / f"out{suffix}"
    path.write_bytes(roster_file(lines, suffix, language(code)))
    report = import_roster(filled.desk, path=path, dry_run=True)
    assert (report.added, report.changed, report.changes) == (0, 0, ())
    assert (report.gone, report.rejected) == ((), ())
    assert report.unchanged == filled.rows("select count(*) from household")[0][0]
    assert filled.is_sound()


def test_a_phone_in_the_notes_is_masked_too_and_stays_in_the_books(
    world: World, tmp_path: Path
) -> None:
    said = "房号,姓名,备注\n7-101,钱一多,急事打 138-0000-1234\n"
    path = tmp_path / "in.csv"
    path.write_text(said, encoding="utf-8")
    import_roster(world.desk, path=path)
    path.write_bytes(roster_file(export_roster(world.desk), ".csv", language("zh")))
    assert "0000" not in path.read_text("utf-8")
    assert "急事打 138" in path.read_text("utf-8")
    assert import_roster(world.desk, path=path).changed == 0
    assert world.rows("select notes from household where unit = '7-101'") == [
        ("急事打 138-0000-1234",)
    ]


def test_what_a_roster_would_change_in_the_notes_is_told_with_its_phones_masked(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    head = "房号,姓名,备注\n7-101,钱一多,"
    path.write_text(f"{head}急事打 13800001234\n", encoding="utf-8")
    import_roster(world.desk, path=path)
    path.write_text(f"{head}急事打 139 0000 5678\n", encoding="utf-8")
    report = import_roster(world.desk, path=path, dry_run=True)
    assert [(each.field, each.old, each.new) for each in report.changes] == [
        ("notes", "急事打 138****1234", "急事打 139****5678")
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_masked_roster_shows_no_number_and_takes_none_away(
    filled: World, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(roster_file(export_roster(filled.desk), suffix, language("zh")))
    assert all("13800001234" not in str(row) for row in rows_of(path))
    assert any("*" in str(row) for row in rows_of(path))
    report = import_roster(filled.desk, path=path, dry_run=True)
    assert (report.changes, report.added, report.gone) == ((), 0, ())


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    book = load_workbook(path)
    return [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]


def test_a_workbook_holds_text_only_and_keeps_it_text_when_it_is_edited(filled: World) -> None:
    lines = export_roster(filled.desk, unmask=True, actor="Zhou")
    book = load_workbook(io.BytesIO(roster_file(lines, ".xlsx", language("zh"))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if harmless(str(cell.value)) != cell.value]
    assert len(risky) >= 5
    assert all(cell.quotePrefix for cell in risky)
    assert "013800001234" in {cell.value for cell in cells}


def test_a_text_file_holds_no_formula(filled: World, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    lines = export_roster(filled.desk, unmask=True, actor="Zhou")
    path.write_bytes(roster_file(lines, ".csv", language("en")))
    assert all(harmless(cell) == cell for row in rows_of(path) for cell in row)


def test_units_stand_as_people_count(filled: World) -> None:
    units = [(line.building, line.entrance, line.unit) for line in export_roster(filled.desk)]
    assert units.index(("3", None, "903")) < units.index(("12", None, "101"))


def test_whole_phones_need_a_supervisor_and_are_on_record(filled: World) -> None:
    for actor, code in ((None, "staff.missing"), ("Chen", "role.needed")):
        with pytest.raises(Refusal) as refused:
            export_roster(filled.desk, unmask=True, actor=actor)
        assert refused.value.code == code
    assert filled.rows("select count(*) from event where kind = 'roster.exported'") == [(0,)]
    export_roster(filled.desk, unmask=True, actor="Zhou")
    assert filled.rows("select count(*) from event where kind = 'roster.exported'") == [(1,)]


def test_whole_phones_need_the_pin_of_a_supervisor_who_has_one(filled: World) -> None:
    set_pin(filled.desk, name="Zhou", pin="2580", actor="Zhou")
    for pin, code in ((None, "pin.missing"), ("1470", "pin.wrong")):
        with pytest.raises(Refusal, match=code):
            export_roster(filled.desk, unmask=True, actor="Zhou", pin=pin)
    assert filled.rows("select count(*) from event where kind = 'roster.exported'") == [(0,)]
    export_roster(filled.desk, unmask=True, actor="Zhou", pin="2580")
    ((said,),) = filled.rows("select data from event where kind = 'roster.exported'")
    assert '"how":"pin"' in said


def test_rejected_rows_lie_beside_the_roster_with_their_cells_and_the_reason(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("房号,姓名,电话\n3-1,甲,1\n阁楼,=1+1,013\n3-2,,\n", encoding="utf-8")
    report = import_roster(world.desk, path=path)
    t = language("zh")
    kept = [write_rejected(report, path, t) for _ in range(3)]
    assert [each and each.name for each in kept] == [
        "in.rejected.csv", "in.rejected-2.csv", "in.rejected-3.csv",
    ]  # fmt: skip
    assert kept[0] is not None
    if os.name == "posix":
        assert {stat.S_IMODE(each.stat().st_mode) for each in kept if each} == {0o600}
    assert rows_of(kept[0]) == [
        ["房号", "姓名", "电话", t("row"), t("why not")],
        ["阁楼", "'=1+1", "013", "3", t('"{unit}" is not a unit', unit="阁楼")],
        ["3-2", "", "", "4", t("unit {unit} has no name", unit="3-2")],
    ]
    again = import_roster(world.desk, path=kept[0], dry_run=True)
    assert len(again.rejected) == 2, "mended there, it can be given to the import again"


def test_nothing_rejected_writes_no_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("房号,姓名\n3-1,甲\n", encoding="utf-8")
    assert write_rejected(import_roster(world.desk, path=path), path, language("en")) is None
    assert list(tmp_path.glob("*.rejected*")) == []
